using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

/// <summary>Every figure of a measured layer, against figures that follow from mathematics.</summary>
public sealed class LayerFiguresTests
{
    // One linear unit of weight 1: z is the data.
    private static readonly LayerVarianceOptions s_identity = new()
    {
        Layers = TestStack.Create([1, 1], "linear", "Ones"),
        Standardization = Standardization.None,
        Precision = Precision.Double,
        Seed = new Seed(1L),
    };

    [Fact]
    public void Moments_are_those_of_the_values()
    {
        LayerVariance row = Measure(1, 2, 3, 4, 10);

        Assert.Equal(4, row.PreActivationMean);
        Assert.Equal(10, row.PreActivationVariance);
        Assert.Equal(12.5, row.PreActivationSampleVariance);
        Assert.Equal(26, row.PreActivationSecondMoment);
        Assert.Equal(Math.Sqrt(26), row.PreActivationRms);
        Assert.Equal((1, 10), (row.PreActivationMinimum, row.PreActivationMaximum));
        Assert.Equal(180 / 5 / Math.Pow(10, 1.5), row.PreActivationSkewness!.Value, 1e-14);
        Assert.Equal((81 + 16 + 1 + 1296) / 5.0 / 100, row.PreActivationKurtosis!.Value, 1e-14);
        Assert.Equal(row.PreActivationKurtosis, row.ActivationKurtosis);
        Assert.Equal(row.PreActivationSkewness, row.ActivationSkewness);
        Assert.Equal((1, 10), (row.ActivationMinimum, row.ActivationMaximum));
        Assert.Equal(Math.Sqrt(26), row.ActivationRms);
        Assert.Equal(12.5, row.ActivationSampleVariance);
    }

    [Fact]
    public void One_value_and_equal_values_have_no_shape()
    {
        LayerVariance one = Measure(3);
        LayerVariance equal = Measure([.. Enumerable.Repeat(0.1, 40)]);

        Assert.Null(one.PreActivationSampleVariance);
        Assert.All([one, equal], row => Assert.Null(row.PreActivationSkewness));
        Assert.All([one, equal], row => Assert.Null(row.PreActivationKurtosis));
        Assert.All([one, equal], row => Assert.Equal(0, row.PreActivationVariance));
        Assert.Equal(new HistogramBin(3, 3, 1), Assert.Single(one.Histogram()));
        Assert.Equal(new HistogramBin(0.1, 0.1, 40), Assert.Single(equal.Histogram()));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0.25, 2)]
    [InlineData(0.5, 3)]
    [InlineData(0.6, 3.4)]
    [InlineData(1, 10)]
    public void Quantiles_are_interpolated(double probability, double expected) =>
        Assert.Equal(expected, Measure(10, 3, 1, 4, 2).Quantile(probability), 1e-15);

    [Fact]
    public void Quantiles_and_histograms_look_at_activations_too()
    {
        LayerVariance row = LayerVarianceMeasurement.Measure(s_identity with
        {
            Layers = TestStack.Create([1, 1], "relu", "Ones"),
            Data = TestStack.Table(4, 1, -3, -1, 0.5, 2),
        })[0];

        Assert.Equal(-3, row.Quantile(0));
        Assert.Equal(0, row.Quantile(0, LayerQuantity.Activation));
        Assert.Equal(0.25, row.Quantile(0.5, LayerQuantity.Activation));
        Assert.Equal(
            [new HistogramBin(0, 1, 3), new HistogramBin(1, 2, 1)],
            row.Histogram(2, LayerQuantity.Activation));
    }

    [Fact]
    public void A_histogram_counts_every_value_once()
    {
        LayerVariance row = LayerVarianceMeasurement.Measure(s_identity with
        {
            Layers = TestStack.Create([64, 128], "tanh", "HeNormal"),
        })[0];

        IReadOnlyList<HistogramBin> bins = row.Histogram(31);

        Assert.Equal(31, bins.Count);
        Assert.Equal(256 * 128, bins.Sum(bin => bin.Count));
        Assert.Equal(row.PreActivationMinimum, bins[0].LowerBound);
        Assert.Equal(row.PreActivationMaximum, bins[^1].UpperBound);
        Assert.All(bins.Skip(1).Zip(bins), pair => Assert.Equal(pair.Second.UpperBound, pair.First.LowerBound));
        Assert.Equal(row.PreActivationMaximum, row.Quantile(1));
        Assert.InRange(row.Quantile(0.5), -0.1, 0.1);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_probability_is_a_share(double probability) => Assert.Equal(
        ErrorId.InvalidArgument,
        Assert.Throws<InitToolsException>(() => Measure(1, 2).Quantile(probability)).ErrorId);

    [Fact]
    public void A_histogram_has_bins() => Assert.Equal(
        ErrorId.InvalidArgument,
        Assert.Throws<InitToolsException>(() => Measure(1, 2).Histogram(0)).ErrorId);

    // dL/da is the given gradient, dL/dz = dL/da phi'(z), dL/dW = sum x dL/dz, dL/db = sum dL/dz.
    [Fact]
    public void Gradients_have_their_variances()
    {
        LayerVariance row = LayerVarianceMeasurement.Measure(s_identity with
        {
            Layers = TestStack.Create([1, 2], "relu", "Ones", bias: "Zeros"),
            Data = TestStack.Table(3, 1, -1, 2, 3),
            OutputGradient = TestStack.Table(3, 2, 1, 2, 3, 4, 5, 6),
            LearningRate = 0.1,
        })[0];

        Assert.Equal(35.0 / 12, row.ActivationGradientVariance, 1e-14);
        Assert.Equal(86.0 / 6 - 9, row.GradientVariance, 1e-14);
        Assert.Equal(Math.Pow((26 - 21) / 2.0, 2), row.WeightGradientVariance!.Value, 1e-14);
        Assert.Equal(1, row.BiasGradientVariance!.Value, 1e-14);
        Assert.Equal(0.1 * Math.Sqrt((21 * 21 + 26 * 26) / 2.0), row.UpdateRatio!.Value, 1e-14);
    }

    [Fact]
    public void Without_biases_or_a_rate_their_figures_are_empty()
    {
        LayerVariance row = Measure(1, 2);
        LayerVariance zero = LayerVarianceMeasurement.Measure(s_identity with
        {
            Layers = TestStack.Create([1, 1], "linear", "Zeros"),
            LearningRate = 0.1,
        })[0];

        Assert.Null(row.BiasGradientVariance);
        Assert.Null(row.UpdateRatio);
        Assert.Null(zero.UpdateRatio);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-0.1)]
    [InlineData(double.PositiveInfinity)]
    public void A_rate_is_above_0(double rate) => Assert.Equal(
        ErrorId.InvalidArgument,
        Assert.Throws<InitToolsException>(
            () => LayerVarianceMeasurement.Measure(s_identity with { LearningRate = rate })).ErrorId);

    // Units of other weights may still put out the same: behind relu, those that are dead.
    [Fact]
    public void Units_differ_in_weights_and_in_outputs()
    {
        LayerVariance row = LayerVarianceMeasurement.Measure(s_identity with
        {
            Layers = TestStack.Create([3, 6], "relu", "RandomUniform(minval=-2,maxval=-1)"),
            InputDistribution = Initializer.Parse("RandomUniform(minval=1,maxval=2)"),
        })[0];

        Assert.Equal(6, row.DistinctUnits);
        Assert.Equal(6, row.DeadUnits);
        Assert.Equal(1, row.DistinctOutputs);
        Assert.Null(row.RowCorrelation);
    }

    // c' = (sqrt(1 - c^2) + c (pi - acos c)) / pi from orthogonal inputs (Cho and Saul 2009), the mean over 120 pairs:
    // rows of signs (-1)^popcount(row & unit) are orthogonal.
    [Fact]
    public void Correlations_of_two_inputs_follow_the_angle_map_of_relu()
    {
        const int Width = 1024;
        const int Rows = 16;
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(s_identity with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(10, Width), "relu", "HeNormal"),
            Data = TestStack.Table(
                Rows,
                Width,
                [.. Enumerable.Range(0, Rows * Width).Select(k => 1.0 - 2 * (int.PopCount(k / Width & k) % 2))]),
            Precision = Precision.Single,
        });

        Assert.Equal(0.318309886, rows[0].RowCorrelation!.Value, 0.02);
        Assert.Equal(0.49373109, rows[1].RowCorrelation!.Value, 0.02);
        Assert.Equal(0.60482572, rows[2].RowCorrelation!.Value, 0.02);
        Assert.Equal(0.735946351, rows[4].RowCorrelation!.Value, 0.02);
        Assert.Equal(0.871535516, rows[9].RowCorrelation!.Value, 0.02);
    }

    [Theory]
    [InlineData("relu", "HeNormal")]
    [InlineData("tanh", "LecunNormal")]
    [InlineData("selu", "LecunNormal")]
    [InlineData("sigmoid", "GlorotUniform(gain=4)")]
    public void Single_precision_agrees_with_double(string activation, string initializer)
    {
        LayerVarianceOptions options = s_identity with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(10, 256), activation, initializer),
        };

        IReadOnlyList<LayerVariance> precise = LayerVarianceMeasurement.Measure(options);
        IReadOnlyList<LayerVariance> single =
            LayerVarianceMeasurement.Measure(options with { Precision = Precision.Single });

        foreach ((LayerVariance expected, LayerVariance found) in precise.Zip(single))
        {
            Close(expected.PreActivationVariance, found.PreActivationVariance);
            Close(expected.PreActivationSecondMoment, found.PreActivationSecondMoment);
            Close(expected.ActivationVariance, found.ActivationVariance);
            Close(expected.ActivationSecondMoment, found.ActivationSecondMoment);
            Close(expected.PerUnitVariance!.Value, found.PerUnitVariance!.Value);
            Close(expected.PreActivationKurtosis!.Value, found.PreActivationKurtosis!.Value);
            Close(expected.GradientVariance, found.GradientVariance);
            Close(expected.WeightGradientVariance!.Value, found.WeightGradientVariance!.Value);
            Assert.Equal(expected.PreActivationMean, found.PreActivationMean, 1e-6 * expected.PreActivationRms);
            Assert.Equal(expected.ActivationMean, found.ActivationMean, 1e-6 * expected.ActivationRms);
        }

        static void Close(double expected, double found) => Assert.Equal(1, found / expected, 1e-5);
    }

    [Fact]
    public void The_layer_where_numbers_end_is_named_on_every_row()
    {
        LayerVarianceOptions options = s_identity with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(60, 64), "relu", "RandomNormal(stddev=1)"),
        };
        IReadOnlyList<LayerVariance> precise = LayerVarianceMeasurement.Measure(options);
        IReadOnlyList<LayerVariance> single =
            LayerVarianceMeasurement.Measure(options with { Precision = Precision.Single });

        int first = precise.First(row =>
            Math.Max(row.PreActivationMaximum, -row.PreActivationMinimum) > float.MaxValue).Layer;
        Assert.All(single, row => Assert.Equal(first, row.FirstNonFiniteLayer));
        Assert.All(precise, row => Assert.Null(row.FirstNonFiniteLayer));
    }

    private static LayerVariance Measure(params double[] data) => LayerVarianceMeasurement.Measure(s_identity with
    {
        Data = TestStack.Table(data.Length, 1, data),
    })[0];
}
