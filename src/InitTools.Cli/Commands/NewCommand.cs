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

    private readonly ParameterOption<string?> _like = ParameterOption.Text(
        "Path",
        "path",
        "New weights for the tensors of this file: their names, shapes and types are read, and not their values.",
        "--like");

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
        "RandomNormal(stddev=0.01), or FromFile('weights.npz', 'fc1.weight') for the values of a file. Default: " +
        "GlorotUniform.");

    private readonly ParameterOption<string[]?> _map = ParameterOption.List<string>(
        "Map",
        "pattern=expression",
        "Which initializer each tensor gets, by a pattern over the tensors' names, biases among them: " +
        "\"conv*=HeNormal\". May be repeated; the first pattern that matches wins. A tensor that none matches gets " +
        "--initializer where that is given, and is an error otherwise.",
        text => [text]);

    private readonly ParameterOption<string?> _parameterization = ParameterOption.Text(
        "Parameterization",
        "expression",
        "A rule for the whole network: a framework's layer defaults, such as TorchLinear, or GPT2(layers=12), " +
        "DeepNorm(decoder=24), Fixup, MuP(base=256). Goes with --map, which holds for the tensors that it matches.");

    private readonly ParameterOption<bool> _plan = ParameterOption.Switch(
        "Plan",
        "Show shapes, fans, variance, standard deviation, limit and bytes, and make nothing.");

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

    private readonly ParameterOption<long?> _groups = ParameterOption.LongNumber(
        "Groups",
        "The groups of a grouped convolution, whose kernel has the inputs of one group. Default: 1.");

    private readonly ParameterOption<bool> _depthwise = ParameterOption.Switch(
        "Depthwise",
        "The kernel is (kernel..., channels, multiplier), as Keras stores those of depthwise convolutions.");

    private readonly ParameterOption<bool> _transposed = ParameterOption.Switch(
        "Transposed",
        "The kernel is that of a transposed convolution: (kernel..., out, in) in layout IO, " +
        "(in, out, kernel...) in OI.");

    private readonly ParameterOption<string?> _inputAxis = ParameterOption.Text(
        "InputAxis",
        "axes",
        "The axes of the inputs, from 0 or, negative, from the end, such as 0 or 0,1. Axes that are not named " +
        "multiply both fans. Default: that of the layout.");

    private readonly ParameterOption<string?> _outputAxis = ParameterOption.Text(
        "OutputAxis", "axes", "The axes of the outputs. Default: that of the layout.");

    private readonly ParameterOption<string?> _batchAxis = ParameterOption.Text(
        "BatchAxis", "axes", "Axes along which kernels stand side by side; they multiply neither fan. Default: none.");

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
        "Write the tensors to this .safetensors or .npz file, their recipes to this .init.json file, or the one " +
        "tensor to this .npy file.");

    private readonly ParameterOption<PartNumber?> _part = CommonOptions.Part();

    private readonly ParameterOption<bool> _force = ParameterOption.Switch("Force", "Replace an existing file.");
    private readonly ParameterOption<int?> _throttleLimit = CommonOptions.ThrottleLimit();

    public NewCommand()
        : base(
            "new",
            "New-InitWeights",
            "Make initial weights of one tensor, of a stack or like those of a file: list their recipes, and with " +
            "--path write them to a file.")
    {
        Add(_shape);
        Add(_width);
        Add(_module);
        Add(_like);
        Add(_generator);
        Add(_initializer);
        _shorthand.AddTo(this);
        Add(_map);
        Add(_parameterization);
        Add(_plan);
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
        Add(_groups);
        Add(_depthwise);
        Add(_transposed);
        Add(_inputAxis);
        Add(_outputAxis);
        Add(_batchAxis);
        Add(_offset);
        Add(_count);
        Add(_path);
        Add(_part);
        Add(_force);
        Add(_throttleLimit);
    }

    public override void Run(CommandContext context)
    {
        IReadOnlyList<ChosenTensor> chosen = Create(context);
        if (context.Get(_plan))
        {
            RequireNothingWritten(context);
            context.Write<WeightPlan>([.. chosen.Select(tensor => new WeightPlan(tensor))]);
            return;
        }

        IReadOnlyList<WeightTensor> tensors = [.. chosen.Select(c => c.Tensor)];
        if (context.Get(_path) is { } path)
        {
            context.Work("Writing weights", progress =>
            {
                TensorFile.Write(
                    path,
                    tensors,
                    context.Get(_force),
                    context.ParallelOptions(_throttleLimit),
                    progress,
                    context.Get(_part));
                return path;
            });
        }

        context.Write(tensors);
    }

    private void RequireNothingWritten(CommandContext context)
    {
        if (context.Has(_path))
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{_plan.Name} makes nothing, and {_path.Name} asks for a file; give one of the two.",
                _path.Name);
        }
    }

    private IReadOnlyList<ChosenTensor> Create(CommandContext context)
    {
        string? modules = context.Get(_module);
        System.CommandLine.Option[] kinds = [_shape, _width, _module, _like];
        System.CommandLine.Option[] given = [.. kinds.Where(context.Has)];
        if (given.Length != 1)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                given.Length == 0
                    ? $"Neither {string.Join(" nor ", kinds.Select(kind => kind.Name))} was given; give one of them."
                    : $"Both {given[0].Name} and {given[1].Name} were given; give one of them.");
        }

        System.CommandLine.Option[] ofOneTensor =
        [
            _name, _stream, _fanIn, _fanOut, _groups, _depthwise, _transposed, _inputAxis, _outputAxis, _batchAxis,
            _offset, _count,
        ];
        if (!context.Has(_shape) && ofOneTensor.FirstOrDefault(context.Has) is { } option)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{option.Name} describes one tensor; it needs {_shape.Name} and does not go with {given[0].Name}.",
                option.Name);
        }

        RandomGenerator generator = context.Get(_generator) ?? default;
        Seed seed = context.Get(_seed) ?? Seed.Draw();
        DType dtype = context.Get(_dtype) ?? DType.Float32;
        DrawSequence draws = new(generator, seed, context.CancellationToken);
        if (modules is not null)
        {
            // A plan does not say where the draws of a sequential generator stand, and so need not find out.
            return CreateModules(
                context, modules, context.Get(_plan) ? new DrawSequence(RandomGenerator.Philox, seed) : draws, dtype);
        }

        Convention? convention = context.Get(_convention) ?? RandomGenerators.ConventionOf(generator);
        InitializerChoice choice = ReadChoice(context, convention);
        IReadOnlyList<NetworkTensor> tensors = context.Get(_like) is string path
            ? [.. DescribeTensors(context, path, seed).Select(choice.TensorOf)]
            : [.. DescribeLayers(context, seed, dtype, convention)
                .SelectMany(weight => choice.TensorsOf(weight, layer: context.Get(_name)))];
        return choice.Choose(tensors, draws, context.Get(_plan));
    }

    private IEnumerable<WeightTensorOptions> DescribeTensors(CommandContext context, string path, Seed seed)
    {
        Activation? activation = context.Get(_activation) is { } text ? Activation.Parse(text) : null;
        Layout? layout = context.Get(_layout) is { } name ? Layouts.Spellings.Parse(name) : null;
        return new WeightImport { Layout = layout }.Read(path).Weights.Select(tensor => new WeightTensorOptions
        {
            Name = tensor.Name,
            Shape = tensor.GetShape(),
            Initializer = tensor.GetInitializer(),
            Seed = seed,
            Layout = tensor.GetLayout(),
            DType = context.Get(_dtype) ?? tensor.GetDType(),
            Activation = activation,
        });
    }

    private InitializerChoice ReadChoice(CommandContext context, Convention? convention)
    {
        KeyValuePair<string, string>[] shorthand = [.. _shorthand.Read(context)];
        Initializer initializer = InitializerShorthand.Parse(
            ExpressionOf(context), shorthand, convention, context.Files);
        return InitializerChoice.Of(
            context.Has(_initializer) || shorthand.Length > 0 ? initializer : null,
            initializer,
            CommonOptions.Parse(context.Get(_bias), context.Files, convention),
            context.Get(_map) is string[] entries ? InitializerMap.Parse(entries, convention, context.Files) : null,
            context.Get(_parameterization));
    }

    private string ExpressionOf(CommandContext context) => context.Get(_initializer) ?? Initializer.DefaultExpression;

    private IEnumerable<WeightTensorOptions> DescribeLayers(
        CommandContext context, Seed seed, DType dtype, Convention? convention)
    {
        Activation? activation = context.Get(_activation) is { } text ? Activation.Parse(text) : null;
        WeightTensorOptions Describe(string name, TensorShape shape, Layout layout) => new()
        {
            Name = TensorNames.WeightOf(name),
            Shape = shape,
            Initializer = Initializer.Parse("Zeros"),
            Seed = seed,
            Layout = layout,
            DType = dtype,
            Activation = activation,
        };

        if (context.Get(_width) is { } width)
        {
            // A stack of recipes needs no activation; where none is given, the tensors name none.
            Layout layout = LayoutRule.Choose(context.Get(_layout), convention);
            return Architecture.FromWidths(Widths.Parse(width), activation ?? Activation.Parse("linear")).Layers
                .Select(layer => Describe(layer.Name, DenseShape.Of(layer.FanIn, layer.FanOut, layout), layout));
        }

        WeightTensorOptions weight = Describe(
            context.Get(_name) ?? LayerSpec.DefaultName(1),
            TensorShape.Parse(context.Get(_shape)!),
            LayoutRule.Choose(context.Get(_layout), convention, ExpressionOf(context)));
        return
        [
            weight with
            {
                Fans = ReadFans(context, convention).Of(weight.Shape, weight.Layout),
                Stream = context.Get(_stream),
                Offset = context.Get(_offset) ?? 0,
                Count = context.Get(_count),
            },
        ];
    }

    private FanOptions ReadFans(CommandContext context, Convention? convention) => new()
    {
        FanIn = context.Get(_fanIn),
        FanOut = context.Get(_fanOut),
        Groups = context.Get(_groups),
        IsDepthwise = context.Get(_depthwise),
        IsTransposed = context.Get(_transposed),
        InputAxis = FanOptions.ParseAxes(context.Get(_inputAxis)),
        OutputAxis = FanOptions.ParseAxes(context.Get(_outputAxis)),
        BatchAxis = FanOptions.ParseAxes(context.Get(_batchAxis)),
        Convention = convention,
    };

    private IReadOnlyList<ChosenTensor> CreateModules(
        CommandContext context, string modules, DrawSequence draws, DType dtype)
    {
        System.CommandLine.Option[] ofInitializers =
            [_initializer, _map, _parameterization, _bias, _layout, _convention, .. _shorthand.All];
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
                .CreateTensors(LayerSpec.DefaultName(index + 1), draws, dtype, activation))
                .Select(tensor => new ChosenTensor(tensor)),
        ];
    }
}
