using System.Reflection;
using System.Text;

namespace InitTools.Help;

/// <summary>Writes all help files of the module.</summary>
internal static class HelpFiles
{
    /// <summary>
    /// Writes the MAML of every cmdlet of an assembly, and every topic whose page is called about_*.
    /// </summary>
    /// <param name="assemblyPath">The cmdlets; assemblies they need, and the XML of all, lie beside it.</param>
    /// <param name="sources">Pages in Markdown: one a cmdlet, called as it is, and the topics.</param>
    /// <param name="destination">Where the files go.</param>
    public static void Write(string assemblyPath, string sources, string destination)
    {
        string folder = Path.GetDirectoryName(Path.GetFullPath(assemblyPath))!;
        var summaries = XmlSummaries.Read(folder);
        Directory.CreateDirectory(destination);
        var assembly = Assembly.LoadFrom(Path.GetFullPath(assemblyPath));
        CmdletDescription[] cmdlets =
        [
            .. assembly.GetExportedTypes()
                .Where(CmdletDescription.IsCmdlet)
                .Select(type => new CmdletDescription(type, summaries))
                .OrderBy(cmdlet => cmdlet.Name, StringComparer.Ordinal),
        ];
        MamlWriter.Write(
            Path.Combine(destination, $"{Path.GetFileName(assemblyPath)}-Help.xml"),
            cmdlets.Select(cmdlet => (cmdlet, MarkdownPage.Read(Path.Combine(sources, $"{cmdlet.Name}.md")))));
        foreach (string page in Directory.GetFiles(sources, "about_*.md"))
        {
            string topic = Path.GetFileNameWithoutExtension(page);
            File.WriteAllText(
                Path.Combine(destination, $"{topic}.help.txt"),
                AboutTopic.Render(topic, File.ReadAllText(page)),
                new UTF8Encoding(encoderShouldEmitUTF8Identifier: false));
        }
    }
}
