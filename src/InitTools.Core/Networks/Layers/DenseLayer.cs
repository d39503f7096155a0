using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>A dense layer with its values: activation(W^T x + b) at every position.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DenseLayer<T> : NetworkLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A layer over the given values, which it keeps without copying.</summary>
    /// <param name="spec">Its name, widths and activation.</param>
    /// <param name="weight">fan_in * fan_out values, row-major in the order of the layout.</param>
    /// <param name="layout">IO: fan_in x fan_out; OI: fan_out x fan_in.</param>
    /// <param name="bias">fan_out values, or null for a layer without biases.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: another number of values.</exception>
    public DenseLayer(LayerSpec spec, T[] weight, Layout layout = Layout.IO, T[]? bias = null)
        : base(spec, weight, layout, bias)
    {
        RequireLengths($"{spec.FanIn}x{spec.FanOut}", (long)spec.FanIn * spec.FanOut, spec.FanOut);
    }

    // fan_in x fan_out, whatever the layout.
    private MatrixView<T> WeightMatrix => Layout == Layout.IO
        ? new MatrixView<T>(Weight, Spec.FanIn, Spec.FanOut)
        : new MatrixView<T>(Weight, Spec.FanOut, Spec.FanIn).Transposed;

    internal override void Forward(
        ReadOnlyMemory<T> input,
        Memory<T> preActivations,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        int columns = input.Length / Spec.FanIn;
        FillBias(preActivations.Span);
        MatrixProduct.Multiply(
            WeightMatrix.Transposed,
            new MatrixView<T>(input.Span, Spec.FanIn, columns),
            new MatrixSpan<T>(preActivations.Span, Spec.FanOut, columns),
            accumulate: Bias is not null,
            workspace.Options);
    }

    internal override void InputGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> inputGradient,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        int columns = input.Length / Spec.FanIn;
        MatrixProduct.Multiply(
            WeightMatrix,
            new MatrixView<T>(gradient.Span, Spec.FanOut, columns),
            new MatrixSpan<T>(inputGradient.Span, Spec.FanIn, columns),
            accumulate: false,
            workspace.Options);
    }

    internal override void WeightGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> weightGradient,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        int columns = input.Length / Spec.FanIn;
        MatrixProduct.Multiply(
            new MatrixView<T>(input.Span, Spec.FanIn, columns),
            new MatrixView<T>(gradient.Span, Spec.FanOut, columns).Transposed,
            Layout == Layout.IO
                ? new MatrixSpan<T>(weightGradient.Span, Spec.FanIn, Spec.FanOut)
                : new MatrixSpan<T>(weightGradient.Span, Spec.FanIn, Spec.FanOut, 1, Spec.FanIn),
            accumulate: false,
            workspace.Options);
    }
}
