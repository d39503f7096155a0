using System.Runtime.CompilerServices;

namespace InitTools;

/// <summary>The numbers of connections that variance scaling divides by.</summary>
/// <param name="FanIn">Connections into one output unit: inputs times the receptive field of the kernel.</param>
/// <param name="FanOut">Connections out of one input unit: outputs times the receptive field of the kernel.</param>
/// <param name="Rule">How they came about.</param>
public readonly record struct Fans(long FanIn, long FanOut, FanRule Rule)
{
    /// <summary>The fans of a weight, or null where its shape has none (rank 1).</summary>
    /// <param name="shape">(kernel..., in, out) or (out, in, kernel...), as <paramref name="layout"/> says.</param>
    /// <param name="layout">Which axes are inputs and outputs.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Fans? Of(TensorShape shape, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (shape.Rank < 2)
        {
            return null;
        }

        (long inputs, long outputs) = layout == Layout.IO ? (shape[^2], shape[^1]) : (shape[1], shape[0]);
        long receptiveField = shape.Count / (inputs * outputs);
        return new Fans(
            inputs * receptiveField,
            outputs * receptiveField,
            shape.Rank == 2 ? FanRule.Dense : FanRule.Convolution);
    }
}

/// <summary>How the fans of a tensor came about.</summary>
public enum FanRule
{
    /// <summary>The shape has none: neither fan_in nor fan_out is defined.</summary>
    None,

    /// <summary>The two dimensions of a matrix.</summary>
    Dense,

    /// <summary>Channels times the receptive field (the product of the kernel's dimensions).</summary>
    Convolution,

    /// <summary>Given by the caller, as for a bias, which takes the fans of its layer.</summary>
    Given,

    /// <summary>A grouped convolution: an input feeds the outputs of its own group alone.</summary>
    Grouped,

    /// <summary>A depthwise kernel (kernel..., channels, multiplier): a channel feeds its own outputs alone.</summary>
    Depthwise,

    /// <summary>A transposed convolution, whose kernel has inputs and outputs the other way round.</summary>
    Transposed,

    /// <summary>A transposed convolution in groups.</summary>
    TransposedGrouped,

    /// <summary>Axes that the caller named; those that are neither are the receptive field, as in JAX.</summary>
    Axes,

    /// <summary>As Keras computes them, right or wrong.</summary>
    Keras,

    /// <summary>As JAX computes them, right or wrong.</summary>
    Jax,

    /// <summary>As PyTorch computes them, right or wrong.</summary>
    PyTorch,
}
