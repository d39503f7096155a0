namespace InitTools.Analysis;

/// <summary>Evenly spaced rows and columns of a tensor, a matrix in row-major order; all where they are few.</summary>
/// <param name="Rows">The rows taken.</param>
/// <param name="Columns">The columns taken.</param>
/// <param name="Values">Row after row.</param>
internal sealed record MatrixSample(int Rows, int Columns, double[] Values)
{
    private const int ChunkLength = 1 << 16;

    /// <summary>Reads them.</summary>
    public static MatrixSample Read(
        WeightTensor tensor, long rows, long columns, int mostRows, int mostColumns, ParallelOptions options)
    {
        int rowCount = (int)Math.Min(rows, mostRows);
        int columnCount = (int)Math.Min(columns, mostColumns);
        double[] values = new double[(long)rowCount * columnCount];

        // Short rows that follow one another are read together.
        int together = rowCount == rows ? (int)Math.Clamp(ChunkLength / columns, 1, rows) : 1;
        double[] chunk = new double[Math.Min(ChunkLength, columns) * together];
        for (int row = 0; row < rowCount; row += together)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            long start = PlaceOf(row, rows, rowCount) * columns;
            int read = Math.Min(together, rowCount - row);
            for (long first = 0; first < columns; first += ChunkLength)
            {
                int width = (int)Math.Min(ChunkLength, columns - first);
                Memory<double> part = chunk.AsMemory(0, width * read);
                tensor.CopyTo(part, start + first, options);
                for (int i = 0; i < read; i++)
                {
                    Pick(part.Span.Slice(i * width, width), first, values.AsSpan((row + i) * columnCount, columnCount));
                }
            }
        }

        return new MatrixSample(rowCount, columnCount, values);

        void Pick(ReadOnlySpan<double> source, long first, Span<double> target)
        {
            int column = (int)(((Int128)first * columnCount + columns - 1) / columns);
            for (; column < columnCount && PlaceOf(column, columns, columnCount) < first + source.Length; column++)
            {
                target[column] = source[(int)(PlaceOf(column, columns, columnCount) - first)];
            }
        }
    }

    /// <summary>The matrix with its elements kept within bounds, and the middle between these taken off.</summary>
    public MatrixSample Centred(double low, double high)
    {
        double middle = (low + high) / 2;
        return this with { Values = Array.ConvertAll(Values, value => Math.Clamp(value, low, high) - middle) };
    }

    /// <summary>The matrix without the rows and columns of which every element is 0.</summary>
    public MatrixSample WithoutZeroLines()
    {
        int[] rows =
            [.. Enumerable.Range(0, Rows).Where(row => Enumerable.Range(0, Columns).Any(j => At(row, j) != 0))];
        int[] columns =
            [.. Enumerable.Range(0, Columns).Where(column => Enumerable.Range(0, Rows).Any(i => At(i, column) != 0))];
        return new MatrixSample(
            rows.Length,
            columns.Length,
            [.. rows.SelectMany(row => columns.Select(column => At(row, column)))]);
    }

    private double At(int row, int column) => Values[row * Columns + column];

    private static long PlaceOf(int index, long total, int taken) => (long)((Int128)index * total / taken);
}
