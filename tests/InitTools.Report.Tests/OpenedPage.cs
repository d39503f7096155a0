using Microsoft.Playwright;

namespace InitTools.Report.Tests;

/// <summary>A page in the browser, what it requested besides itself, and what it complained of.</summary>
internal sealed class OpenedPage : IAsyncDisposable
{
    private readonly string _file;

    public OpenedPage(IPage page, string file)
    {
        Page = page;
        _file = file;
        page.Request += (_, request) =>
        {
            if (request.Url != new Uri(file).AbsoluteUri)
            {
                Requests.Add(request.Url);
            }
        };
        page.Console += (_, message) =>
        {
            if (message.Type is "error" or "warning")
            {
                Complaints.Add(message.Text);
            }
        };
        page.PageError += (_, error) => Complaints.Add(error);
        page.Dialog += (_, dialog) =>
        {
            Complaints.Add($"dialog: {dialog.Message}");
            _ = dialog.DismissAsync();
        };
    }

    public IPage Page { get; }

    public List<string> Requests { get; } = [];

    public List<string> Complaints { get; } = [];

    /// <summary>The chart with this title.</summary>
    public ILocator Chart(string title) =>
        Page.Locator(".line-chart", new PageLocatorOptions { Has = Page.GetByText(title, new() { Exact = true }) });

    public async ValueTask DisposeAsync()
    {
        await Page.CloseAsync();
        File.Delete(_file);
    }
}
