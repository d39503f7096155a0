using System.Globalization;
using System.Xml;
using System.Xml.Linq;

namespace InitTools.Help;

/// <summary>Writes the help of cmdlets as MAML, the XML that Get-Help reads.</summary>
internal static class MamlWriter
{
    private const string NoPosition = "named";

    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly XNamespace s_help = "http://msh";

    /// <summary>Writes one file.</summary>
    public static void Write(string path, IEnumerable<(CmdletDescription Cmdlet, MarkdownPage Page)> cmdlets)
    {
        var document = new XElement(
            s_help + "helpItems",
            new XAttribute("schema", "maml"),
            cmdlets.Select(entry => Command(entry.Cmdlet, entry.Page)));
        using var writer = XmlWriter.Create(path, new XmlWriterSettings { Indent = true, NewLineChars = "\n" });
        document.Save(writer);
    }

    private static XElement Command(CmdletDescription cmdlet, MarkdownPage page) => new(
        s_command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", s_maml),
        new XAttribute(XNamespace.Xmlns + "command", s_command),
        new XAttribute(XNamespace.Xmlns + "dev", s_dev),
        new XElement(
            s_command + "details",
            new XElement(s_command + "name", cmdlet.Name),
            new XElement(s_command + "verb", cmdlet.Verb),
            new XElement(s_command + "noun", cmdlet.Noun),
            Description([cmdlet.Synopsis])),
        Description(page.Description),
        new XElement(s_command + "syntax", cmdlet.ParameterSets.Select(set => SyntaxItem(cmdlet, set))),
        new XElement(s_command + "parameters", cmdlet.Parameters.Select(parameter =>
            Parameter(parameter, parameter.Sets[0]))),
        new XElement(s_command + "inputTypes", cmdlet.Parameters
            .Where(parameter => parameter.Sets.Any(set => set.PipelineInput != "False"))
            .Select(parameter => Typed("inputType", parameter.Type.FullName!, [parameter.Text]))),
        new XElement(s_command + "returnValues", cmdlet.Outputs.Select(output =>
            Typed("returnValue", output.TypeName, [output.Synopsis, .. Columns(output)]))),
        new XElement(s_maml + "alertSet", new XElement(s_maml + "alert", Paragraphs(page.Notes))),
        new XElement(s_command + "examples", page.Examples.Select(Example)),
        new XElement(s_maml + "relatedLinks", page.Links.Select(link => new XElement(
            s_maml + "navigationLink",
            new XElement(s_maml + "linkText", link.Text),
            new XElement(s_maml + "uri", link.Address)))));

    private static XElement SyntaxItem(CmdletDescription cmdlet, string set) => new(
        s_command + "syntaxItem",
        new XElement(s_maml + "name", cmdlet.Name),
        cmdlet.Parameters
            .Where(parameter => parameter.In(set) is not null)
            .Select(parameter => Parameter(parameter, parameter.In(set)!)),
        cmdlet.SupportsShouldProcess ? new[] { Common("WhatIf"), Common("Confirm") } : []);

    private static XElement Common(string name) => new(
        s_command + "parameter",
        new XAttribute("required", "false"),
        new XAttribute("position", NoPosition),
        new XElement(s_maml + "name", name));

    private static XElement Parameter(CmdletParameter parameter, ParameterSetMembership set) => new(
        s_command + "parameter",
        new XAttribute("required", set.IsRequired ? "true" : "false"),
        new XAttribute("globbing", parameter.SupportsWildcards ? "true" : "false"),
        new XAttribute("pipelineInput", set.PipelineInput),
        new XAttribute("position", set.Position?.ToString(CultureInfo.InvariantCulture) ?? NoPosition),
        new XAttribute("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
        new XElement(s_maml + "name", parameter.Name),
        Description(parameter.AcceptedValues.Count == 0
            ? [parameter.Text]
            : [parameter.Text, $"Accepted values: {string.Join(", ", parameter.AcceptedValues)}."]),
        parameter.IsSwitch
            ? null
            : new XElement(
                s_command + "parameterValue",
                new XAttribute("required", "true"),
                TypeName(parameter.Type)),
        new XElement(s_dev + "type", new XElement(s_maml + "name", TypeName(parameter.Type))),
        new XElement(s_dev + "defaultValue", parameter.Default));

    private static string TypeName(Type type) => type.Name switch
    {
        nameof(Int32) => "int",
        nameof(Int64) => "long",
        nameof(Double) => "double",
        "SwitchParameter" => "switch",
        nameof(Object) => "object",
        nameof(String) => "string",
        "String[]" => "string[]",
        string name => name,
    };

    private static XElement Typed(string element, string typeName, IEnumerable<string> paragraphs) => new(
        s_command + element,
        new XElement(s_dev + "type", new XElement(s_maml + "name", typeName)),
        Description(paragraphs));

    private static IEnumerable<string> Columns(OutputDescription output) =>
        output.Columns.Select(column => $"{column.Name}: {column.Text}");

    private static XElement Example(HelpExample example, int index) => new(
        s_command + "example",
        new XElement(
            s_maml + "title",
            string.Create(CultureInfo.InvariantCulture, $"Example {index + 1}: {example.Title}")),
        new XElement(s_dev + "code", example.Code),
        new XElement(s_dev + "remarks", Paragraphs([.. example.Text, example.Output])));

    private static XElement Description(IEnumerable<string> paragraphs) =>
        new(s_maml + "description", Paragraphs(paragraphs));

    private static IEnumerable<XElement> Paragraphs(IEnumerable<string> paragraphs) =>
        paragraphs.Where(text => text.Length > 0).Select(text => new XElement(s_maml + "para", text));
}
