using System.CommandLine;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>The options of commands that write the weights of one file to another: Export-InitWeights.</summary>
internal sealed class ExportOptions
{
    private readonly ParameterOption<string?> _to = ParameterOption.Text(
        "Path",
        "path",
        "Write the tensors to this file too, in the format that its name ends in.",
        "--to");

    private readonly ParameterOption<string?> _toLayout = ParameterOption.Text(
        "Layout",
        "layout",
        "The layout in which weights are written: IO for Keras and JAX, OI for PyTorch. Default: as they are.",
        "--to-layout");

    private readonly ParameterOption<PartNumber?> _part = CommonOptions.Part();
    private readonly ParameterOption<bool> _force = ParameterOption.Switch("Force", "Replace an existing file.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_to);
        command.Add(_toLayout);
        command.Add(_part);
        command.Add(_force);
    }

    /// <summary>Fails where it is said how a file is written, and not which.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ParameterConflict"/>.</exception>
    public void Validate(CommandContext context)
    {
        if (!context.Has(_to) && (context.Has(_toLayout) || context.Has(_part) || context.Has(_force)))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{_toLayout.Name}, {_part.Name} and {_force.Name} say how a file is written; they need {_to.Name}.");
        }
    }

    /// <summary>Writes tensors where a file was asked for.</summary>
    /// <returns>The tensors in the layout in which they were written.</returns>
    /// <exception cref="InitToolsException">As in <see cref="TensorFile.Write"/>, or an unknown layout.</exception>
    public IReadOnlyList<WeightTensor> Write(
        CommandContext context, IReadOnlyList<WeightTensor> tensors, ParallelOptions options)
    {
        if (context.Get(_to) is not string path)
        {
            return tensors;
        }

        Layout? layout = context.Get(_toLayout) is string text ? Layouts.Spellings.Parse(text) : null;
        IReadOnlyList<WeightTensor> written = layout is Layout wanted
            ? [.. tensors.Select(tensor => tensor.WithLayout(wanted))]
            : tensors;
        return context.Work("Writing weights", progress =>
        {
            TensorFile.Write(path, written, context.Get(_force), options, progress, context.Get(_part));
            return written;
        });
    }
}
