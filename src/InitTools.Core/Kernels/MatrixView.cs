namespace InitTools.Kernels;

/// <summary>A matrix in memory, to be read: element (i, j) is at i * RowStride + j * ColumnStride.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct MatrixView<T>
    where T : unmanaged
{
    /// <summary>A view with strides, by which a matrix is transposed or cut out without copying.</summary>
    /// <param name="values">The memory; element (0, 0) comes first.</param>
    /// <param name="rows">The number of rows, at least 1.</param>
    /// <param name="columns">The number of columns, at least 1.</param>
    /// <param name="rowStride">Elements from a row to the next, 0 or more.</param>
    /// <param name="columnStride">Elements from a column to the next, 0 or more.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: a dimension below 1; <see cref="ErrorId.ShapeMismatch"/>: the last element
    /// is beyond the memory.
    /// </exception>
    public MatrixView(ReadOnlySpan<T> values, int rows, int columns, int rowStride, int columnStride)
    {
        MatrixChecks.Require(values.Length, rows, columns, rowStride, columnStride);
        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>A row-major matrix: row after row without gaps.</summary>
    public MatrixView(ReadOnlySpan<T> values, int rows, int columns)
        : this(values, rows, columns, columns, 1)
    {
    }

    /// <summary>The memory.</summary>
    public ReadOnlySpan<T> Values { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from a row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Elements from a column to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>The same memory with rows and columns exchanged.</summary>
    public MatrixView<T> Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    /// <summary>A rectangle cut out of the matrix: the same memory.</summary>
    /// <param name="row">Its first row.</param>
    /// <param name="column">Its first column.</param>
    /// <param name="rows">The number of its rows, at least 1.</param>
    /// <param name="columns">The number of its columns, at least 1.</param>
    public MatrixView<T> Part(int row, int column, int rows, int columns) =>
        new(Values[(row * RowStride + column * ColumnStride)..], rows, columns, RowStride, ColumnStride);
}

/// <summary>A matrix in memory, to be written: element (i, j) is at i * RowStride + j * ColumnStride.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public readonly ref struct MatrixSpan<T>
    where T : unmanaged
{
    /// <summary>A view with strides; see <see cref="MatrixView{T}"/>. One of the strides is 1.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: a dimension below 1, or no stride is 1;
    /// <see cref="ErrorId.ShapeMismatch"/>: the last element is beyond the memory.
    /// </exception>
    public MatrixSpan(Span<T> values, int rows, int columns, int rowStride, int columnStride)
    {
        MatrixChecks.Require(values.Length, rows, columns, rowStride, columnStride);
        bool overlaps = columnStride == 1 ? rowStride < columns && rows > 1 : columnStride < rows && columns > 1;
        if ((columnStride != 1 && rowStride != 1) || overlaps)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"A result with strides {rowStride} and {columnStride} cannot be written; one of them is 1 and the " +
                "other at least the length of a line.");
        }

        Values = values;
        Rows = rows;
        Columns = columns;
        RowStride = rowStride;
        ColumnStride = columnStride;
    }

    /// <summary>A row-major matrix: row after row without gaps.</summary>
    public MatrixSpan(Span<T> values, int rows, int columns)
        : this(values, rows, columns, columns, 1)
    {
    }

    /// <summary>The memory.</summary>
    public Span<T> Values { get; }

    /// <summary>The number of rows.</summary>
    public int Rows { get; }

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>Elements from a row to the next.</summary>
    public int RowStride { get; }

    /// <summary>Elements from a column to the next.</summary>
    public int ColumnStride { get; }

    /// <summary>The same memory with rows and columns exchanged.</summary>
    public MatrixSpan<T> Transposed => new(Values, Columns, Rows, ColumnStride, RowStride);

    /// <summary>The same matrix, to be read.</summary>
    public MatrixView<T> View => new(Values, Rows, Columns, RowStride, ColumnStride);

    /// <inheritdoc cref="MatrixView{T}.Part"/>
    public MatrixSpan<T> Part(int row, int column, int rows, int columns) =>
        new(Values[(row * RowStride + column * ColumnStride)..], rows, columns, RowStride, ColumnStride);
}

internal static class MatrixChecks
{
    public static void Require(int length, int rows, int columns, int rowStride, int columnStride)
    {
        if (rows < 1 || columns < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"A matrix of {rows}x{columns} has no elements; both dimensions are 1 or more.",
                $"{rows}x{columns}");
        }

        long last = (rows - 1L) * rowStride + (columns - 1L) * columnStride;
        if (rowStride < 0 || columnStride < 0 || last >= length)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"{length} values do not hold a matrix of {rows}x{columns} with strides {rowStride} and " +
                $"{columnStride}.",
                length);
        }
    }
}
