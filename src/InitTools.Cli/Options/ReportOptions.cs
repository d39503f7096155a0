using System.CommandLine;
using InitTools.Analysis;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>The options of commands whose results can be written as a page: Export-InitReport.</summary>
internal sealed class ReportOptions
{
    private readonly ParameterOption<string?> _report = ParameterOption.Text(
        "Path",
        "path",
        "Write the results as an interactive page to this .html file too.",
        "--report");

    private readonly ParameterOption<string?> _title = ParameterOption.Text("Title", "text", "The page's title.");
    private readonly ParameterOption<bool> _force = ParameterOption.Switch("Force", "Replace an existing file.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_report);
        command.Add(_title);
        command.Add(_force);
    }

    /// <summary>Writes the page, where one was asked for.</summary>
    public void Write(CommandContext context, IReadOnlyCollection<object> results)
    {
        if (context.Get(_report) is { } path)
        {
            AtomicFile.Write(
                path,
                context.Get(_force),
                stream => ReportPage.Write(
                    stream, results, context.Get(_title) ?? ReportPage.DefaultTitle, context.CancellationToken),
                context.CancellationToken);
        }
    }

    /// <summary>Fails where a page is asked for together with an option whose results no page shows.</summary>
    public void Refuse(CommandContext context, string option)
    {
        if (context.Has(_report))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{_report.Name} shows layers and comparisons, and {option} asks for something else; leave out one of "
                + "them.",
                option);
        }
    }

    /// <summary>Fails where an option says how to write a page and none is asked for.</summary>
    public void Validate(CommandContext context)
    {
        Option[] companions = [_title, _force];
        if (!context.Has(_report) && companions.FirstOrDefault(context.Has) is { } option)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{option.Name} says how a page is written; it needs {_report.Name}.",
                option.Name);
        }
    }
}
