using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>A dense layer with its values: activation(W^T x + b).</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DenseLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A layer over the given values, which it keeps without copying.</summary>
    /// <param name="spec">Its name, widths and activation.</param>
    /// <param name="weight">fan_in * fan_out values, row-major in the order of the layout.</param>
    /// <param name="layout">IO: fan_in x fan_out; OI: fan_out x fan_in.</param>
    /// <param name="bias">fan_out values, or null for a layer without biases.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: another number of values.</exception>
    public DenseLayer(LayerSpec spec, T[] weight, Layout layout = Layout.IO, T[]? bias = null)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.Length != (long)spec.FanIn * spec.FanOut)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"Layer '{spec.Name}' is {spec.FanIn}x{spec.FanOut}; {weight.Length} weights were given.",
                weight.Length);
        }

        if (bias is not null && bias.Length != spec.FanOut)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"Layer '{spec.Name}' has {spec.FanOut} units; {bias.Length} biases were given.",
                bias.Length);
        }

        Spec = spec;
        Weight = weight;
        Layout = layout;
        Bias = bias;
    }

    /// <summary>The layer's name, widths and activation.</summary>
    public LayerSpec Spec { get; }

    /// <summary>The weights, row-major in the order of the layout; the layer's own memory.</summary>
    public T[] Weight { get; }

    /// <summary>The order of the weights.</summary>
    public Layout Layout { get; }

    /// <summary>The biases, one a unit, or null.</summary>
    public T[]? Bias { get; }

    // fan_in x fan_out, whatever the layout.
    internal MatrixView<T> WeightMatrix => Layout == Layout.IO
        ? new MatrixView<T>(Weight, Spec.FanIn, Spec.FanOut)
        : new MatrixView<T>(Weight, Spec.FanOut, Spec.FanIn).Transposed;
}
