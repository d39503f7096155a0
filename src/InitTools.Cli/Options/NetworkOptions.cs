using System.CommandLine;
using InitTools.Analysis;
using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>
/// The options of commands that pass a batch through a network: which network, which batch, what is judged.
/// </summary>
internal sealed class NetworkOptions
{
    private readonly ParameterOption<string?> _width = CommonOptions.Width();
    private readonly ParameterOption<string?> _architecture = ParameterOption.Text(
        "Architecture",
        "path",
        "A file of layers, .csv with a line for each or .json with a list of objects, for networks other than stacks " +
        "of dense layers; their properties are Name, Kind, FanIn and FanOut or Shape, Activation, Initializer, Bias, " +
        "Skip, Stride, Padding, Dilation, Groups, Kernel, Epsilon.");

    private readonly ParameterOption<string?> _inputShape = ParameterOption.Text(
        "InputShape",
        "shape",
        "The shape of an example where layers have positions: channels, then positions, such as 3x32x32. Default: " +
        "that of a first layer of the kind Input.");

    private readonly ParameterOption<string?> _activation = ParameterOption.Text(
        "Activation",
        "activation",
        "The activation of the layers, such as tanh or leaky_relu(0.2). Default: relu.");

    private readonly ParameterOption<string?> _bias = CommonOptions.Bias();
    private readonly ParameterOption<Seed?> _seed = CommonOptions.Seed();
    private readonly ParameterOption<Convention?> _convention = CommonOptions.Convention();
    private readonly ParameterOption<string?> _data = ParameterOption.Text(
        "Data",
        "path",
        "Rows to pass through the network: a .csv file, with or without a line of names, or a .npy file. Default: " +
        "drawn.");

    private readonly ParameterOption<string[]?> _excludeColumn = ParameterOption.List(
        "ExcludeColumn",
        "columns",
        "Columns of the data that are no inputs, such as labels; they may hold text.",
        text => text.Split(',', StringSplitOptions.TrimEntries));

    private readonly ParameterOption<Standardization?> _standardize = ParameterOption.Value(
        "Standardize",
        "how",
        "How the data are brought to mean 0 and variance 1: Global, PerColumn or None. Default: Global.",
        Standardizations.Spellings.Parse);

    private readonly ParameterOption<bool> _allowNonFinite = ParameterOption.Switch(
        "AllowNonFinite",
        "Measure with cells of the data that are NaN or infinite, instead of refusing them.");

    private readonly ParameterOption<string?> _inputDistribution = ParameterOption.Text(
        "InputDistribution",
        "expression",
        "The law of each entry of a drawn batch, such as Constant(1). Default: RandomNormal(stddev=1).");

    private readonly ParameterOption<Precision?> _precision = ParameterOption.Value(
        "Precision",
        "precision",
        "The arithmetic of the passes: Single or Double. Default: Single.",
        Precisions.Spellings.Parse);

    private readonly ParameterOption<double?> _stackFactor = ParameterOption.Number(
        "StackFactor",
        "The factor over the whole stack beyond which signal or gradient vanish or explode. Default: 100.");

    private readonly ParameterOption<double?> _layerFactor = ParameterOption.Number(
        "LayerFactor",
        "The mean factor per layer beyond which they vanish or explode. Default: 10.");

    private readonly ParameterOption<double?> _saturatedFraction = ParameterOption.Number(
        "SaturatedFraction",
        "The share of a bounded layer's entries above which it is saturated. Default: 0.5.");

    private readonly ParameterOption<int?> _deadRows = ParameterOption.WholeNumber(
        "DeadRows",
        "The smallest batch, in rows, on which a layer can be dead. Default: 2.");

    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    /// <summary>The options that say how weights are made, but for those of one command.</summary>
    public IReadOnlyList<Option> OfDrawnWeights => [_width, _bias, _convention];

    /// <summary>Adds the options that say which network.</summary>
    public void AddNetworkTo(Command command)
    {
        command.Add(_width);
        command.Add(_architecture);
        command.Add(_inputShape);
        command.Add(_activation);
        command.Add(_bias);
        command.Add(_convention);
        command.Add(_seed);
    }

    /// <summary>Adds the options that say which batch.</summary>
    public void AddBatchTo(Command command)
    {
        command.Add(_data);
        command.Add(_excludeColumn);
        command.Add(_standardize);
        command.Add(_allowNonFinite);
        command.Add(_inputDistribution);
    }

    /// <summary>Adds the options that say how it is judged and computed.</summary>
    public void AddJudgementTo(Command command)
    {
        command.Add(_stackFactor);
        command.Add(_layerFactor);
        command.Add(_saturatedFraction);
        command.Add(_deadRows);
        command.Add(_precision);
        command.Add(_throttleLimit);
    }

    /// <summary>Adds the options of a command whose layers are there already, and are not judged.</summary>
    public void AddPassTo(Command command)
    {
        command.Add(_architecture);
        command.Add(_inputShape);
        command.Add(_activation);
        command.Add(_seed);
        AddBatchTo(command);
        command.Add(_precision);
        command.Add(_throttleLimit);
    }

    /// <summary>The options' values.</summary>
    /// <exception cref="InitToolsException">One of them cannot be read, or lacks its companion.</exception>
    public NetworkArguments Read(CommandContext context)
    {
        Convention? convention = context.Get(_convention);
        string? path = context.Get(_data);
        if (path is null && (context.Has(_excludeColumn) || context.Has(_standardize) || context.Get(_allowNonFinite)))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{_excludeColumn.Name}, {_standardize.Name} and {_allowNonFinite.Name} say how data are read; they "
                + $"need {_data.Name}.");
        }

        VerdictThresholds defaults = VerdictThresholds.Default;
        if (context.Has(_width) && (context.Has(_architecture) || context.Has(_inputShape)))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{_width.Name} says which layers there are, and so do {_architecture.Name} and {_inputShape.Name}; "
                + "give one of the two.");
        }

        return new NetworkArguments(
            context.Get(_width) is string width ? Widths.Parse(width) : null,
            context.Get(_architecture) is string file ? ArchitectureFile.Read(file) : null,
            context.Get(_inputShape) is string shape ? FeatureShape.Parse(shape) : null,
            Activation.Parse(context.Get(_activation) ?? "relu"),
            CommonOptions.Parse(context.Get(_bias), context.Files, convention),
            convention,
            context.Get(_seed) ?? Seed.Draw(),
            path is null ? null : DataFile.Read(
                path, context.Get(_excludeColumn), context.Get(_allowNonFinite), context.CancellationToken),
            context.Get(_standardize) ?? Standardization.Global,
            CommonOptions.Parse(context.Get(_inputDistribution), context.Files),
            new VerdictThresholds
            {
                StackFactor = context.Get(_stackFactor) ?? defaults.StackFactor,
                LayerFactor = context.Get(_layerFactor) ?? defaults.LayerFactor,
                SaturatedFraction = context.Get(_saturatedFraction) ?? defaults.SaturatedFraction,
                DeadRows = context.Get(_deadRows) ?? defaults.DeadRows,
            },
            context.Get(_precision) ?? Precision.Single,
            context.ParallelOptions(_throttleLimit));
    }
}

/// <summary>What <see cref="NetworkOptions"/> say, in the terms of the libraries.</summary>
internal sealed record NetworkArguments(
    IReadOnlyList<int>? Widths,
    ArchitectureDescription? Description,
    FeatureShape? InputShape,
    Activation Activation,
    Initializer? Bias,
    Convention? Convention,
    Seed Seed,
    DataSet? Data,
    Standardization Standardization,
    Initializer? InputDistribution,
    VerdictThresholds Thresholds,
    Precision Precision,
    ParallelOptions ParallelOptions)
{
    /// <summary>The network of the widths or of the file.</summary>
    /// <param name="layout">The layout of the weights where a layer names none.</param>
    /// <param name="otherSource">The option by which a network can come from elsewhere, or null.</param>
    public Architecture RequireArchitecture(Layout layout, string? otherSource = null) =>
        Description?.ReadArchitecture(Activation, layout, InputShape)
        ?? (Widths is null
            ? throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"None of --width{(otherSource is null ? " and" : ",")} --architecture"
                + $"{(otherSource is null ? "" : $" and {otherSource}")} was given; give one of them.")
            : Architecture.FromWidths(Widths, Activation));

    /// <summary>The layers of the file, or those that the weights make, with these weights.</summary>
    /// <param name="weights">Weights and biases.</param>
    /// <param name="layout">The layout of the file's shapes where a layer names none.</param>
    public (IReadOnlyList<LayerTensors> Layers, FeatureShape? Input) JoinWeights(
        IReadOnlyList<WeightTensor> weights, Layout layout)
    {
        if (Description is null)
        {
            return (LayerTensors.Join(weights, Activation, InputShape), InputShape);
        }

        Architecture architecture = RequireArchitecture(layout);
        return (LayerTensors.Join(architecture.Layers, weights, architecture.Input), architecture.Input);
    }
}
