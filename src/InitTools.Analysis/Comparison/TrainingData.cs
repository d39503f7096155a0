namespace InitTools.Analysis;

/// <summary>Standardized rows and their targets, those trained on and those held out; shared by all runs.</summary>
internal sealed class TrainingData(DataSet training, Targets targets, DataSet? heldOut, Targets heldOutTargets)
{
    // Activations of so many rows of a layer of common width stay in the cache.
    private const int RowsPerPart = 250;

    /// <summary>The number of training rows.</summary>
    public int RowCount => training.RowCount;

    /// <summary>The number of inputs.</summary>
    public int InputWidth => training.ColumnCount;

    /// <summary>All training rows, in parts to evaluate one after the other.</summary>
    public IReadOnlyList<TargetRows> TrainingParts { get; } = Divide(training, targets);

    /// <summary>All held-out rows, in parts; none without any.</summary>
    public IReadOnlyList<TargetRows> HeldOutParts { get; } = heldOut is null ? [] : Divide(heldOut, heldOutTargets);

    /// <summary>Some training rows, feature-major: inputs x rows.Length.</summary>
    /// <param name="rows">Which rows, in this order.</param>
    /// <param name="inputs">Where their inputs go.</param>
    /// <returns>Their targets.</returns>
    public Targets Gather(ReadOnlySpan<int> rows, Span<float> inputs)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<double> row = training.Row(rows[i]);
            for (int j = 0; j < row.Length; j++)
            {
                inputs[j * rows.Length + i] = (float)row[j];
            }
        }

        return targets.Take(rows);
    }

    private static List<TargetRows> Divide(DataSet data, Targets targets)
    {
        List<TargetRows> parts = [];
        for (int start = 0; start < data.RowCount; start += RowsPerPart)
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(RowsPerPart, data.RowCount - start))];
            parts.Add(new TargetRows(data.TakeRows(rows).ToFeatureMajor<float>(), targets.Take(rows)));
        }

        return parts;
    }
}
