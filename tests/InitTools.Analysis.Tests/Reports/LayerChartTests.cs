using System.Globalization;
using Xunit;

namespace InitTools.Analysis.Tests.Reports;

public class LayerChartTests
{
    private const string Marks = "●○■□▲△◆◇▼▽";

    [Theory]
    [InlineData(1, 40)]
    [InlineData(2, 80)]
    [InlineData(30, 60)]
    [InlineData(30, 120)]
    [InlineData(150, 40)]
    public void No_line_is_wider_than_the_chart(int depth, int width)
    {
        string[] initializers =
            ["HeNormal", "Zeros", "TruncatedNormal(stddev=0.020000000001, minimum=-2.5, maximum=2)"];
        LayerVariance[] results = [.. initializers.SelectMany(initializer => Measure(depth, "relu", initializer))];
        foreach (LayerChartKind kind in Enum.GetValues<LayerChartKind>())
        {
            IReadOnlyList<string> lines =
                LayerChart.Draw(results, new LayerChartOptions { Kind = kind, Width = width });
            Assert.All(lines, line => Assert.InRange(line.Length, 0, width));
            Assert.All(lines, line => Assert.Equal(line.TrimEnd(), line));
        }
    }

    [Theory]
    [InlineData("HeNormal")]
    [InlineData("LecunNormal")]
    [InlineData("RandomNormal(stddev=1)")]
    [InlineData("RandomNormal(stddev=0.01)")]
    public void Marks_stand_where_the_figures_are(string initializer)
    {
        IReadOnlyList<LayerVariance> layers = Measure(10, "relu", initializer);
        Plot[] plots = Read(LayerChart.Draw([.. layers], new LayerChartOptions { Width = 100 }));

        Assert.Equal(2, plots.Length);
        double?[] moments = [.. layers.Select(layer => (double?)layer.PreActivationSecondMoment)];
        double?[] ratios = [.. layers.Select(layer => layer.GradientRatio)];
        Assert.Equal(10, plots[0].RequireAt('●', moments));
        Assert.Equal(10, plots[1].RequireAt('●', ratios));

        // Theory is drawn where it does not stand behind a mark.
        plots[0].RequireAt('·', [.. layers.Select(layer => layer.ExpectedSecondMoment)]);
    }

    [Fact]
    public void Each_initializer_is_a_series_of_its_own_and_all_marks_are_explained()
    {
        string[] initializers = ["HeNormal", "RandomNormal(stddev=1)", "RandomNormal(stddev=0.01)"];
        IReadOnlyList<InitializerComparison> comparison = Compare(initializers);
        IReadOnlyList<string> lines = LayerChart.Draw([.. comparison], new LayerChartOptions());
        Plot[] plots = Read(lines);
        foreach ((InitializerComparison row, char mark) in comparison.OrderBy(row => row.Rank).Zip(Marks))
        {
            string legend = Assert.Single(lines, line => line.StartsWith($"{mark} ", StringComparison.Ordinal));
            Assert.Contains(row.Initializer, legend, StringComparison.Ordinal);
            Assert.Contains(row.Verdict, legend, StringComparison.Ordinal);
            IReadOnlyList<LayerComparison> curve = row.LayerCurve();
            Assert.Equal(6, plots[0].RequireAt(mark, [.. curve.Select(layer => (double?)layer.SecondMoment)]));
            Assert.Equal(6, plots[1].RequireAt(mark, [.. curve.Select(layer => layer.GradientRatio)]));
        }

        Assert.DoesNotContain(lines, line => line.Contains('·', StringComparison.Ordinal));
    }

    [Fact]
    public void Zeros_have_a_row_of_their_own_and_what_is_no_number_has_none()
    {
        IReadOnlyList<LayerVariance> dead = Measure(4, "relu", "Zeros");
        IReadOnlyList<LayerVariance> sound = Measure(4, "relu", "HeNormal");
        IReadOnlyList<string> lines = LayerChart.Draw([.. sound, .. dead], new LayerChartOptions());
        string zero = lines.First(line => line.StartsWith("0 ┤", StringComparison.Ordinal)
            || line.TrimStart().StartsWith("0 ┤", StringComparison.Ordinal));
        Assert.Equal(4, zero.Count(mark => mark == '○'));
        Assert.Equal(4, lines.TakeWhile(line => line != zero).Sum(line => line.Count(mark => mark == '●')));

        // Float32 ends at 3.4e38: 60 layers of gain 8 * sqrt(1/2) per layer leave it.
        IReadOnlyList<LayerVariance> exploded = Measure(60, "relu", "RandomNormal(stddev=1)", width: 64);
        Assert.Contains(exploded, layer => layer.NonFinite > 0);
        IReadOnlyList<string> finite = LayerChart.Draw([.. exploded], new LayerChartOptions());
        int drawn = Read(finite)[0].RequireAt(
            '●',
            [.. exploded.Select(layer => layer.NonFinite > 0 ? null : (double?)layer.PreActivationSecondMoment)]);
        Assert.InRange(drawn, 1, exploded.Count(layer => layer.NonFinite == 0));
    }

    [Fact]
    public void Figures_are_in_the_users_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            IReadOnlyList<string> lines =
                LayerChart.Draw([.. Measure(6, "relu", "LecunNormal")], new LayerChartOptions());
            Assert.Contains(lines, line => line.TrimStart().StartsWith("0,1 ┤", StringComparison.Ordinal));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Histograms_have_a_line_a_layer_from_its_smallest_to_its_largest_value()
    {
        IReadOnlyList<LayerVariance> layers = Measure(3, "tanh", "RandomNormal(stddev=1)");
        IReadOnlyList<string> lines = LayerChart.Draw(
            [.. layers], new LayerChartOptions { Kind = LayerChartKind.ActivationHistogram });
        foreach (LayerVariance layer in layers)
        {
            string line = Assert.Single(
                lines, line => line.StartsWith($"{layer.Layer} {layer.Name} ", StringComparison.Ordinal));
            string smallest = layer.Quantile(0, LayerQuantity.Activation).ToString("G4", CultureInfo.CurrentCulture);
            string bars =
                line[(line.IndexOf(smallest, StringComparison.Ordinal) + smallest.Length + 1)..line.LastIndexOf(' ')];
            Assert.Equal(HistogramText.Sparkline(layer.Histogram(bars.Length, LayerQuantity.Activation)), bars);

            // Gain 8 saturates tanh: the highest bin is the first or the last.
            Assert.Contains('█', new[] { bars[0], bars[^1] });
        }
    }

    [Fact]
    public void A_sparkline_is_full_at_the_highest_bin_and_shows_a_single_value()
    {
        HistogramBin[] bins = [new(0, 1, 0), new(1, 2, 1), new(2, 3, 500), new(3, 4, 1000)];
        Assert.Equal(" ▁▄█", HistogramText.Sparkline(bins));
        Assert.Equal("", HistogramText.Sparkline([]));
    }

    [Fact]
    public void A_histogram_has_a_line_a_bin_with_its_count()
    {
        LayerVariance layer = Measure(1, "relu", "HeNormal")[0];
        IReadOnlyList<string> lines = HistogramText.Draw(layer, LayerQuantity.PreActivation, 10, 60);

        Assert.Equal(12, lines.Count);
        Assert.All(lines, line => Assert.InRange(line.Length, 1, 60));
        long[] counts =
        [
            .. lines.Skip(1).SkipLast(1).Select(line =>
                long.Parse(line.Split(' ')[^1], CultureInfo.InvariantCulture)),
        ];
        Assert.Equal(layer.Histogram(10).Select(bin => bin.Count), counts);
        string longest = lines[1 + Array.IndexOf(counts, counts.Max())];
        Assert.Equal(lines.Max(line => line.Count(cell => cell == '█')), longest.Count(cell => cell == '█'));
    }

    [Theory]
    [InlineData(1, "         │")]
    [InlineData(1000, "         │████▌")]
    [InlineData(2.1544347, "         │▌")]
    [InlineData(0.01, "      ███│")]
    [InlineData(0.46415888, "        ▐│")]
    [InlineData(0, "◂████████│")]
    [InlineData(1e-7, "◂████████│")]
    [InlineData(1e7, "         │████████▸")]
    [InlineData(1e6, "         │█████████")]
    [InlineData(1e-6, "█████████│")]
    [InlineData(double.PositiveInfinity, "         │████████▸")]
    [InlineData(double.NaN, "")]
    public void A_bar_has_three_columns_for_two_powers_of_ten_to_either_side_of_one(double variance, string bar) =>
        Assert.Equal(bar, VarianceBar.Of(variance));

    [Theory]
    [InlineData(39, 12, "ChartWidth is 39")]
    [InlineData(121, 12, "ChartWidth is 121")]
    [InlineData(80, 3, "ChartHeight is 3")]
    [InlineData(80, 61, "ChartHeight is 61")]
    public void A_size_out_of_bounds_is_refused(int width, int height, string message)
    {
        IReadOnlyList<LayerVariance> layers = Measure(2, "relu", "HeNormal");
        InitToolsException error = Assert.Throws<InitToolsException>(() =>
            LayerChart.Draw([.. layers], new LayerChartOptions { Width = width, Height = height }));
        Assert.Equal(ErrorId.InvalidArgument, error.ErrorId);
        Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void What_cannot_be_drawn_is_refused()
    {
        Assert.Equal(ErrorId.InvalidArgument, ErrorOf([]));
        Assert.Equal(ErrorId.InvalidArgument, ErrorOf(["text"]));
        Assert.Equal(ErrorId.LayerMismatch, ErrorOf([.. Measure(3, "relu", "HeNormal").Take(2)]));
        Assert.Equal(
            ErrorId.InvalidArgument,
            ErrorOf([.. Compare(["HeNormal"])], LayerChartKind.PreActivationHistogram));
    }

    private static ErrorId ErrorOf(object[] results, LayerChartKind kind = LayerChartKind.Curve) =>
        Assert.Throws<InitToolsException>(() =>
            LayerChart.Draw(results, new LayerChartOptions { Kind = kind })).ErrorId;

    private static IReadOnlyList<LayerVariance> Measure(
        int depth, string activation, string initializer, int width = 16) =>
        LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create(TestStack.EqualWidths(depth, width), activation, initializer),
            BatchSize = 32,
            Seed = new Seed(1),
        });

    private static IReadOnlyList<InitializerComparison> Compare(string[] initializers) =>
        InitializerComparer.Compare(new ComparisonOptions
        {
            Architecture = Architecture.FromWidths(TestStack.EqualWidths(6, 16), Activation.Parse("relu")),
            Initializers = [.. initializers.Select(expression => Initializer.Parse(expression))],
            BatchSize = 32,
            SeedCount = 2,
            Seed = new Seed(1),
        });

    private static Plot[] Read(IReadOnlyList<string> lines)
    {
        List<Plot> plots = [];
        List<string> rows = [];
        foreach ((int index, string line) in lines.Index())
        {
            if (line.Contains('┤', StringComparison.Ordinal) || line.Contains('│', StringComparison.Ordinal))
            {
                rows.Add(line);
            }
            else if (line.Contains('└', StringComparison.Ordinal))
            {
                plots.Add(new Plot(rows, line, lines[index + 1]));
                rows = [];
            }
        }

        return [.. plots];
    }

    /// <summary>A printed plot, read back: rows as powers of ten, columns as layers.</summary>
    private sealed class Plot
    {
        private readonly List<string> _rows;
        private readonly int _first;
        private readonly int _step;
        private readonly double _top;
        private readonly double _perRow;

        public Plot(IEnumerable<string> rows, string axis, string numbers)
        {
            _rows = [.. rows.Where(row => !row.TrimStart().StartsWith("0 ┤", StringComparison.Ordinal))];
            (int Row, double Exponent)[] labels =
            [
                .. _rows.Select((row, index) => (row, index))
                    .Where(item => item.row.Contains('┤', StringComparison.Ordinal))
                    .Select(item => (item.index, Math.Log10(
                        double.Parse(item.row.Split('┤')[0], CultureInfo.CurrentCulture)))),
            ];
            (int Row, double Exponent)[] decades = [.. labels.Where(label => double.IsInteger(label.Exponent))];
            _perRow = (decades[0].Exponent - decades[^1].Exponent) / (decades[^1].Row - decades[0].Row);
            _top = decades[0].Exponent + decades[0].Row * _perRow;
            int[] ticks = [.. axis.Index().Where(cell => cell.Item == '┬').Select(cell => cell.Index)];
            _first = ticks[0];
            int[] layers =
            [
                .. numbers.Split(' ', StringSplitOptions.RemoveEmptyEntries)
                    .Select(number => int.Parse(number, CultureInfo.InvariantCulture)),
            ];
            _step = ticks.Length > 1 ? (ticks[1] - ticks[0]) / (layers[1] - layers[0]) : 1;
        }

        /// <summary>
        /// Fails unless every mark stands at its layer's figure, within half a row and the rounding of the labelled
        /// rows; returns how many there are.
        /// </summary>
        public int RequireAt(char mark, double?[] values)
        {
            int count = 0;
            foreach ((int index, string row) in _rows.Index())
            {
                foreach ((int column, char cell) in row.Index())
                {
                    if (cell == mark && column >= _first)
                    {
                        int layer = (column - _first) / _step;
                        Assert.InRange(
                            Math.Log10(values[layer]!.Value) - (_top - index * _perRow), -1.5 * _perRow, 1.5 * _perRow);
                        count++;
                    }
                }
            }

            return count;
        }
    }
}
