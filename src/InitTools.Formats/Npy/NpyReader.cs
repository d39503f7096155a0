using System.Buffers;
using System.Buffers.Binary;

namespace InitTools.Formats;

/// <summary>
/// Reads matrices of float16, float32 and float64 of either byte order from .npy files of versions 1.0, 2.0 and 3.0, in
/// C and in Fortran order. Sizes are checked against the file before memory is taken; nothing in a file is executed.
/// </summary>
public static class NpyReader
{
    private const int ChunkSize = 1 << 16;

    /// <summary>Reads a matrix: rows are examples; the columns are called <c>column1</c>, <c>column2</c>, ...</summary>
    /// <param name="stream">The file, from its beginning; it can seek, and is read to its end and left open.</param>
    /// <param name="allowsNonFinite">True where NaN and infinities are numbers like others.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InvalidDataException">
    /// Not such a file: the message names the byte offset. Objects, integers, other ranks than 2, missing and
    /// surplus bytes are refused.
    /// </exception>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.EmptyBatch"/>: no row; <see cref="ErrorId.InvalidShape"/>: no column;
    /// <see cref="ErrorId.InvalidCell"/>: NaN or infinity; <see cref="ErrorId.AllocationTooLarge"/>: more than an array
    /// holds.
    /// </exception>
    public static DataSet ReadMatrix(
        Stream stream,
        bool allowsNonFinite = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        if (!stream.CanSeek)
        {
            throw new InvalidDataException("A .npy file is read from a file, not from a pipe.");
        }

        long start = stream.Position;
        NpyHeader header = NpyHeader.Read(stream);
        long offset = stream.Position - start;
        if (NpyTypes.SizeOf(header.Descr) is not int size || NpyTypes.ToDType(header.Descr) is null)
        {
            throw NpyHeader.Malformed(
                offset,
                $"the element type '{header.Descr}' is not one of f2, f4, f8 with < or > for the order of bytes");
        }

        if (header.Shape.Count != 2)
        {
            throw NpyHeader.Malformed(offset, $"the array has {header.Shape.Count} dimensions; a matrix has 2");
        }

        long count = header.RequireCount(size, offset, stream.Length - stream.Position);
        if (count > Array.MaxLength || header.Shape[0] > int.MaxValue || header.Shape[1] > int.MaxValue)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                $"The matrix has {count} elements; at most {Array.MaxLength} are read.",
                count);
        }

        (int rows, int columns) = ((int)header.Shape[0], (int)header.Shape[1]);
        if (rows == 0 || columns == 0)
        {
            // DataSet has the words for either; no names are made for a matrix of millions of columns and no rows.
            return new DataSet(columns == 0 ? [] : [CsvDataReader.DefaultColumnName(1)], rows, []);
        }

        double[] values = new double[count];
        ReadValues(stream, size, NpyTypes.IsBigEndian(header.Descr), values, cancellationToken);
        string[] names = [.. Enumerable.Range(1, columns).Select(CsvDataReader.DefaultColumnName)];
        return new DataSet(
            names, rows, header.FortranOrder ? Transpose(values, rows, columns) : values, allowsNonFinite);
    }

    private static void ReadValues(
        Stream stream, int size, bool isBigEndian, Span<double> values, CancellationToken cancellationToken)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(ChunkSize);
        try
        {
            while (!values.IsEmpty)
            {
                cancellationToken.ThrowIfCancellationRequested();
                int count = Math.Min(values.Length, ChunkSize / size);
                Span<byte> chunk = buffer.AsSpan(0, count * size);
                stream.ReadExactly(chunk);
                for (int i = 0; i < count; i++)
                {
                    values[i] = NumberOf(chunk.Slice(i * size, size), isBigEndian);
                }

                values = values[count..];
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private static double NumberOf(ReadOnlySpan<byte> bytes, bool isBigEndian) => (bytes.Length, isBigEndian) switch
    {
        (2, false) => (double)BinaryPrimitives.ReadHalfLittleEndian(bytes),
        (2, true) => (double)BinaryPrimitives.ReadHalfBigEndian(bytes),
        (4, false) => BinaryPrimitives.ReadSingleLittleEndian(bytes),
        (4, true) => BinaryPrimitives.ReadSingleBigEndian(bytes),
        (_, false) => BinaryPrimitives.ReadDoubleLittleEndian(bytes),
        (_, true) => BinaryPrimitives.ReadDoubleBigEndian(bytes),
    };

    private static double[] Transpose(double[] columnMajor, int rows, int columns)
    {
        double[] rowMajor = new double[columnMajor.Length];
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                rowMajor[i * columns + j] = columnMajor[j * rows + i];
            }
        }

        return rowMajor;
    }
}
