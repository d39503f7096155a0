using System.CommandLine;

namespace InitTools.Cli;

/// <summary>A command that does the job of one cmdlet.</summary>
internal abstract class ToolCommand : Command
{
    protected ToolCommand(string name, string cmdlet, string description)
        : base(name, description)
    {
        Cmdlet = cmdlet;
    }

    /// <summary>The cmdlet whose parameters the options are.</summary>
    public string Cmdlet { get; }

    /// <summary>Does the job and prints the results, or throws.</summary>
    public abstract void Run(CommandContext context);
}
