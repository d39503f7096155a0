using System.Globalization;

namespace InitTools.Analysis;

/// <summary>What to draw and how large.</summary>
public sealed record LayerChartOptions
{
    /// <summary>The narrowest chart.</summary>
    public const int SmallestWidth = 40;

    /// <summary>The widest chart.</summary>
    public const int LargestWidth = 120;

    /// <summary>The lowest chart.</summary>
    public const int SmallestHeight = 4;

    /// <summary>The highest chart.</summary>
    public const int LargestHeight = 60;

    /// <summary>What is drawn.</summary>
    public LayerChartKind Kind { get; init; }

    /// <summary>Columns of text that no line exceeds, from 40 to 120.</summary>
    public int Width { get; init; } = LargestWidth;

    /// <summary>Rows of text from one end of a logarithmic axis to the other, from 4 to 60.</summary>
    public int Height { get; init; } = 12;

    /// <summary>Fails where the chart would be too small to read or too large for a page.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>.</exception>
    public void Validate()
    {
        Require("ChartWidth", Width, SmallestWidth, LargestWidth, "columns");
        Require("ChartHeight", Height, SmallestHeight, LargestHeight, "rows");
    }

    private static void Require(string name, int value, int smallest, int largest, string unit)
    {
        if (value < smallest || value > largest)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{name} is {value}; {smallest} to {largest} {unit} are accepted."),
                value);
        }
    }
}
