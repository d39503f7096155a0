using System.Globalization;

namespace InitTools.Analysis;

/// <summary>
/// Trains a network by mini-batch stochastic gradient descent on the mean softmax cross-entropy, in Float32.
/// </summary>
/// <remarks>
/// Epoch e, from 1, takes the training rows in the <see cref="RowOrder"/> of the stream of purpose "shuffle" (or its
/// replicate) and name "epoch e", and cuts them into mini-batches. Training ends early when a loss is NaN or infinite.
/// </remarks>
internal sealed class NetworkTraining
{
    private readonly TrainingData _data;
    private readonly TrainingOptions _options;
    private readonly NetworkPass<float> _pass;
    private readonly float[] _inputs;
    private readonly int[] _classes;
    private readonly float[] _gradient;

    private NetworkTraining(
        DenseNetwork<float> network,
        TrainingData data,
        TrainingOptions options,
        ParallelOptions parallelOptions)
    {
        _data = data;
        _options = options;
        _pass = new NetworkPass<float>(network, parallelOptions);
        _inputs = new float[data.InputWidth * options.BatchSize];
        _classes = new int[options.BatchSize];
        _gradient = new float[network.Architecture.OutputWidth * options.BatchSize];
    }

    /// <summary>Trains the network that the layers describe.</summary>
    /// <returns>The state before the first step and after each epoch.</returns>
    public static IReadOnlyList<EpochLoss> Run(
        IReadOnlyList<LayerTensors> layers,
        TrainingData data,
        TrainingOptions options,
        Initializer initializer,
        Seed seed,
        int replicate,
        ParallelOptions parallelOptions,
        StepProgress progress)
    {
        var training = new NetworkTraining(
            TensorNetwork.Create<float>(layers, parallelOptions),
            data,
            options,
            parallelOptions);
        StreamPurpose purpose = StreamPurpose.Shuffle.Replicate(replicate);
        List<EpochLoss> epochs = [training.Evaluate(initializer, replicate, 0)];
        bool isFinite = double.IsFinite(epochs[0].Loss);
        for (int epoch = 1; epoch <= options.EpochCount && isFinite; epoch++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}");
            training.RunEpoch(
                RowOrder.Shuffle(data.RowCount, StreamKey.Create(seed, purpose, name)),
                parallelOptions.CancellationToken);
            epochs.Add(training.Evaluate(initializer, replicate, epoch));
            isFinite = double.IsFinite(epochs[^1].Loss);
            progress.Advance();
        }

        progress.Advance(options.EpochCount - (epochs.Count - 1));
        return epochs;
    }

    private void RunEpoch(ReadOnlySpan<int> order, CancellationToken cancellationToken)
    {
        bool isFinite = true;
        for (int start = 0; start < order.Length && isFinite; start += _options.BatchSize)
        {
            cancellationToken.ThrowIfCancellationRequested();
            ReadOnlySpan<int> rows = order.Slice(start, Math.Min(_options.BatchSize, order.Length - start));
            isFinite = double.IsFinite(Step(rows));
        }
    }

    /// <summary>One step; returns the mini-batch's loss before it.</summary>
    private double Step(ReadOnlySpan<int> rows)
    {
        Memory<float> inputs = _inputs.AsMemory(0, _data.InputWidth * rows.Length);
        Span<int> classes = _classes.AsSpan(0, rows.Length);
        _data.Gather(rows, inputs.Span, classes);
        _pass.Forward(inputs, rows.Length);
        Span<float> gradient = _gradient.AsSpan(0, _pass.Output.Length);
        double loss = SoftmaxCrossEntropy.LossAndGradient(_pass.Output, classes, gradient);
        _pass.Backward(gradient, Descend);
        return loss;
    }

    private void Descend(int index, LayerGradient<float> gradient)
    {
        DenseLayer<float> layer = _pass.Network.Layers[index];
        GradientDescent.Step(layer.Weight, gradient.Weight, _options.LearningRate);
        if (layer.Bias is float[] bias)
        {
            GradientDescent.Step(bias, gradient.Bias, _options.LearningRate);
        }
    }

    private EpochLoss Evaluate(Initializer initializer, int replicate, int epoch)
    {
        (double loss, _) = Evaluate(_data.TrainingParts);
        (double loss, double accuracy)? heldOut = _data.HeldOutParts.Count == 0 ? null : Evaluate(_data.HeldOutParts);
        return new EpochLoss
        {
            Initializer = initializer.ToString(),
            Replicate = replicate,
            Epoch = epoch,
            Loss = loss,
            HeldOutLoss = heldOut?.loss,
            HeldOutAccuracy = heldOut?.accuracy,
        };
    }

    private (double Loss, double Accuracy) Evaluate(IReadOnlyList<LabelledRows> parts)
    {
        double loss = 0;
        double correct = 0;
        int rows = 0;
        foreach (LabelledRows part in parts)
        {
            ReadOnlySpan<int> labels = part.Labels.Span;
            _pass.Forward(part.Inputs, labels.Length);
            loss += SoftmaxCrossEntropy.Loss(_pass.Output, labels) * labels.Length;
            correct += Math.Round(SoftmaxCrossEntropy.Accuracy(_pass.Output, labels) * labels.Length);
            rows += labels.Length;
        }

        return (loss / rows, correct / rows);
    }
}
