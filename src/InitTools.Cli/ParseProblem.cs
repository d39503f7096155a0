using System.CommandLine;

namespace InitTools.Cli;

/// <summary>What is wrong with a command line that does not parse, in one sentence.</summary>
internal static class ParseProblem
{
    /// <summary>The first problem; an unknown option comes with the nearest one.</summary>
    public static string Describe(ParseResult result)
    {
        Command command = result.CommandResult.Command;
        string path = command is RootCommand ? "inittools" : $"inittools {command.Name}";
        if (result.UnmatchedTokens is [string unknown, ..])
        {
            IEnumerable<string> known = unknown.StartsWith('-')
                ? command.Options.Concat(result.RootCommandResult.Command.Options.Where(option => option.Recursive))
                    .Select(option => option.Name)
                : command.Subcommands.Select(subcommand => subcommand.Name);
            string nearest = NearestName.Of(unknown, known) is { } name ? $"; did you mean '{name}'?" : ".";
            string kind = unknown.StartsWith('-') ? "an option" : "an argument";
            return $"{ErrorId.UnknownArgument}: '{unknown}' is not {kind} of '{path}'{nearest} See '{path} --help'.";
        }

        if (command.Subcommands.Count > 0)
        {
            string names = string.Join(", ", command.Subcommands.Select(subcommand => subcommand.Name));
            return $"{ErrorId.InvalidArgument}: '{path}' needs a command, one of {names}. See '{path} --help'.";
        }

        string message = result.Errors[0].Message;
        return ErrorLine.HasErrorId(message) ? message : $"{ErrorId.InvalidArgument}: {message}";
    }
}
