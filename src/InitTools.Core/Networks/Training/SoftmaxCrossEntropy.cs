using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// The loss of a classifier whose last layer gives logits z: -ln p_y with p = softmax(z), averaged over the batch.
/// Untrained and undecided, it is ln(classes).
/// </summary>
public static class SoftmaxCrossEntropy
{
    /// <summary>
    /// The mean loss, and its gradient (p - 1{class = y}) / batch. With m = max z it is ln(sum e^(z - m)) + m - z_y,
    /// which neither overflows nor cancels.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; sums are doubles in any case.</typeparam>
    /// <param name="logits">Feature-major: classes x batch.</param>
    /// <param name="labels">The class of each row of the batch, counted from 0.</param>
    /// <param name="gradient">Where dL/d(logits) goes: classes x batch.</param>
    /// <returns>The mean loss; NaN where a logit is NaN or infinite.</returns>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.EmptyBatch"/>: no rows; <see cref="ErrorId.ShapeMismatch"/>: lengths do not fit;
    /// <see cref="ErrorId.LabelOutOfRange"/>: a label is none of the classes.
    /// </exception>
    public static double LossAndGradient<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = RequireClasses(logits.Length, labels);
        if (gradient.Length != logits.Length)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"The gradient has {gradient.Length} values and the logits {logits.Length}; they must have as many.",
                gradient.Length);
        }

        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            loss += RowLoss(logits, labels, row, classes, gradient);
        }

        return loss / labels.Length;
    }

    /// <summary>The mean loss; see <see cref="LossAndGradient"/>.</summary>
    public static double Loss<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = RequireClasses(logits.Length, labels);
        double loss = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            loss += RowLoss(logits, labels, row, classes, default);
        }

        return loss / labels.Length;
    }

    /// <summary>
    /// The share of rows whose largest logit is that of their class; the first of equals counts, and none where a
    /// logit is NaN.
    /// </summary>
    public static double Accuracy<T>(ReadOnlySpan<T> logits, ReadOnlySpan<int> labels)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int classes = RequireClasses(logits.Length, labels);
        int correct = 0;
        for (int row = 0; row < labels.Length; row++)
        {
            int best = 0;
            bool isNumber = true;
            for (int c = 0; c < classes; c++)
            {
                T logit = logits[c * labels.Length + row];
                best = logit > logits[best * labels.Length + row] ? c : best;
                isNumber &= !T.IsNaN(logit);
            }

            correct += isNumber && best == labels[row] ? 1 : 0;
        }

        return (double)correct / labels.Length;
    }

    private static double RowLoss<T>(
        ReadOnlySpan<T> logits,
        ReadOnlySpan<int> labels,
        int row,
        int classes,
        Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int batch = labels.Length;
        double maximum = double.NegativeInfinity;
        for (int c = 0; c < classes; c++)
        {
            maximum = Math.Max(maximum, double.CreateTruncating(logits[c * batch + row]));
        }

        double sum = 0;
        for (int c = 0; c < classes; c++)
        {
            sum += DeterministicMath.Exp(double.CreateTruncating(logits[c * batch + row]) - maximum);
        }

        for (int c = 0; c < classes && !gradient.IsEmpty; c++)
        {
            double share = DeterministicMath.Exp(double.CreateTruncating(logits[c * batch + row]) - maximum) / sum;
            gradient[c * batch + row] = T.CreateTruncating((share - (c == labels[row] ? 1 : 0)) / batch);
        }

        return DeterministicMath.Log(sum) + maximum - double.CreateTruncating(logits[labels[row] * batch + row]);
    }

    private static int RequireClasses(int logits, ReadOnlySpan<int> labels)
    {
        if (labels.IsEmpty)
        {
            throw new InitToolsException(ErrorId.EmptyBatch, "The batch has no rows; at least one is needed.");
        }

        int classes = logits / labels.Length;
        if (logits == 0 || classes * labels.Length != logits)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"{logits} logits are not classes x {labels.Length} rows.",
                logits);
        }

        foreach (int label in labels)
        {
            if (label < 0 || label >= classes)
            {
                throw new InitToolsException(
                    ErrorId.LabelOutOfRange,
                    $"{label} is not a class; labels are whole numbers from 0 to {classes - 1}.",
                    label);
            }
        }

        return classes;
    }
}
