using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// The gradients of a loss L at one layer. The memory is used again for the next layer: copy what is to be kept.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct LayerGradient<T>
    where T : unmanaged
{
    /// <summary>dL/dz, feature-major: units x batch.</summary>
    public required ReadOnlySpan<T> PreActivation { get; init; }

    /// <summary>The moments of dL/dz, or null where the pass takes none.</summary>
    public Moments? PreActivationMoments { get; init; }

    /// <summary>dL/dW summed over the batch, in the layout of the layer's weights; empty where it has none.</summary>
    public required ReadOnlySpan<T> Weight { get; init; }

    /// <summary>dL/db summed over the batch, one value a unit; empty where the layer has no biases.</summary>
    public required ReadOnlySpan<T> Bias { get; init; }

    /// <summary>
    /// dL/dx with respect to what the layer before puts out (at the first layer, the batch), by this layer and all
    /// skips from there, feature-major: units x batch; empty at the first layer unless asked for.
    /// </summary>
    public required ReadOnlySpan<T> Input { get; init; }
}

/// <summary>
/// Takes the gradients of a layer; it may change the layer's weights, as nothing reads them any more.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="layer">The layer's place, counted from 0. Layers come last to first.</param>
/// <param name="gradient">Its gradients.</param>
public delegate void LayerGradientHandler<T>(int layer, LayerGradient<T> gradient)
    where T : unmanaged;
