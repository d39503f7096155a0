using System.CommandLine;
using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>The options of commands whose results can be drawn as text: Show-LayerChart.</summary>
internal sealed class ChartOptions
{
    private static readonly LayerChartOptions s_defaults = new();

    private readonly ParameterOption<LayerChartKind?> _chart = ParameterOption.OptionalValue(
        "Kind",
        "kind",
        "Draw the results too: Curve (second moment and gradient variance by layer), PreActivationHistogram or " +
        "ActivationHistogram. Default where only the option is given: Curve.",
        LayerChartKinds.Spellings.Parse,
        s_defaults.Kind,
        "--chart");

    private readonly ParameterOption<int?> _width = ParameterOption.WholeNumber(
        "ChartWidth",
        "Columns of the chart, 40 to 120. Default: those of the terminal, or 120.");

    private readonly ParameterOption<int?> _height = ParameterOption.WholeNumber(
        "ChartHeight",
        "Rows of each axis of the chart, 4 to 60. Default: 12.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(_chart);
        command.Add(_width);
        command.Add(_height);
    }

    /// <summary>What to draw, or null where no chart is asked for.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: a size without a chart, or a chart among JSON or CSV;
    /// <see cref="ErrorId.InvalidArgument"/>: a size out of bounds.
    /// </exception>
    public LayerChartOptions? Read(CommandContext context)
    {
        if (!context.Has(_chart))
        {
            Option[] companions = [_width, _height];
            return companions.FirstOrDefault(context.Has) is { } option
                ? throw new InitToolsException(
                    ErrorId.ParameterConflict,
                    $"{option.Name} says how a chart is drawn; it needs {_chart.Name}.",
                    option.Name)
                : null;
        }

        if (!context.PrintsText)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{_chart.Name} draws for people, and {CommandTree.Json.Name} or {CommandTree.Csv.Name} prints for " +
                "programs; give one of the two.",
                _chart.Name);
        }

        var options = new LayerChartOptions
        {
            Kind = context.Get(_chart) ?? s_defaults.Kind,
            Width = context.Get(_width) ?? Math.Max(context.Width, LayerChartOptions.SmallestWidth),
            Height = context.Get(_height) ?? s_defaults.Height,
        };
        options.Validate();
        return options;
    }
}
