using InitTools.Kernels.Fills;

namespace InitTools;

/// <summary>The law of one weight. All weights of a tensor are drawn from it independently.</summary>
public abstract record Distribution : WeightLaw
{
    /// <summary>Elements <paramref name="offset"/>, offset + 1, ... of a stream, in Float32 arithmetic.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The first element's index in the tensor.</param>
    /// <param name="options">Threads and cancellation.</param>
    public void Fill(Memory<float> destination, StreamKey key, long offset, ParallelOptions options) =>
        Select<float>().Draw(new FillRequest<float>(destination, key, offset, options));

    /// <summary>The same in Float64 arithmetic: numbers of their own, not the Float32 ones widened.</summary>
    /// <inheritdoc cref="Fill(Memory{float}, StreamKey, long, ParallelOptions)"/>
    public void Fill(Memory<double> destination, StreamKey key, long offset, ParallelOptions options) =>
        Select<double>().Draw(new FillRequest<double>(destination, key, offset, options));

    /// <summary>The law in an element type, ready to be drawn from.</summary>
    /// <typeparam name="TElement">float, double, Half, or ushort for BFloat16.</typeparam>
    internal abstract SelectedLaw<TElement> Select<TElement>()
        where TElement : unmanaged;

    /// <summary>Fails unless minimum is at most maximum.</summary>
    internal static void RequireOrder(string name, double minimum, double maximum)
    {
        if (minimum > maximum)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{name}: minimum {ExpressionNode.Format(minimum)} is above maximum {ExpressionNode.Format(maximum)}.",
                minimum);
        }
    }
}
