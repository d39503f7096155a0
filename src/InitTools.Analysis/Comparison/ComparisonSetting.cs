namespace InitTools.Analysis;

/// <summary>What all runs of a comparison share: the network, the rows, the gradients.</summary>
internal sealed class ComparisonSetting
{
    private const string HoldOutStream = "holdout";

    private readonly Lazy<DataSet>[] _batches;
    private readonly Lazy<DataSet>[] _gradients;

    private ComparisonSetting(ComparisonOptions options, Architecture network, DataSet? inputs)
    {
        Network = network;
        Provenance = Provenance.Of(options, network, inputs);
        _batches =
        [
            .. Enumerable.Range(0, options.SeedCount).Select(replicate => new Lazy<DataSet>(() => InputBatch.Create(
                inputs,
                options.InputDistribution,
                options.BatchSize,
                network.InputWidth,
                options.Seed,
                StreamPurpose.Batch.Replicate(replicate),
                options.ParallelOptions))),
        ];
        _gradients =
        [
            .. Enumerable.Range(0, options.SeedCount).Select(replicate => new Lazy<DataSet>(() =>
                InputBatch.DrawGradient(
                    GetBatch(replicate).RowCount,
                    network.OutputWidth,
                    options.Seed,
                    StreamPurpose.Gradient.Replicate(replicate),
                    options.ParallelOptions))),
        ];
    }

    /// <summary>The network, with the output activation asked for.</summary>
    public Architecture Network { get; }

    /// <summary>What is compared and how.</summary>
    public Provenance Provenance { get; }

    /// <summary>What candidates are trained on, or null.</summary>
    public TrainingData? TrainingData { get; private init; }

    /// <summary>E[x^2] of data that are not standardized where the first activation is bounded, or null.</summary>
    public double? RawDataSecondMoment { get; private init; }

    /// <summary>The fused multiply-adds of the mean layer's matrix product over the measured batch.</summary>
    public long WorkPerLayer =>
        GetBatch(0).RowCount * Network.CountProducts() / Network.Depth;

    /// <summary>Measuring is one step, every epoch another.</summary>
    public required int StepsPerRun { get; init; }

    /// <summary>The measured rows of a replicate.</summary>
    public DataSet GetBatch(int replicate) => _batches[replicate].Value;

    /// <summary>dL/d(output) of a replicate.</summary>
    public DataSet GetGradient(int replicate) => _gradients[replicate].Value;

    /// <summary>Checks the options and prepares rows and network.</summary>
    public static ComparisonSetting Create(ComparisonOptions options)
    {
        Architecture network = WithOutput(options.Architecture, options.OutputActivation);
        network.RequireMemory(options.Precision == Precision.Double ? sizeof(double) : sizeof(float));
        options.Training?.Validate();
        if (options.Target is not null && options.Data is null)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"The target '{options.Target}' is a column of data, and no data were given.",
                options.Target);
        }

        if (options.Training is not null && options.Target is null)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                "Training needs data and the name of their target column; " +
                (options.Data is null ? "no data were given." : "no target was given."));
        }

        DataSet? inputs = options.Target is null ? options.Data : options.Data!.ExcludeColumns([options.Target]);
        Targets? targets = options.Target is null
            ? null
            : Targets.Read(
                options.Data!,
                options.Target,
                network.OutputWidth,
                options.Training?.Loss ?? LossFunction.CrossEntropy);
        InputBatch.Validate(inputs, options.InputDistribution, null, network.InputWidth);
        if (inputs is null)
        {
            InputBatch.Validate(null, options.InputDistribution, options.BatchSize, network.InputWidth);
            return new ComparisonSetting(options, network, null) { StepsPerRun = 1 };
        }

        int heldOutCount = options.Training?.CountHeldOut(inputs.RowCount) ?? 0;
        int[] order = RowOrder.Shuffle(
            inputs.RowCount,
            StreamKey.Create(options.Seed, StreamPurpose.Shuffle, HoldOutStream));
        int[] heldOutRows = order[..heldOutCount];
        int[] trainingRows = order[heldOutCount..];
        Array.Sort(heldOutRows);
        Array.Sort(trainingRows);

        DataSet raw = inputs.TakeRows(trainingRows);
        var standardizer = Standardizer.Fit(raw, options.Standardization);
        DataSet rows = standardizer.Apply(raw);
        InputBatch.Validate(rows, options.InputDistribution, options.BatchSize, network.InputWidth);
        return new ComparisonSetting(options, network, rows)
        {
            StepsPerRun = 1 + (options.Training?.EpochCount * options.Training?.LearningRates.Count ?? 0),
            RawDataSecondMoment = LayerVarianceMeasurement.FindRawDataSecondMoment(
                rows,
                options.Standardization,
                network.Layers[0].Activation),
            TrainingData = options.Training is null
                ? null
                : new TrainingData(
                    rows,
                    targets!.Take(trainingRows),
                    heldOutCount == 0 ? null : standardizer.Apply(inputs.TakeRows(heldOutRows)),
                    targets.Take(heldOutRows)),
        };
    }

    private static Architecture WithOutput(Architecture architecture, Activation outputActivation)
    {
        LayerSpec last = architecture.Layers[^1];
        return new Architecture(
        [
            .. architecture.Layers.SkipLast(1),
            last with { Activation = outputActivation },
        ],
        architecture.Input);
    }
}
