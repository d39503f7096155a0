namespace InitTools;

/// <summary>The law of one weight. All weights of a tensor are drawn from it independently.</summary>
public abstract record Distribution : WeightLaw
{
    /// <summary>Elements <paramref name="offset"/>, offset + 1, ... of a stream, in Float32 arithmetic.</summary>
    /// <param name="destination">Where they go.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The first element's index in the tensor.</param>
    /// <param name="options">Threads and cancellation.</param>
    public abstract void Fill(Memory<float> destination, StreamKey key, long offset, ParallelOptions options);

    /// <summary>The same in Float64 arithmetic: numbers of their own, not the Float32 ones widened.</summary>
    /// <inheritdoc cref="Fill(Memory{float}, StreamKey, long, ParallelOptions)"/>
    public abstract void Fill(Memory<double> destination, StreamKey key, long offset, ParallelOptions options);

    /// <summary>The Float32 elements rounded once, to nearest even, and kept inside the law's limits.</summary>
    /// <inheritdoc cref="Fill(Memory{float}, StreamKey, long, ParallelOptions)"/>
    public abstract void Fill(Memory<Half> destination, StreamKey key, long offset, ParallelOptions options);

    /// <summary>
    /// The bits of BFloat16 elements: Float32 rounded once, to nearest even, and kept inside the law's limits.
    /// </summary>
    /// <inheritdoc cref="Fill(Memory{float}, StreamKey, long, ParallelOptions)"/>
    public abstract void FillBFloat16(Memory<ushort> destination, StreamKey key, long offset, ParallelOptions options);

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
