namespace InitTools.Formats;

/// <summary>
/// What is read of a file at most, so that a small one cannot take much memory; sound files stay far below.
/// </summary>
internal static class TensorLimits
{
    /// <summary>Dimensions of one tensor; PyTorch and NumPy 2 have as many.</summary>
    public const int Rank = 64;

    /// <summary>Tensors, and texts besides, of one file; the largest models have as many in a hundred files.</summary>
    public const int Count = 100_000;
}
