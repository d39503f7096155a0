using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Xunit;

namespace InitTools.Analysis.Tests.Reproducibility;

/// <summary>
/// The bits of figures as they were when these digests were written down, on any number of threads. A change that is
/// meant to leave all figures as they are fails here by a single bit; a new column does not, as the figures are named.
/// Widths and rows are no multiples of a vector's length, and layers are large enough for several threads.
/// </summary>
public sealed class PinnedFiguresTests
{
    private static readonly int[] s_threads = [1, 2];

    [Theory]
    [InlineData("relu", Precision.Single, "aa8a4708ce8174cdefc69d9aafb69b921196cd9602b38cc2be16640f7c8e9821")]
    [InlineData("tanh", Precision.Single, "a04159348eb7c2004080b874d662567df5d8fac4efa10efb1df6bf70cc862562")]
    [InlineData("gelu", Precision.Single, "a80ae3ac46991683662fb08c638f78e5a4fcf3588bc5ace726b3fbd81e8ba858")]
    [InlineData("relu", Precision.Double, "42db45947ae0372ce118b92d7d142a15ff9d7cd5b8498a79be27859f055ead34")]
    [InlineData("tanh", Precision.Double, "87f299eb490359e0471abbf8ccbe12fda549301462c4e2ee41852ab4f65470d5")]
    [InlineData("selu", Precision.Double, "94c02e9a7344ca471fa3f8f9ba0d66d107e2c444cbc2386ff4bceacea59513fe")]
    public void Measured_layers_keep_their_bits(string activation, Precision precision, string digest)
    {
        IReadOnlyList<LayerVariance> Measure(int threads) => LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = TestStack.Create([64, 301, 157, 10], activation, "GlorotNormal", bias: "RandomNormal(stddev=0.1)"),
            Data = TestStack.Digits.ExcludeColumns(["digit"]).TakeRows(523),
            LearningRate = 0.01,
            Precision = precision,
            Seed = new Seed(3L),
            ParallelOptions = new ParallelOptions { MaxDegreeOfParallelism = threads },
        });

        Assert.All(s_threads, threads => Assert.Equal(digest, DigestOf(Measure(threads).SelectMany(row => new double?[]
        {
            row.WeightMean,
            row.WeightVariance,
            row.PreActivationMean,
            row.PreActivationVariance,
            row.PreActivationSecondMoment,
            row.PreActivationMinimum,
            row.PreActivationMaximum,
            row.PreActivationSkewness,
            row.PreActivationKurtosis,
            row.ActivationMean,
            row.ActivationVariance,
            row.ActivationSecondMoment,
            row.ActivationMinimum,
            row.ActivationMaximum,
            row.ActivationSkewness,
            row.ActivationKurtosis,
            row.PerUnitVariance,
            row.SaturatedFraction,
            row.ZeroFraction,
            row.DeadUnits,
            row.DistinctUnits,
            row.DistinctOutputs,
            row.RowCorrelation,
            row.GradientVariance,
            row.ActivationGradientVariance,
            row.WeightGradientVariance,
            row.BiasGradientVariance,
            row.UpdateRatio,
            row.GradientRatio,
            row.Quantile(0.3),
        }))));
    }

    [Theory]
    [InlineData("relu", Precision.Single, "de4e7b8a88ffa2ed0e41e355c12fa8211ed8149604a22aa68ab3e74971120917")]
    [InlineData("tanh", Precision.Double, "bcd5e5cc7e8c884b0bdc4d7c6334ab2607e32e8d66f02b9b244a48b6023329cc")]
    public void Compared_and_trained_candidates_keep_their_bits(
        string activation, Precision precision, string digest)
    {
        IReadOnlyList<InitializerComparison> Compare(int threads) => InitializerComparer.Compare(new ComparisonOptions
        {
            Architecture = Architecture.FromWidths([64, 201, 57, 10], Activation.Parse(activation)),
            Initializers = [Initializer.Parse("HeNormal"), Initializer.Parse("Orthogonal")],
            Bias = Initializer.Parse("RandomNormal(stddev=0.1)"),
            Data = TestStack.Digits.TakeRows(600),
            Target = "digit",
            Precision = precision,
            SeedCount = 2,
            Seed = new Seed(3L),
            Training = new TrainingOptions { EpochCount = 1, HoldOut = 55, BatchSize = 133 },
            ParallelOptions = new ParallelOptions { MaxDegreeOfParallelism = threads },
        });

        Assert.All(s_threads, threads => Assert.Equal(digest, DigestOf(Compare(threads).SelectMany(row =>
            new double?[]
            {
                row.Rank,
                row.Deviation,
                row.DeviationStandardError,
                row.FirstLayerFactor,
                row.ForwardFactor,
                row.BackwardFactor,
                row.SaturatedFraction,
                row.DeadFraction,
            }.Concat(row.LossCurve().SelectMany(epoch =>
                new[] { epoch.Loss, epoch.HeldOutLoss, epoch.HeldOutAccuracy }))))));
    }

    // The shortest text of a double that reads back as the same bits.
    private static string DigestOf(IEnumerable<double?> figures) => Convert.ToHexStringLower(SHA256.HashData(
        Encoding.UTF8.GetBytes(string.Join(' ', figures.Select(
            figure => figure?.ToString("R", CultureInfo.InvariantCulture) ?? "-")))));
}
