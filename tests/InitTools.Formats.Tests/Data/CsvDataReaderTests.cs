using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Xunit;

namespace InitTools.Formats.Tests.Data;

public class CsvDataReaderTests
{
    [Fact]
    public void Header_names_the_columns()
    {
        DataSet data = Read("height,weight\n1.5,-2e-3\n+3,4\n");

        Assert.Equal(["height", "weight"], data.ColumnNames);
        Assert.Equal([1.5, -0.002, 3, 4], data.Values.ToArray());
        Assert.Equal(2, data.RowCount);
    }

    [Fact]
    public void First_line_of_numbers_is_a_row()
    {
        DataSet data = Read("1,2\n3,4");

        Assert.Equal(["column1", "column2"], data.ColumnNames);
        Assert.Equal([1, 2, 3, 4], data.Values.ToArray());
    }

    [Fact]
    public void Column_without_a_name_is_called_by_its_place() =>
        Assert.Equal(["column1", "a", "column3"], Read(",a,\n0,1,2\n").ColumnNames);

    [Fact]
    public void Quoted_cells_and_Windows_line_ends_are_read()
    {
        DataSet data = Read("\"the \"\"x\"\", in m\",\"y\"\r\n\"1.5\",\" 2 \"\r\n\r\n3,4\r\n");

        Assert.Equal(["the \"x\", in m", "y"], data.ColumnNames);
        Assert.Equal([1.5, 2, 3, 4], data.Values.ToArray());
    }

    [Fact]
    public void Byte_order_marks_are_honoured()
    {
        foreach (Encoding encoding in (Encoding[])[new UTF8Encoding(true), Encoding.Unicode, Encoding.BigEndianUnicode])
        {
            byte[] bytes = [.. encoding.GetPreamble(), .. encoding.GetBytes("größe,y\n1,2\n")];
            Assert.Equal(["größe", "y"], CsvDataReader.Read(
                new MemoryStream(bytes),
                null,
                cancellationToken: TestContext.Current.CancellationToken).ColumnNames);
        }
    }

    [Theory]
    [InlineData("a,b\n1,2\n3,red\n", 2, 3, "b", "red")]
    [InlineData("a,b\n1,\n", 1, 2, "b", "")]
    [InlineData("a,b\nNaN,1\n", 1, 2, "a", "NaN")]
    [InlineData("a,b\n1,Infinity\n", 1, 2, "b", "Infinity")]
    [InlineData("a,b\n1e999,1\n", 1, 2, "a", "1e999")]
    [InlineData("a,b\n\"1,5\",1\n", 1, 2, "a", "1,5")]
    [InlineData("a,b\n0x1F,1\n", 1, 2, "a", "0x1F")]
    [InlineData("a,b\n1 000,1\n", 1, 2, "a", "1 000")]
    [InlineData("1,2\n3,x\n", 2, 2, "column2", "x")]
    [InlineData("\"a\nb\",c\n1,2\n3,x\n", 2, 4, "c", "x")]
    public void Cell_that_is_no_finite_number_is_named(string csv, int row, int line, string column, string text)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => Read(csv));

        Assert.Equal(ErrorId.InvalidCell, error.ErrorId);
        Assert.Contains(
            $"Row {row} (line {line}), column '{column}' holds '{text}';",
            error.Message,
            StringComparison.Ordinal);
        Assert.Equal(text, error.Value);
    }

    [Fact]
    public void Cells_that_are_not_finite_are_counted_or_allowed()
    {
        const string Csv = "a,b\n1,nan\ninf,2\n-inf,3\n";
        InitToolsException error = Assert.Throws<InitToolsException>(() => Read(Csv));
        Assert.Contains("Row 1 (line 2), column 'b' holds 'nan'", error.Message, StringComparison.Ordinal);
        Assert.Contains("the first of 3 cells", error.Message, StringComparison.Ordinal);
        Assert.Equal(1, Assert.Single(Read("a,b\n1,nan\n", "b").Values.ToArray()));

        DataSet data = CsvDataReader.Read(
            new MemoryStream(Encoding.UTF8.GetBytes(Csv)),
            allowsNonFinite: true,
            cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(
            [1, double.NaN, double.PositiveInfinity, 2, double.NegativeInfinity, 3], data.Values.ToArray());
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n\n")]
    [InlineData("a,b\n")]
    public void Data_without_rows_are_an_empty_batch(string csv) =>
        Assert.Equal(ErrorId.EmptyBatch, Assert.Throws<InitToolsException>(() => Read(csv)).ErrorId);

    [Theory]
    [InlineData("a,b\n1,2\n3\n", "Row 2 (line 3) has 1 cells; every row has 2")]
    [InlineData("a,b\n1,2,3\n", "Row 1 (line 2) has 3 cells; every row has 2")]
    [InlineData("a,b,a\n1,2,3\n", "column 'a' 2 times")]
    [InlineData("a,b\n\"1,2\n", "malformed")]
    [InlineData("a,b\n\"1\"2,3\n", "malformed")]
    public void Malformed_table_is_named(string csv, string problem)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(() => Read(csv));

        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Excluded_column_may_hold_anything()
    {
        DataSet data = Read("a,species,b\n1,setosa,2\n3,,4\n", "Species");

        Assert.Equal(["a", "b"], data.ColumnNames);
        Assert.Equal([1, 2, 3, 4], data.Values.ToArray());
    }

    [Fact]
    public void Excluded_column_that_is_not_there_is_named()
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => Read("a,digit\n1,2\n", "digits"));

        Assert.Equal(ErrorId.ColumnNotFound, error.ErrorId);
        Assert.Contains("'digit'", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Numbers_mean_the_same_on_every_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(1.5, Read("a\n1.5\n")[0, 0]);
            Assert.Throws<InitToolsException>(() => Read("a\n\"1,5\"\n"));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Digits_are_1797_rows_of_64_pixels_and_a_digit()
    {
        DataSet data = DataFile.Read(
            TestData.PathOf("digits.csv"),
            cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal((1797, 65), (data.RowCount, data.ColumnCount));
        Assert.Equal("digit", data.ColumnNames[^1]);
        Assert.Equal((0, 16), (data.Values[..].ToArray().Min(), data.Values[..].ToArray().Max()));
    }

    [Fact]
    public void Every_double_survives_its_shortest_text() =>
        Prop.ForAll<double[]>(numbers =>
        {
            double[] finite = [.. numbers.Where(double.IsFinite), -0.0, double.Epsilon, double.MaxValue];
            string csv = $"x\n{string.Join('\n', finite.Select(x => x.ToString("R", CultureInfo.InvariantCulture)))}\n";
            Assert.Equal(
                finite.Select(BitConverter.DoubleToInt64Bits),
                Read(csv).Values.ToArray().Select(BitConverter.DoubleToInt64Bits));
        }).Check(Config.QuickThrowOnFailure.WithReplay(20261122, 7));

    [Fact]
    public void Any_text_is_read_or_refused_and_nothing_else()
    {
        string[] parts = ["1", "-2.5", "a", ",", "\"", "\n", "\r\n", "\r", " ", "\0", "é", "NaN", "\ud83d\ude00"];
        Gen<string> text = Gen.Elements(parts)
            .ListOf(24)
            .Select(chosen => string.Concat(chosen));

        Prop.ForAll(text.ToArbitrary(), csv =>
        {
            try
            {
                Read(csv);
            }
            catch (InvalidDataException)
            {
            }
            catch (InitToolsException)
            {
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5000).WithReplay(20261122, 7));
    }

    private static DataSet Read(string csv, params string[] excludedColumns) => CsvDataReader.Read(
        new MemoryStream(Encoding.UTF8.GetBytes(csv)),
        excludedColumns,
        cancellationToken: TestContext.Current.CancellationToken);
}
