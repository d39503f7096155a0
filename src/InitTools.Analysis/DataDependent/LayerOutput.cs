using System.Numerics;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>
/// The variance of a layer's pre-activations z = u + b over all units and rows, parted by what a factor on the weights
/// changes: Var(s u + b) = s^2 Var(u) + 2 s Cov(u, b) + Var(b).
/// </summary>
/// <param name="Variance">Var(z).</param>
/// <param name="WeightedVariance">Var(u), of the products of weights and inputs.</param>
/// <param name="Covariance">Cov(u, b).</param>
/// <param name="BiasVariance">Var(b); 0 without biases.</param>
/// <param name="NonFiniteCount">How many pre-activations are NaN or infinite.</param>
internal readonly record struct LayerOutput(
    double Variance, double WeightedVariance, double Covariance, double BiasVariance, long NonFiniteCount)
{
    /// <summary>The square root of Var(z).</summary>
    public double StandardDeviation => Math.Sqrt(Variance);

    /// <summary>The output of a network of one layer, of the batch that it was given last.</summary>
    public static LayerOutput Of<T>(NetworkPass<T> pass)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        NetworkLayer<T> layer = pass.Network.Layers[0];
        ReadOnlySpan<T> preActivations = pass.PreActivations(0).Span;
        Moments[] units = new Moments[pass.Network.Architecture.Outputs[0].Channels];
        Moments.OfRows(preActivations, preActivations.Length / units.Length, units);
        var all = Moments.Combine(units);
        if (layer.Bias is not T[] bias)
        {
            return new LayerOutput(all.Variance, all.Variance, 0, 0, all.NonFiniteCount);
        }

        // A bias is one number for all rows, so that the rows of a unit vary by its weights alone.
        double[] biases = [.. bias.Select(double.CreateTruncating)];
        double[] means = [.. units.Select((unit, j) => unit.Mean - biases[j])];
        double meanOfMeans = means.Sum() / means.Length;
        double meanOfBiases = biases.Sum() / biases.Length;
        double within = 0;
        double between = 0;
        double covariance = 0;
        double biasVariance = 0;
        for (int j = 0; j < units.Length; j++)
        {
            double mean = means[j] - meanOfMeans;
            double offset = biases[j] - meanOfBiases;
            within += units[j].Variance;
            between += mean * mean;
            covariance += mean * offset;
            biasVariance += offset * offset;
        }

        return new LayerOutput(
            all.Variance,
            (within + between) / units.Length,
            covariance / units.Length,
            biasVariance / units.Length,
            all.NonFiniteCount);
    }

    /// <summary>
    /// The factor s > 0 on the weights with which Var(z) is 1, the larger one of two; null where none does.
    /// </summary>
    public double? FindFactor()
    {
        if (NonFiniteCount > 0 || !(WeightedVariance > 0))
        {
            return null;
        }

        double discriminant = Covariance * Covariance - WeightedVariance * (BiasVariance - 1);
        double factor = (Math.Sqrt(discriminant) - Covariance) / WeightedVariance;
        return factor > 0 && double.IsFinite(factor) ? factor : null;
    }
}
