using System.Text;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace InitTools.Cli;

/// <summary>Where a command writes, how wide, and who can stop it.</summary>
internal sealed record CommandEnvironment
{
    /// <summary>The widest table: what a page or a chat window takes.</summary>
    public const int LargestWidth = 120;

    /// <summary>Where results go.</summary>
    public required TextWriter Output { get; init; }

    /// <summary>Where errors and progress go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Columns of a table.</summary>
    public int Width { get; init; } = LargestWidth;

    /// <summary>Whether results may carry colours: the output is a terminal, and NO_COLOR does not forbid.</summary>
    public bool UsesColor { get; init; }

    /// <summary>Whether progress is shown: the error stream is a terminal.</summary>
    public bool ShowsProgress { get; init; }

    /// <summary>Stops the command.</summary>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The environment of this process.</summary>
    public static CommandEnvironment OfProcess(CancellationToken cancellationToken)
    {
        bool allowsColor = string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"))
            && Environment.GetEnvironmentVariable("TERM") != "dumb";
        return new CommandEnvironment
        {
            Output = Console.Out,
            Error = Console.Error,
            Width = Console.IsOutputRedirected ? LargestWidth : Math.Clamp(Console.WindowWidth, 1, LargestWidth),
            UsesColor = allowsColor && !Console.IsOutputRedirected,
            ShowsProgress = !Console.IsErrorRedirected,
            CancellationToken = cancellationToken,
        };
    }

    /// <summary>Draws something for people on <see cref="Output"/>.</summary>
    public void Draw(params ReadOnlySpan<IRenderable> pictures)
    {
        using var buffer = new StringWriter();
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = UsesColor ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = UsesColor ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Out = new AnsiConsoleOutput(buffer),
        });
        console.Profile.Width = Width;
        console.Profile.Capabilities.Unicode = Output.Encoding is UTF8Encoding or UnicodeEncoding;
        foreach (IRenderable picture in pictures)
        {
            console.Write(picture);
        }

        // Cells are padded to the right edge, which nobody wants in a file.
        foreach (string line in buffer.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n'))
        {
            Output.WriteLine(line.TrimEnd());
        }
    }
}
