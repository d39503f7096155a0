namespace InitTools.Formats;

/// <summary>
/// Writes a tensor as a .npy file of version 1.0: C order, little-endian float16, float32 or float64.
/// </summary>
public static class NpyWriter
{
    /// <summary>NumPy 1 has no arrays of more dimensions.</summary>
    private const int MaximumRank = 32;

    /// <summary>What stands before the tensor's numbers.</summary>
    /// <param name="tensor">The tensor; a slice becomes a vector of its elements.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownDType"/>: BFloat16, which NumPy does not have;
    /// <see cref="ErrorId.InvalidShape"/>: more dimensions than NumPy has.
    /// </exception>
    public static NpyHeader HeaderOf(WeightTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        string descr = NpyTypes.NameOf(tensor.GetDType()) ?? throw new InitToolsException(
            ErrorId.UnknownDType,
            $"'{tensor.Name}' is of type {tensor.DType}, which a .npy file does not have; Float16, Float32 and " +
            "Float64 are written.",
            tensor.DType);
        TensorShape shape = tensor.GetShape();
        if (shape.Rank > MaximumRank)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"'{tensor.Name}' has {shape.Rank} dimensions; a .npy file has at most {MaximumRank}.",
                shape.Rank);
        }

        bool isWhole = tensor.Count == shape.Count;
        return new NpyHeader(descr, FortranOrder: false, isWhole ? shape.Dimensions : [tensor.Count]);
    }

    /// <summary>Writes the header and the numbers, which are made as they are written.</summary>
    /// <param name="stream">Where they go.</param>
    /// <param name="tensor">The tensor; a slice becomes a vector of its elements.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the number of elements written so far, or null.</param>
    /// <exception cref="InitToolsException">As <see cref="HeaderOf"/>.</exception>
    public static void Write(
        Stream stream,
        WeightTensor tensor,
        ParallelOptions options,
        IProgress<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(tensor);
        stream.Write(HeaderOf(tensor).ToBytes());
        tensor.WriteTo(stream, options, progress);
    }
}
