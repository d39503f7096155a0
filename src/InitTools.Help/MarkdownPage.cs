using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InitTools.Help;

/// <summary>
/// The page of a cmdlet, in Markdown: what its declaration cannot say, in sections called Description, Examples, Notes
/// and Links.
/// </summary>
internal sealed class MarkdownPage
{
    private readonly Dictionary<string, List<Block>> _sections = new(StringComparer.Ordinal);

    private MarkdownPage(string text)
    {
        List<Block> section = [];
        foreach (Block block in Markdown.Parse(text))
        {
            if (block is HeadingBlock { Level: 2 } heading)
            {
                _sections[PlainText.Of(heading)] = section = [];
            }
            else
            {
                section.Add(block);
            }
        }
    }

    /// <summary>The paragraphs of the description.</summary>
    public IReadOnlyList<string> Description => Paragraphs("Description");

    /// <summary>The paragraphs of the notes.</summary>
    public IReadOnlyList<string> Notes => Paragraphs("Notes");

    /// <summary>The examples.</summary>
    public IReadOnlyList<HelpExample> Examples => [.. ReadExamples()];

    /// <summary>Links: their texts and addresses; a topic or a cmdlet has no address.</summary>
    public IReadOnlyList<(string Text, string Address)> Links =>
    [
        .. Section("Links").SelectMany(block => block.Descendants<LiteralInline>())
            .Where(literal => literal.Parent is not LinkInline)
            .Select(literal => (literal.Content.ToString().Trim(), "")),
        .. Section("Links").SelectMany(block => block.Descendants<LinkInline>())
            .Select(link => (string.Concat(link.Descendants<LiteralInline>()), link.Url ?? "")),
    ];

    /// <summary>Reads a page; one that is not there is empty, which the tests of the help report.</summary>
    public static MarkdownPage Read(string path) => new(File.Exists(path) ? File.ReadAllText(path) : "");

    private List<Block> Section(string name) => _sections.GetValueOrDefault(name, []);

    private IReadOnlyList<string> Paragraphs(string section) => [.. Section(section).SelectMany(PlainText.Paragraphs)];

    private IEnumerable<HelpExample> ReadExamples()
    {
        HelpExample? example = null;
        foreach (Block block in Section("Examples"))
        {
            switch (block)
            {
                case HeadingBlock { Level: 3 } heading:
                    if (example is not null)
                    {
                        yield return example;
                    }

                    example = new HelpExample(PlainText.Of(heading), [], "", "");
                    break;
                case FencedCodeBlock { Info: "powershell" } code:
                    example = example! with { Code = code.Lines.ToString() };
                    break;
                case FencedCodeBlock output:
                    example = example! with { Output = output.Lines.ToString() };
                    break;
                default:
                    example = example! with { Text = [.. example.Text, .. PlainText.Paragraphs(block)] };
                    break;
            }
        }

        if (example is not null)
        {
            yield return example;
        }
    }
}

/// <summary>One example: what it shows, what is typed, what is printed.</summary>
internal sealed record HelpExample(string Title, IReadOnlyList<string> Text, string Code, string Output);
