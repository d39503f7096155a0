using System.Management.Automation;
using InitTools.Analysis;
using InitTools.Formats;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// Tells whether weights are a sound beginning of training: one finding for each problem of a tensor, or one that says
/// how it was made. Values are read in chunks, so that a file of any size is tested in little memory.
/// </summary>
[Cmdlet(VerbsDiagnostic.Test, "InitWeights", DefaultParameterSetName = PathSet)]
[OutputType(typeof(WeightFinding), typeof(bool))]
public sealed class TestInitWeightsCommand : CancellableCommand
{
    private const string PathSet = "Path";
    private const string LiteralPathSet = "LiteralPath";
    private const string InputObjectSet = "InputObject";

    private readonly List<WeightTensor> _tensors = [];
    private readonly List<WeightFinding> _findings = [];
    private WeightImport _import = null!;
    private SoundnessOptions _options = null!;
    private FindingSeverity _failure;
    private bool _isUnread;

    /// <summary>Files to test, with or without wildcards. The tensors of a file are one network.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = PathSet)]
    public string[] Path { get; set; } = [];

    /// <summary>Files to test, taken as they are written.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true, ParameterSetName = LiteralPathSet)]
    [Alias("PSPath")]
    public string[] LiteralPath { get; set; } = [];

    /// <summary>
    /// Weight tensors, as New-InitWeights and Import-InitWeights give them, or recipes of them (objects with Seed,
    /// Stream and Version): all of the pipeline is one network. Or files, as Get-ChildItem gives them, or their paths.
    /// </summary>
    [Parameter(Mandatory = true, ValueFromPipeline = true, ParameterSetName = InputObjectSet)]
    public PSObject InputObject { get; set; } = null!;

    /// <summary>
    /// The tensors of files that are tested, by their names, with or without wildcards. All where none is given.
    /// </summary>
    [Parameter]
    public string[] Name { get; set; } = [];

    /// <summary>
    /// Which axes of the weights are inputs and outputs: IO (..., in, out) as in Keras and JAX, or OI (out, in, ...) as
    /// in PyTorch. Where none is given, what a recipe says, and else both are tried.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(LayoutCompleter))]
    public string? Layout { get; set; }

    /// <summary>
    /// Makes every tensor anew from its recipe and compares all elements to the last bit; weights that are stored in
    /// another layout than they were drawn in are turned first.
    /// </summary>
    [Parameter]
    public SwitchParameter Regenerate { get; set; }

    /// <summary>Gives True where nothing of the severity of -FailOn or more is found, and False otherwise.</summary>
    [Parameter]
    public SwitchParameter Quiet { get; set; }

    /// <summary>
    /// The least severity by which weights are unsound: Information, Warning or Error. Where it is given, findings of
    /// it or more end in an error; -Quiet takes Warning where none is given.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(SeverityCompleter))]
    public string FailOn { get; set; } = nameof(FindingSeverity.Warning);

    /// <summary>
    /// The factor between the standard deviation and that of the nearest known scheme beyond which it is a finding. 2
    /// where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double StandardDeviationFactor { get; set; } = SoundnessThresholds.Default.StandardDeviationFactor;

    /// <summary>The mean, in standard deviations, beyond which it is a finding. 0.1 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double MeanShift { get; set; } = SoundnessThresholds.Default.MeanShift;

    /// <summary>
    /// The share of elements at the smallest and largest value beyond which they are clipped. 0.01 where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double ClippedFraction { get; set; } = SoundnessThresholds.Default.ClippedFraction;

    /// <summary>The kurtosis beyond which tails are heavy; a normal law has 3. 6 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double Kurtosis { get; set; } = SoundnessThresholds.Default.Kurtosis;

    /// <summary>
    /// The share of rows or columns that repeat others beyond which they are an Error. 0.1 where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double DuplicateFraction { get; set; } = SoundnessThresholds.Default.DuplicateFraction;

    /// <summary>
    /// The largest element of |Q^T Q - I| of a matrix that is nearly orthogonal. 0.01 where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double OrthogonalityError { get; set; } = SoundnessThresholds.Default.OrthogonalityError;

    /// <summary>The share of elements that a narrow type may lose digits of. 0.1 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double LostFraction { get; set; } = SoundnessThresholds.Default.LostFraction;

    /// <summary>
    /// The spread of the mean squares of rows or columns, beyond what sampling makes, by which weights have been
    /// trained. 0.1 where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double TrainedSpread { get; set; } = SoundnessThresholds.Default.TrainedSpread;

    /// <summary>
    /// The largest eigenvalue of W W^T, over that of independent elements, by which weights have been trained. 1.2
    /// where none is given.
    /// </summary>
    [Parameter]
    [NumberTransformation]
    public double TrainedEigenvalue { get; set; } = SoundnessThresholds.Default.TrainedEigenvalue;

    /// <summary>How many times the limit of a Warning makes an Error. 5 where none is given.</summary>
    [Parameter]
    [NumberTransformation]
    public double ErrorFactor { get; set; } = SoundnessThresholds.Default.ErrorFactor;

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _failure = Require(() => FindingSeverities.Spellings.Parse(FailOn));
        Layout? layout = Require(() => Layout is null ? (Layout?)null : Layouts.Spellings.Parse(Layout));
        _import = new WeightImport { Names = Name, Layout = layout };
        _options = new SoundnessOptions
        {
            Layout = layout,
            Regenerate = Regenerate,
            Thresholds = Require(ReadThresholds),
        };
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        switch (ParameterSetName == InputObjectSet ? InputObject.BaseObject : null)
        {
            case null:
                bool isLiteral = ParameterSetName == LiteralPathSet;
                TestFiles(isLiteral ? LiteralPath : Path, isLiteral);
                break;
            case FileInfo file:
                TestFiles([file.FullName], isLiteral: true);
                break;
            case string path:
                TestFiles([path], isLiteral: false);
                break;
            default:
                // A network with a tensor missing is another network, so that the first error ends the cmdlet.
                _tensors.Add(Require(() => TensorRecipe.Of(InputObject, Files), InputObject));
                break;
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        // An empty pipeline is an error as well.
        if (_tensors.Count > 0 || (_findings.Count == 0 && !_isUnread))
        {
            Report(Run("Testing weights", progress => SoundnessTest.Run(_tensors, OptionsWith(progress))));
        }

        InitToolsException? failure = FindingSeverities.FailureOf(_findings, _failure);
        if (Quiet)
        {
            WriteObject(failure is null && !_isUnread);
        }
        else if (failure is not null && IsGiven(nameof(FailOn)))
        {
            WriteError(ErrorRecords.Of(failure));
        }
    }

    private void TestFiles(string[] paths, bool isLiteral)
    {
        foreach (string path in paths)
        {
            if (!TryFindFiles(path, isLiteral, out IReadOnlyList<string>? files))
            {
                _isUnread = true;
                continue;
            }

            foreach (string file in files)
            {
                Test(file);
            }
        }
    }

    private void Test(string file)
    {
        IReadOnlyList<WeightFinding> found = [];
        bool isTested = TryImport(_import, file, out IReadOnlyList<WeightTensor>? weights)
            && TryRun(
                $"Testing {file}",
                progress => found = SoundnessTest.Run(weights, OptionsWith(progress) with { Path = file }),
                file);
        if (!isTested)
        {
            // What cannot be read is not sound.
            _isUnread = true;
            return;
        }

        Report(found);
    }

    private void Report(IReadOnlyList<WeightFinding> findings)
    {
        _findings.AddRange(findings);
        if (!Quiet)
        {
            WriteObject(findings, enumerateCollection: true);
        }
    }

    private SoundnessOptions OptionsWith(IProgress<double> progress) =>
        _options with { ParallelOptions = ParallelOptions, Progress = progress };

    private SoundnessThresholds ReadThresholds()
    {
        SoundnessThresholds thresholds = new()
        {
            StandardDeviationFactor = StandardDeviationFactor,
            MeanShift = MeanShift,
            ClippedFraction = ClippedFraction,
            Kurtosis = Kurtosis,
            DuplicateFraction = DuplicateFraction,
            OrthogonalityError = OrthogonalityError,
            LostFraction = LostFraction,
            TrainedSpread = TrainedSpread,
            TrainedEigenvalue = TrainedEigenvalue,
            ErrorFactor = ErrorFactor,
        };
        thresholds.Validate();
        return thresholds;
    }
}
