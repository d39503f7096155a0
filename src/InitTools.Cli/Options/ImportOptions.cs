using System.CommandLine;
using InitTools.Analysis;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>The options of commands that take weights from a file: Import-InitWeights.</summary>
/// <param name="name">What the option of the file is called.</param>
/// <param name="description">What help says of it.</param>
internal sealed class ImportOptions(string name, string description)
{
    private readonly ParameterOption<string?> _path = ParameterOption.Text("Path", "path", description, name);
    private readonly ParameterOption<string[]?> _name = ParameterOption.List(
        "Name",
        "names",
        "The tensors of the file that are wanted, with wildcards, such as encoder.*. Default: all.",
        text => text.Split(',', StringSplitOptions.TrimEntries));

    private readonly ParameterOption<string?> _layout = CommonOptions.Layout();

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_path);
        command.Add(_name);
        command.Add(_layout);
    }

    /// <summary>The file that was given, or null.</summary>
    public string? PathOf(CommandContext context) => context.Get(_path);

    /// <summary>The layout that was given, or null.</summary>
    public string? LayoutOf(CommandContext context) => context.Get(_layout);

    /// <summary>The weights of the file, or null where none was given.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: names of tensors, and no file; and all that
    /// <see cref="WeightImport.Read"/> throws.
    /// </exception>
    /// <exception cref="InvalidDataException">The file is malformed.</exception>
    public IReadOnlyList<WeightTensor>? Read(CommandContext context)
    {
        if (context.Get(_path) is not string path)
        {
            return !context.Has(_name)
                ? null
                : throw new InitToolsException(
                    ErrorId.ParameterConflict,
                    $"{_name.Name} chooses tensors of a file; it needs {_path.Name}.",
                    _name.Name);
        }

        return new WeightImport
        {
            Names = context.Get(_name) ?? [],
            Layout = context.Get(_layout) is string layout ? Layouts.Spellings.Parse(layout) : null,
        }.Read(path).Weights;
    }

    /// <summary>The weights of the file, which has to be given.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: it was not; and as in <see cref="Read"/>.
    /// </exception>
    /// <exception cref="InvalidDataException">The file is malformed.</exception>
    public IReadOnlyList<WeightTensor> Require(CommandContext context) => Read(context) ?? throw new InitToolsException(
        ErrorId.ParameterConflict, $"No file was given; give one with {_path.Name}.");

    /// <summary>The line of PowerShell that makes the same call, with the file in front of the pipeline.</summary>
    public string ComposeCommand(CommandContext context, ToolCommand command, Seed seed)
    {
        if (!context.Has(_path))
        {
            return context.ComposeCommand(command, seed);
        }

        Option[] ofImport = [_path, _name, _layout];
        string import = PowerShellLine.Of("Import-InitWeights", ofImport.SelectMany(context.ArgumentsOf));
        return $"{import} | {context.ComposeCommand(command, seed, ofImport)}";
    }
}
