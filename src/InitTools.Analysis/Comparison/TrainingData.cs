namespace InitTools.Analysis;

/// <summary>Standardized rows and their classes, those trained on and those held out; shared by all runs.</summary>
internal sealed class TrainingData(DataSet training, int[] labels, DataSet? heldOut, int[] heldOutLabels)
{
    // Activations of so many rows of a layer of common width stay in the cache.
    private const int RowsPerPart = 250;

    /// <summary>The number of training rows.</summary>
    public int RowCount => training.RowCount;

    /// <summary>The number of inputs.</summary>
    public int InputWidth => training.ColumnCount;

    /// <summary>All training rows, in parts to evaluate one after the other.</summary>
    public IReadOnlyList<LabelledRows> TrainingParts { get; } = Divide(training, labels);

    /// <summary>All held-out rows, in parts; none without any.</summary>
    public IReadOnlyList<LabelledRows> HeldOutParts { get; } = heldOut is null ? [] : Divide(heldOut, heldOutLabels);

    /// <summary>Some training rows, feature-major: inputs x rows.Length.</summary>
    /// <param name="rows">Which rows, in this order.</param>
    /// <param name="inputs">Where their inputs go.</param>
    /// <param name="classes">Where their classes go.</param>
    public void Gather(ReadOnlySpan<int> rows, Span<float> inputs, Span<int> classes)
    {
        for (int i = 0; i < rows.Length; i++)
        {
            ReadOnlySpan<double> row = training.Row(rows[i]);
            for (int j = 0; j < row.Length; j++)
            {
                inputs[j * rows.Length + i] = (float)row[j];
            }

            classes[i] = labels[rows[i]];
        }
    }

    private static List<LabelledRows> Divide(DataSet data, int[] labels)
    {
        List<LabelledRows> parts = [];
        for (int start = 0; start < data.RowCount; start += RowsPerPart)
        {
            int[] rows = [.. Enumerable.Range(start, Math.Min(RowsPerPart, data.RowCount - start))];
            parts.Add(new LabelledRows(
                data.TakeRows(rows).ToFeatureMajor<float>(),
                labels.AsMemory(start, rows.Length)));
        }

        return parts;
    }
}
