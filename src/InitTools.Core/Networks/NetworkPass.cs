using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// Runs batches through a network, forwards and backwards. Activations are feature-major (units x batch), so that the
/// values of one unit over the batch are neighbours. Buffers are kept from batch to batch: two of units x batch for
/// each layer, two of the widest layer and one of the largest weight for gradients.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
/// <param name="options">The number of threads, and cancellation.</param>
public sealed class NetworkPass<T>(DenseNetwork<T> network, ParallelOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int PieceLength = 16 * 1024;

    // An activation costs about as much as this many fused multiply-adds of the matrix product.
    private const int WorkPerElement = 64;

    private readonly T[][] _preActivations = [.. network.Layers.Select(_ => Array.Empty<T>())];
    private readonly T[][] _activations = [.. network.Layers.Select(_ => Array.Empty<T>())];
    private T[] _gradient = [];
    private T[] _inputGradient = [];
    private T[] _weightGradient = [];
    private T[] _biasGradient = [];
    private T[] _ones = [];
    private ReadOnlyMemory<T> _input;

    /// <summary>The network.</summary>
    public DenseNetwork<T> Network => network;

    /// <summary>The number of rows of the last batch; 0 before the first.</summary>
    public int BatchSize { get; private set; }

    /// <summary>z of a layer, counted from 0: fan_out x batch.</summary>
    public ReadOnlyMemory<T> PreActivations(int layer) => Memory(_preActivations[layer], layer);

    /// <summary>phi(z) of a layer, counted from 0: fan_out x batch.</summary>
    public ReadOnlyMemory<T> Activations(int layer) => Memory(_activations[layer], layer);

    /// <summary>The activations of the last layer: fan_out x batch.</summary>
    public ReadOnlySpan<T> Output => Activations(network.Layers.Count - 1).Span;

    /// <summary>Runs a batch through all layers: Z = W^T X + b, A = phi(Z).</summary>
    /// <param name="input">X, feature-major: inputs x batch. Kept until the backward pass; do not change it.</param>
    /// <param name="batchSize">The number of rows of the batch, at least 1.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.EmptyBatch"/>: no rows; <see cref="ErrorId.ShapeMismatch"/>: the input's width is not the
    /// first layer's fan_in.
    /// </exception>
    public void Forward(ReadOnlyMemory<T> input, int batchSize)
    {
        if (batchSize < 1)
        {
            throw new InitToolsException(
                ErrorId.EmptyBatch,
                $"The batch has {batchSize} rows; at least one is needed.",
                batchSize);
        }

        LayerSpec first = network.Layers[0].Spec;
        if (input.Length != (long)first.FanIn * batchSize)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"{input.Length} values are not {batchSize} rows of the {first.FanIn} columns that layer 1 " +
                $"'{first.Name}' takes.",
                input.Length);
        }

        _input = input;
        BatchSize = batchSize;
        for (int l = 0; l < network.Layers.Count; l++)
        {
            DenseLayer<T> layer = network.Layers[l];
            LayerSpec spec = layer.Spec;
            Span<T> z = Resize(ref _preActivations[l], spec.FanOut, batchSize);
            if (layer.Bias is T[] bias)
            {
                for (int unit = 0; unit < bias.Length; unit++)
                {
                    z.Slice(unit * batchSize, batchSize).Fill(bias[unit]);
                }
            }

            MatrixProduct.Multiply(
                layer.WeightMatrix.Transposed,
                new MatrixView<T>(InputOf(l), spec.FanIn, batchSize),
                new MatrixSpan<T>(z, spec.FanOut, batchSize),
                accumulate: layer.Bias is not null,
                options);
            Resize(ref _activations[l], spec.FanOut, batchSize);
            Apply(spec, _preActivations[l], _activations[l]);
        }
    }

    /// <summary>
    /// Runs the gradient of a loss back through all layers: dZ = dA phi'(Z), dW = X dZ^T, db = dZ 1, dX = W dZ.
    /// </summary>
    /// <param name="outputGradient">dL/d(output of the last layer, after its activation): fan_out x batch.</param>
    /// <param name="handler">Takes each layer's gradients, last layer first.</param>
    /// <param name="withInputGradient">True for the gradient with respect to the batch as well.</param>
    /// <exception cref="InvalidOperationException">No batch has run forwards.</exception>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ShapeMismatch"/>: the gradient is not of the output's shape.
    /// </exception>
    public void Backward(
        ReadOnlySpan<T> outputGradient,
        LayerGradientHandler<T> handler,
        bool withInputGradient = false)
    {
        ArgumentNullException.ThrowIfNull(handler);
        if (BatchSize == 0)
        {
            throw new InvalidOperationException("A batch runs forwards before its gradient runs backwards.");
        }

        LayerSpec last = network.Layers[^1].Spec;
        if (outputGradient.Length != last.FanOut * BatchSize)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"The gradient has {outputGradient.Length} values; the output of layer '{last.Name}' has " +
                $"{last.FanOut} units x {BatchSize} rows.",
                outputGradient.Length);
        }

        outputGradient.CopyTo(Resize(ref _gradient, last.FanOut, BatchSize));
        for (int l = network.Layers.Count - 1; l >= 0; l--)
        {
            DenseLayer<T> layer = network.Layers[l];
            Span<T> gradient = Slice(_gradient, layer.Spec.FanOut);
            MultiplyByDerivative(layer.Spec, _preActivations[l], _gradient);
            Span<T> inputGradient = l > 0 || withInputGradient ? InputGradient(layer, gradient) : default;
            handler(l, new LayerGradient<T>
            {
                PreActivation = gradient,
                Weight = WeightGradient(layer, InputOf(l), gradient),
                Bias = layer.Bias is null ? default : BiasGradient(layer, gradient),
                Input = inputGradient,
            });
            (_gradient, _inputGradient) = (_inputGradient, _gradient);
        }
    }

    private static Span<T> Resize(ref T[] buffer, int rows, int columns)
    {
        int length = checked(rows * columns);
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }

        return buffer.AsSpan(0, length);
    }

    private ReadOnlySpan<T> InputOf(int layer) => layer == 0 ? _input.Span : Activations(layer - 1).Span;

    private ReadOnlyMemory<T> Memory(T[] buffer, int layer) =>
        buffer.AsMemory(0, network.Layers[layer].Spec.FanOut * BatchSize);

    private Span<T> Slice(T[] buffer, int units) => buffer.AsSpan(0, units * BatchSize);

    private void Apply(LayerSpec spec, T[] preActivations, T[] activations) => ForEachPiece(
        spec,
        (start, length) => spec.Activation.Apply(
            preActivations.AsSpan(start, length), activations.AsSpan(start, length)));

    private void MultiplyByDerivative(LayerSpec spec, T[] preActivations, T[] gradient) => ForEachPiece(
        spec,
        (start, length) => spec.Activation.MultiplyByDerivative(
            preActivations.AsSpan(start, length), gradient.AsSpan(start, length)));

    private void ForEachPiece(LayerSpec spec, Action<int, int> action)
    {
        int count = spec.FanOut * BatchSize;
        ParallelWork.ForEach((count - 1) / PieceLength + 1, (long)count * WorkPerElement, options, piece =>
        {
            int start = piece * PieceLength;
            action(start, Math.Min(PieceLength, count - start));
        });
    }

    private Span<T> InputGradient(DenseLayer<T> layer, ReadOnlySpan<T> gradient)
    {
        LayerSpec spec = layer.Spec;
        Span<T> inputGradient = Resize(ref _inputGradient, spec.FanIn, BatchSize);
        MatrixProduct.Multiply(
            layer.WeightMatrix,
            new MatrixView<T>(gradient, spec.FanOut, BatchSize),
            new MatrixSpan<T>(inputGradient, spec.FanIn, BatchSize),
            accumulate: false,
            options);
        return inputGradient;
    }

    private Span<T> WeightGradient(DenseLayer<T> layer, ReadOnlySpan<T> input, ReadOnlySpan<T> gradient)
    {
        LayerSpec spec = layer.Spec;
        Span<T> weightGradient = Resize(ref _weightGradient, spec.FanIn, spec.FanOut);
        MatrixProduct.Multiply(
            new MatrixView<T>(input, spec.FanIn, BatchSize),
            new MatrixView<T>(gradient, spec.FanOut, BatchSize).Transposed,
            layer.Layout == Layout.IO
                ? new MatrixSpan<T>(weightGradient, spec.FanIn, spec.FanOut)
                : new MatrixSpan<T>(weightGradient, spec.FanIn, spec.FanOut, 1, spec.FanIn),
            accumulate: false,
            options);
        return weightGradient;
    }

    private Span<T> BiasGradient(DenseLayer<T> layer, ReadOnlySpan<T> gradient)
    {
        LayerSpec spec = layer.Spec;
        Span<T> ones = Resize(ref _ones, BatchSize, 1);
        ones.Fill(T.One);
        Span<T> biasGradient = Resize(ref _biasGradient, spec.FanOut, 1);
        MatrixProduct.Multiply(
            new MatrixView<T>(gradient, spec.FanOut, BatchSize),
            new MatrixView<T>(ones, BatchSize, 1),
            new MatrixSpan<T>(biasGradient, spec.FanOut, 1),
            accumulate: false,
            options);
        return biasGradient;
    }
}
