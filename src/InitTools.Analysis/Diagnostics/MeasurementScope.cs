namespace InitTools.Analysis;

/// <summary>How much of a stack is looked at; each scope holds the one before.</summary>
internal enum MeasurementScope
{
    /// <summary>What verdicts and criteria need.</summary>
    Figures,

    /// <summary>How weights and activations are spread besides.</summary>
    Histograms,

    /// <summary>All that a measurement of its own shows.</summary>
    Detail,
}
