using System.Globalization;

namespace InitTools.Cli;

/// <summary>Values as people read them: four significant digits, in the user's culture.</summary>
internal static class FigureText
{
    private const string Empty = "-";

    /// <summary>The text of a property's value; a dash where it does not apply.</summary>
    public static string Of(object? value) => value switch
    {
        null => Empty,
        double number => number.ToString("G4", CultureInfo.CurrentCulture),
        bool flag => flag ? "yes" : "no",
        IFormattable formattable => formattable.ToString(null, CultureInfo.CurrentCulture),
        _ => value.ToString() is { Length: > 0 } text ? text : Empty,
    };

    /// <summary>
    /// Whether a property holds figures, which stand right-aligned and are never broken over two lines.
    /// </summary>
    public static bool IsFigure(Type type)
    {
        Type plain = Nullable.GetUnderlyingType(type) ?? type;
        return plain.IsPrimitive && plain != typeof(bool);
    }
}
