namespace InitTools;

/// <summary>The tensors of one dense layer.</summary>
/// <param name="Name">The layer's name.</param>
/// <param name="Weight">fan_in x fan_out in the layout IO, fan_out x fan_in in OI.</param>
/// <param name="Bias">fan_out elements, or null where the layer has no bias.</param>
/// <param name="Activation">The activation behind the layer.</param>
public sealed record LayerTensors(string Name, WeightTensor Weight, WeightTensor? Bias, Activation Activation)
{
    /// <summary>The number of inputs.</summary>
    public int FanIn => (int)(Weight.GetLayout() == Layout.IO ? Weight.GetShape()[0] : Weight.GetShape()[1]);

    /// <summary>The number of units.</summary>
    public int FanOut => (int)(Weight.GetLayout() == Layout.IO ? Weight.GetShape()[1] : Weight.GetShape()[0]);

    /// <summary>The tensors of every layer of an architecture.</summary>
    /// <param name="architecture">The layers.</param>
    /// <param name="weight">How weights are drawn.</param>
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
        Layout layout = Layout.IO)
    {
        ArgumentNullException.ThrowIfNull(architecture);
        return [.. architecture.Layers.Select(layer =>
        {
            WeightTensor tensor = WeightTensor.Create(new WeightTensorOptions
            {
                Name = TensorNames.WeightOf(layer.Name),
                Shape = DenseShape.Of(layer.FanIn, layer.FanOut, layout),
                Initializer = weight,
                Seed = seed,
                Layout = layout,
                DType = dtype,
                Activation = layer.Activation,
                Purpose = purpose,
            });
            return new LayerTensors(layer.Name, tensor, bias is null ? null : BiasOf(tensor, bias), layer.Activation);
        })];
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
    /// <param name="tensors">Dense weights (rank 2) and biases (rank 1, named <c>layer.bias</c>).</param>
    /// <param name="activation">The activation of layers whose tensor names none.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: a weight is not of rank 2, or is a slice;
    /// <see cref="ErrorId.LayerMismatch"/>: layers do not chain, or a bias has no layer or another width.
    /// </exception>
    public static IReadOnlyList<LayerTensors> Join(IEnumerable<WeightTensor> tensors, Activation activation)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        List<LayerTensors> layers = [];
        Dictionary<string, WeightTensor> biases = [];
        foreach (WeightTensor tensor in tensors)
        {
            bool isBias = TensorNames.IsBias(tensor.Name) && tensor.GetShape().Rank == 1;
            RequireDense(tensor, isBias ? 1 : 2);
            string layer = TensorNames.LayerOf(tensor.Name);
            if (isBias ? !biases.TryAdd(layer, tensor) : layers.Any(l => l.Name == layer))
            {
                throw new InitToolsException(
                    ErrorId.LayerMismatch,
                    $"Two tensors are called '{tensor.Name}'; a layer has one weight and at most one bias.",
                    tensor.Name);
            }

            if (!isBias)
            {
                layers.Add(new LayerTensors(layer, tensor, null, tensor.GetActivation() ?? activation));
            }
        }

        for (int i = 0; i < layers.Count; i++)
        {
            if (biases.Remove(layers[i].Name, out WeightTensor? bias))
            {
                layers[i] = layers[i] with { Bias = bias };
                if (bias.Count != layers[i].FanOut)
                {
                    throw new InitToolsException(
                        ErrorId.LayerMismatch,
                        $"'{bias.Name}' has {bias.Count} elements and its layer {layers[i].FanOut} units.",
                        bias.Name);
                }
            }
        }

        if (biases.Count > 0)
        {
            WeightTensor orphan = biases.Values.First();
            throw new InitToolsException(
                ErrorId.LayerMismatch,
                $"'{orphan.Name}' is a bias without a weight '{TensorNames.WeightOf(TensorNames.LayerOf(orphan.Name))}'.",
                orphan.Name);
        }

        RequireChain(layers);
        return layers;
    }

    /// <summary>The number of units of a weight's layer, which its bias has an element for each of.</summary>
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

    /// <summary>Fails unless each layer takes what the one before it puts out.</summary>
    private static void RequireChain(List<LayerTensors> layers) =>
        _ = new Architecture(layers.Select(l => new LayerSpec(l.Name, l.FanIn, l.FanOut, l.Activation)));

    private static void RequireDense(WeightTensor tensor, int rank)
    {
        if (tensor.GetShape().Rank != rank || tensor.Count != tensor.GetShape().Count)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"'{tensor.Name}' ({tensor.Shape}, {tensor.Count} elements from offset {tensor.Offset}) is no whole dense "
                + "layer; a stack is made of whole weights of rank 2 and biases of rank 1 called <layer>.bias.",
                tensor.Shape);
        }
    }
}
