using System.Numerics;

namespace InitTools;

/// <summary>
/// The mean squared error: (y - t)^2 averaged over rows and outputs, as Keras's mean_squared_error and PyTorch's
/// MSELoss have it.
/// </summary>
public static class SquaredError
{
    /// <summary>The loss, and its gradient 2 (y - t) / (outputs * rows).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>; sums are doubles in any case.</typeparam>
    /// <param name="outputs">y, in any order.</param>
    /// <param name="targets">t, in the same order.</param>
    /// <param name="gradient">Where dL/dy goes; empty where only the loss is asked for.</param>
    /// <returns>The loss; NaN or infinite where an output is.</returns>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.EmptyBatch"/>: no rows; <see cref="ErrorId.ShapeMismatch"/>: lengths differ.
    /// </exception>
    public static double LossAndGradient<T>(ReadOnlySpan<T> outputs, ReadOnlySpan<T> targets, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        if (outputs.IsEmpty)
        {
            throw new InitToolsException(ErrorId.EmptyBatch, "The batch has no rows; at least one is needed.");
        }

        if (targets.Length != outputs.Length || (!gradient.IsEmpty && gradient.Length != outputs.Length))
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"There are {outputs.Length} outputs, {targets.Length} targets and room for {gradient.Length} "
                + "derivatives; there must be as many of each.",
                targets.Length);
        }

        double loss = 0;
        for (int i = 0; i < outputs.Length; i++)
        {
            double error = double.CreateTruncating(outputs[i]) - double.CreateTruncating(targets[i]);
            loss += error * error;
            if (!gradient.IsEmpty)
            {
                gradient[i] = T.CreateTruncating(2 * error / outputs.Length);
            }
        }

        return loss / outputs.Length;
    }
}
