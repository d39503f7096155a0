using System.Globalization;
using System.Management.Automation;
using InitTools.Analysis;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Passes a batch through a stack of layers, forwards and backwards, and emits one object per layer: what signal and
/// gradient do there, what theory predicts, a verdict and its reason.
/// </summary>
[Cmdlet(VerbsDiagnostic.Measure, "LayerVariance", DefaultParameterSetName = WidthSet)]
[OutputType(typeof(LayerVariance), typeof(JacobianSpectrum))]
public sealed class MeasureLayerVarianceCommand : NetworkCommand
{
    /// <summary>
    /// How weights are drawn, such as HeNormal or 'RandomNormal(stddev=0.01)'. GlorotUniform where none is given. A
    /// layer's own holds for it.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string Initializer { get; set; } = InitTools.Initializer.DefaultExpression;

    /// <summary>
    /// Which axes of a weight are inputs and outputs: IO (in, out) as in Keras and JAX, or OI (out, in) as in PyTorch.
    /// Of tensors from the pipeline, which say so themselves, those of the shapes in -Architecture.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>The type of the weights' elements: Float16, BFloat16, Float32 (the default) or Float64.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(DTypeCompleter))]
    public string? DType { get; set; }

    /// <summary>
    /// Rows of the batch: fewer than the data have are chosen by the seed. All of the data, or 256 drawn rows, where
    /// none is given.
    /// </summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? BatchSize { get; set; }

    /// <summary>
    /// The gradient with respect to the output of the last layer, after its activation: a row for each row of the
    /// batch, given like -Data. Drawn from N(0, 1) where none is given.
    /// </summary>
    [Parameter]
    [ValidateNotNull]
    public object? OutputGradient { get; set; }

    /// <summary>
    /// A rate of gradient descent, for which UpdateRatio is reported: the size of its first step over the size of the
    /// weights, rate * rms(dL/dW) / rms(W).
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double? LearningRate { get; set; }

    /// <summary>
    /// How many networks are drawn, 5 or more, to score how far layers depart from theory: SecondMomentDeparture and
    /// GradientDeparture are z-scores of the logarithm over them. All other figures are those of the first.
    /// </summary>
    [Parameter]
    [WholeNumberTransformation]
    public int SeedCount { get; set; } = 1;

    /// <summary>
    /// Gives the singular values of the input-output Jacobian at the first row of the batch instead of the layers,
    /// beside what theory predicts for Gaussian and for orthogonal weights. In double precision.
    /// </summary>
    [Parameter]
    public SwitchParameter Spectrum { get; set; }

    private protected override IReadOnlyList<string> WeightParameters =>
    [
        nameof(Initializer),
        nameof(Bias),
        nameof(DType),
        nameof(Convention),

        // Of shapes in a file it says how they are written, whoever made the weights.
        .. Architecture.Length > 0 ? Array.Empty<string>() : [nameof(Layout)],
    ];

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        LayerVarianceOptions options = Require(() => StopWhenCancelled(ReadOptions));
        foreach (LayerTensors layer in options.Layers)
        {
            WriteVerbose(string.Create(
                CultureInfo.InvariantCulture,
                $"{layer.Spec}{(layer.Weight is null ? "" : $", {layer.Weight.Initializer}")}."));
        }

        if (Spectrum)
        {
            WriteObject(Run(
                "Measuring the Jacobian",
                progress => JacobianMeasurement.Measure(options with { Progress = progress })));
            return;
        }

        IReadOnlyList<LayerVariance> layers = Run(
            "Measuring layers",
            progress => LayerVarianceMeasurement.Measure(options with { Progress = progress }));
        WriteObject(layers, enumerateCollection: true);
    }

    private protected override LayerDefaults ReadDefaults(Convention? convention)
    {
        LayerDefaults defaults = base.ReadDefaults(convention);
        return defaults with
        {
            Choice = defaults.Choice with
            {
                Initializer = InitTools.Initializer.Parse(Initializer, convention, Files),
            },
            Layout = LayoutRule.Choose(Layout, convention),
            DType = DType is null ? InitTools.DType.Float32 : DTypes.Spellings.Parse(DType),
        };
    }

    private LayerVarianceOptions ReadOptions()
    {
        (IReadOnlyList<LayerTensors> layers, FeatureShape? input) = ReadLayers();
        return ReadOptions(layers, input);
    }

    private (IReadOnlyList<LayerTensors> Layers, FeatureShape? Input) ReadLayers()
    {
        switch (ParameterSetName)
        {
            case InputObjectSet:
                return JoinLayers();
            case ArchitectureSet:
                ArchitectureDescription description = ReadDescription();
                InitTools.Architecture network = ReadArchitecture(description);
                IReadOnlyList<LayerTensors> layers = description.CreateTensors(
                    network,
                    Defaults.Choice.Initializer!,
                    Defaults.Choice.Bias,
                    Defaults.Convention,
                    Defaults.Seed,
                    Defaults.DType,
                    Defaults.Layout);
                return (layers, network.Input);
            default:
                return (
                    LayerTensors.Create(
                        ReadNetwork(),
                        Defaults.Choice.Initializer!,
                        Defaults.Choice.Bias,
                        Defaults.Seed,
                        StreamPurpose.Weights,
                        Defaults.DType,
                        Defaults.Layout),
                    null);
        }
    }

    private LayerVarianceOptions ReadOptions(IReadOnlyList<LayerTensors> layers, FeatureShape? input) => new()
    {
        Layers = layers,
        InputShape = input,
        Data = ReadData(),
        InputDistribution = ReadInputDistribution(),
        Standardization = ReadStandardization(),
        BatchSize = BatchSize,
        OutputGradient = OutputGradient is null
            ? null
            : DataArgument.Read(this, OutputGradient, [], allowsNonFinite: false, ParallelOptions.CancellationToken),
        LearningRate = LearningRate,
        SeedCount = SeedCount,
        Precision = ReadPrecision(),
        Seed = Defaults.Seed,
        Thresholds = Thresholds,
        Command = ComposeCommand(),
        ParallelOptions = ParallelOptions,
    };
}
