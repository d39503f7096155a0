using System.Security.Cryptography;
using System.Text;

namespace InitTools.Analysis.Reports;

/// <summary>Style sheets and scripts of the page, which this assembly carries.</summary>
internal static class ReportAssets
{
    /// <summary>The style sheets, in their order.</summary>
    public static IReadOnlyList<string> Styles { get; } = [Read("uPlot.min.css"), Read("report.css")];

    /// <summary>The scripts, in their order: the charting library, then what draws the page's charts with it.</summary>
    public static IReadOnlyList<string> Scripts { get; } = [Read("uPlot.iife.min.js"), Read("report.js")];

    /// <summary>
    /// The content security policy: nothing is loaded from anywhere, and only these very scripts and styles run.
    /// </summary>
    public static string ContentSecurityPolicy { get; } =
        $"default-src 'none'; script-src {HashesOf(Scripts)}; style-src {HashesOf(Styles)}; base-uri 'none'; " +
        "form-action 'none'";

    private static string HashesOf(IEnumerable<string> texts) => string.Join(
        ' ',
        texts.Select(text => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(text)))}'"));

    private static string Read(string name)
    {
        using Stream stream = typeof(ReportAssets).Assembly.GetManifestResourceStream(name)!;
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
