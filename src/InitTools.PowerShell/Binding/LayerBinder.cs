namespace InitTools.PowerShell.Binding;

/// <summary>
/// Makes tensors of what stands in a pipeline: layers (Name, FanIn and FanOut or Shape, and what else they say of
/// themselves) and recipes, which say everything. Layers without a name are called by their place in the call.
/// </summary>
/// <param name="defaults">What holds for layers that say nothing of their own.</param>
/// <param name="givenParameters">Parameters that the caller gave and that a recipe has no use for.</param>
/// <param name="drawsImported">
/// Whether a tensor of imported values is a layer whose weights are drawn anew, or those weights themselves.
/// </param>
/// <param name="inputShape">The shape of an example, or null where layers say it or it does not matter.</param>
internal sealed class LayerBinder(
    LayerDefaults defaults,
    IReadOnlyList<string> givenParameters,
    bool drawsImported = false,
    FeatureShape? inputShape = null)
{
    private static readonly string[] s_networkParameters = ["Map", "Parameterization"];

    private readonly DrawSequence _draws = new(defaults.Generator, defaults.Seed, defaults.Cancellation);
    private readonly List<NetworkTensor> _network = [];
    private readonly DescribedShape _shape = new(defaults.Layout, inputShape);
    private int _number;

    /// <summary>How many layers were bound.</summary>
    public int Count => _number;

    /// <summary>
    /// The description of a layer that an object is; null for a tensor, a recipe of one, and a module.
    /// </summary>
    /// <param name="input">What stands in the pipeline.</param>
    public static LayerDescription? DescriptionOf(object input) =>
        !TensorRecipe.TryUnwrap(input, out _)
        && PropertyReader.Of(input) is PropertyReader layer
        && !TensorRecipe.IsRecipe(layer)
        && !TensorRecipe.IsHeld(layer)
        && layer.Text("Module") is null
            ? new LayerDescription(layer.Text)
            : null;

    /// <summary>
    /// The weight of one layer, followed by its bias where it has one; nothing for a layer without weights, and nothing
    /// yet where initializers depend on the whole network.
    /// </summary>
    /// <param name="input">A layer or a recipe.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: a recipe meets a parameter that it answers itself; the object is no
    /// layer, or something in it cannot be read.
    /// </exception>
    public IReadOnlyList<ChosenTensor> Bind(object input)
    {
        LayerDescription? description = DescriptionOf(input);
        _shape.Follow(description);
        if (description?.IsInput == true)
        {
            return [];
        }

        _number++;
        if (description?.IsNormalization == true)
        {
            return BindNormalization(PropertyReader.Of(input)!);
        }

        if (description?.IsWeighted == false)
        {
            return [];
        }

        if (TensorRecipe.TryUnwrap(input, out WeightTensor? tensor) && !(drawsImported && tensor.HasImportedValues()))
        {
            return [new ChosenTensor(Recipe(tensor))];
        }

        PropertyReader layer = PropertyReader.Of(input) ?? throw new InitToolsException(
            ErrorId.InvalidArgument,
            $"'{InvariantText.Of(input)}' is not a layer; a layer is an object with Shape, or with FanIn and FanOut, "
            + "and with Name, Activation, Initializer where it says so.",
            input);
        if (TensorRecipe.IsRecipe(layer) || (!drawsImported && TensorRecipe.IsHeld(layer)))
        {
            return [new ChosenTensor(Recipe(TensorRecipe.Of(input, defaults.Files)))];
        }

        if (tensor is not null)
        {
            return Choose([defaults.Choice.TensorOf(OptionsOf(layer))]);
        }

        return layer.Text("Module") is string module
            ? CreateModule(module, layer.Text("Name"))
            : Choose(defaults.Choice.TensorsOf(
                OptionsOf(layer),
                InitializerOf(layer, "Initializer"),
                InitializerOf(layer, "Bias"),
                layer.Text("Name"),
                layer.Text("Role") is string role ? TensorRoles.Spellings.Parse(role) : null));
    }

    /// <summary>The tensors of a layer that a cmdlet's own parameters describe.</summary>
    /// <param name="shape">The weight's shape.</param>
    /// <param name="name">The layer's name, or null.</param>
    /// <param name="describe">Adds what else is known.</param>
    public IReadOnlyList<ChosenTensor> Bind(
        TensorShape shape,
        string? name = null,
        Func<WeightTensorOptions, WeightTensorOptions>? describe = null)
    {
        _number++;
        WeightTensorOptions options = OptionsOf(shape, name, defaults.Layout);
        return Choose(defaults.Choice.TensorsOf(describe is null ? options : describe(options), layer: name));
    }

    /// <summary>The tensors that waited for the rest of their network.</summary>
    public IReadOnlyList<ChosenTensor> Complete()
    {
        NetworkTensor[] network = [.. _network];
        _network.Clear();
        return network.Length == 0 ? [] : defaults.Choice.Choose(network, _draws, defaults.IsPlan);
    }

    /// <summary>The tensors of a module of PyTorch that stands in a list of them.</summary>
    public IReadOnlyList<ChosenTensor> BindModule(string module)
    {
        _number++;
        return CreateModule(module, null);
    }

    private IReadOnlyList<ChosenTensor> BindNormalization(PropertyReader layer)
    {
        TensorShape shape = new(_shape.RequireChannels());
        return Choose(InitializerChoice.TensorsOfNormalization(
            OptionsOf(shape, layer.Text("Name"), defaults.Layout) with
            {
                Activation = layer.Text("Activation") is string name ? Activation.Parse(name) : null,
            }));
    }

    private WeightTensor Recipe(WeightTensor tensor) => givenParameters.Count == 0
        ? tensor
        : throw new InitToolsException(
            ErrorId.ParameterConflict,
            $"'{tensor.Name}' is a recipe, which says all that it is made from, and -{givenParameters[0]} is given as "
            + "well; leave out the parameter, or select the properties that are to hold (Name, Shape, ...).",
            givenParameters[0]);

    private IReadOnlyList<ChosenTensor> Choose(IReadOnlyList<NetworkTensor> tensors)
    {
        if (!defaults.Choice.NeedsWholeNetwork)
        {
            return defaults.Choice.Choose(tensors, _draws, defaults.IsPlan);
        }

        _network.AddRange(tensors);
        return [];
    }

    private IReadOnlyList<ChosenTensor> CreateModule(string module, string? name)
    {
        if (givenParameters.FirstOrDefault(s_networkParameters.Contains) is string parameter)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"-{parameter} was given, and {module} is a module, which says itself how its parameters are drawn.",
                module);
        }

        // A plan does not say where the draws of a sequential generator stand, and so need not find out.
        DrawSequence draws = defaults.IsPlan ? new DrawSequence(RandomGenerator.Philox, defaults.Seed) : _draws;
        return
        [
            .. PyTorchModule.Parse(module)
                .CreateTensors(name ?? LayerSpec.DefaultName(_number), draws, defaults.DType, defaults.Activation)
                .Select(tensor => new ChosenTensor(tensor)),
        ];
    }

    private WeightTensorOptions OptionsOf(TensorShape shape, string? name, Layout layout) => new()
    {
        Name = TensorNames.WeightOf(name ?? LayerSpec.DefaultName(_number)),
        Shape = shape,
        Initializer = defaults.Choice.Provisional,
        Seed = defaults.Seed,
        Layout = layout,
        DType = defaults.DType,
        Activation = defaults.Activation,
    };

    private WeightTensorOptions OptionsOf(PropertyReader layer)
    {
        Layout layout = layer.Text("Layout") is string text ? Layouts.Spellings.Parse(text) : defaults.Layout;
        FanOptions fans = FansOf(layer);
        TensorShape shape = ShapeOf(layer, fans, layout);
        WeightTensorOptions options = OptionsOf(shape, layer.Text("Name"), layout);
        return options with
        {
            Seed = SeedOf(layer) ?? options.Seed,
            DType = layer.Text("DType") is string dtype ? DTypes.Spellings.Parse(dtype) : options.DType,
            Activation = layer.Text("Activation") is string name ? Activation.Parse(name) : options.Activation,
            Fans = layer.Text("Shape") is null ? null : fans.Of(shape, layout),
            Stream = layer.Text("Stream"),
            Offset = layer.WholeNumber("Offset") ?? 0,
            Count = layer.WholeNumber("Count"),
        };
    }

    private Initializer? InitializerOf(PropertyReader layer, string name) =>
        layer.Text(name) is string expression
            ? Initializer.Parse(expression, defaults.Convention, defaults.Files)
            : null;

    private Seed? SeedOf(PropertyReader layer)
    {
        if (layer.Text("Seed") is not string text)
        {
            return null;
        }

        return defaults.SeedIsGiven
            ? throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"The layer has the seed {text} of its own, and -Seed is given as well; give one of the two.",
                text)
            : Seed.Parse(text);
    }

    private FanOptions FansOf(PropertyReader layer) => new()
    {
        FanIn = layer.WholeNumber(nameof(FanOptions.FanIn)),
        FanOut = layer.WholeNumber(nameof(FanOptions.FanOut)),
        Groups = layer.WholeNumber(nameof(FanOptions.Groups)),
        IsDepthwise = layer.Flag("Depthwise"),
        IsTransposed = layer.Flag("Transposed"),
        InputAxis = FanOptions.ParseAxes(layer.Text(nameof(FanOptions.InputAxis))),
        OutputAxis = FanOptions.ParseAxes(layer.Text(nameof(FanOptions.OutputAxis))),
        BatchAxis = FanOptions.ParseAxes(layer.Text(nameof(FanOptions.BatchAxis))),
        Convention = defaults.Convention,
    };

    private static TensorShape ShapeOf(PropertyReader layer, FanOptions options, Layout layout)
    {
        if (layer.Text("Shape") is string shape)
        {
            return TensorShape.Parse(shape);
        }

        return options.Of(new TensorShape(1, 1), layout) is { Rule: FanRule.Given } given
            ? DenseShape.Of(given.FanIn, given.FanOut, layout)
            : throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The layer '{layer.Text("Name")}' has no Shape and no FanIn and FanOut; one of the two is needed.",
                layer.Text("Name"));
    }
}
