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
    /// <summary>
    /// The border's blank and the padding beside each column, and the border's blanks at a table's edges.
    /// </summary>
    private const int ColumnMargin = 2;
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
        Dictionary<string, PropertyInfo> properties = RecordProperties.Of(typeof(T)).ToDictionary(p => p.Name);
        List<IRenderable> pictures = [];
        foreach (string[] table in view.Tables)
        {
            PropertyInfo[] own = [.. table.Select(name => properties[name])];
            if (own.Any(property => records.Any(record => property.GetValue(record) is not null)))
            {
                IEnumerable<PropertyInfo> all = view.Key.Select(name => properties[name]).Concat(own);
                pictures.Add(Fit([.. all.Select(property => ColumnOf(property, records))], environment.Width));
            }
        }

        if (view.Common.Length > 0)
        {
            pictures.Add(new Text(string.Join(", ", view.Common.Select(name =>
                $"{name}: {FigureText.Of(properties[name].GetValue(records[0]))}"))));
            pictures.Add(Text.NewLine);
        }

        if (view.Remark is not null)
        {
            pictures.AddRange(Remarks(view, properties, records));
        }

        environment.Draw([.. pictures]);
    }

    private static Column ColumnOf<T>(PropertyInfo property, IReadOnlyList<T> records) =>
        new(property, [.. records.Select(record => FigureText.Of(property.GetValue(record)))]);

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
            TableColumn tableColumn = new TableColumn(new Text(column.Heading(broken))).PadLeft(0).PadRight(1);
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

    private static IEnumerable<IRenderable> Remarks<T>(
        TableView view,
        Dictionary<string, PropertyInfo> properties,
        IReadOnlyList<T> records)
    {
        PropertyInfo remark = properties[view.Remark!];
        Grid grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn();
        foreach (IGrouping<string, T> group in records.GroupBy(record => FigureText.Of(remark.GetValue(record))))
        {
            string[][] keys = [.. view.Key.Select(name =>
                group.Select(record => FigureText.Of(properties[name].GetValue(record))).Distinct().ToArray())];
            bool isAll = records.Count > 1 && group.Count() == records.Count;
            grid.AddRow(
                new Text(isAll ? "all" : string.Join(", ", keys[0])),
                new Text(isAll ? group.Key : $"{string.Join(", ", keys[1])}: {group.Key}"));
        }

        return [Text.NewLine, new Text($"{remark.Name}s"), Text.NewLine, new Padder(grid, new Padding(2, 0, 0, 0))];
    }

    [GeneratedRegex("(?<=[a-z])(?=[A-Z])")]
    private static partial Regex WordBoundary();

    private sealed record Column(PropertyInfo Property, IReadOnlyList<string> Cells)
    {
        public bool IsFigure { get; } = FigureText.IsFigure(Property.PropertyType);

        public string Heading(bool broken) => broken ? WordBoundary().Replace(Property.Name, "\n") : Property.Name;

        public int NaturalWidth(bool broken) =>
            Cells.Concat(Heading(broken).Split('\n')).Max(text => text.Length);

        public Style StyleOf(int row) => Property.Name switch
        {
            nameof(LayerVariance.Verdict) => new Style(
                Cells[row] == nameof(Verdict.Healthy) ? Color.Green : Color.Yellow),
            nameof(WeightFinding.Severity) => new Style(Cells[row] switch
            {
                nameof(FindingSeverity.Information) => Color.Green,
                nameof(FindingSeverity.Warning) => Color.Yellow,
                _ => Color.Red,
            }),
            _ => Style.Plain,
        };
    }
}
