using System.Reflection;
using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace InitTools.Help;

/// <summary>The XML summaries of assemblies, as plain text.</summary>
internal sealed partial class XmlSummaries
{
    private readonly Dictionary<string, string> _textById;

    private XmlSummaries(Dictionary<string, string> textById) => _textById = textById;

    /// <summary>Reads every documentation file of a folder.</summary>
    public static XmlSummaries Read(string folder) => new(Directory.GetFiles(folder, "InitTools.*.xml")
        .SelectMany(file => XDocument.Load(file).Descendants("member"))
        .DistinctBy(member => member.Attribute("name")!.Value)
        .ToDictionary(member => member.Attribute("name")!.Value, member => PlainText(member.Element("summary"))));

    /// <summary>The summary of a type, or an empty text.</summary>
    public string Of(Type type) => _textById.GetValueOrDefault($"T:{type.FullName}", "");

    /// <summary>The summary of a property, or an empty text.</summary>
    public string Of(PropertyInfo property) =>
        _textById.GetValueOrDefault($"P:{property.DeclaringType!.FullName}.{property.Name}", "");

    private static string PlainText(XElement? summary) =>
        summary is null ? "" : Blanks().Replace(string.Concat(summary.Nodes().Select(PlainText)), " ").Trim();

    private static string PlainText(XNode node) => node switch
    {
        XText text => text.Value,
        XElement { Name.LocalName: "see" } see when see.Attribute("cref") is XAttribute reference =>
            reference.Value.Split('(')[0].Split('.', ':')[^1],
        XElement element when element.Attribute("name") is XAttribute name && element.IsEmpty => name.Value,
        XElement element => string.Concat(element.Nodes().Select(PlainText)),
        _ => "",
    };

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
