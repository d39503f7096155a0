using Xunit;

namespace InitTools.Core.Tests.Networks;

/// <summary>Tables of data and their standardization.</summary>
public class DataSetTests
{
    private static readonly DataSet s_data = new(["a", "b", "c"], 4, [1, 5, 0, 2, 5, 1, 3, 5, 2, 6, 5, 1]);

    [Fact]
    public void Global_standardization_gives_mean_0_and_variance_1()
    {
        DataSet data = new(["a", "b"], 3, [1, 2, 3, 4, 5, 9]);
        double[] values = data.Standardize(Standardization.Global).Values.ToArray();
        Assert.Equal(0, values.Average(), 1e-15);
        Assert.Equal(1, values.Select(x => x * x).Average(), 1e-14);

        // Mean 4, population variance 40/6.
        Assert.Equal((1 - 4) / Math.Sqrt(40.0 / 6), values[0], 1e-15);
    }

    [Fact]
    public void Standardization_by_column_gives_each_mean_0_and_variance_1()
    {
        DataSet data = s_data.Standardize(Standardization.PerColumn);
        foreach (int column in (int[])[0, 2])
        {
            double[] values = [.. Enumerable.Range(0, 4).Select(row => data[row, column])];
            Assert.Equal(0, values.Average(), 1e-15);
            Assert.Equal(1, values.Select(x => x * x).Average(), 1e-14);
        }
    }

    [Theory]
    [InlineData(Standardization.Global)]
    [InlineData(Standardization.PerColumn)]
    public void Constant_columns_become_0(Standardization kind) => Assert.All(
        Enumerable.Range(0, 4), row => Assert.Equal(0, s_data.Standardize(kind)[row, 1]));

    [Theory]
    [InlineData(Standardization.Global)]
    [InlineData(Standardization.PerColumn)]
    public void Values_whose_variance_overflows_are_an_error_and_not_0(Standardization kind)
    {
        DataSet data = new(["a", "b"], 2, [1, 1e300, 3, -1e300]);

        Error(ErrorId.NonFiniteValue, "1e+300", () => data.Standardize(kind));
        Assert.Equal(data.Values, data.Standardize(Standardization.None).Values);
    }

    [Fact]
    public void Values_that_are_not_finite_are_counted_and_the_first_is_named()
    {
        double[] values = [1, 2, 3, double.NaN, 5, double.NegativeInfinity];
        Error(
            ErrorId.InvalidCell,
            "Row 2, column 'b' holds NaN, the first of 2 cells",
            () => _ = new DataSet(["a", "b"], 3, values));
        DataSet data = new(["a", "b"], 3, values, allowsNonFinite: true);
        Assert.Equal(2, data.CountNonFinite());
        Error(ErrorId.InvalidCell, "2 cells", data.RequireFinite);
        Assert.Equal(1, data.TakeRows([1]).CountNonFinite());
        Assert.Equal(0, data.ExcludeColumns(["b"]).CountNonFinite());
    }

    [Theory]
    [InlineData(Standardization.Global)]
    [InlineData(Standardization.PerColumn)]
    public void Standardization_passes_over_values_that_are_not_finite(Standardization kind)
    {
        double nan = double.NaN;
        DataSet data = new(["a", "b", "c"], 3, [1, nan, nan, nan, 7, nan, 3, 5, nan], allowsNonFinite: true);
        double[] values = data.Standardize(kind).Values.ToArray();
        Assert.Equal([1, 2, 3, 5, 8], Enumerable.Range(0, 9).Where(k => double.IsNaN(values[k])));
        double[] finite = [values[0], values[4], values[6], values[7]];
        Assert.Equal(0, finite.Average(), 1e-15);
        Assert.Equal(1, finite.Select(x => x * x).Average(), 1e-14);
    }

    [Theory]
    [InlineData("-1.5e3", -1500)]
    [InlineData("inf", double.PositiveInfinity)]
    [InlineData("-Inf", double.NegativeInfinity)]
    [InlineData("Infinity", double.PositiveInfinity)]
    [InlineData("nan", double.NaN)]
    public void Numbers_of_tables_are_read_as_frameworks_write_them(string text, double expected)
    {
        Assert.True(DataSet.TryParse(text, out double number));
        Assert.Equal(expected, number);
        Assert.False(DataSet.TryParse("1,5", out _));
        Assert.False(DataSet.TryParse("", out _));
        Assert.False(DataSet.TryParse("-", out _));
    }

    [Fact]
    public void None_leaves_the_data_as_they_are() =>
        Assert.Equal(s_data.Values, s_data.Standardize(Standardization.None).Values);

    [Fact]
    public void Held_out_rows_are_standardized_by_the_training_rows()
    {
        Standardizer standardizer = Standardizer.Fit(s_data.TakeRows([0, 1]), Standardization.PerColumn);
        DataSet heldOut = standardizer.Apply(s_data.TakeRows([3]));

        // Column a of the training rows: 1, 2; b is constant there; c: 0, 1.
        Assert.Equal([(6 - 1.5) / 0.5, 0, (1 - 0.5) / 0.5], heldOut.Row(0).ToArray());
        Errors.Expect(ErrorId.ShapeMismatch, () => standardizer.Apply(s_data.ExcludeColumns(["a"])));
    }

    [Fact]
    public void Rows_and_columns_are_taken()
    {
        Assert.Equal([6, 5, 1, 1, 5, 0], s_data.TakeRows([3, 0]).Values.ToArray());
        Assert.Equal([1, 5, 0], s_data.TakeRows(1).Values.ToArray());
        DataSet without = s_data.ExcludeColumns(["B"]);
        Assert.Equal(["a", "c"], without.ColumnNames);
        Assert.Equal([1, 0, 2, 1, 3, 2, 6, 1], without.Values.ToArray());
    }

    [Fact]
    public void Features_come_first_for_a_network() =>
        Assert.Equal([1f, 2, 3, 6, 5, 5, 5, 5, 0, 1, 2, 1], s_data.ToFeatureMajor<float>());

    [Theory]
    [InlineData(3, 19)]
    [InlineData(5001, 21)]
    public void Features_come_first_however_many_columns_and_threads_there_are(int rows, int columns)
    {
        string[] names = [.. Enumerable.Range(1, columns).Select(j => $"x{j}")];
        DataSet data = new(names, rows, [.. Enumerable.Range(0, rows * columns).Select(i => (double)i)]);
        double[] expected =
            [.. from j in Enumerable.Range(0, columns) from i in Enumerable.Range(0, rows) select data[i, j]];
        foreach (int threads in (int[])[1, 2, 7])
        {
            ParallelOptions options = new() { MaxDegreeOfParallelism = threads };
            Assert.Equal(expected, data.ToFeatureMajor<double>(options));
        }
    }

    [Fact]
    public void Turning_a_table_is_cancelled()
    {
        ParallelOptions options = new() { CancellationToken = new CancellationToken(canceled: true) };
        Assert.ThrowsAny<OperationCanceledException>(() => s_data.ToFeatureMajor<float>(options));
    }

    [Fact]
    public void Labels_are_whole_numbers_below_the_number_of_classes()
    {
        Assert.Equal([0, 1, 2, 1], s_data.ExtractLabels("c", 3));
        InitToolsException error = Errors.Expect(ErrorId.LabelOutOfRange, () => s_data.ExtractLabels("c", 2));
        Assert.Contains("Row 3, column 'c' holds the label 2", error.Message, StringComparison.Ordinal);
        DataSet odd = new(["y"], 2, [0, 0.5]);
        Errors.Expect(ErrorId.LabelOutOfRange, () => odd.ExtractLabels("y", 2));
    }

    [Fact]
    public void What_is_wrong_is_said()
    {
        Error(ErrorId.ColumnNotFound, "did you mean 'digit'", () => _ = new DataSet(["p0", "digit"], 1, [1, 2])
            .ColumnIndex("digits"));
        Error(ErrorId.EmptyBatch, "no rows", () => _ = new DataSet(["a"], 0, []));
        Error(ErrorId.EmptyBatch, "no rows", () => s_data.TakeRows(0));
        Error(ErrorId.EmptyBatch, "no rows", () => s_data.TakeRows([]));
        Error(ErrorId.BatchTooLarge, "5 rows", () => s_data.TakeRows(5));
        Error(ErrorId.ShapeMismatch, "3 values", () => _ = new DataSet(["a", "b"], 2, [1, 2, 3]));
        Error(ErrorId.InvalidShape, "no columns", () => s_data.ExcludeColumns(["a", "b", "c"]));
        Error(
            ErrorId.InvalidCell,
            "Row 2, column 'b' holds NaN",
            () => _ = new DataSet(["a", "b"], 2, [1, 2, 3, double.NaN]));
    }

    private static void Error(ErrorId expected, string part, Action action)
    {
        InitToolsException error = Errors.Expect(expected, action);
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }
}
