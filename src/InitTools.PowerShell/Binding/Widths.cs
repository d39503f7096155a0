namespace InitTools.PowerShell.Binding;

/// <summary>The widths of a stack as text.</summary>
internal static class Widths
{
    /// <summary>Reads <c>784,256,10</c>.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: an item is no whole number, is below 1, or does not fit into 31 bits.
    /// </exception>
    public static IReadOnlyList<int> Parse(string text) => [.. text.Split(',').Select(item =>
        InvariantText.TryParse(item, out long width) && width is >= 1 and <= int.MaxValue
            ? (int)width
            : throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The widths '{text}' hold '{item}'; a width is a whole number from 1 to {int.MaxValue}, and a stack is "
                + "written such as 784,256,10.",
                text))];
}
