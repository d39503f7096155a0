using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>The initial weights of one tensor or of a stack, listed or written to a file: New-InitWeights.</summary>
internal sealed class NewCommand : ToolCommand
{
    private readonly ParameterOption<string?> _shape = ParameterOption.Text(
        "Shape",
        "shape",
        "The dimensions of one tensor: 784x256 or 784,256. For a stack give --width.");

    private readonly ParameterOption<string?> _width = CommonOptions.Width();
    private readonly ParameterOption<string?> _module = ParameterOption.Text(
        "Module",
        "modules",
        "Modules of PyTorch as their constructor calls, in their order: \"Linear(784, 256), ReLU, Linear(256, 10)\". " +
        "Each gives its parameters, biases among them, with PyTorch's default initialization.");

    private readonly ParameterOption<RandomGenerator?> _generator = ParameterOption.Value(
        "Generator",
        "generator",
        "Where random numbers come from: Philox4x32-10 (the default), PyTorch (those of torch.manual_seed and " +
        "torch.nn.init on a CPU) or NumPy (those of default_rng).",
        RandomGenerators.Spellings.Parse);

    private readonly ParameterOption<string?> _initializer = ParameterOption.Text(
        "Initializer",
        "expression",
        "How weights are drawn: a name in any framework's spelling, or an expression such as " +
        "RandomNormal(stddev=0.01). Default: GlorotUniform.");

    private readonly ParameterOption<Convention?> _convention = CommonOptions.Convention();
    private readonly ParameterOption<string?> _name = ParameterOption.Text(
        "Name",
        "name",
        "The tensor's name, from which its random stream derives: fc1 makes fc1.weight (and fc1.bias). Default: " +
        "layer1.");

    private readonly ParameterOption<Seed?> _seed = CommonOptions.Seed();
    private readonly ParameterOption<string?> _stream = ParameterOption.Text(
        "Stream",
        "text",
        "Stands for the name in the random stream, so that a renamed tensor keeps its values.");

    private readonly ParameterOption<string?> _bias = CommonOptions.Bias();
    private readonly ParameterOption<string?> _activation = ParameterOption.Text(
        "Activation",
        "activation",
        "The activation behind the layer. It travels with the tensor and draws no number.");

    private readonly ParameterOption<string?> _layout = CommonOptions.Layout();
    private readonly ParameterOption<DType?> _dtype = CommonOptions.DType();
    private readonly ParameterOption<long?> _fanIn = ParameterOption.LongNumber(
        "FanIn",
        "Connections into one output unit, where the shape does not say; needs --fan-out.");

    private readonly ParameterOption<long?> _fanOut = ParameterOption.LongNumber(
        "FanOut",
        "Connections out of one input unit, where the shape does not say; needs --fan-in.");

    private readonly ParameterOption<long?> _offset = ParameterOption.LongNumber(
        "Offset",
        "The first element of a slice, in row-major order, from 0. Default: 0.");

    private readonly ParameterOption<long?> _count = ParameterOption.LongNumber(
        "Count",
        "The number of elements of a slice. Default: all from --offset on.");

    private readonly ShorthandOptions _shorthand = new();
    private readonly ParameterOption<string?> _path = ParameterOption.Text(
        "Path",
        "path",
        "Write the tensors to this .safetensors file, or the one tensor to this .npy file.");

    private readonly ParameterOption<bool> _force = ParameterOption.Switch("Force", "Replace an existing file.");
    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    public NewCommand()
        : base(
            "new",
            "New-InitWeights",
            "Make initial weights: the recipe of one tensor or of a stack, and with --path the tensor's values in " +
            "a file.")
    {
        Add(_shape);
        Add(_width);
        Add(_module);
        Add(_generator);
        Add(_initializer);
        _shorthand.AddTo(this);
        Add(_convention);
        Add(_name);
        Add(_seed);
        Add(_stream);
        Add(_bias);
        Add(_activation);
        Add(_layout);
        Add(_dtype);
        Add(_fanIn);
        Add(_fanOut);
        Add(_offset);
        Add(_count);
        Add(_path);
        Add(_force);
        Add(_throttleLimit);
    }

    public override void Run(CommandContext context)
    {
        IReadOnlyList<WeightTensor> tensors = Create(context);
        if (context.Get(_path) is { } path)
        {
            context.Work("Writing weights", progress =>
            {
                TensorFile.Write(
                    path,
                    tensors,
                    context.Get(_force),
                    context.ParallelOptions(_throttleLimit),
                    progress);
                return path;
            });
        }

        context.Write(tensors);
    }

    private IReadOnlyList<WeightTensor> Create(CommandContext context)
    {
        string? shape = context.Get(_shape);
        string? width = context.Get(_width);
        string? modules = context.Get(_module);
        System.CommandLine.Option[] kinds = [_shape, _width, _module];
        System.CommandLine.Option[] given = [.. kinds.Where(context.Has)];
        if (given.Length != 1)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                given.Length == 0
                    ? $"Neither {_shape.Name} nor {_width.Name} nor {_module.Name} was given; give one of them."
                    : $"Both {given[0].Name} and {given[1].Name} were given; give one of them.");
        }

        System.CommandLine.Option[] ofOneTensor = [_name, _stream, _fanIn, _fanOut, _offset, _count];
        if (shape is null && ofOneTensor.FirstOrDefault(context.Has) is { } option)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{option.Name} describes one tensor; it needs {_shape.Name} and does not go with {given[0].Name}.",
                option.Name);
        }

        RandomGenerator generator = context.Get(_generator) ?? default;
        Seed seed = context.Get(_seed) ?? Seed.Draw();
        DType dtype = context.Get(_dtype) ?? DType.Float32;
        DrawSequence draws = new(generator, seed);
        if (modules is not null)
        {
            return CreateModules(context, modules, draws, dtype);
        }

        Convention? convention = context.Get(_convention) ?? RandomGenerators.ConventionOf(generator);
        string expression = context.Get(_initializer) ?? "GlorotUniform";
        Initializer initializer = InitializerShorthand.Parse(expression, _shorthand.Read(context), convention);
        Initializer? bias = CommonOptions.Parse(context.Get(_bias), convention);
        Activation? activation = context.Get(_activation) is { } text ? Activation.Parse(text) : null;
        if (width is not null)
        {
            // A stack of recipes needs no activation; where none is given, the tensors name none.
            Layout layout = LayoutRule.Choose(context.Get(_layout), convention);
            var stack = Architecture.FromWidths(Widths.Parse(width), activation ?? Activation.Parse("linear"));
            return draws.Draw(
            [
                .. LayerTensors.Create(stack, initializer, bias, seed, StreamPurpose.Weights, dtype, layout)
                    .SelectMany(layer => new[] { layer.Weight, layer.Bias })
                    .OfType<WeightTensor>()
                    .Select(tensor => WeightTensor.Create(tensor.GetOptions() with { Activation = activation })),
            ]);
        }

        var weight = WeightTensor.Create(new WeightTensorOptions
        {
            Name = TensorNames.WeightOf(context.Get(_name) ?? LayerSpec.DefaultName(1)),
            Shape = TensorShape.Parse(shape!),
            Initializer = initializer,
            Seed = seed,
            Layout = LayoutRule.Choose(context.Get(_layout), convention, expression),
            DType = dtype,
            Activation = activation,
            Fans = GivenFans.Of(context.Get(_fanIn), context.Get(_fanOut)),
            Stream = context.Get(_stream),
            Offset = context.Get(_offset) ?? 0,
            Count = context.Get(_count),
        });
        return draws.Draw(bias is null ? [weight] : [weight, LayerTensors.BiasOf(weight, bias)]);
    }

    private IReadOnlyList<WeightTensor> CreateModules(
        CommandContext context, string modules, DrawSequence draws, DType dtype)
    {
        System.CommandLine.Option[] ofInitializers = [_initializer, _bias, _layout, _convention, .. _shorthand.All];
        if (ofInitializers.FirstOrDefault(context.Has) is { } option)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{option.Name} was given with {_module.Name}; a module says itself how its parameters are drawn.",
                option.Name);
        }

        Activation? activation = context.Get(_activation) is { } text ? Activation.Parse(text) : null;
        return
        [
            .. ExpressionParser.SplitList(modules).SelectMany((module, index) => PyTorchModule.Parse(module)
                .CreateTensors(LayerSpec.DefaultName(index + 1), draws, dtype, activation)),
        ];
    }
}
