using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// Runs batches through a network, forwards and backwards. Values are feature-major (channels x positions x batch), so
/// that the values of one unit over the batch are neighbours. Buffers are kept from batch to batch: two of the output's
/// size for each layer, two of the largest output and one of the largest weight for gradients, and one for each layer
/// that a skip comes from.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="network">The network.</param>
/// <param name="options">The number of threads, and cancellation.</param>
public sealed class NetworkPass<T>(Network<T> network, ParallelOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // So many values of z and of phi(z) stay in the first-level cache together.
    private const int PieceLength = Moments.ChunkLength;

    // An activation costs about as much as this many fused multiply-adds of the matrix product.
    private const int WorkPerElement = 64;

    private readonly LayerWorkspace<T> _workspace = new(options);
    private readonly T[][] _preActivations = [.. network.Layers.Select(_ => Array.Empty<T>())];
    private readonly T[][] _activations = [.. network.Layers.Select(_ => Array.Empty<T>())];

    // What skips bring back to the output of each layer; first of all to the network's input.
    private readonly T[][] _skipped = [.. network.Layers.Prepend(null).Select(_ => Array.Empty<T>())];
    private readonly bool[] _isSkipped = new bool[network.Layers.Count + 1];
    private readonly Moments[][] _preActivationMoments = [.. network.Layers.Select(_ => Array.Empty<Moments>())];
    private readonly Moments[][] _activationMoments = [.. network.Layers.Select(_ => Array.Empty<Moments>())];
    private Moments[] _gradientMoments = [];
    private T[] _gradient = [];
    private T[] _inputGradient = [];
    private T[] _weightGradient = [];
    private T[] _biasGradient = [];
    private ReadOnlyMemory<T> _input;

    /// <summary>The network.</summary>
    public Network<T> Network => network;

    /// <summary>The number of rows of the last batch; 0 before the first.</summary>
    public int BatchSize { get; private set; }

    /// <summary>
    /// True to take moments in the pass that writes the values, while the cache holds them; false for no moments.
    /// </summary>
    public bool TakesMoments { get; init; }

    /// <summary>
    /// The moments of z of a layer, counted from 0: one for each unit, over positions and batch. Empty unless taken.
    /// </summary>
    public ReadOnlySpan<Moments> PreActivationMoments(int layer) => _preActivationMoments[layer];

    /// <summary>The moments of phi(z) of a layer, as those of z.</summary>
    public ReadOnlySpan<Moments> ActivationMoments(int layer) => _activationMoments[layer];

    /// <summary>z of a layer, counted from 0, skipped values included: units x batch.</summary>
    public ReadOnlyMemory<T> PreActivations(int layer) => Memory(_preActivations[layer], layer);

    /// <summary>phi(z) of a layer, counted from 0: units x batch.</summary>
    public ReadOnlyMemory<T> Activations(int layer) => Memory(_activations[layer], layer);

    /// <summary>The activations of the last layer: units x batch.</summary>
    public ReadOnlySpan<T> Output => Activations(network.Layers.Count - 1).Span;

    /// <summary>Runs a batch through all layers: Z = W^T X + b + skipped values, A = phi(Z).</summary>
    /// <param name="input">X, feature-major: inputs x batch. Kept until the backward pass; do not change it.</param>
    /// <param name="batchSize">The number of rows of the batch, at least 1.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.EmptyBatch"/>: no rows; <see cref="ErrorId.ShapeMismatch"/>: the input has another number of
    /// values than the network takes.
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

        Architecture architecture = network.Architecture;
        if (input.Length != (long)architecture.InputWidth * batchSize)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"{input.Length} values are not {batchSize} rows of the {architecture.InputWidth} columns that layer 1 "
                + $"'{architecture.Layers[0].Name}' takes.",
                input.Length);
        }

        _input = input;
        BatchSize = batchSize;
        for (int l = 0; l < network.Layers.Count; l++)
        {
            Memory<T> z = Resize(ref _preActivations[l], architecture.Outputs[l].Count, batchSize);
            network.Layers[l].Forward(OutputOf(l - 1), z, batchSize, _workspace);
            if (architecture.SkipSources[l] is int source)
            {
                Add(OutputOf(source), z);
            }

            Resize(ref _activations[l], architecture.Outputs[l].Count, batchSize);
            Activate(l);
        }
    }

    /// <summary>
    /// Runs the gradient of a loss back through all layers: dZ = dA phi'(Z), dW = X dZ^T, db = dZ 1, dX = W dZ, to
    /// which a skip from X adds its own dZ.
    /// </summary>
    /// <param name="outputGradient">dL/d(output of the last layer, after its activation): units x batch.</param>
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

        Architecture architecture = network.Architecture;
        if (outputGradient.Length != architecture.OutputWidth * BatchSize)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"The gradient has {outputGradient.Length} values; the output of layer "
                + $"'{network.Layers[^1].Spec.Name}' has {architecture.OutputWidth} units x {BatchSize} rows.",
                outputGradient.Length);
        }

        Array.Clear(_isSkipped);
        outputGradient.CopyTo(Resize(ref _gradient, architecture.OutputWidth, BatchSize).Span);
        for (int l = network.Layers.Count - 1; l >= 0; l--)
        {
            NetworkLayer<T> layer = network.Layers[l];
            Memory<T> gradient = _gradient.AsMemory(0, architecture.Outputs[l].Count * BatchSize);
            Moments? moments = MultiplyByDerivative(l, gradient);
            if (architecture.SkipSources[l] is int source)
            {
                BringBack(gradient, source);
            }

            Memory<T> inputGradient = default;
            if (l > 0 || withInputGradient)
            {
                inputGradient = Resize(ref _inputGradient, architecture.InputOf(l).Count, BatchSize);
                layer.InputGradient(OutputOf(l - 1), gradient, inputGradient, BatchSize, _workspace);
                if (_isSkipped[l])
                {
                    Add(_skipped[l].AsMemory(0, inputGradient.Length), inputGradient);
                }
            }

            handler(l, new LayerGradient<T>
            {
                PreActivation = gradient.Span,
                PreActivationMoments = moments,
                Weight = WeightGradient(layer, l, gradient),
                Bias = BiasGradient(layer, gradient),
                Input = inputGradient.Span,
            });
            (_gradient, _inputGradient) = (_inputGradient, _gradient);
        }
    }

    private static Memory<T> Resize(ref T[] buffer, int rows, int columns) =>
        LayerWorkspace<T>.Resize(ref buffer, checked(rows * columns));

    private ReadOnlyMemory<T> OutputOf(int layer) => layer < 0 ? _input : Activations(layer);

    private ReadOnlyMemory<T> Memory(T[] buffer, int layer) =>
        buffer.AsMemory(0, network.Architecture.Outputs[layer].Count * BatchSize);

    // The pre-activations' gradient is also that of what a skip added to them.
    private void BringBack(ReadOnlyMemory<T> gradient, int source)
    {
        Memory<T> skipped = LayerWorkspace<T>.Resize(ref _skipped[source + 1], gradient.Length);
        if (_isSkipped[source + 1])
        {
            Add(gradient, skipped);
        }
        else
        {
            gradient.CopyTo(skipped);
            _isSkipped[source + 1] = true;
        }
    }

    private void Add(ReadOnlyMemory<T> values, Memory<T> sums) =>
        ForEachPiece(Pieces(sums.Length), sums.Length, new AdditionWork(values, sums));

    // Pieces are whole units, as many as a piece holds but at least one.
    private void Activate(int layer)
    {
        int units = network.Architecture.Outputs[layer].Channels;
        int unitLength = network.Architecture.Outputs[layer].PositionCount * BatchSize;
        int unitsTogether = Math.Max(1, PieceLength / unitLength);
        if (TakesMoments && _preActivationMoments[layer].Length == 0)
        {
            _preActivationMoments[layer] = new Moments[units];
            _activationMoments[layer] = new Moments[units];
        }

        ForEachPiece(
            (units - 1) / unitsTogether + 1,
            units * unitLength,
            new ActivationWork(this, layer, units, unitLength, unitsTogether));
    }

    // In the chunks in which the moments of any values are taken, so that these have the same bits.
    private Moments? MultiplyByDerivative(int layer, Memory<T> gradient)
    {
        int pieces = Pieces(gradient.Length);
        if (TakesMoments && _gradientMoments.Length < pieces)
        {
            _gradientMoments = new Moments[pieces];
        }

        ForEachPiece(pieces, gradient.Length, new DerivativeWork(this, layer, gradient));
        return TakesMoments ? Moments.Combine(_gradientMoments.AsSpan(0, pieces)) : null;
    }

    private static int Pieces(int count) => (count - 1) / PieceLength + 1;

    private void ForEachPiece<TWork>(int pieces, int count, TWork work)
        where TWork : struct, IPieceWork =>
        ParallelWork.ForEach(pieces, (long)count * WorkPerElement, options, work);

    private ReadOnlySpan<T> WeightGradient(NetworkLayer<T> layer, int index, ReadOnlyMemory<T> gradient)
    {
        if (layer.Weight.Length == 0)
        {
            return default;
        }

        Memory<T> weightGradient = Resize(ref _weightGradient, layer.Weight.Length, 1);
        layer.WeightGradient(OutputOf(index - 1), gradient, weightGradient, BatchSize, _workspace);
        return weightGradient.Span;
    }

    private ReadOnlySpan<T> BiasGradient(NetworkLayer<T> layer, ReadOnlyMemory<T> gradient)
    {
        if (layer.Bias is not T[] bias)
        {
            return default;
        }

        Memory<T> biasGradient = Resize(ref _biasGradient, bias.Length, 1);
        NetworkLayer<T>.BiasGradient(gradient.Span, biasGradient.Span, _workspace);
        return biasGradient.Span;
    }

    private readonly struct ActivationWork(
        NetworkPass<T> pass, int layer, int units, int unitLength, int unitsTogether) : IPieceWork
    {
        public void Run(int piece)
        {
            int first = piece * unitsTogether;
            int count = Math.Min(unitsTogether, units - first);
            ReadOnlySpan<T> z = pass.PreActivations(layer).Span.Slice(first * unitLength, count * unitLength);
            Span<T> a = pass._activations[layer].AsSpan(first * unitLength, count * unitLength);
            pass.Network.Layers[layer].Spec.Activation.Apply(z, a);
            if (pass.TakesMoments)
            {
                Moments.OfRows(z, unitLength, pass._preActivationMoments[layer].AsSpan(first, count));
                Moments.OfRows<T>(a, unitLength, pass._activationMoments[layer].AsSpan(first, count));
            }
        }
    }

    private readonly struct DerivativeWork(NetworkPass<T> pass, int layer, Memory<T> gradient) : IPieceWork
    {
        public void Run(int piece)
        {
            int start = piece * PieceLength;
            int length = Math.Min(PieceLength, gradient.Length - start);
            Span<T> values = gradient.Span.Slice(start, length);
            pass.Network.Layers[layer].Spec.Activation.MultiplyByDerivative(
                pass.PreActivations(layer).Span.Slice(start, length), values);
            if (pass.TakesMoments)
            {
                pass._gradientMoments[piece] = Moments.Of<T>(values);
            }
        }
    }

    private readonly struct AdditionWork(ReadOnlyMemory<T> values, Memory<T> sums) : IPieceWork
    {
        public void Run(int piece)
        {
            int start = piece * PieceLength;
            int length = Math.Min(PieceLength, sums.Length - start);
            VectorSum.Add(values.Span.Slice(start, length), sums.Span.Slice(start, length));
        }
    }
}
