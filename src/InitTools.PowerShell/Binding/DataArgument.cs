using System.Collections;
using System.Globalization;
using System.Management.Automation;
using InitTools.Formats;
using static InitTools.PowerShell.Binding.WrappedValue;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// Data as scripts give them: the path of a .csv or .npy file, rows of Import-Csv or other objects with a property a
/// column, a list of lists of numbers, or a two-dimensional array.
/// </summary>
internal static class DataArgument
{
    /// <summary>Reads the data.</summary>
    /// <param name="cmdlet">Knows the drives of PowerShell.</param>
    /// <param name="data">The argument.</param>
    /// <param name="excludedColumns">Columns that are not read, and so may hold anything.</param>
    /// <param name="allowsNonFinite">True where NaN and infinities are numbers like others.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidCell"/>, <see cref="ErrorId.EmptyBatch"/>, <see cref="ErrorId.ColumnNotFound"/>,
    /// <see cref="ErrorId.InvalidShape"/>, <see cref="ErrorId.InvalidFile"/>.
    /// </exception>
    /// <exception cref="InvalidDataException">A file is malformed.</exception>
    public static DataSet Read(
        PSCmdlet cmdlet,
        object data,
        IReadOnlyCollection<string> excludedColumns,
        bool allowsNonFinite,
        CancellationToken cancellationToken)
    {
        object plain = Unwrap(data)!;
        DataSet read = plain switch
        {
            string path => DataFile.Read(
                ProviderPath.OfExistingFile(cmdlet, path), excludedColumns, allowsNonFinite, cancellationToken),
            FileInfo file => DataFile.Read(file.FullName, excludedColumns, allowsNonFinite, cancellationToken),
            DataSet set => Exclude(set, excludedColumns),
            Array { Rank: 2 } matrix => Exclude(OfMatrix(matrix), excludedColumns),
            IEnumerable rows and not IDictionary =>
                OfRows([.. rows.Cast<object?>()], excludedColumns, cancellationToken),
            _ => OfRows([data], excludedColumns, cancellationToken),
        };
        if (!allowsNonFinite)
        {
            read.RequireFinite();
        }

        return read;
    }

    private static DataSet OfRows(
        IReadOnlyList<object?> rows,
        IReadOnlyCollection<string> excludedColumns,
        CancellationToken cancellationToken)
    {
        if (rows.Count == 0)
        {
            throw new InitToolsException(ErrorId.EmptyBatch, "The data have no rows; at least one is needed.");
        }

        return PropertyReader.Of(rows[0]) is PropertyReader first
            ? OfObjects(rows, first.Names, excludedColumns, cancellationToken)
            : Exclude(OfLists(rows, cancellationToken), excludedColumns);
    }

    private static DataSet OfObjects(
        IReadOnlyList<object?> rows,
        IReadOnlyList<string> names,
        IReadOnlyCollection<string> excludedColumns,
        CancellationToken cancellationToken)
    {
        // DataSet knows how a column is looked up and says which columns there are.
        var header = new DataSet(names, 1, new double[names.Count]);
        HashSet<int> excluded = [.. excludedColumns.Select(header.ColumnIndex)];
        string[] kept = [.. names.Where((_, column) => !excluded.Contains(column))];
        double[] values = new double[rows.Count * kept.Length];
        for (int i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            PropertyReader? row = PropertyReader.Of(rows[i]);
            for (int j = 0; j < kept.Length; j++)
            {
                values[i * kept.Length + j] = NumberOf(row?.Value(kept[j]), i + 1, kept[j]);
            }
        }

        return new DataSet(kept, rows.Count, values, allowsNonFinite: true);
    }

    private static DataSet OfLists(IReadOnlyList<object?> rows, CancellationToken cancellationToken)
    {
        string[]? names = null;
        List<double> values = [];
        for (int i = 0; i < rows.Count; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            object?[] cells = Unwrap(rows[i]) is IEnumerable list and not string
                ? [.. list.Cast<object?>()]
                : throw new InitToolsException(
                    ErrorId.InvalidShape,
                    $"Row {i + 1} is '{InvariantText.Of(rows[i])}'; a row is an object with a property for each "
                    + "column, or a list of numbers.",
                    rows[i]);
            names ??= DefaultNames(cells.Length);
            if (cells.Length != names.Length)
            {
                throw new InitToolsException(
                    ErrorId.ShapeMismatch,
                    $"Row {i + 1} has {cells.Length} cells; row 1 has {names.Length}.",
                    cells.Length);
            }

            for (int j = 0; j < cells.Length; j++)
            {
                values.Add(NumberOf(cells[j], i + 1, names[j]));
            }
        }

        return new DataSet(names!, rows.Count, [.. values], allowsNonFinite: true);
    }

    private static DataSet OfMatrix(Array matrix)
    {
        int rowCount = matrix.GetLength(0);
        string[] names = DefaultNames(matrix.GetLength(1));
        double[] values = new double[matrix.Length];
        int k = 0;
        foreach (object? cell in matrix)
        {
            values[k] = NumberOf(cell, k / names.Length + 1, names[k % names.Length]);
            k++;
        }

        return new DataSet(names, rowCount, values, allowsNonFinite: true);
    }

    private static double NumberOf(object? cell, int row, string column)
    {
        double? number = Unwrap(cell) switch
        {
            string text => DataSet.TryParse(text, out double parsed) ? parsed : null,
            bool or char or DateTime => null,
            IConvertible convertible => convertible.ToDouble(CultureInfo.InvariantCulture),
            _ => null,
        };
        if (number is double value)
        {
            return value;
        }

        string received = InvariantText.Of(cell) ?? "";
        throw new InitToolsException(
            ErrorId.InvalidCell,
            string.Create(
                CultureInfo.InvariantCulture,
                $"Row {row}, column '{column}' holds '{received}'; every cell is a finite number such as -1.5 "
                + $"or 2e-3."),
            received);
    }

    private static DataSet Exclude(DataSet data, IReadOnlyCollection<string> columns) =>
        columns.Count == 0 ? data : data.ExcludeColumns(columns);

    private static string[] DefaultNames(int count) =>
        [.. Enumerable.Range(1, count).Select(CsvDataReader.DefaultColumnName)];
}
