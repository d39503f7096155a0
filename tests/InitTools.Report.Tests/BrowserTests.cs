using System.Globalization;
using System.Text.Json;
using InitTools.Analysis;
using Microsoft.Playwright;
using Xunit;

namespace InitTools.Report.Tests;

/// <summary>The page in a real browser.</summary>
public class BrowserTests(Browser browser) : IClassFixture<Browser>
{
    private const string MomentChart = "Second moment of the pre-activations by layer";

    // How many canvas pixels have the colour of the first line, nearly.
    private const string CountFirstHue = """
        canvas => {
            const hex = getComputedStyle(document.documentElement).getPropertyValue('--s0').trim();
            const hue = [1, 3, 5].map(i => parseInt(hex.slice(i, i + 2), 16));
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            let count = 0;
            for (let i = 0; i < pixels.length; i += 4) {
                count += pixels[i + 3] > 200 && hue.every((c, k) => Math.abs(c - pixels[i + k]) < 8);
            }
            return count;
        }
        """;

    [Fact]
    public async Task Charts_are_drawn_with_a_line_for_each_initializer_and_nothing_is_requested_or_complained_of()
    {
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Compared);

        Assert.Equal(2, await opened.Page.Locator(".line-chart canvas").CountAsync());
        ILocator chart = opened.Chart(MomentChart);
        Assert.Equal(
            InitializerComparer.DefaultCandidates.Count,
            await chart.Locator(".legend button[aria-pressed]").CountAsync());
        Assert.Equal("Layer", await chart.GetAttributeAsync("data-x"));
        Assert.Equal("q = E[z\u00B2]", await chart.GetAttributeAsync("data-y"));
        Assert.True(await chart.Locator("canvas").EvaluateAsync<int>(CountFirstHue) > 50);
        Assert.Equal(
            InitializerComparer.DefaultCandidates.Count * 5,
            await chart.Locator("tbody tr").CountAsync());
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_answer_comes_first()
    {
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Compared);

        Assert.Matches("^He(Normal|Uniform).* for 5 layers of relu$", await opened.Page.Locator("h2").InnerTextAsync());

        // The two He laws share the first place: what differs between them is chance.
        Assert.Equal(
            InitializerComparer.DefaultCandidates.Count - 2,
            await opened.Page.Locator(".others dd").CountAsync());
    }

    [Fact]
    public async Task The_legend_takes_a_line_off_and_on()
    {
        string page = ReportPages.Write(ReportPages.Measure("HeNormal"));
        await using OpenedPage opened = await browser.OpenAsync(page);
        ILocator chart = opened.Chart(MomentChart);
        ILocator button = chart.Locator(".legend button").First;
        ILocator canvas = chart.Locator("canvas");
        int before = await canvas.EvaluateAsync<int>(CountFirstHue);

        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "false");
        int without = await canvas.EvaluateAsync<int>(CountFirstHue);
        await button.ClickAsync();
        await Assertions.Expect(button).ToHaveAttributeAsync("aria-pressed", "true");

        Assert.True(before > 50);
        Assert.Equal(0, without);
        Assert.Equal(before, await canvas.EvaluateAsync<int>(CountFirstHue));
    }

    [Fact]
    public async Task Loss_curves_are_drawn_where_candidates_were_trained()
    {
        IReadOnlyList<InitializerComparison> trained = ReportPages.Trained();
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Write(trained));
        ILocator chart = opened.Chart("Training loss by epoch");

        Assert.Equal(2, await chart.Locator(".legend button[aria-pressed]").CountAsync());
        Assert.Equal("Epoch", await chart.GetAttributeAsync("data-x"));
        Assert.True(await chart.Locator("canvas").EvaluateAsync<int>(CountFirstHue) > 50);

        // Two lines of epochs 0 to 4. Without weights both classes are equally likely: a loss of ln 2 before any step.
        Assert.Equal(10, await chart.Locator("tbody tr").CountAsync());
        string zeros =
            await chart.Locator("tbody[data-label=Zeros] tr").First.Locator("td").Nth(2).TextContentAsync() ?? "";
        Assert.Equal(Math.Log(2), double.Parse(zeros, CultureInfo.InvariantCulture), 1e-5);
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task Histograms_show_one_initializer_at_a_time_on_one_axis_or_on_each_ones_own()
    {
        IReadOnlyList<InitializerComparison> trained = ReportPages.Trained();
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Write(trained));
        ILocator chart = opened.Page.Locator(".histograms");
        ILocator pictures = chart.Locator(".grid svg");
        ILocator bars = pictures.Nth(1).Locator("path");

        // Weights and activations of two layers.
        Assert.Equal(4, await pictures.CountAsync());
        Assert.StartsWith("Layer 1, weights from -", await pictures.First.GetAttributeAsync("aria-label"));
        string shared = await bars.GetAttributeAsync("d") ?? "";
        await chart.GetByRole(AriaRole.Checkbox).UncheckAsync();
        string own = await bars.GetAttributeAsync("d") ?? "";
        Assert.NotEqual(shared, own);

        await chart.GetByRole(AriaRole.Combobox).SelectOptionAsync("Zeros");
        Assert.Equal("Layer 1, weights from 0 to 0", await pictures.First.GetAttributeAsync("aria-label"));
        Assert.Equal(1, (await bars.GetAttributeAsync("d"))?.Count(command => command == 'M'));
        Assert.Empty(opened.Complaints);
    }

    [Fact]
    public async Task The_pointer_shows_the_figures_of_the_table()
    {
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Write(ReportPages.Measure("HeNormal")));
        ILocator chart = opened.Chart(MomentChart);
        LocatorBoundingBoxResult box = (await chart.Locator(".u-over").BoundingBoxAsync())!;

        await opened.Page.Mouse.MoveAsync(box.X + box.Width / 2, box.Y + box.Height / 2);
        string tip = await chart.Locator(".tip").InnerTextAsync();

        Assert.Contains("Layer 2, second", tip, StringComparison.Ordinal);
        Assert.Contains("HeNormal: ", tip, StringComparison.Ordinal);
        string measured = await CellAsync(chart, row: 1, column: 3);
        Assert.Contains(FourDigits(measured), tip, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_keyboard_reads_figures_aloud_and_zooms()
    {
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Compared);
        ILocator chart = opened.Chart(MomentChart);
        ILocator plot = chart.Locator(".plot");
        await plot.FocusAsync();

        await plot.PressAsync("ArrowRight");
        await plot.PressAsync("ArrowRight");
        await plot.PressAsync("ArrowRight");
        string spoken = await chart.Locator(".spoken").TextContentAsync() ?? "";
        Assert.Contains("Layer 3: ", spoken, StringComparison.Ordinal);
        Assert.Contains(FourDigits(await CellAsync(chart, row: 2, column: 3)), spoken, StringComparison.Ordinal);

        byte[] whole = await chart.Locator("canvas").ScreenshotAsync();
        await plot.PressAsync("+");
        byte[] zoomed = await chart.Locator("canvas").ScreenshotAsync();
        await plot.PressAsync("0");
        Assert.NotEqual(whole, zoomed);
        Assert.Equal(whole, await chart.Locator("canvas").ScreenshotAsync());
    }

    [Fact]
    public async Task The_table_of_verdicts_is_sorted_by_any_column_both_ways()
    {
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Compared);
        ILocator head = opened.Page.Locator(".verdicts th", new() { HasText = "Forward" });

        await head.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("ascending", await head.GetAttributeAsync("aria-sort"));
        double[] ascending = await ForwardAsync(opened.Page);
        await head.GetByRole(AriaRole.Button).ClickAsync();
        Assert.Equal("descending", await head.GetAttributeAsync("aria-sort"));
        double[] descending = await ForwardAsync(opened.Page);

        Assert.Equal(InitializerComparer.DefaultCandidates.Count, ascending.Length);
        Assert.Equal(ascending.Order(), ascending);
        Assert.Equal(ascending.OrderDescending(), descending);
    }

    [Fact]
    public async Task It_is_dark_where_the_system_is_and_light_on_paper()
    {
        await using OpenedPage opened = await browser.OpenAsync(
            ReportPages.Compared,
            new BrowserNewPageOptions { ColorScheme = ColorScheme.Dark });

        Assert.Equal("rgb(20, 23, 27)", await BackgroundAsync(opened.Page));
        await opened.Page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        Assert.Equal("rgb(255, 255, 255)", await BackgroundAsync(opened.Page));
        Assert.True(await opened.Chart(MomentChart).Locator("canvas").EvaluateAsync<int>(CountFirstHue) > 50);
        Assert.False(await opened.Page.Locator("header button").IsVisibleAsync());
        Assert.True((await opened.Page.PdfAsync()).Length > 10_000);
    }

    [Fact]
    public async Task The_button_changes_between_light_and_dark()
    {
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Compared);
        string before = await BackgroundAsync(opened.Page);
        await opened.Page.Locator("header button").ClickAsync();

        Assert.Equal("rgb(255, 255, 255)", before);
        Assert.Equal("rgb(20, 23, 27)", await BackgroundAsync(opened.Page));
        Assert.True(await opened.Chart(MomentChart).Locator("canvas").EvaluateAsync<int>(CountFirstHue) > 50);
    }

    [Fact]
    public async Task A_page_fits_a_phone_without_scrolling_sideways()
    {
        await using OpenedPage opened = await browser.OpenAsync(
            ReportPages.Compared,
            new BrowserNewPageOptions { ViewportSize = new ViewportSize { Width = 375, Height = 700 } });

        Assert.Equal(
            375,
            await opened.Page.EvaluateAsync<int>("() => document.documentElement.scrollWidth"));
    }

    [Fact]
    public async Task A_layer_named_like_markup_is_text()
    {
        string page = ReportPages.Write(ReportPages.Measure("HeNormal", ReportPages.Attack), ReportPages.Attack);
        await using OpenedPage opened = await browser.OpenAsync(page);
        ILocator chart = opened.Chart(MomentChart);
        await chart.Locator(".plot").FocusAsync();
        await chart.Locator(".plot").PressAsync("ArrowRight");

        Assert.Equal(ReportPages.Attack, await opened.Page.Locator("h1").TextContentAsync());
        Assert.Contains(ReportPages.Attack, await CellAsync(chart, row: 0, column: 2), StringComparison.Ordinal);
        Assert.Contains(ReportPages.Attack, await chart.Locator(".tip").TextContentAsync(), StringComparison.Ordinal);
        Assert.Equal(0, await opened.Page.Locator("img").CountAsync());
        Assert.Empty(opened.Requests);
        Assert.Empty(opened.Complaints);
    }

    [Theory]
    [InlineData("light")]
    [InlineData("dark")]
    public async Task Lines_and_text_stand_out_from_the_ground(string theme)
    {
        await using OpenedPage opened = await browser.OpenAsync(ReportPages.Compared);
        JsonElement? colors = await opened.Page.EvaluateAsync(
            """
            theme => {
                document.documentElement.dataset.theme = theme;
                const style = getComputedStyle(document.documentElement);
                const names = ['ground', 's0', 's1', 's2', 's3', 's4', 's5', 's6', 'text', 'muted', 'sound', 'unsound'];
                return names.map(name => style.getPropertyValue(`--${name}`).trim());
            }
            """,
            theme);
        string[] names = [.. colors!.Value.EnumerateArray().Select(color => color.GetString()!)];

        // WCAG 2.2: 3 to 1 for graphics (1.4.11), 4.5 to 1 for text (1.4.3).
        Assert.All(names[1..8], color => Assert.True(Contrast(color, names[0]) >= 3, color));
        Assert.All(names[8..], color => Assert.True(Contrast(color, names[0]) >= 4.5, color));
    }

    private static async Task<string> CellAsync(ILocator chart, int row, int column) =>
        await chart.Locator("tbody tr").Nth(row).Locator("th, td").Nth(column).TextContentAsync() ?? "";

    private static string FourDigits(string figure) =>
        double.Parse(figure, CultureInfo.InvariantCulture).ToString("G4", CultureInfo.InvariantCulture);

    private static async Task<double[]> ForwardAsync(IPage page)
    {
        const int Column = 5;
        IReadOnlyList<string> cells =
            await page.Locator($".verdicts tbody tr > :nth-child({Column})").AllTextContentsAsync();
        return [.. cells.Select(cell => double.Parse(cell, CultureInfo.InvariantCulture))];
    }

    private static async Task<string> BackgroundAsync(IPage page) =>
        await page.EvaluateAsync<string>("() => getComputedStyle(document.body).backgroundColor");

    /// <summary>The contrast ratio of WCAG 2 between two colours of the form #rrggbb.</summary>
    private static double Contrast(string first, string second)
    {
        double[] both = [Luminance(first), Luminance(second)];
        return (both.Max() + 0.05) / (both.Min() + 0.05);
    }

    private static double Luminance(string color)
    {
        double[] parts =
        [
            .. Enumerable.Range(0, 3).Select(i =>
            {
                double value = Convert.ToInt32(color.Substring(1 + 2 * i, 2), 16) / 255.0;
                return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
            }),
        ];
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2];
    }
}
