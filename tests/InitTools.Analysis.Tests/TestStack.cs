using System.Globalization;

namespace InitTools.Analysis.Tests;

/// <summary>Stacks and data as the tests need them.</summary>
internal static class TestStack
{
    private static readonly Lazy<DataSet> s_digits = new(LoadDigits);

    /// <summary>1797 digits: 64 pixels of 0 to 16 and the column "digit".</summary>
    public static DataSet Digits => s_digits.Value;

    /// <summary>The layers of a stack of the given widths.</summary>
    public static IReadOnlyList<LayerTensors> Create(
        int[] widths,
        string activation,
        string initializer,
        long seed = 1,
        string? bias = null,
        DType dtype = DType.Float32) => LayerTensors.Create(
            Architecture.FromWidths(widths, Activation.Parse(activation)),
            Initializer.Parse(initializer),
            bias is null ? null : Initializer.Parse(bias),
            new Seed(seed),
            StreamPurpose.Weights,
            dtype);

    /// <summary>The widths of a network over the digits: 64 pixels, hidden layers, 10 classes.</summary>
    public static int[] DigitWidths(int depth, int width = 64) => [64, .. Enumerable.Repeat(width, depth - 1), 10];

    /// <summary>The widths of a stack whose layers are all alike.</summary>
    public static int[] EqualWidths(int depth, int width) => [.. Enumerable.Repeat(width, depth + 1)];

    /// <summary>Independent entries of -1 and 1, so that E[x^2] is 1 and nothing else.</summary>
    public static DataSet Signs(int rowCount, int columnCount, long seed)
    {
        float[] normal = (float[])WeightTensor.Create(new WeightTensorOptions
        {
            Name = "signs",
            Shape = new TensorShape(rowCount, columnCount),
            Initializer = Initializer.Parse("RandomNormal(stddev=1)"),
            Seed = new Seed(seed),
        }).ToArray();
        return Table(rowCount, columnCount, [.. normal.Select(value => value < 0 ? -1.0 : 1.0)]);
    }

    /// <summary>A table with columns x1, x2, ...</summary>
    public static DataSet Table(int rowCount, int columnCount, params double[] values) => new(
        [.. Enumerable.Range(1, columnCount).Select(column => $"x{column}")],
        rowCount,
        values);

    /// <summary>The folder tests/data.</summary>
    public static string DataFolder => Path.Combine(RepositoryFolder, "tests", "data");

    /// <summary>The folder docs.</summary>
    public static string DocumentsFolder => Path.Combine(RepositoryFolder, "docs");

    private static string RepositoryFolder
    {
        get
        {
            DirectoryInfo? folder = new(AppContext.BaseDirectory);
            while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InitTools.sln")))
            {
                folder = folder.Parent;
            }

            return folder!.FullName;
        }
    }

    private static DataSet LoadDigits()
    {
        string path = Path.Combine(DataFolder, "digits.csv");
        string[] lines = [.. File.ReadLines(path).Where(line => line.Length > 0)];
        return new DataSet(
            lines[0].Split(','),
            lines.Length - 1,
            [.. lines.Skip(1).SelectMany(line => line.Split(',')).Select(
                cell => double.Parse(cell, CultureInfo.InvariantCulture))]);
    }
}
