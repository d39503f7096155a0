namespace InitTools.Analysis;

/// <summary>How much a finding weighs, least first.</summary>
public enum FindingSeverity
{
    /// <summary>Worth knowing, and as it should be.</summary>
    Information,

    /// <summary>Training begins worse than it could.</summary>
    Warning,

    /// <summary>Training fails, or a part of the network never takes part in it.</summary>
    Error,
}

/// <summary>Names of severities.</summary>
public static class FindingSeverities
{
    /// <summary>The least severity by which weights are unsound, where none is given.</summary>
    public const FindingSeverity DefaultFailure = FindingSeverity.Warning;

    /// <summary>The spellings accepted.</summary>
    public static NamedValue<FindingSeverity> Spellings { get; } = new(
        "severity",
        ErrorId.InvalidArgument,
        ("Information", FindingSeverity.Information),
        ("Warning", FindingSeverity.Warning),
        ("Error", FindingSeverity.Error));

    /// <summary>The error of findings that fail a test, or null where none does.</summary>
    /// <param name="findings">What was found.</param>
    /// <param name="severity">The least severity that fails.</param>
    public static InitToolsException? FailureOf(IReadOnlyCollection<WeightFinding> findings, FindingSeverity severity)
    {
        WeightFinding[] failing = [.. findings.Where(finding => finding.Severity >= severity)];
        return failing.Length == 0
            ? null
            : new InitToolsException(
                ErrorId.UnsoundWeights,
                $"{Wording.Count(failing.Length, "finding", "findings")} of severity {severity} or more: "
                + string.Join(' ', failing.Select(finding => $"{finding.Tensor}: {finding.Reason}")),
                failing[0].Tensor);
    }
}
