namespace InitTools.Kernels;

/// <summary>A pinned matrix: element (i, j) is at i * RowStride + j * ColumnStride.</summary>
internal readonly unsafe struct StridedMatrix<T>(T* origin, nint rowStride, nint columnStride)
    where T : unmanaged
{
    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    public T* At(nint row, nint column) => origin + row * RowStride + column * ColumnStride;

    /// <summary>
    /// The cache lines of a part of the matrix that are worth asking for: none where memory is read along the rows,
    /// which the processor foresees by itself, nor where each element has a line of its own.
    /// </summary>
    public CacheLines LinesOf(int row, int rows, int column, int columns)
    {
        T* start = At(row, column);
        return RowStride == 1 && ColumnStride != 1
            ? new CacheLines(
                start,
                CacheLines.Across(start, (nint)rows * sizeof(T)),
                Cache.LineLength,
                columns,
                ColumnStride * sizeof(T))
            : CacheLines.None(start);
    }
}
