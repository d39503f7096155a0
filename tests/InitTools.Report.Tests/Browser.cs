using Microsoft.Playwright;
using Xunit;

namespace InitTools.Report.Tests;

/// <summary>One Chromium for all tests; tests are skipped, and say so, where there is none.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] s_arguments =
    [
        "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    private static readonly string[] s_names = ["chromium", "chromium-browser", "google-chrome"];

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>The browser's program, or null.</summary>
    private static string? Executable => (Environment.GetEnvironmentVariable("PATH") ?? "")
        .Split(Path.PathSeparator)
        .SelectMany(folder => s_names.Select(name => Path.Combine(folder, name)))
        .FirstOrDefault(File.Exists);

    /// <inheritdoc/>
    public async ValueTask InitializeAsync()
    {
        if (Executable is { } executable)
        {
            _playwright = await Playwright.CreateAsync();
            _browser = await _playwright.Chromium.LaunchAsync(new BrowserTypeLaunchOptions
            {
                ExecutablePath = executable,
                Headless = true,
                Args = s_arguments,
            });
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }

        _playwright?.Dispose();
    }

    /// <summary>Opens a page of HTML in a window of its own and notes what it asks for and complains of.</summary>
    internal async Task<OpenedPage> OpenAsync(string html, BrowserNewPageOptions? options = null)
    {
        Assert.SkipWhen(_browser is null, "There is no Chromium on PATH; apt-get install chromium brings one.");
        string file = Path.Combine(Path.GetTempPath(), $"inittools-{Path.GetRandomFileName()}.html");
        await File.WriteAllTextAsync(file, html, TestContext.Current.CancellationToken);
        IPage page = await _browser.NewPageAsync(options);
        var opened = new OpenedPage(page, file);
        await page.GotoAsync(new Uri(file).AbsoluteUri);
        return opened;
    }
}
