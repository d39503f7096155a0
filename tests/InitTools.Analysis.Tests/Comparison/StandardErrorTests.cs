using Xunit;

namespace InitTools.Analysis.Tests.Comparison;

public sealed class StandardErrorTests
{
    private static readonly ComparisonOptions s_tanh = new()
    {
        Architecture = Architecture.FromWidths([24, 24, 24, 24, 24], Activation.Parse("tanh")),
        Initializers = [Initializer.Parse("GlorotNormal(gain=tanh)"), Initializer.Parse("HeNormal")],
        BatchSize = 64,
        SeedCount = 8,
        Seed = new Seed(1L),
    };

    [Fact]
    public void Reported_errors_are_the_spread_of_repeated_comparisons()
    {
        // 40 comparisons: their standard deviation is known to 1/sqrt(78) of itself, and a jackknife of 8 runs is
        // noisier, but is averaged over all of them; five times 11 % either way.
        InitializerComparison[] repeated =
        [
            .. Enumerable.Range(1, 40).Select(seed =>
                InitializerComparer.Compare(s_tanh with { Seed = new Seed((long)seed) })
                    .Single(row => row.Initializer == "HeNormal")),
        ];

        (Func<InitializerComparison, double> Figure, Func<InitializerComparison, double?> Error)[] figures =
        [
            (row => row.ForwardFactor, row => row.ForwardFactorStandardError),
            (row => row.BackwardFactor, row => row.BackwardFactorStandardError),
            (row => row.FirstLayerFactor, row => row.FirstLayerFactorStandardError),
            (row => row.SaturatedFraction!.Value, row => row.SaturatedFractionStandardError),
        ];
        Assert.All(figures, figure =>
        {
            double spread = StandardDeviation([.. repeated.Select(figure.Figure)]);
            double reported = Math.Sqrt(repeated.Average(row => Math.Pow(figure.Error(row)!.Value, 2)));
            Assert.InRange(reported / spread, 0.6, 1.7);
        });
    }

    [Fact]
    public void One_seed_has_no_standard_error_and_ties_nothing()
    {
        IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(s_tanh with { SeedCount = 1 });

        Assert.Equal([1, 2], rows.Select(row => row.Rank));
        Assert.All(rows, row =>
        {
            Assert.Null(row.DeviationStandardError);
            Assert.Null(row.ForwardFactorStandardError);
        });
    }

    [Fact]
    public void Paired_seeds_tell_apart_what_their_own_errors_would_not()
    {
        // One law twice, once 0.5 % wider: over the same streams the difference is the same in every seed.
        IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(s_tanh with
        {
            Architecture = Architecture.FromWidths([24, 24, 24, 24, 24], Activation.Parse("linear")),
            Initializers =
            [
                Initializer.Parse("VarianceScaling(scale=4, distribution=normal)"),
                Initializer.Parse("VarianceScaling(scale=4.02, distribution=normal)"),
            ],
        });

        double difference = rows[1].Deviation - rows[0].Deviation;
        Assert.Equal((2 + 0.25) * Math.Log(1.005), difference, 1e-5);
        Assert.InRange(rows[0].DeviationStandardError!.Value, 2 * difference, 1);
        Assert.Equal([1, 2], rows.Select(row => row.Rank));
    }

    [Fact]
    public void Without_tolerance_only_equals_share_a_rank()
    {
        ComparisonOptions options = s_tanh with
        {
            Initializers =
                [Initializer.Parse("HeNormal"), Initializer.Parse("HeUniform"), Initializer.Parse("HeNormal")],
        };

        Assert.Equal([1, 1, 1], InitializerComparer.Compare(options).Select(row => row.Rank));
        Assert.Equal(
            2, InitializerComparer.Compare(options with { TieTolerance = 0 }).Select(r => r.Rank).Distinct().Count());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    public void A_tolerance_is_a_number_of_standard_errors(double tolerance) =>
        InitializerComparerTests.Fails(ErrorId.InvalidArgument, s_tanh with { TieTolerance = tolerance });

    [Theory]
    [InlineData(-1, 1)]
    [InlineData(double.PositiveInfinity, 1)]
    [InlineData(0, 0)]
    public void Weights_are_numbers_of_which_one_counts(double forward, double others) =>
        InitializerComparerTests.Fails(ErrorId.InvalidArgument, s_tanh with
        {
            Weights = new DeviationWeights
            {
                Forward = forward,
                Backward = others,
                FirstLayer = others,
                Saturated = others,
                Dead = others,
            },
        });

    private static double StandardDeviation(double[] values)
    {
        double mean = values.Average();
        return Math.Sqrt(values.Sum(value => (value - mean) * (value - mean)) / (values.Length - 1));
    }
}
