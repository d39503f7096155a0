using System.Globalization;
using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// A table of numbers with named columns: rows are examples, columns are inputs of a network. All of them are finite,
/// unless it was made to hold others too.
/// </summary>
public sealed class DataSet
{
    // Columns turned together: so many values of a row fill a line of the cache, which is then read once.
    private const int ColumnsTogether = 8;

    // A value that is read here and written there costs about as much as this many fused multiply-adds of a product.
    private const int WorkPerElement = 32;

    private readonly double[] _values;

    /// <summary>A table over the given values, which it keeps and does not change.</summary>
    /// <param name="columnNames">The names of the columns, one or more.</param>
    /// <param name="rowCount">The number of rows, at least 1.</param>
    /// <param name="values">Row after row: rowCount * columns numbers.</param>
    /// <param name="allowsNonFinite">True where NaN and infinities are numbers like others.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.EmptyBatch"/>: no row; <see cref="ErrorId.InvalidShape"/>: no column;
    /// <see cref="ErrorId.ShapeMismatch"/>: another number of values;
    /// <see cref="ErrorId.InvalidCell"/>: a value that is NaN or infinite.
    /// </exception>
    public DataSet(IReadOnlyList<string> columnNames, int rowCount, double[] values, bool allowsNonFinite = false)
    {
        ArgumentNullException.ThrowIfNull(columnNames);
        ArgumentNullException.ThrowIfNull(values);
        if (rowCount < 1)
        {
            throw new InitToolsException(ErrorId.EmptyBatch, "The data have no rows; at least one is needed.");
        }

        if (columnNames.Count == 0)
        {
            throw new InitToolsException(ErrorId.InvalidShape, "The data have no columns; at least one is needed.");
        }

        if (values.Length != (long)rowCount * columnNames.Count)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"{values.Length} values do not fill {rowCount} rows of {columnNames.Count} columns.",
                values.Length);
        }

        ColumnNames = [.. columnNames];
        RowCount = rowCount;
        AllowsNonFinite = allowsNonFinite;
        _values = values;
        if (!allowsNonFinite)
        {
            RequireFinite();
        }
    }

    /// <summary>The names of the columns, left to right.</summary>
    public IReadOnlyList<string> ColumnNames { get; }

    /// <summary>The number of rows.</summary>
    public int RowCount { get; }

    /// <summary>The number of columns.</summary>
    public int ColumnCount => ColumnNames.Count;

    /// <summary>True where NaN and infinities are numbers like others.</summary>
    public bool AllowsNonFinite { get; }

    /// <summary>All values, row after row.</summary>
    public ReadOnlySpan<double> Values => _values;

    /// <summary>How many values are NaN or infinite.</summary>
    public int CountNonFinite() => _values.Count(value => !double.IsFinite(value));

    /// <summary>Fails where values are NaN or infinite: how many, and which is the first.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidCell"/>.</exception>
    public void RequireFinite()
    {
        int first = Array.FindIndex(_values, value => !double.IsFinite(value));
        if (first < 0)
        {
            return;
        }

        string text = _values[first].ToString(CultureInfo.InvariantCulture);
        int count = CountNonFinite();
        string others = count == 1 ? "" : $", the first of {count} cells that are NaN or infinite";
        throw new InitToolsException(
            ErrorId.InvalidCell,
            $"Row {first / ColumnCount + 1}, column '{ColumnNames[first % ColumnCount]}' holds {text}{others}; every "
            + "cell is a finite number, unless such cells are allowed (AllowNonFinite).",
            text);
    }

    /// <summary>One value, both places counted from 0.</summary>
    public double this[int row, int column] => Row(row)[column];

    /// <summary>One row, counted from 0.</summary>
    public ReadOnlySpan<double> Row(int row) => _values.AsSpan(row * ColumnCount, ColumnCount);

    /// <summary>The place of a column, counted from 0.</summary>
    /// <param name="name">Its name; where none is spelled so, one that differs only in case is taken.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ColumnNotFound"/>: no such column.</exception>
    public int ColumnIndex(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach (StringComparison comparison in
            (ReadOnlySpan<StringComparison>)[StringComparison.Ordinal, StringComparison.OrdinalIgnoreCase])
        {
            for (int j = 0; j < ColumnCount; j++)
            {
                if (string.Equals(ColumnNames[j], name, comparison))
                {
                    return j;
                }
            }
        }

        const int MostNamesShown = 10;
        string names = string.Join(", ", ColumnNames.Take(MostNamesShown));
        throw new InitToolsException(
            ErrorId.ColumnNotFound,
            $"The data have no column '{name}'; did you mean '{NearestName.Of(name, ColumnNames)}'? They have " +
            $"{ColumnCount}: {names}{(ColumnCount > MostNamesShown ? ", ..." : "")}.",
            name);
    }

    /// <summary>The same columns of some rows.</summary>
    /// <param name="rows">The rows taken, counted from 0, in this order.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.EmptyBatch"/>: no row is taken.</exception>
    public DataSet TakeRows(ReadOnlySpan<int> rows)
    {
        double[] values = new double[rows.Length * ColumnCount];
        for (int i = 0; i < rows.Length; i++)
        {
            Row(rows[i]).CopyTo(values.AsSpan(i * ColumnCount));
        }

        return new DataSet(ColumnNames, rows.Length, values, AllowsNonFinite);
    }

    /// <summary>The first rows.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.EmptyBatch"/>: none asked for; <see cref="ErrorId.BatchTooLarge"/>: more than there are.
    /// </exception>
    public DataSet TakeRows(int count)
    {
        if (count > RowCount)
        {
            throw new InitToolsException(
                ErrorId.BatchTooLarge,
                $"{count} rows were asked for; the data have {RowCount}.",
                count);
        }

        return new DataSet(
            ColumnNames, count, _values.AsSpan(0, Math.Max(count, 0) * ColumnCount).ToArray(), AllowsNonFinite);
    }

    /// <summary>The same rows without some columns.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ColumnNotFound"/>: no such column; <see cref="ErrorId.InvalidShape"/>: no column is left.
    /// </exception>
    public DataSet ExcludeColumns(IEnumerable<string> names)
    {
        ArgumentNullException.ThrowIfNull(names);
        HashSet<int> excluded = [.. names.Select(ColumnIndex)];
        int[] kept = [.. Enumerable.Range(0, ColumnCount).Where(j => !excluded.Contains(j))];
        double[] values = new double[RowCount * kept.Length];
        for (int i = 0; i < RowCount; i++)
        {
            for (int j = 0; j < kept.Length; j++)
            {
                values[i * kept.Length + j] = this[i, kept[j]];
            }
        }

        return new DataSet([.. kept.Select(j => ColumnNames[j])], RowCount, values, AllowsNonFinite);
    }

    /// <summary>
    /// A number as tables have it: a decimal point, an exponent, no group separators, whatever the culture; also
    /// <c>NaN</c>, <c>Infinity</c> and, as NumPy writes it, <c>inf</c>.
    /// </summary>
    public static bool TryParse(ReadOnlySpan<char> text, out double number)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
        {
            return true;
        }

        ReadOnlySpan<char> trimmed = text.Trim();
        bool isNegative = trimmed.StartsWith("-");
        number = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
        return trimmed[(isNegative || trimmed.StartsWith("+") ? 1 : 0)..]
            .Equals("inf", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A column of class labels, 0 to <paramref name="classCount"/> - 1.</summary>
    /// <param name="column">The column's name.</param>
    /// <param name="classCount">The number of classes: the width of the network's output.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ColumnNotFound"/>: no such column;
    /// <see cref="ErrorId.LabelOutOfRange"/>: a cell is no whole number, or none of the classes.
    /// </exception>
    public int[] ExtractLabels(string column, int classCount)
    {
        int j = ColumnIndex(column);
        int[] labels = new int[RowCount];
        for (int i = 0; i < RowCount; i++)
        {
            double value = this[i, j];
            if (!(value >= 0 && value < classCount) || value != Math.Floor(value))
            {
                throw new InitToolsException(
                    ErrorId.LabelOutOfRange,
                    string.Create(
                        CultureInfo.InvariantCulture,
                        $"Row {i + 1}, column '{ColumnNames[j]}' holds the label {value}; labels are whole numbers " +
                        $"from 0 to {classCount - 1}, as the output has {classCount} units."),
                    value);
            }

            labels[i] = (int)value;
        }

        return labels;
    }

    /// <summary>The data standardized by their own statistics; see <see cref="Standardizer"/>.</summary>
    public DataSet Standardize(Standardization kind) => Standardizer.Fit(this, kind).Apply(this);

    /// <summary>
    /// The values as a network takes them: feature-major, columns x rows, so that the values of one input over the
    /// batch are neighbours.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="options">The number of threads, and cancellation; all cores where none are given.</param>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public T[] ToFeatureMajor<T>(ParallelOptions? options = null)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] values = new T[_values.Length];
        ParallelWork.ForEach(
            (ColumnCount - 1) / ColumnsTogether + 1,
            values.Length * (long)WorkPerElement,
            options ?? new ParallelOptions(),
            piece =>
            {
                int first = piece * ColumnsTogether;
                int count = Math.Min(ColumnsTogether, ColumnCount - first);
                for (int i = 0; i < RowCount; i++)
                {
                    ReadOnlySpan<double> row = Row(i).Slice(first, count);
                    for (int j = 0; j < row.Length; j++)
                    {
                        values[(first + j) * RowCount + i] = T.CreateTruncating(row[j]);
                    }
                }
            });
        return values;
    }
}
