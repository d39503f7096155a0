using System.Text;
using Markdig;
using Markdig.Syntax;

namespace InitTools.Help;

/// <summary>
/// A conceptual topic as the plain text that <c>Get-Help about_...</c> shows. A comment such as
/// <c>&lt;!-- activations --&gt;</c> in its page stands for facts that the catalogues know.
/// </summary>
internal static class AboutTopic
{
    private const int Width = 80;

    /// <summary>Text is indented by four, as in the topics of PowerShell.</summary>
    private const int Indent = 4;

    /// <summary>Renders a page.</summary>
    public static string Render(string topic, string page)
    {
        var text = new StringBuilder();
        text.Append("TOPIC\n").Append(' ', Indent).Append(topic).Append("\n\n");
        foreach (Block block in Markdown.Parse(page))
        {
            switch (block)
            {
                case HeadingBlock { Level: 1 }:
                    text.Append("SHORT DESCRIPTION\n");
                    break;
                case HeadingBlock heading:
                    text.Append(PlainText.Of(heading).ToUpperInvariant()).Append('\n');
                    break;
                case CodeBlock code:
                    AppendLines(text, code.Lines.ToString().Split('\n'), 2 * Indent);
                    break;
                case HtmlBlock comment:
                    foreach ((string title, IReadOnlyList<string> entries) in
                        CatalogueFacts.Of(comment.Lines.ToString().Trim('<', '>', '!', '-', ' ', '\n')))
                    {
                        AppendLines(text, [title], Indent);
                        text.Length--;
                        AppendLines(text, entries.SelectMany(entry => Wrap(entry, Width - 2 * Indent)), 2 * Indent);
                    }

                    break;
                default:
                    foreach (string paragraph in PlainText.Paragraphs(block))
                    {
                        AppendLines(text, Wrap(paragraph, Width - Indent), Indent);
                    }

                    break;
            }
        }

        return text.ToString();
    }

    private static void AppendLines(StringBuilder text, IEnumerable<string> lines, int indent)
    {
        foreach (string line in lines)
        {
            text.Append((new string(' ', indent) + line).TrimEnd()).Append('\n');
        }

        text.Append('\n');
    }

    private static IEnumerable<string> Wrap(string paragraph, int width)
    {
        var line = new StringBuilder();
        foreach (string word in paragraph.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line.Length > 0 && line.Length + 1 + word.Length > width)
            {
                yield return line.ToString();
                line.Clear();
            }

            line.Append(line.Length > 0 ? " " : "").Append(word);
        }

        yield return line.ToString();
    }
}
