namespace InitTools.Analysis;

/// <summary>What has been found of one tensor so far.</summary>
/// <param name="tensor">The tensor.</param>
/// <param name="path">The file that it is from, or empty.</param>
internal sealed class Assessment(TestedTensor tensor, string path)
{
    private readonly List<WeightFinding> _findings = [];

    /// <summary>The tensor.</summary>
    public TestedTensor Tensor => tensor;

    /// <summary>What its elements show.</summary>
    public TensorFigures Figures => tensor.Figures;

    /// <summary>The initializer by which the tensor was most likely made, or empty.</summary>
    public string Detected { get; set; } = "";

    /// <summary>The layout in which it was made so, or empty where that is open.</summary>
    public string DetectedLayout { get; set; } = "";

    /// <summary>How well the elements fit that initializer's law, or null.</summary>
    public GoodnessOfFit? Fit { get; set; }

    /// <summary>Whether nothing was found yet.</summary>
    public bool IsEmpty => _findings.Count == 0;

    /// <summary>Adds a finding; Information needs no advice.</summary>
    public void Add(
        FindingKind kind,
        FindingSeverity severity,
        double? figure,
        string expected,
        string reason,
        string advice = "") => _findings.Add(new WeightFinding
        {
            Tensor = tensor.Tensor.Name,
            Shape = tensor.Tensor.Shape,
            Role = tensor.Role,
            Kind = kind,
            Severity = severity,
            Figure = figure,
            Expected = expected,
            Reason = $"{reason}.",
            Advice = severity == FindingSeverity.Information ? "" : advice,
            Path = path,
        });

    /// <summary>The findings, most severe first, with what is known of the tensor's making.</summary>
    public IEnumerable<WeightFinding> Conclude() => _findings
        .OrderByDescending(finding => finding.Severity)
        .Select(finding => finding with
        {
            DetectedInitializer = Detected,
            DetectedLayout = DetectedLayout,
            FitDistance = Fit?.Distance,
            FitProbability = Fit?.Probability,
        });
}
