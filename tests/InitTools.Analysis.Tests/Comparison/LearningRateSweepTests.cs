using Xunit;

namespace InitTools.Analysis.Tests.Comparison;

public sealed class LearningRateSweepTests
{
    private static readonly TrainingOptions s_training = new() { EpochCount = 2, HoldOut = 297 };

    [Fact]
    public void Each_candidate_is_reported_at_the_rate_that_left_the_lowest_loss()
    {
        // The first rate hardly moves anything in two epochs, the last one leaves the numbers.
        IReadOnlyList<InitializerComparison> rows = InitializerComparer.Compare(Digits with
        {
            Initializers = [Initializer.Parse("HeNormal"), Initializer.Parse("GlorotUniform")],
            Training = s_training with { LearningRates = [0.00003, 0.1, 1e6] },
        });

        Assert.All(rows, row =>
        {
            IReadOnlyList<LearningRateResult> sweep = row.LearningRateSweep();
            Assert.Equal([0.00003, 0.1, 1e6], sweep.Select(result => result.LearningRate));
            Assert.Equal(0.1, row.LearningRate);
            Assert.Equal(1, sweep[2].Diverged);
            Assert.Equal(double.PositiveInfinity, sweep[2].FinalLoss);
            LearningRateResult best = sweep.MinBy(result => result.FinalLoss)!;
            Assert.Equal(best.LearningRate, row.LearningRate);
            Assert.Equal(best.FinalLoss, row.FinalLoss);
            Assert.Equal(best.HeldOutAccuracy, row.HeldOutAccuracy);
            Assert.All(row.LossCurve(), epoch => Assert.Equal(row.LearningRate, epoch.LearningRate));
        });
    }

    [Fact]
    public void A_rate_of_a_sweep_trains_as_it_does_alone()
    {
        ComparisonOptions options = Digits with { Initializers = [Initializer.Parse("HeNormal")] };

        LearningRateResult inSweep = InitializerComparer.Compare(options with
        {
            Training = s_training with { LearningRates = [0.01, 0.05], Optimizer = new Adam() },
        })[0].LearningRateSweep()[1];
        InitializerComparison alone = InitializerComparer.Compare(options with
        {
            Training = s_training with { LearningRates = [0.05], Optimizer = new Adam() },
        })[0];

        Assert.Equal(alone.LossCurve().Select(epoch => epoch.Loss), inSweep.LossCurve().Select(epoch => epoch.Loss));
        Assert.Equal(alone.HeldOutLoss, inSweep.HeldOutLoss);
    }

    [Theory]
    [InlineData("SGD(momentum=0.9)", 0.01)]
    [InlineData("Adam", 0.002)]
    public void Optimizers_learn_faster_than_plain_descent_at_its_rate(string optimizer, double rate)
    {
        ComparisonOptions options = Digits with { Initializers = [Initializer.Parse("HeNormal")] };

        double plain = InitializerComparer.Compare(options with
        {
            Training = s_training with { LearningRates = [0.01] },
        })[0].FinalLoss!.Value;
        double other = InitializerComparer.Compare(options with
        {
            Training = s_training with { LearningRates = [rate], Optimizer = Optimizer.Parse(optimizer) },
        })[0].FinalLoss!.Value;

        Assert.InRange(other, 0, plain / 2);
    }

    [Fact]
    public void Squared_error_of_classes_learns_them_and_one_output_learns_a_number()
    {
        InitializerComparison classes = InitializerComparer.Compare(Digits with
        {
            Initializers = [Initializer.Parse("LecunNormal")],
            Training = s_training with { LearningRates = [0.2], Loss = LossFunction.SquaredError, EpochCount = 12 },
        })[0];

        // Ten outputs of which one is to be 1: predicting the mean leaves 0.1 * 0.9.
        Assert.InRange(classes.FinalLoss!.Value, 0, 0.04);
        Assert.InRange(classes.HeldOutAccuracy!.Value, 0.8, 1);

        // y = 2 a - b + 1/2 is in the reach of one layer with a bias, so that nothing is left of the error.
        DataSet inputs = new(["a", "b", "y"], 200, [.. Enumerable.Range(0, 200).SelectMany(i =>
        {
            double a = i % 20 / 10.0 - 1;
            double b = i / 20 / 5.0 - 1;
            return (double[])[a, b, 2 * a - b + 0.5];
        })]);
        InitializerComparison number = InitializerComparer.Compare(new ComparisonOptions
        {
            Architecture = Architecture.FromWidths([2, 1], Activation.Parse("linear")),
            Initializers = [Initializer.Parse("GlorotUniform")],
            Bias = Initializer.Parse("Zeros"),
            Data = inputs,
            Target = "y",
            Standardization = Standardization.None,
            SeedCount = 1,
            Seed = new Seed(3L),
            Training = new TrainingOptions
            {
                LearningRates = [0.1],
                Loss = LossFunction.SquaredError,
                HoldOut = 50,
                EpochCount = 60,
            },
        })[0];
        Assert.InRange(number.FinalLoss!.Value, 0, 1e-6);
        Assert.InRange(number.HeldOutLoss!.Value, 0, 1e-6);
        Assert.Null(number.HeldOutAccuracy);
    }

    [Fact]
    public void Rates_are_there_and_different()
    {
        InitializerComparerTests.Fails(
            ErrorId.InvalidArgument,
            Digits with { Training = s_training with { LearningRates = [] } });
        InitializerComparerTests.Fails(
            ErrorId.InvalidArgument,
            Digits with { Training = s_training with { LearningRates = [0.1, 0.1] } });
    }

    private static ComparisonOptions Digits => InitializerComparerTests.Relu(3) with { SeedCount = 1 };
}
