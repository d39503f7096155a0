using Xunit;

namespace InitTools.Analysis.Tests.Comparison;

public sealed class InitializerComparerTests
{
    private static readonly Lazy<IReadOnlyList<InitializerComparison>> s_relu = new(() =>
        InitializerComparer.Compare(Relu(10)));

    private static readonly ComparisonOptions s_small = new()
    {
        Architecture = Architecture.FromWidths([3, 8, 8, 2], Activation.Parse("tanh")),
        Initializers = [Initializer.Parse("GlorotUniform"), Initializer.Parse("HeNormal")],
        SeedCount = 2,
        Seed = new Seed(7L),
    };

    [Fact]
    public void He_comes_first_on_ten_relu_layers_over_digits_and_the_mistakes_last()
    {
        IReadOnlyList<InitializerComparison> rows = s_relu.Value;

        Assert.Equal(10, rows.Count);
        Assert.All(rows.Take(2), row => Assert.StartsWith("He", row.Initializer, StringComparison.Ordinal));
        Assert.All(
            rows.Skip(2).Take(4),
            row => Assert.Matches("^(Glorot|Lecun)", row.Initializer));
        Assert.Equal(
            ["RandomNormal(stddev=1)", "RandomNormal(stddev=0.01)", "Zeros", "Constant(value=0.5)"],
            rows.Skip(6).Select(row => row.Initializer));

        // The uniform and the normal law of a scheme have one variance: what differs between them is chance.
        Assert.Equal([1, 1, 3, 3, 5, 5, 7, 8, 9, 9], rows.Select(row => row.Rank));
        Assert.Equal(rows.Select(row => row.Deviation).Order(), rows.Select(row => row.Deviation));
    }

    [Fact]
    public void Factors_are_those_of_theory()
    {
        InitializerComparison he = s_relu.Value.Single(row => row.Initializer == "HeNormal");
        InitializerComparison lecun = s_relu.Value.Single(row => row.Initializer == "LecunNormal");
        InitializerComparison unit = s_relu.Value.Single(row => row.Initializer == "RandomNormal(stddev=1)");

        // Ten layers: nine steps. Backwards the last step goes from 10 units to 64, a factor 10/64 once.
        double output = Math.Pow(10.0 / 64, 1.0 / 9);
        Assert.Equal(1, he.ForwardFactor, 0.15);
        Assert.Equal(output, he.BackwardFactor, 0.15);
        Assert.Equal(0.5, lecun.ForwardFactor, 0.075);
        Assert.Equal(0.5 * output, lecun.BackwardFactor, 0.075);
        Assert.Equal(32, unit.ForwardFactor, 4.8);
        Assert.Equal(("Healthy", "Vanishing", "Exploding"), (he.Verdict, lecun.Verdict, unit.Verdict));
    }

    [Fact]
    public void Zeros_and_constants_are_symmetric_and_infinitely_far()
    {
        foreach (InitializerComparison row in s_relu.Value.Where(row => row.Rank == 9))
        {
            Assert.True(row.Symmetric);
            Assert.Equal("Symmetric", row.Verdict);
            Assert.Equal(double.PositiveInfinity, row.Deviation);
            Assert.EndsWith("(in 5 of 5 seeds).", row.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reasons_name_the_cause()
    {
        InitializerComparison lecun = s_relu.Value.Single(row => row.Initializer == "LecunNormal");
        InitializerComparison constant = s_relu.Value.Single(row => row.Initializer == "Constant(value=0.5)");

        Assert.Contains(": relu with gain 1; gain 1.41 keeps 0.8", lecun.Reason, StringComparison.Ordinal);
        Assert.Contains("; all weights are 0.5 (in 5 of 5", constant.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Deviation_is_the_sum_of_the_columns_beside_it()
    {
        Assert.All(s_relu.Value.Where(row => row.Rank < 9), row => Assert.Equal(
            Math.Abs(Math.Log(row.ForwardFactor)) + Math.Abs(Math.Log(row.BackwardFactor))
                + Math.Abs(Math.Log(row.FirstLayerFactor)) / row.Depth
                + (row.SaturatedFraction ?? 0) + row.DeadFraction,
            row.Deviation,
            1e-12));
    }

    [Fact]
    public void Rows_describe_what_was_compared()
    {
        Assert.All(s_relu.Value, row =>
        {
            Assert.Equal("relu", row.Activation);
            Assert.Equal(10, row.Depth);
            Assert.Equal(5, row.Seeds);
            Assert.Equal(1UL, row.Seed);
            Assert.Null(row.SaturatedFraction);
            Assert.Null(row.InitialLoss);
            Assert.Empty(row.LossCurve());
        });
    }

    [Fact]
    public void Sigmoid_suits_no_scheme_and_the_unit_normal_wins_only_by_saturating()
    {
        IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(Relu(10) with
        {
            Architecture = Architecture.FromWidths(TestStack.DigitWidths(10), Activation.Parse("sigmoid")),
            Initializers = [Initializer.Parse("GlorotUniform"), Initializer.Parse("RandomNormal(stddev=1)")],
        });

        InitializerComparison glorot = rows.Single(row => row.Initializer == "GlorotUniform");
        InitializerComparison unit = rows.Single(row => row.Initializer == "RandomNormal(stddev=1)");
        Assert.Equal("Vanishing", glorot.Verdict);
        Assert.InRange(glorot.SaturatedFraction!.Value, 0, 0.01);
        Assert.InRange(unit.SaturatedFraction!.Value, 0.3, 0.8);
    }

    [Fact]
    public void Candidates_meet_the_same_rows_and_streams()
    {
        IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(s_small with
        {
            Initializers = [Initializer.Parse("HeNormal"), Initializer.Parse("he_normal"), Initializer.Parse("Ones")],
        });

        InitializerComparison[] he = [.. rows.Where(row => row.Initializer == "HeNormal")];
        Assert.Equal(2, he.Length);
        Assert.Equal(he[0].Deviation, he[1].Deviation);
        Assert.Equal(he[0].FirstLayerFactor, he[1].FirstLayerFactor);
        Assert.Equal([1, 1, 3], rows.Select(row => row.Rank));
    }

    [Fact]
    public void The_first_seed_repeats_what_a_single_measurement_gives()
    {
        InitializerComparison row = InitializerComparer.Compare(s_small with { SeedCount = 1 })
            .Single(row => row.Initializer == "HeNormal");
        IReadOnlyList<LayerVariance> layers = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = LayerTensors.Create(
                Architecture.FromWidths([3, 8, 8, 2], Activation.Parse("tanh"), Activation.Parse("linear")),
                Initializer.Parse("HeNormal"),
                null,
                s_small.Seed,
                StreamPurpose.Weights),
            Seed = s_small.Seed,
        });

        Assert.Equal(
            Math.Sqrt(layers[2].PreActivationSecondMoment / layers[0].PreActivationSecondMoment),
            row.ForwardFactor,
            1e-12);
        Assert.Equal(Math.Sqrt(layers[0].GradientRatio!.Value), row.BackwardFactor, 1e-12);
        Assert.Equal(layers[0].Verdict, row.Verdict);
    }

    [Fact]
    public void Other_seeds_give_other_figures()
    {
        double two = InitializerComparer.Compare(s_small)[0].Deviation;
        double other = InitializerComparer.Compare(s_small with { Seed = new Seed(8L) })[0].Deviation;

        Assert.NotEqual(two, other);
    }

    [Fact]
    public void One_layer_has_factors_of_1()
    {
        InitializerComparison row = InitializerComparer.Compare(s_small with
        {
            Architecture = Architecture.FromWidths([3, 2], Activation.Parse("relu")),
        })[0];

        Assert.Equal((1.0, 1.0), (row.ForwardFactor, row.BackwardFactor));
        Assert.Equal(0, row.DeadFraction);
        Assert.Equal(Math.Abs(Math.Log(row.FirstLayerFactor)), row.Deviation, 1e-12);
        Assert.Equal("linear", row.Activation);
    }

    [Fact]
    public void The_output_is_linear_unless_said_otherwise()
    {
        InitializerComparison linear = InitializerComparer.Compare(s_small)[0];
        InitializerComparison tanh = InitializerComparer.Compare(s_small with
        {
            OutputActivation = Activation.Parse("tanh"),
            Initializers = [Initializer.Parse(linear.Initializer)],
        })[0];

        Assert.Equal("tanh", linear.Activation);
        Assert.Equal(linear.ForwardFactor, tanh.ForwardFactor);
        Assert.NotEqual(linear.BackwardFactor, tanh.BackwardFactor);
    }

    [Fact]
    public void Deviation_is_never_NaN_whatever_the_data_and_the_weights()
    {
        string[] initializers =
        [
            "Zeros", "Ones", "Constant(1e30)", "Constant(-1e-30)", "RandomNormal(stddev=1e30)",
            "RandomNormal(stddev=1e-30)", "RandomUniform(minimum=1e20, maximum=2e20)",
        ];
        foreach (string inputs in (string[])["Zeros", "RandomNormal(stddev=1)", "RandomNormal(stddev=1e15)"])
        {
            foreach (Precision precision in Enum.GetValues<Precision>())
            {
                IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(s_small with
                {
                    Initializers = [.. initializers.Select(text => Initializer.Parse(text))],
                    InputDistribution = Initializer.Parse(inputs),
                    Precision = precision,
                });

                Assert.All(rows, row => Assert.True(row.Deviation >= 0, $"{row.Initializer} {inputs}"));
                Assert.Equal(rows.Select(row => row.Deviation).Order(), rows.Select(row => row.Deviation));
            }
        }
    }

    [Fact]
    public void A_stack_that_is_not_finite_has_no_factor_from_what_is_left()
    {
        InitializerComparison row = InitializerComparer.Compare(s_small with
        {
            Architecture = Architecture.FromWidths([3, 8, 8, 2], Activation.Parse("relu")),
            Initializers = [Initializer.Parse("Constant(1e30)")],
        })[0];

        // Rows of negative sum are 0 behind relu and stay finite; they are not what the signal became.
        Assert.Equal("NonFinite", row.Verdict);
        Assert.Equal(double.NaN, row.ForwardFactor);
        Assert.Equal(double.PositiveInfinity, row.Deviation);
    }

    [Fact]
    public void No_figure_depends_on_the_number_of_threads()
    {
        IReadOnlyList<InitializerComparison> one = InitializerComparer.Compare(s_small with
        {
            ParallelOptions = new ParallelOptions { MaxDegreeOfParallelism = 1 },
        });
        IReadOnlyList<InitializerComparison> many = InitializerComparer.Compare(s_small);

        Assert.Equal(
            one.Select(row => (row.Initializer, row.Deviation, row.FirstLayerFactor, row.Reason)),
            many.Select(row => (row.Initializer, row.Deviation, row.FirstLayerFactor, row.Reason)));
    }

    [Fact]
    public void Progress_ends_at_all()
    {
        var progress = new Recorder();

        InitializerComparer.Compare(s_small with { Progress = progress });

        Assert.Equal([0.25, 0.5, 0.75, 1], progress.Shares.Order());
    }

    [Fact]
    public void A_cancelled_token_stops_the_work()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => InitializerComparer.Compare(s_small with
        {
            ParallelOptions = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) },
        }));
    }

    [Fact]
    public void Seeds_are_counted_from_one() => Fails(ErrorId.InvalidArgument, s_small with { SeedCount = 0 });

    [Fact]
    public void Data_have_the_width_of_the_network() =>
        Fails(ErrorId.ShapeMismatch, s_small with { Data = TestStack.Signs(4, 4, 1) });

    [Fact]
    public void The_target_is_no_input() => Fails(
        ErrorId.ShapeMismatch,
        s_small with { Data = TestStack.Table(2, 3, 1, 2, 0, 3, 4, 1), Target = "x3" });

    [Fact]
    public void A_batch_has_rows() => Fails(ErrorId.EmptyBatch, s_small with { BatchSize = 0 });

    [Fact]
    public void A_batch_is_no_larger_than_the_data() =>
        Fails(ErrorId.BatchTooLarge, s_small with { Data = TestStack.Signs(4, 3, 1), BatchSize = 5 });

    [Fact]
    public void A_target_is_a_column_of_data() => Fails(ErrorId.ParameterConflict, s_small with { Target = "digit" });

    [Fact]
    public void A_target_is_one_of_the_columns() => Fails(
        ErrorId.ColumnNotFound,
        s_small with { Data = TestStack.Signs(4, 4, 1), Target = "digit" });

    [Fact]
    public void Labels_are_classes_of_the_output() => Fails(
        ErrorId.LabelOutOfRange,
        s_small with { Data = TestStack.Table(2, 4, 1, 2, 3, 0, 4, 5, 6, 2), Target = "x4" });

    [Fact]
    public void Data_and_a_distribution_exclude_each_other() => Fails(
        ErrorId.ParameterConflict,
        s_small with { Data = TestStack.Signs(4, 3, 1), InputDistribution = Initializer.Parse("Ones") });

    internal static ComparisonOptions Relu(int depth) => new()
    {
        Architecture = Architecture.FromWidths(TestStack.DigitWidths(depth), Activation.Parse("relu")),
        Data = TestStack.Digits,
        Target = "digit",
        Seed = new Seed(1L),
    };

    internal static void Fails(ErrorId expected, ComparisonOptions options)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => InitializerComparer.Compare(options));

        Assert.Equal(expected, error.ErrorId);
    }

    private sealed class Recorder : IProgress<double>
    {
        private readonly List<double> _shares = [];

        public IReadOnlyList<double> Shares => _shares;

        public void Report(double value)
        {
            lock (_shares)
            {
                _shares.Add(value);
            }
        }
    }
}
