using System.Globalization;

namespace InitTools;

/// <summary>The widths of a stack as text.</summary>
public static class Widths
{
    /// <summary>Reads <c>784,256,10</c>: the input width, then one width a layer.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: an item is no whole number, is below 1, or does not fit into 31 bits.
    /// </exception>
    public static IReadOnlyList<int> Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(',').Select(item =>
            int.TryParse(item, NumberStyles.Integer, CultureInfo.InvariantCulture, out int width) && width >= 1
                ? width
                : throw new InitToolsException(
                    ErrorId.InvalidShape,
                    $"The widths '{text}' hold '{item}'; a width is a whole number from 1 to {int.MaxValue}, and a "
                    + "stack is written such as 784,256,10.",
                    text))];
    }
}
