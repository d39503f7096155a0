using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// A layer with its values, and how it takes a batch forwards and a gradient back. Values are feature-major: channels
/// x positions x batch, so that a matrix product over channels has positions and rows side by side.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class NetworkLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private protected NetworkLayer(LayerSpec spec, T[] weight, Layout layout, T[]? bias)
    {
        ArgumentNullException.ThrowIfNull(spec);
        ArgumentNullException.ThrowIfNull(weight);
        Spec = spec;
        Weight = weight;
        Layout = layout;
        Bias = bias;
    }

    /// <summary>What the layer is.</summary>
    public LayerSpec Spec { get; }

    /// <summary>
    /// The weights, row-major in the order of the layout; the layer's own memory. Empty where it has none.
    /// </summary>
    public T[] Weight { get; }

    /// <summary>The order of the weights.</summary>
    public Layout Layout { get; }

    /// <summary>The biases, one a unit or channel, or null.</summary>
    public T[]? Bias { get; }

    /// <summary>z, what the activation is applied to, before skipped values are added.</summary>
    /// <param name="input">The layer's input.</param>
    /// <param name="preActivations">Where z goes: every element is written.</param>
    /// <param name="batchSize">Rows of the batch.</param>
    /// <param name="workspace">Threads, cancellation and memory.</param>
    internal abstract void Forward(
        ReadOnlyMemory<T> input,
        Memory<T> preActivations,
        int batchSize,
        LayerWorkspace<T> workspace);

    /// <summary>dL/dx.</summary>
    /// <param name="input">The layer's input.</param>
    /// <param name="gradient">dL/dz.</param>
    /// <param name="inputGradient">Where dL/dx goes: every element is written.</param>
    /// <param name="batchSize">Rows of the batch.</param>
    /// <param name="workspace">Threads, cancellation and memory.</param>
    internal abstract void InputGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> inputGradient,
        int batchSize,
        LayerWorkspace<T> workspace);

    /// <summary>dL/dW, in the layout of the weights; of a layer that has some.</summary>
    internal virtual void WeightGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> weightGradient,
        int batchSize,
        LayerWorkspace<T> workspace) => throw new NotSupportedException($"{Spec.Operation.Kind} has no weights.");

    /// <summary>dL/db, the sum of dL/dz over positions and batch; of a layer that has biases.</summary>
    internal static void BiasGradient(ReadOnlySpan<T> gradient, Span<T> biasGradient, LayerWorkspace<T> workspace)
    {
        int columns = gradient.Length / biasGradient.Length;
        MatrixProduct.Multiply(
            new MatrixView<T>(gradient, biasGradient.Length, columns),
            new MatrixView<T>(workspace.Ones(columns), columns, 1),
            new MatrixSpan<T>(biasGradient, biasGradient.Length, 1),
            accumulate: false,
            workspace.Options);
    }

    /// <summary>Fills z with the biases, so that a product adds to them.</summary>
    private protected void FillBias(Span<T> preActivations)
    {
        if (Bias is T[] bias)
        {
            int columns = preActivations.Length / bias.Length;
            for (int unit = 0; unit < bias.Length; unit++)
            {
                preActivations.Slice(unit * columns, columns).Fill(bias[unit]);
            }
        }
    }

    /// <summary>Fails where values were given that are not as many as the layer has.</summary>
    private protected void RequireLengths(string shape, long weightLength, int units)
    {
        if (Weight.Length != weightLength)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"Layer '{Spec.Name}' is {shape}; {Weight.Length} weights were given.",
                Weight.Length);
        }

        if (Bias is not null && Bias.Length != units)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"Layer '{Spec.Name}' has {units} units; {Bias.Length} biases were given.",
                Bias.Length);
        }
    }
}
