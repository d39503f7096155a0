using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

public sealed class LayerVarianceMeasurementTests
{
    private static readonly LayerVarianceOptions s_small = new()
    {
        Layers = TestStack.Create([3, 4, 2], "tanh", "GlorotUniform"),
        Seed = new Seed(7L),
    };

    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Figures_are_those_of_a_network_that_is_worked_out_by_hand(Precision precision)
    {
        // Two rows, two inputs, two units whose weights are all 0.5, relu: z = -1.5 and 2 for both units.
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create([2, 2], "relu", "Constant(0.5)"),
            Data = TestStack.Table(2, 2, -1, -2, 1, 3),
            Standardization = Standardization.None,
            OutputGradient = TestStack.Table(2, 2, 10, 20, 3, 5),
            Precision = precision,
            Seed = new Seed(0L),
        });

        LayerVariance row = Assert.Single(rows);
        Assert.Equal(1, row.Layer);
        Assert.Equal("layer1", row.Name);
        Assert.Equal("relu", row.Activation);
        Assert.Equal("Constant(value=0.5)", row.Initializer);
        Assert.Equal(2, row.FanIn);
        Assert.Equal(2, row.FanOut);
        Assert.Equal(0.5, row.WeightMean);
        Assert.Equal(0, row.WeightVariance);
        Assert.Equal(0.25, row.PreActivationMean, 1e-15);
        Assert.Equal(3.0625, row.PreActivationVariance, 1e-15);
        Assert.Equal(3.125, row.PreActivationSecondMoment, 1e-15);
        Assert.Equal(1, row.ActivationMean, 1e-15);
        Assert.Equal(1, row.ActivationVariance, 1e-15);
        Assert.Equal(2, row.ActivationSecondMoment, 1e-15);
        Assert.Equal(3.0625, row.PerUnitVariance!.Value, 1e-15);
        Assert.Null(row.SaturatedFraction);
        Assert.Equal(0.5, row.ZeroFraction);
        Assert.Equal(0, row.DeadUnits);
        Assert.Equal(1, row.DistinctUnits);

        // dL/dz is 0, 0 in the first row and 3, 5 in the second; dL/dW = [[3, 5], [9, 15]].
        Assert.Equal(34 / 4.0 - 4, row.GradientVariance, 1e-15);
        Assert.Equal((9 + 25 + 81 + 225) / 4.0 - 64, row.WeightGradientVariance!.Value, 1e-13);
        Assert.Equal(1, row.GradientRatio);
        Assert.Equal(0, row.NonFinite);
        Assert.Equal("Healthy", row.Verdict);
    }

    [Fact]
    public void Both_precisions_meet_the_same_numbers()
    {
        IReadOnlyList<LayerVariance> single = LayerVarianceMeasurement.Measure(s_small);
        IReadOnlyList<LayerVariance> precise =
            LayerVarianceMeasurement.Measure(s_small with { Precision = Precision.Double });

        foreach ((LayerVariance left, LayerVariance right) in single.Zip(precise))
        {
            Assert.Equal(1, left.PreActivationVariance / right.PreActivationVariance, 1e-5);
            Assert.Equal(1, left.GradientVariance / right.GradientVariance, 1e-5);
            Assert.Equal(1, left.WeightGradientVariance!.Value / right.WeightGradientVariance!.Value, 1e-5);
        }
    }

    [Fact]
    public void Double_precision_sees_what_single_precision_only_calls_infinite()
    {
        LayerVarianceOptions options = s_small with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(60, 64), "relu", "RandomNormal(stddev=1)"),
        };

        IReadOnlyList<LayerVariance> single = LayerVarianceMeasurement.Measure(options);
        IReadOnlyList<LayerVariance> precise =
            LayerVarianceMeasurement.Measure(options with { Precision = Precision.Double });

        Assert.All(single, row => Assert.Equal("NonFinite", row.Verdict));
        Assert.All(precise, row => Assert.Equal("Exploding", row.Verdict));
        Assert.All(precise, row => Assert.Equal(0, row.NonFinite));
        Assert.InRange(precise[^1].PreActivationSecondMoment, 1e75, 1e105);
    }

    [Theory]
    [InlineData("tanh")]
    [InlineData("relu")]
    public void Zeros_are_symmetric_and_give_hidden_weights_no_gradient(string activation)
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create([3, 4, 4, 2], activation, "Zeros"),
        });

        Assert.All(rows, row => Assert.Equal(0, row.WeightGradientVariance));
        Assert.Equal(["Symmetric", "Symmetric", "Vanishing"], rows.Select(row => row.Verdict));
        Assert.All(rows, row => Assert.Equal(0, row.ExpectedSecondMoment));
        Assert.All(rows.SkipLast(1), row => Assert.Equal(row.FanOut, row.DeadUnits));
    }

    [Fact]
    public void Constants_are_named_symmetric()
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create([3, 4, 4, 2], "tanh", "Constant(0.5)"),
        });

        Assert.Equal(["Symmetric", "Symmetric", "Healthy"], rows.Select(row => row.Verdict));
        Assert.All(rows.SkipLast(1), row => Assert.Contains("one gradient", row.Reason, StringComparison.Ordinal));
    }

    [Fact]
    public void A_random_bias_breaks_the_symmetry()
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create([3, 4, 4, 2], "tanh", "Constant(0.5)", bias: "RandomNormal(stddev=0.1)"),
        });

        Assert.All(rows, row => Assert.Equal(row.FanOut, row.DistinctUnits));
        Assert.DoesNotContain("Symmetric", rows.Select(row => row.Verdict));
    }

    [Fact]
    public void A_relu_layer_whose_inputs_push_it_below_zero_is_dead()
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create([3, 4, 4, 2], "relu", "GlorotUniform", bias: "Constant(-100)"),
        });

        Assert.Equal("Dead", rows[0].Verdict);
        Assert.Equal(4, rows[0].DeadUnits);
        Assert.Equal(1, rows[0].ZeroFraction);
        Assert.Contains("4 units of layer 1 are zero on all 256 rows", rows[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Five_sigmoid_layers_lose_their_gradients_by_a_factor_the_reason_gives()
    {
        LayerVarianceOptions options = s_small with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(5, 64), "sigmoid", "GlorotUniform"),
        };

        LayerVariance glorot = LayerVarianceMeasurement.Measure(options)[0];
        LayerVariance gainFour = LayerVarianceMeasurement.Measure(options with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(5, 64), "sigmoid", "GlorotUniform(gain=4)"),
        })[0];

        double factor = Math.Pow(glorot.GradientRatio!.Value, 1.0 / 4);
        Assert.Equal("Vanishing", glorot.Verdict);
        Assert.Equal(0.0557, factor, 0.0557 * 0.15);
        Assert.StartsWith(
            FormattableString.Invariant($"Gradients vanish: variance falls by the factor {factor:g3} per layer"),
            glorot.Reason,
            StringComparison.Ordinal);
        Assert.Equal("Healthy", gainFour.Verdict);
    }

    // Theory: q = 1, e^2, e^(2 e^2), then beyond doubles. In float32 e^z is infinite from z = 88.7 on.
    [Theory]
    [InlineData(Precision.Single)]
    [InlineData(Precision.Double)]
    public void Exponential_layers_leave_the_range_of_numbers_and_are_told_so(Precision precision)
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(5, 64), "exp", "LecunNormal"),
            Data = TestStack.Signs(256, 64, 1),
            Standardization = Standardization.None,
            Precision = precision,
        });

        Assert.All(rows, row => Assert.Equal("NonFinite", row.Verdict));
        Assert.Equal(1, rows[0].ExpectedSecondMoment!.Value, 1e-12);
        Assert.Equal(Math.Exp(2), rows[1].ExpectedSecondMoment!.Value, 1e-9);
        Assert.Equal(1, rows[2].ExpectedSecondMoment!.Value / Math.Exp(2 * Math.Exp(2)), 1e-9);
        Assert.Null(rows[3].ExpectedSecondMoment);
        Assert.Null(rows[4].ExpectedSecondMoment);
        Assert.Null(rows[0].ExpectedGradientFactor);
        Assert.Contains("NaN or infinite", rows[0].Reason, StringComparison.Ordinal);
    }

    // q' = 3 q^2 under He, from q = 2: 12, 432, 559872, 9.4e11; gradients by 4 q each.
    [Fact]
    public void Squared_relu_layers_explode_as_theory_has_it()
    {
        IReadOnlyList<LayerVariance> rows = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(5, 64), "squared_relu", "HeNormal"),
            Data = TestStack.Signs(256, 64, 1),
            Standardization = Standardization.None,
        });

        double[] expected = [2, 12, 432, 559872, 3.0 * 559872 * 559872];
        Assert.All(rows, row => Assert.Equal("Exploding", row.Verdict));
        Assert.All(rows.Zip(expected), pair => Assert.Equal(
            1, pair.First.ExpectedSecondMoment!.Value / pair.Second, 1e-11));
        Assert.Equal(1, rows[0].ExpectedGradientFactor!.Value / (8.0 * 48 * 1728 * 2239488), 1e-11);
    }

    // However wide the law, E[sin^2] is 1/2 at most; relu6's zeros are no saturation.
    [Fact]
    public void Sines_and_capped_relus_of_a_sound_stack_are_healthy()
    {
        IReadOnlyList<LayerVariance> sine = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(5, 64), "sin", "LecunNormal(gain=sin)"),
        });
        IReadOnlyList<LayerVariance> capped = LayerVarianceMeasurement.Measure(s_small with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(5, 64), "relu6", "HeNormal"),
        });

        Assert.All(sine, row => Assert.Equal("Healthy", row.Verdict));
        Assert.All(sine, row => Assert.Null(row.SaturatedFraction));
        Assert.All(capped, row => Assert.Equal("Healthy", row.Verdict));
        Assert.All(capped, row => Assert.InRange(row.SaturatedFraction!.Value, 0, 0.01));
    }

    [Fact]
    public void Raw_data_are_named_as_the_cause_before_a_bounded_activation()
    {
        LayerVarianceOptions options = s_small with
        {
            Layers = TestStack.Create(TestStack.DigitWidths(3), "tanh", "HeNormal"),
            Data = TestStack.Digits.ExcludeColumns(["digit"]),
            Standardization = Standardization.None,
        };

        LayerVariance raw = LayerVarianceMeasurement.Measure(options)[0];
        LayerVariance standardized = LayerVarianceMeasurement.Measure(options with
        {
            Standardization = Standardization.Global,
        })[0];

        Assert.Contains("q_1 is the data's", raw.Reason, StringComparison.Ordinal);
        Assert.DoesNotContain("data", standardized.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_batch_of_the_data_is_chosen_by_the_seed()
    {
        LayerVarianceOptions options = s_small with
        {
            Layers = TestStack.Create(TestStack.DigitWidths(2), "relu", "HeNormal"),
            Data = TestStack.Digits.ExcludeColumns(["digit"]),
            BatchSize = 50,
        };

        double first = LayerVarianceMeasurement.Measure(options)[0].PreActivationSecondMoment;
        double again = LayerVarianceMeasurement.Measure(options)[0].PreActivationSecondMoment;
        double other = LayerVarianceMeasurement.Measure(options with { Seed = new Seed(8L) })[0]
            .PreActivationSecondMoment;
        double all = LayerVarianceMeasurement.Measure(options with { BatchSize = null })[0].PreActivationSecondMoment;

        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
        Assert.Equal(1, first / all, 0.5);
        Assert.NotEqual(first, all);
    }

    [Fact]
    public void Layouts_do_not_show()
    {
        LayerVarianceOptions inputFirst = s_small with { Layers = [Layer(Layout.IO, 2, 3)] };
        LayerVarianceOptions outputFirst = s_small with { Layers = [Layer(Layout.OI, 3, 2)] };

        LayerVariance left = LayerVarianceMeasurement.Measure(inputFirst)[0];
        LayerVariance right = LayerVarianceMeasurement.Measure(outputFirst)[0];

        Assert.Equal((2L, 3L), (left.FanIn, left.FanOut));
        Assert.Equal((2L, 3L), (right.FanIn, right.FanOut));

        static LayerTensors Layer(Layout layout, int rows, int columns) => new(
            "fc",
            WeightTensor.Create(new WeightTensorOptions
            {
                Name = "fc.weight",
                Shape = new TensorShape(rows, columns),
                Layout = layout,
                Initializer = Initializer.Parse("HeNormal"),
                Seed = new Seed(1L),
            }),
            null,
            Activation.Parse("relu"));
    }

    [Fact]
    public void No_figure_depends_on_the_number_of_threads()
    {
        LayerVarianceOptions options = s_small with
        {
            Layers = TestStack.Create(TestStack.EqualWidths(3, 200), "gelu", "HeNormal"),
        };

        IReadOnlyList<LayerVariance> one = LayerVarianceMeasurement.Measure(options with
        {
            ParallelOptions = new ParallelOptions { MaxDegreeOfParallelism = 1 },
        });
        IReadOnlyList<LayerVariance> many = LayerVarianceMeasurement.Measure(options);

        Assert.Equivalent(one, many, strict: true);
        Assert.Equal(
            one.Select(row => (row.PreActivationVariance, row.GradientVariance, row.WeightGradientVariance)),
            many.Select(row => (row.PreActivationVariance, row.GradientVariance, row.WeightGradientVariance)));
    }

    [Fact]
    public void A_cancelled_token_stops_the_work()
    {
        Assert.ThrowsAny<OperationCanceledException>(() => LayerVarianceMeasurement.Measure(s_small with
        {
            ParallelOptions = new ParallelOptions { CancellationToken = new CancellationToken(canceled: true) },
        }));
    }

    [Fact]
    public void Properties_are_scalars_or_text_without_public_setters()
    {
        Assert.All(
            new[] { typeof(LayerVariance), typeof(InitializerComparison), typeof(EpochLoss) }
                .SelectMany(type => type.GetProperties()),
            property =>
            {
                Type type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
                Assert.True(type.IsPrimitive || type == typeof(string), property.Name);
                Assert.Null(property.GetSetMethod());
            });
    }

    [Fact]
    public void Data_and_a_distribution_exclude_each_other() => Fails(ErrorId.ParameterConflict, s_small with
    {
        Data = TestStack.Signs(4, 3, 1),
        InputDistribution = Initializer.Parse("Ones"),
    });

    [Fact]
    public void A_distribution_of_inputs_has_no_fans() => Fails(ErrorId.FanUndefined, s_small with
    {
        InputDistribution = Initializer.Parse("HeNormal"),
    });

    [Fact]
    public void Data_have_the_width_of_the_network() => Fails(ErrorId.ShapeMismatch, s_small with
    {
        Data = TestStack.Signs(4, 5, 1),
    });

    [Theory]
    [InlineData(0)]
    [InlineData(-3)]
    public void A_batch_has_rows(int rows) => Fails(ErrorId.EmptyBatch, s_small with { BatchSize = rows });

    [Fact]
    public void A_batch_is_no_larger_than_the_data() => Fails(ErrorId.BatchTooLarge, s_small with
    {
        Data = TestStack.Signs(4, 3, 1),
        BatchSize = 5,
    });

    [Theory]
    [InlineData(256, 3)]
    [InlineData(255, 2)]
    public void An_output_gradient_fits_batch_and_output(int rows, int columns) => Fails(
        ErrorId.ShapeMismatch,
        s_small with { OutputGradient = TestStack.Signs(rows, columns, 1) });

    [Fact]
    public void Layers_chain() => Fails(ErrorId.LayerMismatch, s_small with
    {
        Layers = [.. TestStack.Create([3, 4], "relu", "HeNormal"), .. TestStack.Create([5, 2], "relu", "HeNormal")],
    });

    [Fact]
    public void Thresholds_are_checked() => Fails(ErrorId.InvalidArgument, s_small with
    {
        Thresholds = new VerdictThresholds { LayerFactor = -1 },
    });

    private static void Fails(ErrorId expected, LayerVarianceOptions options)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => LayerVarianceMeasurement.Measure(options));

        Assert.Equal(expected, error.ErrorId);
    }
}
