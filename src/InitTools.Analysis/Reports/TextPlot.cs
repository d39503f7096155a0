using System.Globalization;

namespace InitTools.Analysis.Reports;

/// <summary>One series of a plot.</summary>
/// <param name="Mark">Its mark.</param>
/// <param name="Values">A value a layer; one that is null or NaN is not drawn.</param>
/// <param name="Expected">What theory has, likewise; none where it is not to be drawn.</param>
internal sealed record PlotSeries(char Mark, IReadOnlyList<double?> Values, IReadOnlyList<double?> Expected);

/// <summary>Marks over layers on a logarithmic axis, in lines of text.</summary>
internal static class TextPlot
{
    /// <summary>Stands where marks of several series would.</summary>
    public const char Several = '*';

    /// <summary>Stands where theory has the only series.</summary>
    public const char Theory = '\u00B7';

    private const int WidestStep = 8;

    private static readonly int[] s_multiples = [1, 2, 5];

    /// <summary>Draws the series.</summary>
    /// <param name="series">The series, all of the same layers.</param>
    /// <param name="width">Columns of text that no line exceeds.</param>
    /// <param name="height">Rows from one end of the powers of ten to the other.</param>
    public static IReadOnlyList<string> Draw(IReadOnlyList<PlotSeries> series, int width, int height)
    {
        double[] values =
        [
            .. series.SelectMany(one => one.Values.Concat(one.Expected)).OfType<double>()
                .Where(value => !double.IsNaN(value)),
        ];
        if (values.Length == 0)
        {
            return ["No layer has such a figure."];
        }

        var axis = new LogarithmicAxis(values, height);
        int gutter = axis.Labels.Values.Max(label => label.Length);
        const int AxisWidth = 3;
        int count = series[0].Values.Count;
        int room = width - gutter - AxisWidth;
        int step = Math.Clamp(room / count, 1, WidestStep);
        int[] columns = [.. Enumerable.Range(0, count).Select(layer => ColumnOf(layer, count, room, step))];
        char[][] cells = [.. Enumerable.Range(0, axis.RowCount).Select(_ => Blank(columns[^1] + step))];
        foreach (PlotSeries one in series)
        {
            Place(one.Values, one.Mark, step, axis, columns, cells);
        }

        foreach (PlotSeries one in series)
        {
            PlaceTheory(one.Expected, axis, columns, cells);
        }

        List<string> lines =
        [
            .. cells.Select((row, index) => axis.Labels.TryGetValue(index, out string? label)
                ? $"{label.PadLeft(gutter)} \u2524 {new string(row)}".TrimEnd()
                : $"{new string(' ', gutter)} \u2502 {new string(row)}".TrimEnd()),
        ];
        (string ticks, string numbers) = HorizontalAxis(columns, room);
        string margin = new(' ', gutter);
        return [.. lines, $"{margin} \u2514\u2500{ticks}", $"{margin}   {numbers}"];
    }

    // As far apart as there is room, in whole steps where there is room for one.
    private static int ColumnOf(int layer, int count, int room, int step) =>
        count <= room ? layer * step : (int)((long)layer * (room - 1) / (count - 1));

    // Marks of one row stand side by side, up to the next layer's.
    private static void Place(
        IReadOnlyList<double?> values, char mark, int step, LogarithmicAxis axis, int[] columns, char[][] cells)
    {
        for (int layer = 0; layer < values.Count; layer++)
        {
            if (values[layer] is double value && !double.IsNaN(value))
            {
                Span<char> places = cells[axis.RowOf(value)].AsSpan(columns[layer], step);
                if (!places.Contains(mark))
                {
                    int free = places[..Math.Max(1, step - 1)].IndexOf(' ');
                    places[free < 0 ? 0 : free] = free < 0 ? Several : mark;
                }
            }
        }
    }

    private static void PlaceTheory(
        IReadOnlyList<double?> values, LogarithmicAxis axis, int[] columns, char[][] cells)
    {
        for (int layer = 0; layer < values.Count; layer++)
        {
            if (values[layer] is double value && !double.IsNaN(value))
            {
                ref char cell = ref cells[axis.RowOf(value)][columns[layer]];
                cell = cell == ' ' ? Theory : cell;
            }
        }
    }

    private static (string Ticks, string Numbers) HorizontalAxis(int[] columns, int room)
    {
        int count = columns.Length;
        int distance = count.ToString(CultureInfo.InvariantCulture).Length + 1;
        int step = Enumerable.Range(0, 10)
            .SelectMany(power => s_multiples.Select(multiple => multiple * (int)Math.Pow(10, power)))
            .First(step => step >= count || columns[step] >= distance);
        char[] ticks = Blank(columns[^1] + 1, '\u2500');
        char[] numbers = Blank(room);
        int free = 0;
        for (int layer = 1; layer <= count; layer++)
        {
            int column = columns[layer - 1];
            if ((layer == 1 || layer % step == 0) && column >= free)
            {
                string number = layer.ToString(CultureInfo.InvariantCulture);
                ticks[column] = '\u252C';
                number.CopyTo(numbers.AsSpan(Math.Min(column, room - number.Length)));
                free = column + number.Length + 1;
            }
        }

        return (new string(ticks), new string(numbers).TrimEnd());
    }

    private static char[] Blank(int length, char filling = ' ')
    {
        char[] row = new char[length];
        Array.Fill(row, filling);
        return row;
    }
}
