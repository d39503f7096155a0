using System.Globalization;
using CsvHelper;

namespace InitTools.Formats;

/// <summary>
/// Reads a table of numbers from comma-separated values (RFC 4180, UTF-8, or UTF-16 with a byte order mark).
/// </summary>
/// <remarks>
/// The first line names the columns, unless each of its cells is a number: then it is the first row, and the columns
/// are called <c>column1</c>, <c>column2</c>, ... A column without a name is called by its place as well. Numbers are
/// read invariantly on every culture: a decimal point, no group separators. Rows are counted from 1 without the header.
/// </remarks>
public static class CsvDataReader
{
    /// <summary>An unclosed quote must not swallow a large file.</summary>
    private const int MaximumRecordSize = 1 << 24;

    private const int CancellationInterval = 256;

    /// <summary>How much of a cell a message shows.</summary>
    private const int LongestText = 80;

    private static readonly CsvReaderOptions s_options = new()
    {
        Separator = ',',
        HasHeader = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        MaxRecordSize = MaximumRecordSize,
        TrackLineNumbers = true,
    };

    /// <summary>The name of a column that has none.</summary>
    /// <param name="number">Its place, counted from 1.</param>
    public static string DefaultColumnName(int number) =>
        string.Create(CultureInfo.InvariantCulture, $"column{number}");

    /// <summary>Reads all rows.</summary>
    /// <param name="stream">The text; it is read to its end and left open.</param>
    /// <param name="excludedColumns">Columns that are not read, and so may hold anything; none if null.</param>
    /// <param name="allowsNonFinite">True where NaN and infinities are numbers like others.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidCell"/>: a cell is not a finite number (the message names row, column and text);
    /// <see cref="ErrorId.EmptyBatch"/>: no row; <see cref="ErrorId.ColumnNotFound"/>: an excluded column is not there;
    /// <see cref="ErrorId.InvalidShape"/>: all columns are excluded.
    /// </exception>
    /// <exception cref="InvalidDataException">
    /// A row has more or fewer cells than the first line, a name stands twice, or quotes do not match.
    /// </exception>
    public static DataSet Read(
        Stream stream,
        IReadOnlyCollection<string>? excludedColumns = null,
        bool allowsNonFinite = false,
        CancellationToken cancellationToken = default)
    {
        return Read(stream, reader => ReadTable(reader, excludedColumns ?? [], allowsNonFinite, cancellationToken));
    }

    /// <summary>Reads the names of the columns, and no further.</summary>
    /// <param name="stream">The text; it is left open.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.EmptyBatch"/>: no line.</exception>
    /// <exception cref="InvalidDataException">The text is not CSV, or two columns have one name.</exception>
    public static IReadOnlyList<string> ReadColumnNames(Stream stream) =>
        Read(stream, reader => ReadNames(reader).Names);

    /// <summary>Reads the cells of all rows as they are, by the names of the first line.</summary>
    /// <param name="stream">The text; it is left open.</param>
    internal static List<Dictionary<string, string?>> ReadTexts(Stream stream) => Read(stream, reader =>
    {
        string[] names = ReadNames(reader).Names;
        List<Dictionary<string, string?>> rows = [];
        while (reader.Read())
        {
            RequireCells(reader, rows.Count + 1, names.Length);
            Dictionary<string, string?> row = new(StringComparer.OrdinalIgnoreCase);
            for (int column = 0; column < names.Length; column++)
            {
                row[names[column]] = reader.GetString(column);
            }

            rows.Add(row);
        }

        return rows;
    });

    private static T Read<T>(Stream stream, Func<CsvReader, T> read)
    {
        ArgumentNullException.ThrowIfNull(stream);
        try
        {
            using CsvReader reader = CsvReader.Create(stream, s_options, leaveOpen: true);
            return read(reader);
        }
        catch (CsvFormatException exception)
        {
            throw new InvalidDataException($"The data are malformed: {exception.Message}", exception);
        }
    }

    private static DataSet ReadTable(
        CsvReader reader,
        IReadOnlyCollection<string> excludedColumns,
        bool allowsNonFinite,
        CancellationToken cancellationToken)
    {
        (string[] names, bool hasHeader) = ReadNames(reader);
        int[] columns = KeptColumns(names, excludedColumns);

        List<double> values = [];
        int rows = 0;
        int nonFiniteCount = 0;
        InitToolsException? first = null;
        for (bool isRow = !hasHeader || reader.Read(); isRow; isRow = reader.Read())
        {
            rows++;
            if (rows % CancellationInterval == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            RequireCells(reader, rows, names.Length);
            foreach (int column in columns)
            {
                if (!TryParse(reader, column, out double value))
                {
                    throw InvalidCell(reader, rows, names[column], column, "");
                }

                if (!double.IsFinite(value) && !allowsNonFinite)
                {
                    nonFiniteCount++;
                    first ??= InvalidCell(
                        reader, rows, names[column], column, ", unless such cells are allowed (AllowNonFinite)");
                }

                values.Add(value);
            }
        }

        return first is null
            ? new DataSet([.. columns.Select(column => names[column])], rows, [.. values], allowsNonFinite)
            : throw (nonFiniteCount == 1 ? first : new InitToolsException(
                ErrorId.InvalidCell,
                $"{first.Message} It is the first of {nonFiniteCount} cells that are NaN or infinite.",
                first.Value));
    }

    private static (string[] Names, bool HasHeader) ReadNames(CsvReader reader)
    {
        if (!reader.Read())
        {
            throw new InitToolsException(
                ErrorId.EmptyBatch,
                "The data are empty; a line of names and a row are needed.");
        }

        bool hasHeader = !Enumerable.Range(0, reader.FieldCount).All(column => IsFinite(reader, column));
        string[] names =
        [
            .. Enumerable.Range(0, reader.FieldCount).Select(column =>
                hasHeader && reader.GetString(column).Trim() is { Length: > 0 } name
                    ? name
                    : DefaultColumnName(column + 1)),
        ];
        ThrowIfDuplicate(names);
        return (names, hasHeader);
    }

    private static void RequireCells(CsvReader reader, int row, int count)
    {
        if (reader.FieldCount != count)
        {
            throw new InvalidDataException(
                $"Row {row} (line {reader.LineNumber}) has {reader.FieldCount} cells; every row has " +
                $"{count}, as the first line has.");
        }
    }

    private static bool IsFinite(CsvReader reader, int column) =>
        TryParse(reader, column, out double value) && double.IsFinite(value);

    // Nearly all cells are numbers that need no text of their own.
    private static bool TryParse(CsvReader reader, int column, out double value) =>
        double.TryParse(reader.GetSpan(column), NumberStyles.Float, CultureInfo.InvariantCulture, out value)
        || DataSet.TryParse(reader.GetString(column), out value);

    private static InitToolsException InvalidCell(CsvReader reader, int row, string name, int column, string unless)
    {
        string text = QuotedText.Shorten(reader.GetString(column), LongestText);
        return new InitToolsException(
            ErrorId.InvalidCell,
            $"Row {row} (line {reader.LineNumber}), column '{name}' holds '{text}'; every cell is a finite number such "
            + $"as -1.5 or 2e-3{unless}.",
            text);
    }

    private static void ThrowIfDuplicate(string[] names)
    {
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice)
        {
            throw new InvalidDataException($"The first line names the column '{twice.Key}' {twice.Count()} times.");
        }
    }

    private static int[] KeptColumns(string[] names, IReadOnlyCollection<string> excludedColumns)
    {
        // DataSet knows how a column is looked up and says which columns there are.
        var header = new DataSet(names, 1, new double[names.Length]);
        HashSet<int> excluded = [.. excludedColumns.Select(header.ColumnIndex)];
        return [.. Enumerable.Range(0, names.Length).Where(column => !excluded.Contains(column))];
    }
}
