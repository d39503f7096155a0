using System.Globalization;

namespace InitTools.Analysis;

/// <summary>
/// Trains a network on the mean loss of mini-batches, in Float32, one mini-batch a step.
/// </summary>
/// <remarks>
/// Epoch e, from 1, takes the training rows in the <see cref="RowOrder"/> of the stream of purpose "shuffle" (or its
/// replicate) and name "epoch e", and cuts them into mini-batches. Training ends early when a loss is NaN or infinite.
/// </remarks>
internal sealed class NetworkTraining
{
    private readonly TrainingData _data;
    private readonly TrainingOptions _options;
    private readonly double _learningRate;
    private readonly NetworkPass<float> _pass;
    private readonly ParameterUpdate<float>[] _weightUpdates;
    private readonly ParameterUpdate<float>[] _biasUpdates;
    private readonly float[] _inputs;
    private readonly float[] _gradient;

    private NetworkTraining(
        Network<float> network,
        TrainingData data,
        TrainingOptions options,
        double learningRate,
        ParallelOptions parallelOptions)
    {
        _data = data;
        _options = options;
        _learningRate = learningRate;
        _pass = new NetworkPass<float>(network, parallelOptions);
        _weightUpdates =
        [
            .. network.Layers.Select(layer => options.Optimizer.Attach<float>(layer.Weight.Length)),
        ];
        _biasUpdates =
        [
            .. network.Layers.Select(layer => options.Optimizer.Attach<float>(layer.Bias?.Length ?? 0)),
        ];
        _inputs = new float[data.InputWidth * options.BatchSize];
        _gradient = new float[network.Architecture.OutputWidth * options.BatchSize];
    }

    /// <summary>Trains the network that the layers describe, anew with each learning rate.</summary>
    public static IReadOnlyList<TrainingRun> RunAll(
        IReadOnlyList<LayerTensors> layers,
        Architecture architecture,
        TrainingData data,
        TrainingOptions options,
        Initializer initializer,
        Seed seed,
        int replicate,
        ParallelOptions parallelOptions,
        StepProgress progress) =>
    [
        .. options.LearningRates.Select(rate =>
            new NetworkTraining(
                TensorNetwork.Create<float>(layers, architecture, parallelOptions),
                data,
                options,
                rate,
                parallelOptions)
            .Run(initializer, seed, replicate, progress, parallelOptions.CancellationToken)),
    ];

    private TrainingRun Run(
        Initializer initializer,
        Seed seed,
        int replicate,
        StepProgress progress,
        CancellationToken cancellation)
    {
        StreamPurpose purpose = StreamPurpose.Shuffle.Replicate(replicate);
        List<EpochLoss> epochs = [Evaluate(initializer, replicate, 0)];
        bool isFinite = double.IsFinite(epochs[0].Loss);
        for (int epoch = 1; epoch <= _options.EpochCount && isFinite; epoch++)
        {
            string name = string.Create(CultureInfo.InvariantCulture, $"epoch {epoch}");
            RunEpoch(
                RowOrder.Shuffle(_data.RowCount, StreamKey.Create(seed, purpose, name)),
                cancellation);
            epochs.Add(Evaluate(initializer, replicate, epoch));
            isFinite = double.IsFinite(epochs[^1].Loss);
            progress.Advance();
        }

        progress.Advance(_options.EpochCount - (epochs.Count - 1));
        return new TrainingRun(_learningRate, epochs);
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
        Targets targets = _data.Gather(rows, inputs.Span);
        _pass.Forward(inputs, rows.Length);
        Span<float> gradient = _gradient.AsSpan(0, _pass.Output.Length);
        double loss = targets.Loss(_pass.Output, gradient);
        _pass.Backward(gradient, Descend);
        return loss;
    }

    private void Descend(int index, LayerGradient<float> gradient)
    {
        NetworkLayer<float> layer = _pass.Network.Layers[index];
        _weightUpdates[index].Apply(layer.Weight, gradient.Weight, _learningRate);
        if (layer.Bias is float[] bias)
        {
            _biasUpdates[index].Apply(bias, gradient.Bias, _learningRate);
        }
    }

    private EpochLoss Evaluate(Initializer initializer, int replicate, int epoch)
    {
        (double loss, _) = Evaluate(_data.TrainingParts);
        (double Loss, double? Accuracy)? heldOut =
            _data.HeldOutParts.Count == 0 ? null : Evaluate(_data.HeldOutParts);
        return new EpochLoss
        {
            Initializer = initializer.ToString(),
            LearningRate = _learningRate,
            Replicate = replicate,
            Epoch = epoch,
            Loss = loss,
            HeldOutLoss = heldOut?.Loss,
            HeldOutAccuracy = heldOut?.Accuracy,
        };
    }

    private (double Loss, double? Accuracy) Evaluate(IReadOnlyList<TargetRows> parts)
    {
        double loss = 0;
        int? correct = 0;
        int rows = 0;
        foreach (TargetRows part in parts)
        {
            int count = part.Targets.RowCount;
            _pass.Forward(part.Inputs, count);
            loss += part.Targets.Loss(_pass.Output, default) * count;
            correct += part.Targets.CountCorrect(_pass.Output);
            rows += count;
        }

        return (loss / rows, (double?)correct / rows);
    }
}
