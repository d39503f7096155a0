using System.Reflection;
using System.Text.RegularExpressions;
using InitTools.Analysis;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace InitTools.Cli;

/// <summary>
/// Output objects for people: tables that fit the terminal, and the reasons below. No figure is ever cut: where a table
/// has no room, its headings are broken over lines, then its texts, and at last each object is a list of its own.
/// </summary>
internal static partial class TableOutput
{
    /// <summary>Blanks and border that Spectre.Console puts beside each column, and at the edges of a table.</summary>
    private const int ColumnMargin = 3;
    private const int TableMargin = 1;

    /// <summary>Narrower than this, a column of texts is hard to read.</summary>
    private const int SmallestTextWidth = 16;

    /// <summary>Writes the objects.</summary>
    public static void Write<T>(CommandEnvironment environment, IReadOnlyList<T> records)
    {
        if (records.Count == 0)
        {
            return;
        }

        TableView view = TableView.Of(typeof(T));
        IReadOnlyDictionary<string, PropertyInfo> properties = RecordProperties.Of(typeof(T)).ToDictionary(p => p.Name);
        IAnsiConsole console = environment.CreateConsole();
        foreach (string[] table in view.Tables)
        {
            PropertyInfo[] own = [.. table.Select(name => properties[name])];
            if (own.Any(property => records.Any(record => property.GetValue(record) is not null)))
            {
                Column[] columns = [.. view.Key.Select(name => properties[name]).Concat(own).Select(property => new Column(
                    property,
                    [.. records.Select(record => FigureText.Of(property.GetValue(record)))]))];
                console.Write(Fit(columns, environment.Width));
            }
        }

        if (view.Remark is not null)
        {
            WriteRemarks(console, view, properties, records);
        }
    }

    private static IRenderable Fit(Column[] columns, int width)
    {
        int margins = columns.Length * ColumnMargin + TableMargin;
        if (columns.Sum(column => column.NaturalWidth(broken: false)) + margins <= width)
        {
            return ToTable(columns, broken: false);
        }

        int smallest = columns.Sum(column => column.IsFigure
            ? column.NaturalWidth(broken: true)
            : Math.Min(column.NaturalWidth(broken: true), SmallestTextWidth));
        return smallest + margins <= width ? ToTable(columns, broken: true) : ToList(columns);
    }

    private static Table ToTable(Column[] columns, bool broken)
    {
        Table table = new Table().Border(TableBorder.Simple);
        foreach (Column column in columns)
        {
            var tableColumn = new TableColumn(new Text(column.Heading(broken)));
            table.AddColumn(column.IsFigure ? tableColumn.RightAligned().NoWrap() : tableColumn);
        }

        for (int row = 0; row < columns[0].Cells.Count; row++)
        {
            table.AddRow(columns.Select(column => new Text(column.Cells[row], column.StyleOf(row))));
        }

        return table;
    }

    private static Rows ToList(Column[] columns)
    {
        List<IRenderable> lines = [];
        for (int row = 0; row < columns[0].Cells.Count; row++)
        {
            lines.Add(Text.Empty);
            lines.AddRange(columns.Select(column =>
                new Text($"{column.Property.Name}: {column.Cells[row]}", column.StyleOf(row))));
        }

        return new Rows(lines);
    }

    private static void WriteRemarks<T>(
        IAnsiConsole console,
        TableView view,
        IReadOnlyDictionary<string, PropertyInfo> properties,
        IReadOnlyList<T> records)
    {
        PropertyInfo remark = properties[view.Remark!];
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (IGrouping<string, T> group in records.GroupBy(record => FigureText.Of(remark.GetValue(record))))
        {
            IEnumerable<string> keys = group.Select(record =>
                string.Join(' ', view.Key.Select(name => FigureText.Of(properties[name].GetValue(record)))));
            string label = group.Count() == records.Count && records.Count > 1
                ? "all"
                : string.Join($",{Environment.NewLine}", keys);
            grid.AddRow(new Text(label), new Text(group.Key));
        }

        console.Write(new Rows(new Text($"{remark.Name}s"), new Padder(grid, new Padding(2, 0, 0, 1))));
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordBoundary();

    private sealed record Column(PropertyInfo Property, IReadOnlyList<string> Cells)
    {
        public bool IsFigure { get; } = FigureText.IsFigure(Property.PropertyType);

        public string Heading(bool broken) => broken ? WordBoundary().Replace(Property.Name, "\n") : Property.Name;

        public int NaturalWidth(bool broken) =>
            Cells.Concat(Heading(broken).Split('\n')).Max(text => text.Length);

        public Style StyleOf(int row) => Property.Name != nameof(LayerVariance.Verdict)
            ? Style.Plain
            : new Style(Cells[row] == nameof(Verdict.Healthy) ? Color.Green : Color.Yellow);
    }
}
