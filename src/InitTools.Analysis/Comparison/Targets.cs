namespace InitTools.Analysis;

/// <summary>What a network is to say of some rows, and how far off it is.</summary>
internal abstract class Targets
{
    /// <summary>The number of rows.</summary>
    public abstract int RowCount { get; }

    /// <summary>The targets that a column of the data holds.</summary>
    /// <param name="data">The rows.</param>
    /// <param name="column">Their target: a class, or for the squared error of a single output a number.</param>
    /// <param name="outputWidth">The number of outputs: classes, or 1.</param>
    /// <param name="loss">What training makes small.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ColumnNotFound"/>, <see cref="ErrorId.LabelOutOfRange"/>.
    /// </exception>
    public static Targets Read(DataSet data, string column, int outputWidth, LossFunction loss)
    {
        if (loss == LossFunction.SquaredError && outputWidth == 1)
        {
            int j = data.ColumnIndex(column);
            return new ValueTargets([.. Enumerable.Range(0, data.RowCount).Select(i => (float)data[i, j])]);
        }

        return new ClassTargets(data.ExtractLabels(column, outputWidth), outputWidth, loss);
    }

    /// <summary>The targets of some rows, in this order.</summary>
    public abstract Targets Take(ReadOnlySpan<int> rows);

    /// <summary>The mean loss of the rows.</summary>
    /// <param name="output">What the network says, feature-major: outputs x rows.</param>
    /// <param name="gradient">Where dL/d(output) goes; empty where only the loss is asked for.</param>
    public abstract double Loss(ReadOnlySpan<float> output, Span<float> gradient);

    /// <summary>The number of rows whose class is named rightly, or null where targets are no classes.</summary>
    public abstract int? CountCorrect(ReadOnlySpan<float> output);
}

/// <summary>Classes.</summary>
internal sealed class ClassTargets(int[] labels, int classCount, LossFunction loss) : Targets
{
    public override int RowCount => labels.Length;

    public override Targets Take(ReadOnlySpan<int> rows)
    {
        int[] taken = new int[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = labels[rows[i]];
        }

        return new ClassTargets(taken, classCount, loss);
    }

    public override double Loss(ReadOnlySpan<float> output, Span<float> gradient)
    {
        if (loss == LossFunction.SquaredError)
        {
            return SquaredError.LossAndGradient(output, OneAmongZeros(), gradient);
        }

        return gradient.IsEmpty
            ? SoftmaxCrossEntropy.Loss(output, labels)
            : SoftmaxCrossEntropy.LossAndGradient(output, labels, gradient);
    }

    public override int? CountCorrect(ReadOnlySpan<float> output) =>
        (int)Math.Round(SoftmaxCrossEntropy.Accuracy(output, labels) * labels.Length);

    private float[] OneAmongZeros()
    {
        float[] targets = new float[classCount * labels.Length];
        for (int row = 0; row < labels.Length; row++)
        {
            targets[labels[row] * labels.Length + row] = 1;
        }

        return targets;
    }
}

/// <summary>Numbers that a single output is to give.</summary>
internal sealed class ValueTargets(float[] values) : Targets
{
    public override int RowCount => values.Length;

    public override Targets Take(ReadOnlySpan<int> rows)
    {
        float[] taken = new float[rows.Length];
        for (int i = 0; i < taken.Length; i++)
        {
            taken[i] = values[rows[i]];
        }

        return new ValueTargets(taken);
    }

    public override double Loss(ReadOnlySpan<float> output, Span<float> gradient) =>
        SquaredError.LossAndGradient(output, values, gradient);

    public override int? CountCorrect(ReadOnlySpan<float> output) => null;
}
