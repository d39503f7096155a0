namespace InitTools;

/// <summary>A layer and its tensors.</summary>
/// <param name="Spec">What the layer is.</param>
/// <param name="Weight">Its weight, or null where it has none.</param>
/// <param name="Bias">Its bias, or null where it has none.</param>
public sealed record LayerTensors(LayerSpec Spec, WeightTensor? Weight, WeightTensor? Bias)
{
    // The scale and the shift of a normalization, which frameworks do not draw.
    private static readonly Initializer s_ones = Initializer.Parse("Ones");
    private static readonly Initializer s_zeros = Initializer.Parse("Zeros");

    /// <summary>The layer of a weight: dense where its rank is 2, a convolution of stride 1 where it is more.</summary>
    /// <param name="name">The layer's name.</param>
    /// <param name="weight">fan_in x fan_out in the layout IO, fan_out x fan_in in OI; or a kernel.</param>
    /// <param name="bias">An element for each unit, or null where the layer has no bias.</param>
    /// <param name="activation">The activation behind the layer.</param>
    public LayerTensors(string name, WeightTensor weight, WeightTensor? bias, Activation activation)
        : this(SpecOf(name, weight, activation), weight, bias)
    {
    }

    /// <summary>The layer's name.</summary>
    public string Name => Spec.Name;

    /// <summary>The activation behind the layer.</summary>
    public Activation Activation => Spec.Activation;

    /// <summary>Those of weight and bias that the layer has, the weight first.</summary>
    public IEnumerable<WeightTensor> Parameters => new[] { Weight, Bias }.OfType<WeightTensor>();

    /// <summary>Connections into a unit; 0 where the layer has no weights that connect.</summary>
    public int FanIn => Spec.FanIn;

    /// <summary>Connections out of an input, which are the units of a dense layer; likewise.</summary>
    public int FanOut => Spec.FanOut;

    /// <summary>The tensors of every layer of an architecture.</summary>
    /// <param name="architecture">The layers.</param>
    /// <param name="weight">How weights are drawn. Normalizations have ones, and zeros as biases.</param>
    /// <param name="bias">How biases are drawn, by the fans of their layer; null for none.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What the streams are for; a repetition has a purpose of its own.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="layout">Which axes are inputs and outputs.</param>
    public static IReadOnlyList<LayerTensors> Create(
        Architecture architecture,
        Initializer weight,
        Initializer? bias,
        Seed seed,
        StreamPurpose purpose,
        DType dtype = DType.Float32,
        Layout layout = Layout.IO) =>
        Create(architecture, _ => weight, _ => bias, seed, purpose, dtype, layout);

    /// <summary>The tensors of every layer of an architecture, each layer's drawn in its own way.</summary>
    /// <param name="architecture">The layers.</param>
    /// <param name="weight">How the weights of a layer, counted from 0, are drawn.</param>
    /// <param name="bias">How its biases are; null for none.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">What the streams are for.</param>
    /// <param name="dtype">The type of the elements.</param>
    /// <param name="layout">Which axes are inputs and outputs.</param>
    public static IReadOnlyList<LayerTensors> Create(
        Architecture architecture,
        Func<int, Initializer> weight,
        Func<int, Initializer?> bias,
        Seed seed,
        StreamPurpose purpose,
        DType dtype,
        Layout layout)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        ArgumentNullException.ThrowIfNull(weight);
        ArgumentNullException.ThrowIfNull(bias);
        return
        [
            .. Enumerable.Range(0, architecture.Depth).Select(l =>
            {
                LayerSpec layer = architecture.Layers[l];
                if (layer.Operation.WeightShapeOf(architecture.InputOf(l), layout) is not TensorShape shape)
                {
                    return new LayerTensors(layer, null, null);
                }

                bool isDrawn = layer.Operation.IsWeighted;
                return Create(
                    layer,
                    new WeightTensorOptions
                    {
                        Name = TensorNames.WeightOf(layer.Name),
                        Shape = shape,
                        Initializer = isDrawn ? weight(l) : s_ones,
                        Seed = seed,
                        Layout = layout,
                        DType = dtype,
                        Activation = layer.Activation,
                        Fans = layer.Operation.FansOf(shape, layout),
                        Purpose = purpose,
                    },
                    isDrawn ? bias(l) : s_zeros);
            }),
        ];
    }

    /// <summary>
    /// The bias that belongs to a weight: fan_out elements, drawn with the weight's seed and element type, by the fans
    /// of the layer (PyTorch's biases, for one, depend on fan_in).
    /// </summary>
    public static WeightTensor BiasOf(WeightTensor weight, Initializer bias)
    {
        ArgumentNullException.ThrowIfNull(weight);
        return WeightTensor.Create(weight.GetOptions() with
        {
            Name = TensorNames.BiasOf(weight.Name),
            Shape = new TensorShape(UnitsOf(weight)),
            Initializer = bias,
            Fans = weight.GetFans() is Fans fans ? fans with { Rule = FanRule.Given } : null,
            Stream = weight.GetOptions().Stream is string stream ? TensorNames.BiasOf(stream) : null,
            Offset = 0,
            Count = null,
        });
    }

    /// <summary>
    /// The layers that a sequence of tensors makes: each weight is a layer, in the order given, and a bias joins the
    /// weight of its layer by name, before or behind it.
    /// </summary>
    /// <param name="tensors">
    /// Dense weights (rank 2), kernels of convolutions of stride 1 (rank 3 to 5) and biases (rank 1, named
    /// <c>layer.bias</c>).
    /// </param>
    /// <param name="activation">The activation of layers whose tensor names none.</param>
    /// <param name="input">The shape of an example; null for the inputs of a first layer that is dense.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: a weight is of rank 1, or a slice; <see cref="ErrorId.LayerMismatch"/>:
    /// layers do not chain, or a bias has no layer or another width.
    /// </exception>
    public static IReadOnlyList<LayerTensors> Join(
        IEnumerable<WeightTensor> tensors,
        Activation activation,
        FeatureShape? input = null)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        WeightTensor[] all = [.. tensors];
        return Join(SpecsOf(all, activation), all, input);
    }

    /// <summary>The layers described, with their tensors: a tensor joins its layer by name.</summary>
    /// <param name="layers">The layers, first to last.</param>
    /// <param name="tensors">
    /// Their weights, <c>layer.weight</c>, and biases, <c>layer.bias</c>, in any order. Normalizations need none.
    /// </param>
    /// <param name="input">The shape of an example; null for the inputs of a first layer that is dense.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: a tensor is a slice; <see cref="ErrorId.LayerMismatch"/>: layers do not
    /// chain, or tensors are missing, too many or of other shapes; the message lists all of them.
    /// </exception>
    public static IReadOnlyList<LayerTensors> Join(
        IEnumerable<LayerSpec> layers,
        IEnumerable<WeightTensor> tensors,
        FeatureShape? input = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        ArgumentNullException.ThrowIfNull(tensors);
        LayerSpec[] specs = [.. layers];
        Dictionary<string, WeightTensor> weights = [];
        Dictionary<string, WeightTensor> biases = [];
        foreach (WeightTensor tensor in tensors)
        {
            RequireWhole(tensor);
            if (!(IsBias(tensor) ? biases : weights).TryAdd(TensorNames.LayerOf(tensor.Name), tensor))
            {
                throw new InitToolsException(
                    ErrorId.LayerMismatch,
                    $"Two tensors are called '{tensor.Name}'; a layer has one weight and at most one bias.",
                    tensor.Name);
            }
        }

        if (specs.Length == 0 && biases.Values.FirstOrDefault() is WeightTensor orphan)
        {
            throw new InitToolsException(
                ErrorId.LayerMismatch,
                $"'{orphan.Name}' is a bias without a weight "
                + $"'{TensorNames.WeightOf(TensorNames.LayerOf(orphan.Name))}'.",
                orphan.Name);
        }

        var architecture = new Architecture(specs, input);
        new ArchitectureMatch(architecture, weights, biases).Require();
        return
        [
            .. specs.Select((layer, l) =>
            {
                WeightTensor? weight = weights.GetValueOrDefault(layer.Name);
                WeightTensor? bias = biases.GetValueOrDefault(layer.Name);
                return weight is null && bias is null
                    && layer.Operation.WeightShapeOf(architecture.InputOf(l), Layout.IO) is TensorShape shape
                        ? CreateNormalization(layer, shape)
                        : new LayerTensors(layer, weight, bias);
            }),
        ];
    }

    /// <summary>The layers that the weights among some tensors make, in their order.</summary>
    /// <param name="tensors">Weights and biases.</param>
    /// <param name="activation">The activation of layers whose weight names none.</param>
    /// <exception cref="InitToolsException">As for <see cref="SpecOf"/>.</exception>
    public static IEnumerable<LayerSpec> SpecsOf(IEnumerable<WeightTensor> tensors, Activation activation) => tensors
        .Where(tensor => !IsBias(tensor))
        .Select(tensor => SpecOf(TensorNames.LayerOf(tensor.Name), tensor, activation));

    /// <summary>
    /// The layer that a weight makes: dense where its rank is 2, a convolution of stride 1 where it is more.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: its rank is 1, or above 5, or its kernel is transposed or depthwise.
    /// </exception>
    public static LayerSpec SpecOf(string name, WeightTensor weight, Activation activation)
    {
        ArgumentNullException.ThrowIfNull(weight);
        if (weight.GetFans()?.Rule is FanRule.Transposed or FanRule.TransposedGrouped or FanRule.Depthwise)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"'{weight.Name}' ({weight.Shape}) has the fan rule {weight.FanRule}; a stack is made of dense layers "
                + "and convolutions, in groups or not, whose kernels are neither transposed nor of Keras's depthwise "
                + "order.",
                weight.FanRule);
        }

        TensorShape shape = weight.GetShape();
        if (shape.Rank == 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"'{weight.Name}' ({weight.Shape}) is no whole layer; a stack is made of whole weights of rank 2 or "
                + "more, and of biases of rank 1 called <layer>.bias.",
                weight.Shape);
        }

        Activation own = weight.GetActivation() ?? activation;
        TensorGeometry geometry = new(shape, weight.GetLayout(), weight.GetFans());
        if (shape.Rank == 2)
        {
            return new LayerSpec(name, (int)geometry.Inputs, (int)geometry.Outputs, own);
        }

        long groups = geometry.Fans is { Rule: FanRule.Grouped } fans
            ? geometry.Outputs * (fans.FanIn / geometry.Inputs) / fans.FanOut
            : 1;
        return new LayerSpec(
            name,
            ConvolutionOperation.OfKernel(shape, weight.GetLayout(), kernel => new Window(kernel), (int)groups),
            own);
    }

    private static LayerTensors Create(LayerSpec layer, WeightTensorOptions weight, Initializer? bias)
    {
        var tensor = WeightTensor.Create(weight);
        return new LayerTensors(layer, tensor, bias is null ? null : BiasOf(tensor, bias));
    }

    // Ones and zeros, which no seed changes.
    private static LayerTensors CreateNormalization(LayerSpec layer, TensorShape shape) => Create(
        layer,
        new WeightTensorOptions
        {
            Name = TensorNames.WeightOf(layer.Name),
            Shape = shape,
            Initializer = s_ones,
            Seed = default,
            Activation = layer.Activation,
        },
        s_zeros);

    // Those of its layer, which its bias has an element for each of.
    private static long UnitsOf(WeightTensor weight)
    {
        TensorGeometry geometry = new(weight.GetShape(), weight.GetLayout(), weight.GetFans());
        FanRule rule = geometry.Fans?.Rule ?? FanRule.None;
        switch (rule)
        {
            case FanRule.None or FanRule.Dense or FanRule.Convolution or FanRule.Given or FanRule.Grouped:
                return geometry.Outputs;
            case FanRule.Depthwise:
                return geometry.Inputs * geometry.Outputs;
            case FanRule.Transposed or FanRule.TransposedGrouped:
                long field = geometry.Shape.Count / (geometry.Inputs * geometry.Outputs);
                return geometry.Inputs * (geometry.Outputs * field / geometry.Fans!.Value.FanIn);
            default:
                throw new InitToolsException(
                    ErrorId.ParameterConflict,
                    $"The fans of '{weight.Name}' are by the rule {rule}, from which the number of its units does not "
                    + "follow; make its bias as a tensor of its own.",
                    rule.ToString());
        }
    }

    private static bool IsBias(WeightTensor tensor) => TensorNames.IsBias(tensor.Name) && tensor.GetShape().Rank == 1;

    private static void RequireWhole(WeightTensor tensor)
    {
        if (tensor.Count != tensor.GetShape().Count)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"'{tensor.Name}' ({tensor.Shape}, {tensor.Count} elements from offset {tensor.Offset}) is a slice; a "
                + "stack is made of whole tensors.",
                tensor.Shape);
        }
    }
}
