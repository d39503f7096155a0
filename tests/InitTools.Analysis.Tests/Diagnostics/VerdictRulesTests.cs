using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

public sealed class VerdictRulesTests
{
    private const int Units = 8;

    /// <summary>Each row switches problems on in layer 2 of a stack; the most severe of them is the verdict.</summary>
    public static TheoryData<string, Verdict, bool> Precedence => new()
    {
        { "", Verdict.Healthy, true },
        { "saturated", Verdict.Saturated, false },
        { "vanishing", Verdict.Vanishing, true },
        { "vanishing saturated", Verdict.Vanishing, true },
        { "exploding", Verdict.Exploding, true },
        { "exploding vanishing", Verdict.Exploding, true },
        { "dead", Verdict.Dead, false },
        { "dead exploding vanishing saturated", Verdict.Dead, false },
        { "symmetric", Verdict.Symmetric, false },
        { "symmetric dead exploding vanishing saturated", Verdict.Symmetric, false },
        { "nonfinite", Verdict.NonFinite, true },
        { "nonfinite symmetric dead exploding vanishing saturated", Verdict.NonFinite, true },
    };

    [Theory]
    [MemberData(nameof(Precedence))]
    public void The_most_severe_rule_is_the_verdict_and_stack_verdicts_stand_on_every_row(
        string problems,
        Verdict expected,
        bool onEveryRow)
    {
        IReadOnlyList<Judgement> judgements = VerdictRules.Judge(Stack(problems), VerdictThresholds.Default);

        Assert.Equal(4, judgements.Count);
        Assert.Equal(expected, judgements[1].Verdict);
        Assert.All(
            judgements.Where((_, index) => index != 1),
            other => Assert.Equal(onEveryRow, other.Verdict == expected));
    }

    [Theory]
    [MemberData(nameof(Precedence))]
    public void One_run_is_judged_as_its_worst_row_is(string problems, Verdict expected, bool onEveryRow)
    {
        _ = onEveryRow;

        Assert.Equal(expected, VerdictRules.JudgeRuns([Stack(problems)], VerdictThresholds.Default).Verdict);
    }

    [Theory]
    [InlineData(1.0 / 99, 1, Verdict.Healthy)]
    [InlineData(1.0 / 101, 1, Verdict.Vanishing)]
    [InlineData(99, 1, Verdict.Healthy)]
    [InlineData(101, 1, Verdict.Exploding)]
    [InlineData(1, 1.0 / 99, Verdict.Healthy)]
    [InlineData(1, 1.0 / 101, Verdict.Vanishing)]
    [InlineData(1, 99, Verdict.Healthy)]
    [InlineData(1, 101, Verdict.Exploding)]
    public void A_deep_stack_may_change_by_a_factor_of_100(double forward, double backward, Verdict expected)
    {
        Assert.All(
            VerdictRules.Judge(Geometric(30, forward, backward), VerdictThresholds.Default),
            judgement => Assert.Equal(expected, judgement.Verdict));
    }

    [Theory]
    [InlineData(9.9, Verdict.Healthy)]
    [InlineData(10.1, Verdict.Exploding)]
    [InlineData(1 / 9.9, Verdict.Healthy)]
    [InlineData(1 / 10.1, Verdict.Vanishing)]
    public void Two_layers_may_differ_by_a_factor_of_10(double forward, Verdict expected)
    {
        Assert.Equal(
            expected,
            VerdictRules.Judge(Geometric(2, forward, 1), VerdictThresholds.Default)[0].Verdict);
    }

    [Theory]
    [InlineData(1, 0, 1, 1)]
    [InlineData(0, 1, 1, 1)]
    [InlineData(1, 1, 0, 1)]
    [InlineData(1, 1, 1, 0)]
    [InlineData(0, 0, 0, 0)]
    public void A_zero_in_a_ratio_is_vanishing(
        double firstMoment,
        double lastMoment,
        double firstGradient,
        double lastGradient)
    {
        LayerFigures[] layers =
        [
            Layer(1) with { SecondMoment = firstMoment, GradientVariance = firstGradient },
            Layer(2) with { SecondMoment = lastMoment, GradientVariance = lastGradient },
        ];

        Judgement judgement = VerdictRules.Judge(layers, VerdictThresholds.Default)[0];

        Assert.Equal(Verdict.Vanishing, judgement.Verdict);
        Assert.Contains("exactly 0", judgement.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_a_signal_it_is_the_signal_that_vanishes()
    {
        LayerFigures[] layers =
        [
            Layer(1),
            Layer(2) with { SecondMoment = 0, GradientVariance = 0 },
        ];

        Assert.Equal(
            "Signals vanish: the second moment of layer 2's pre-activations is exactly 0.",
            VerdictRules.Judge(layers, VerdictThresholds.Default)[0].Reason);
    }

    [Fact]
    public void One_layer_has_no_ratio()
    {
        LayerFigures layer = Layer(1) with { SecondMoment = 1e30, GradientVariance = 0 };

        Assert.Equal(Verdict.Healthy, VerdictRules.Judge([layer], VerdictThresholds.Default)[0].Verdict);
    }

    [Fact]
    public void One_layer_can_be_saturated_or_not_finite()
    {
        LayerFigures layer = Layer(1) with { SaturatedFraction = 0.771, SecondMoment = 250 };

        Judgement saturated = VerdictRules.Judge([layer], VerdictThresholds.Default)[0];
        Judgement nonFinite = VerdictRules.Judge([layer with { NonFiniteValues = 3 }], VerdictThresholds.Default)[0];

        Assert.Equal(
            new Judgement(
                Verdict.Saturated,
                "77.1 % of the entries of layer 1 are saturated: its pre-activations have the second moment 250."),
            saturated);
        Assert.Equal(
            new Judgement(Verdict.NonFinite, "3 values of layer 1 are NaN or infinite."),
            nonFinite);
    }

    [Fact]
    public void Output_layers_and_single_units_are_never_symmetric_and_output_layers_never_dead()
    {
        LayerFigures[] layers =
        [
            Layer(1) with { UnitCount = 1, DistinctUnits = 1, DistinctGradients = 1 },
            Layer(2) with { DistinctUnits = 1, DistinctGradients = 1, DeadUnits = Units },
        ];

        Assert.All(
            VerdictRules.Judge(layers, VerdictThresholds.Default),
            judgement => Assert.Equal(Verdict.Healthy, judgement.Verdict));
    }

    [Fact]
    public void One_different_unit_ends_the_symmetry()
    {
        LayerFigures[] layers = [Layer(1) with { DistinctUnits = 2 }, Layer(2)];

        Assert.Equal(Verdict.Healthy, VerdictRules.Judge(layers, VerdictThresholds.Default)[0].Verdict);
    }

    [Theory]
    [InlineData(1, Verdict.Healthy)]
    [InlineData(2, Verdict.Dead)]
    public void A_layer_is_dead_only_on_two_rows_or_more(int rows, Verdict expected)
    {
        LayerFigures[] layers =
            [Layer(1) with { RowCount = rows, DeadUnits = Units }, Layer(2) with { RowCount = rows }];

        Assert.Equal(expected, VerdictRules.Judge(layers, VerdictThresholds.Default)[0].Verdict);
    }

    [Theory]
    [InlineData(0.5, Verdict.Healthy)]
    [InlineData(0.51, Verdict.Saturated)]
    public void More_than_half_is_saturated(double share, Verdict expected)
    {
        LayerFigures[] layers = [Layer(1) with { SaturatedFraction = share }, Layer(2)];

        Assert.Equal(expected, VerdictRules.Judge(layers, VerdictThresholds.Default)[0].Verdict);
    }

    [Fact]
    public void Thresholds_are_parameters()
    {
        var strict = new VerdictThresholds { StackFactor = 10, LayerFactor = 2, SaturatedFraction = 0.1, DeadRows = 1 };

        Assert.Equal(Verdict.Exploding, VerdictRules.Judge(Geometric(30, 11, 1), strict)[0].Verdict);
        Assert.Equal(Verdict.Exploding, VerdictRules.Judge(Geometric(2, 2.1, 1), strict)[0].Verdict);
        Assert.Equal(
            Verdict.Saturated,
            VerdictRules.Judge([Layer(1) with { SaturatedFraction = 0.2 }], strict)[0].Verdict);
        Assert.Equal(
            Verdict.Dead,
            VerdictRules.Judge([Layer(1) with { DeadUnits = Units, RowCount = 1 }, Layer(2)], strict)[0].Verdict);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void A_factor_is_a_finite_number_above_1(double factor)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(
            () => new VerdictThresholds { StackFactor = factor }.Validate());

        Assert.Equal(ErrorId.InvalidArgument, error.ErrorId);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void A_saturated_fraction_is_a_share(double share)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(
            () => new VerdictThresholds { SaturatedFraction = share }.Validate());

        Assert.Equal(ErrorId.InvalidArgument, error.ErrorId);
    }

    [Fact]
    public void Reasons_give_the_factor_per_layer_and_the_ratio()
    {
        Judgement judgement = VerdictRules.Judge(Geometric(5, 1, 1e-5), VerdictThresholds.Default)[0];

        Assert.Equal(
            "Gradients vanish: variance falls by the factor 0.0562 per layer, to 1e-05 of the output layer's at layer "
            + "1.",
            judgement.Reason);
    }

    [Fact]
    public void Reasons_hold_ratios_beyond_the_range_of_doubles()
    {
        LayerFigures[] layers =
        [
            Layer(1) with { SecondMoment = 1e-200 },
            Layer(2),
            Layer(3) with { SecondMoment = 1e200 },
        ];

        Assert.Equal(
            "Signals explode: second moment grows by the factor 1e+200 per layer, to 10^400 of the first layer's at " +
            "layer 3.",
            VerdictRules.Judge(layers, VerdictThresholds.Default)[0].Reason);
    }

    [Fact]
    public void Reasons_name_layers_that_have_a_name()
    {
        LayerFigures[] layers = [Layer(1) with { Name = "fc1", DeadUnits = Units }, Layer(2)];

        Assert.Contains(
            "layer 1 'fc1'",
            VerdictRules.Judge(layers, VerdictThresholds.Default)[0].Reason,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_blame_the_layer_where_values_first_left_the_finite_numbers()
    {
        LayerFigures[] layers =
        [
            Layer(1) with { SecondMoment = 1e10, NonFiniteGradients = 8 },
            Layer(2) with { SecondMoment = 1e20, NonFiniteGradients = 8 },
            Layer(3) with { SecondMoment = double.NaN, NonFiniteValues = 5, NonFiniteGradients = 8 },
            Layer(4) with { SecondMoment = double.NaN, NonFiniteValues = 8, NonFiniteGradients = 8 },
        ];

        Assert.Equal(
            "5 values of layer 3 are NaN or infinite, after the second moment changed by the factor 1e+10 per layer, " +
            "to 1e+20 at layer 2.",
            VerdictRules.Judge(layers, VerdictThresholds.Default)[3].Reason);
    }

    [Fact]
    public void Reasons_say_when_the_size_of_the_first_layer_is_that_of_raw_data()
    {
        LayerFigures[] layers =
        [
            Layer(1) with { SaturatedFraction = 0.9, SecondMoment = 60 },
            Layer(2) with { SecondMoment = 50 },
        ];

        IReadOnlyList<Judgement> judgements = VerdictRules.Judge(layers, VerdictThresholds.Default, 60.2);

        Assert.EndsWith(
            "; q_1 is the data's, which were not standardized (E[x^2] = 60.2).",
            judgements[0].Reason,
            StringComparison.Ordinal);
        Assert.DoesNotContain("standardized", judgements[1].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Symmetric_reasons_tell_whether_gradients_differ()
    {
        LayerFigures[] layers =
        [
            Layer(1) with { DistinctUnits = 1, DistinctGradients = 1 },
            Layer(2) with { DistinctUnits = 1, DistinctGradients = 7 },
            Layer(3),
        ];

        IReadOnlyList<Judgement> judgements = VerdictRules.Judge(layers, VerdictThresholds.Default);

        Assert.Contains("one gradient", judgements[0].Reason, StringComparison.Ordinal);
        Assert.Contains("which differ", judgements[1].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("nonfinite", 1, Verdict.NonFinite)]
    [InlineData("symmetric", 1, Verdict.Symmetric)]
    [InlineData("dead", 2, Verdict.Healthy)]
    [InlineData("dead", 3, Verdict.Dead)]
    [InlineData("saturated", 2, Verdict.Healthy)]
    [InlineData("saturated", 3, Verdict.Saturated)]
    public void Runs_count(string problem, int affected, Verdict expected)
    {
        IReadOnlyList<LayerFigures>[] runs =
            [.. Enumerable.Range(0, 5).Select(run => Stack(run < affected ? problem : ""))];

        Judgement judgement = VerdictRules.JudgeRuns(runs, VerdictThresholds.Default);

        Assert.Equal(expected, judgement.Verdict);
        Assert.Equal(
            expected != Verdict.Healthy,
            judgement.Reason.EndsWith($"(in {affected} of 5 seeds).", StringComparison.Ordinal));
    }

    [Fact]
    public void Runs_are_judged_by_the_geometric_mean_of_their_ratios()
    {
        // One run in five that drifts by 1000 is not the initializer's verdict; all that drift by 101 are.
        IReadOnlyList<LayerFigures>[] outlier =
            [Geometric(30, 1000, 1), .. Enumerable.Range(0, 4).Select(_ => Geometric(30, 1, 1))];
        IReadOnlyList<LayerFigures>[] all = [.. Enumerable.Range(0, 5).Select(_ => Geometric(30, 101, 1))];

        Assert.Equal(Verdict.Healthy, VerdictRules.JudgeRuns(outlier, VerdictThresholds.Default).Verdict);
        Assert.Equal(Verdict.Exploding, VerdictRules.JudgeRuns(all, VerdictThresholds.Default).Verdict);
    }

    private static LayerFigures Layer(int number) => new()
    {
        Layer = number,
        Name = $"layer{number}",
        UnitCount = Units,
        RowCount = 16,
        SecondMoment = 1,
        GradientVariance = 1,
        DistinctUnits = Units,
    };

    private static LayerFigures[] Geometric(int depth, double forward, double backward) =>
    [
        .. Enumerable.Range(1, depth).Select(number => Layer(number) with
        {
            SecondMoment = Math.Pow(forward, (number - 1) / (depth - 1.0)),
            GradientVariance = Math.Pow(backward, (depth - number) / (depth - 1.0)),
        }),
    ];

    private static LayerFigures[] Stack(string problems)
    {
        LayerFigures[] layers = [.. Enumerable.Range(1, 4).Select(Layer)];
        foreach (string problem in problems.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            switch (problem)
            {
                case "saturated":
                    layers[1] = layers[1] with { SaturatedFraction = 0.9 };
                    break;
                case "vanishing":
                    layers[0] = layers[0] with { GradientVariance = 1e-6 };
                    break;
                case "exploding":
                    layers[3] = layers[3] with { SecondMoment = 1e6 };
                    break;
                case "dead":
                    layers[1] = layers[1] with { DeadUnits = Units };
                    break;
                case "symmetric":
                    layers[1] = layers[1] with { DistinctUnits = 1, DistinctGradients = 1 };
                    break;
                case "nonfinite":
                    layers[1] = layers[1] with { NonFiniteValues = 1 };
                    break;
                default:
                    throw new ArgumentException(problem, nameof(problems));
            }
        }

        return layers;
    }
}
