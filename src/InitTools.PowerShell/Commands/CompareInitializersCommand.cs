using System.Management.Automation;
using InitTools.Analysis;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Measures several initializers on one network with several seeds, on request trains the network from each, and ranks
/// them by what was measured, not by a table of recommendations.
/// </summary>
[Cmdlet(VerbsData.Compare, "Initializers", DefaultParameterSetName = WidthSet)]
[OutputType(typeof(InitializerComparison))]
public sealed class CompareInitializersCommand : NetworkCommand
{
    // Another table, with what training came to.
    private const string TrainedTypeName = "InitTools.Analysis.InitializerComparison#Trained";

    private static readonly ComparisonOptions s_defaults = new() { Architecture = null!, Seed = default };
    private static readonly TrainingOptions s_trainingDefaults = new();

    /// <summary>
    /// The candidates, such as He*, 'RandomNormal(stddev=0.01)'. Where none are given: Glorot, He and LeCun, uniform
    /// and normal, and the classic mistakes N(0, 1), N(0, 0.01^2), zeros and a constant.
    /// </summary>
    [Parameter]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string[] Initializer { get; set; } = [];

    /// <summary>The activation of the last layer. linear where none is given: its outputs are the logits.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivationCompleter))]
    public string OutputActivation { get; set; } = s_defaults.OutputActivation.ToString();

    /// <summary>How often each candidate is tried with other numbers. 5 where none is given.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int SeedCount { get; set; } = s_defaults.SeedCount;

    /// <summary>
    /// Rows of the measured batch or, with -Train, of a training step. Where none is given, all of the data or 256
    /// drawn rows are measured, and a training step takes 50.
    /// </summary>
    [Parameter]
    [WholeNumberTransformation]
    public int? BatchSize { get; set; }

    /// <summary>
    /// Trains the network from every candidate and seed too, by mini-batches. Needs -Data and -Target.
    /// </summary>
    [Parameter]
    public SwitchParameter Train { get; set; }

    /// <summary>
    /// The column of the data with the class, 0 to the number of outputs less one, or, with -Loss SquaredError and one
    /// output, with the number to be given. It is no input.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ColumnCompleter))]
    public string? Target { get; set; }

    /// <summary>Passes over the training rows. 30 where none is given.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int EpochCount { get; set; } = s_trainingDefaults.EpochCount;

    /// <summary>
    /// The step size of training, 0.01 where none is given. With several, such as 0.001,0.01,0.1, every candidate is
    /// trained with each and reported at its best: the one that left the lowest training loss.
    /// </summary>
    [Parameter]
    [NumberListTransformation]
    public double[] LearningRate { get; set; } = [.. s_trainingDefaults.LearningRates];

    /// <summary>
    /// How weights follow their gradients: SGD (the default), 'SGD(momentum=0.9)', Adam or
    /// 'Adam(beta1=0.9, beta2=0.999, epsilon=1e-8)'.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(OptimizerCompleter))]
    public string Optimizer { get; set; } = s_trainingDefaults.Optimizer.ToString();

    /// <summary>
    /// What training makes small: CrossEntropy (the default, of the softmax of the outputs) or SquaredError.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(LossCompleter))]
    public string Loss { get; set; } = LossFunctions.Spellings.NameOf(s_trainingDefaults.Loss);

    /// <summary>
    /// Rows kept from training, on which accuracy is measured: a share between 0 and 1, or a number of rows. None where
    /// none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double HoldOut { get; set; } = s_trainingDefaults.HoldOut;

    /// <summary>
    /// The training loss whose first undercutting EpochsToThreshold reports. 0.5 where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double LossThreshold { get; set; } = s_trainingDefaults.LossThreshold;

    /// <summary>How much |ln forward| counts in the deviation. 1 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double ForwardWeight { get; set; } = DeviationWeights.Default.Forward;

    /// <summary>How much |ln backward| counts in the deviation. 1 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double BackwardWeight { get; set; } = DeviationWeights.Default.Backward;

    /// <summary>How much |ln first|/depth counts in the deviation. 1 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double FirstLayerWeight { get; set; } = DeviationWeights.Default.FirstLayer;

    /// <summary>How much the saturated share counts in the deviation. 1 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double SaturatedWeight { get; set; } = DeviationWeights.Default.Saturated;

    /// <summary>How much the dead share counts in the deviation. 1 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double DeadWeight { get; set; } = DeviationWeights.Default.Dead;

    /// <summary>
    /// Candidates share a rank where their deviations differ by at most so many standard errors of the difference. 2
    /// where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double TieTolerance { get; set; } = s_defaults.TieTolerance;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        string[] training =
        [
            nameof(EpochCount), nameof(LearningRate), nameof(Optimizer), nameof(Loss), nameof(HoldOut),
            nameof(LossThreshold),
        ];
        if (!Train && training.FirstOrDefault(IsGiven) is string parameter)
        {
            ThrowTerminatingError(ErrorRecords.Of(new InitToolsException(
                ErrorId.ParameterConflict,
                $"-{parameter} says how to train; it needs -Train.",
                parameter)));
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        ComparisonOptions options = Require(() => StopWhenCancelled(ReadOptions));
        IReadOnlyList<InitializerComparison> comparisons = Run(
            "Comparing initializers",
            progress => InitializerComparer.Compare(options with { Progress = progress }));
        foreach (InitializerComparison comparison in comparisons)
        {
            var row = PSObject.AsPSObject(comparison);
            if (Train)
            {
                row.TypeNames.Insert(0, TrainedTypeName);
            }

            WriteObject(row);
        }
    }

    private ComparisonOptions ReadOptions() => new()
    {
        Architecture = ReadNetwork(),
        Initializers = Initializer.Length == 0
            ? null
            : InitializerList.Parse(Initializer, Defaults.Convention, Files),
        Bias = Defaults.Choice.Bias,
        OutputActivation = InitTools.Activation.Parse(OutputActivation),
        Data = ReadData(),
        Target = Target,
        InputDistribution = ReadInputDistribution(),
        Standardization = ReadStandardization(),
        BatchSize = Train ? null : BatchSize,
        SeedCount = SeedCount,
        Seed = Defaults.Seed,
        Precision = ReadPrecision(),
        Thresholds = Thresholds,
        Weights = new DeviationWeights
        {
            Forward = ForwardWeight,
            Backward = BackwardWeight,
            FirstLayer = FirstLayerWeight,
            Saturated = SaturatedWeight,
            Dead = DeadWeight,
        },
        TieTolerance = TieTolerance,
        Training = Train ? ReadTraining() : null,
        Command = ComposeCommand(),
        ParallelOptions = ParallelOptions,
    };

    private TrainingOptions ReadTraining() => new()
    {
        EpochCount = EpochCount,
        BatchSize = BatchSize ?? s_trainingDefaults.BatchSize,
        LearningRates = LearningRate,
        Optimizer = InitTools.Optimizer.Parse(Optimizer),
        Loss = LossFunctions.Spellings.Parse(Loss),
        HoldOut = HoldOut,
        LossThreshold = LossThreshold,
    };
}
