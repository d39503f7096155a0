using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace InitTools.Help;

/// <summary>Markdown without its marks.</summary>
internal static class PlainText
{
    /// <summary>The text of one paragraph or heading, on one line.</summary>
    public static string Of(LeafBlock block) => block.Inline is null ? block.Lines.ToString() : string.Concat(
        block.Inline.Descendants<Inline>().Select(inline => inline switch
        {
            LiteralInline literal => literal.Content.ToString(),
            CodeInline code => code.Content,
            LineBreakInline => " ",
            _ => "",
        }));

    /// <summary>
    /// The paragraphs of a block; an item of a list begins with a dash, a block of code keeps its lines.
    /// </summary>
    public static IEnumerable<string> Paragraphs(Block block) => block switch
    {
        ListBlock list => list.Cast<ListItemBlock>()
            .Select(item => "- " + string.Join(" ", item.SelectMany(Paragraphs))),
        ContainerBlock container => container.SelectMany(Paragraphs),
        HtmlBlock => [],
        LeafBlock leaf => [Of(leaf)],
        _ => [],
    };
}
