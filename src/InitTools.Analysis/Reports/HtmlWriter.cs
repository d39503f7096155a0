using System.Globalization;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;

namespace InitTools.Analysis.Reports;

/// <summary>
/// Writes HTML from interpolated strings: what stands between the braces is escaped, always, so that nobody's text
/// becomes markup by being forgotten.
/// </summary>
/// <param name="writer">Where to.</param>
/// <param name="cancellation">Tested before each piece of markup.</param>
internal sealed class HtmlWriter(TextWriter writer, CancellationToken cancellation)
{
    /// <summary>Writes markup with escaped values.</summary>
    public void Write(Markup markup)
    {
        cancellation.ThrowIfCancellationRequested();
        writer.Write(markup.Text);
    }

    /// <summary>Writes a line of markup with escaped values.</summary>
    public void WriteLine(Markup markup)
    {
        Write(markup);
        writer.Write('\n');
    }

    /// <summary>Writes text that is part of this program as it is: a style sheet, a script.</summary>
    public void WriteAsset(string text) => writer.Write(text);

    /// <summary>An interpolated string whose literal parts are markup and whose values are text.</summary>
    [InterpolatedStringHandler]
    public readonly ref struct Markup
    {
        private readonly StringBuilder _text;

        public Markup(int literalLength, int formattedCount)
        {
            const int TypicalValue = 8;
            _text = new StringBuilder(literalLength + formattedCount * TypicalValue);
        }

        public StringBuilder Text => _text;

        public void AppendLiteral(string markup) => _text.Append(markup);

        public void AppendFormatted(string? text) => _text.Append(WebUtility.HtmlEncode(text));

        public void AppendFormatted(int number) => _text.Append(CultureInfo.InvariantCulture, $"{number}");
    }
}
