using System.CommandLine;

namespace InitTools.Cli;

/// <summary>Runs a command line: parses, calls the command, turns errors into one line and an exit code.</summary>
internal static class CommandLine
{
    private static readonly ParserConfiguration s_parsing = new()
    {
        EnablePosixBundling = false,
        ResponseFileTokenReplacer = null,
    };

    /// <summary>Runs one command and returns the process's <see cref="ExitCode"/>.</summary>
    public static int Run(string[] arguments, CommandEnvironment environment)
    {
        ParseResult result = CommandTree.Create().Parse(arguments, s_parsing);
        if (result.Errors.Count > 0)
        {
            return Fail(environment, ParseProblem.Describe(result));
        }

        if (result.Action is not null)
        {
            // --help and --version.
            return result.Invoke(new InvocationConfiguration
            {
                Output = environment.Output,
                Error = environment.Error,
            });
        }

        try
        {
            var context = new CommandContext(result, environment);
            context.RequireOneForm();
            ((ToolCommand)result.CommandResult.Command).Run(context);
            return context.ExitCode;
        }
        catch (InitToolsException exception)
        {
            return Fail(environment, ErrorLine.Of(exception));
        }
        catch (InvalidDataException exception)
        {
            return Fail(environment, ErrorLine.Of(exception));
        }
        catch (OperationCanceledException) when (environment.CancellationToken.IsCancellationRequested)
        {
            return ExitCode.Interrupted;
        }
    }

    private static int Fail(CommandEnvironment environment, string problem)
    {
        environment.Error.WriteLine(ErrorLine.Format(problem));
        return ExitCode.BadInput;
    }
}
