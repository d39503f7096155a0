using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>Figures of one measured layer that no verdict and no comparison needs.</summary>
internal sealed record LayerDetail
{
    /// <summary>Skewness and kurtosis of z.</summary>
    public required ShapeMoments PreActivationShape { get; init; }

    /// <summary>Skewness and kurtosis of phi(z).</summary>
    public required ShapeMoments ActivationShape { get; init; }

    /// <summary>Units whose activations differ on some row.</summary>
    public required int DistinctOutputs { get; init; }

    /// <summary>The mean cosine of the activations of two rows, or null.</summary>
    public required double? RowCorrelation { get; init; }

    /// <summary>Of dL/d phi(z).</summary>
    public required Moments ActivationGradient { get; init; }

    /// <summary>Of dL/db over the units; null without biases.</summary>
    public required Moments? BiasGradient { get; init; }

    /// <summary>z and phi(z) themselves.</summary>
    public required LayerValues Values { get; init; }
}
