using InitTools.Analysis.Reports;

namespace InitTools.Analysis;

/// <summary>
/// Turns results into one page of HTML that needs no other file and no network: first the answer, then charts, each
/// with its table, then settings and the line that makes it again.
/// </summary>
public static class ReportPage
{
    /// <summary>The title of a page that was given none.</summary>
    public const string DefaultTitle = "Weight initialization report";

    private const string Accepted = "what Compare-Initializers, Measure-LayerVariance and Test-InitWeights give";

    /// <summary>Writes the page.</summary>
    /// <param name="writer">Where to; the page says that it is UTF-8.</param>
    /// <param name="results">
    /// In any order: <see cref="InitializerComparison"/>s, and all <see cref="LayerVariance"/>s of each measurement.
    /// Measurements of one network with the same settings are shown side by side, and those that differ in the seed
    /// alone as one. <see cref="WeightFinding"/>s are shown file by file.
    /// </param>
    /// <param name="title">The page's title.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: no result, or an object of another type;
    /// <see cref="ErrorId.LayerMismatch"/>: some of a measurement's layers, but not all.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token was cancelled.</exception>
    public static void Write(
        TextWriter writer,
        IReadOnlyCollection<object> results,
        string title = DefaultTitle,
        CancellationToken cancellation = default)
    {
        ArgumentNullException.ThrowIfNull(writer);
        IReadOnlyList<NetworkSection> sections = ReadSections(results);
        FindingSection[] findings = [.. FindingSection.Of(results.OfType<WeightFinding>())];
        var html = new HtmlWriter(writer, cancellation);
        WriteHead(html, title);
        foreach (NetworkSection section in sections)
        {
            section.Write(html);
        }

        foreach (FindingSection section in findings)
        {
            section.Write(html);
        }

        WriteEnd(html);
    }

    /// <summary>Fails where a page cannot show an object.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: it is of another type.</exception>
    public static void RequireKnown(object result)
    {
        if (result is not (InitializerComparison or LayerVariance or WeightFinding))
        {
            string type = result?.GetType().Name ?? "null";
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"An object of type {type} cannot be shown; reports and charts show {Accepted}.",
                type);
        }
    }

    /// <summary>Writes the page as UTF-8.</summary>
    /// <param name="stream">Where to; it stays open.</param>
    /// <param name="results">As for the other overload.</param>
    /// <param name="title">The page's title.</param>
    /// <param name="cancellation">Ends the work.</param>
    /// <inheritdoc cref="Write(TextWriter, IReadOnlyCollection{object}, string, CancellationToken)"/>
    public static void Write(
        Stream stream,
        IReadOnlyCollection<object> results,
        string title = DefaultTitle,
        CancellationToken cancellation = default)
    {
        using var writer = new StreamWriter(stream, leaveOpen: true);
        Write(writer, results, title, cancellation);
    }

    /// <summary>Results by network.</summary>
    internal static IReadOnlyList<NetworkSection> ReadSections(IReadOnlyCollection<object> results)
    {
        ArgumentNullException.ThrowIfNull(results);
        if (results.Count == 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"There is no result to show; reports and charts show {Accepted}.");
        }

        foreach (object result in results)
        {
            RequireKnown(result);
        }

        return
        [
            .. NetworkSection.Of(results.OfType<InitializerComparison>()),
            .. NetworkSection.Of(results.OfType<LayerVariance>()),
        ];
    }

    private static void WriteHead(HtmlWriter html, string title)
    {
        html.WriteLine($"<!DOCTYPE html>");
        html.WriteLine($"<html lang=\"en\"><head><meta charset=\"utf-8\">");
        html.WriteLine(
            $"<meta http-equiv=\"Content-Security-Policy\" content=\"{ReportAssets.ContentSecurityPolicy}\">");
        html.WriteLine($"<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
        html.WriteLine($"<meta name=\"color-scheme\" content=\"light dark\">");
        html.WriteLine($"<title>{title}</title>");
        foreach (string style in ReportAssets.Styles)
        {
            html.Write($"<style>");
            html.WriteAsset(style);
            html.WriteLine($"</style>");
        }

        html.WriteLine($"</head><body><header><h1>{title}</h1></header><main>");
        html.Write($"<noscript><p>Without scripts there are no charts; the tables hold all figures.</p>");
        html.WriteLine($"</noscript>");
    }

    private static void WriteEnd(HtmlWriter html)
    {
        html.WriteLine($"</main>");
        foreach (string script in ReportAssets.Scripts)
        {
            html.Write($"<script>");
            html.WriteAsset(script);
            html.WriteLine($"</script>");
        }

        html.WriteLine($"</body></html>");
    }
}
