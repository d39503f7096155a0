using InitTools.Kernels;
using MathNet.Numerics.Distributions;

namespace InitTools.Analysis;

/// <summary>
/// How far the logarithm of a layer's figure is, over several seeds, from that of its expectation: a z-score. The mean
/// deviation over its standard error follows Student's law of one degree less than there are seeds; the score is the
/// standard normal quantile of the same probability, so that few seeds claim no more than they show. MathNet's
/// distributions: figures for people, which decide no verdict and no rank.
/// </summary>
internal static class SeedDepartures
{
    /// <summary>The fewest seeds that make a score.</summary>
    public const int LeastSeeds = 5;

    /// <summary>The score beyond which a figure departs from theory.</summary>
    public const double Limit = 5;

    // Moments of Float32 are exact to this: what varies less from seed to seed, as behind a normalization, does not
    // vary.
    private const double Resolution = 1e-5;

    /// <summary>Fails where so many seeds make no score.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>.</exception>
    public static void RequireSeedCount(int count)
    {
        if (count is not (1 or >= LeastSeeds))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The number of seeds is {count}; 1 is accepted, or {LeastSeeds} or more, which make a score.",
                count);
        }
    }

    /// <summary>
    /// A layer with its weights and biases drawn with other numbers; replicate 0 is the layer itself.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: its values are imported, or a sequential generator's.
    /// </exception>
    public static LayerTensors Redraw(LayerTensors layer, int replicate) => replicate == 0
        ? layer
        : layer with { Weight = Redraw(layer.Weight, replicate), Bias = Redraw(layer.Bias, replicate) };

    /// <summary>
    /// The score; null without an expectation, with too few seeds, or where figures are zero or do not vary.
    /// </summary>
    /// <param name="figures">The measured figure and its expectation, for each seed.</param>
    public static double? Score(IReadOnlyList<(double Measured, double? Expected)> figures)
    {
        if (figures.Count < LeastSeeds || figures.Any(figure => !(figure.Measured > 0 && figure.Expected > 0)))
        {
            return null;
        }

        double[] deviations =
        [
            .. figures.Select(figure =>
                DeterministicMath.Log(figure.Measured) - DeterministicMath.Log(figure.Expected!.Value)),
        ];
        Moments moments = Moments.Of<double>(deviations);
        double error = Math.Sqrt(moments.SampleVariance / moments.Count);
        if (!(error > Resolution) || !double.IsFinite(moments.Mean))
        {
            return null;
        }

        double tail = StudentT.CDF(0, 1, moments.Count - 1, -Math.Abs(moments.Mean) / error);
        return tail > 0 ? -Math.Sign(moments.Mean) * Normal.InvCDF(0, 1, tail) : null;
    }

    private static WeightTensor? Redraw(WeightTensor? tensor, int replicate)
    {
        if (tensor is null)
        {
            return null;
        }

        WeightTensorOptions options = tensor.GetOptions();
        return tensor.Seed is not null && options.Generator == RandomGenerator.Philox
            ? WeightTensor.Create(options with { Purpose = options.Purpose.Replicate(replicate) })
            : throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"'{tensor.Name}' has values that no other seed draws; several seeds need weights that are recipes of "
                + "this tool's own generator.",
                tensor.Name);
    }
}
