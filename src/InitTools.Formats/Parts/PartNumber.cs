using System.Globalization;

namespace InitTools.Formats;

/// <summary>Which of the files of one set of tensors is meant.</summary>
/// <param name="Number">The file, from 1; null for all of them.</param>
/// <param name="Count">The number of files.</param>
public readonly record struct PartNumber(int? Number, int Count)
{
    /// <summary>The most files: the names have five digits.</summary>
    public const int MaximumCount = 99_999;

    /// <summary>Reads <c>3/8</c>, the third of eight, or <c>*/8</c>, all eight.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: it is neither.</exception>
    public static PartNumber Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string[] halves = text.Split('/', StringSplitOptions.TrimEntries);
        return halves is [string first, string second]
            && TryParse(second, MaximumCount, out int count)
            && (first == "*" | TryParse(first, count, out int number))
                ? new PartNumber(first == "*" ? null : number, count)
                : throw new InitToolsException(
                    ErrorId.InvalidArgument,
                    $"'{text}' is no part; 3/8 is the third of eight files, and */8 all eight (at most "
                    + $"{MaximumCount}).",
                    text);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Number is int number ? number : "*")}/{Count}");

    private static bool TryParse(string text, int maximum, out int number) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out number)
        && number >= 1 && number <= maximum;
}
