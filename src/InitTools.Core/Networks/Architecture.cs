namespace InitTools;

/// <summary>
/// A stack of layers, each taking what the one before it puts out and, by a skip, what an earlier one did.
/// </summary>
public sealed class Architecture
{
    /// <summary>A stack of the given layers.</summary>
    /// <param name="layers">One or more layers, first to last.</param>
    /// <param name="input">The shape of an example; null for the inputs of a first layer that is dense.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: no layer, or no shape for a first layer that is not dense;
    /// <see cref="ErrorId.LayerMismatch"/>: a layer takes another shape than the one before it puts out, or a skip has
    /// another shape than what it is added to, or comes from no earlier layer.
    /// </exception>
    public Architecture(IEnumerable<LayerSpec> layers, FeatureShape? input = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Layers = [.. layers];
        if (Layers.Count == 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                "An architecture needs at least one layer; none was given.");
        }

        Input = input ?? (Layers[0].Operation is DenseOperation dense
            ? new FeatureShape(dense.FanIn)
            : throw new InitToolsException(
                ErrorId.InvalidShape,
                $"Layer 1 '{Layers[0].Name}' is {Layers[0].Operation.Describe()}, from which the shape of the input "
                + "does not follow; give it (InputShape, or a first layer of the kind Input): the number of channels, "
                + "then of positions, such as 3x32x32.",
                Layers[0].Name));
        FeatureShape[] outputs = new FeatureShape[Layers.Count];
        int?[] skips = new int?[Layers.Count];
        for (int l = 0; l < Layers.Count; l++)
        {
            outputs[l] = Layers[l].Operation.OutputOf(l == 0 ? Input : outputs[l - 1]) ?? throw NoChain(l, outputs);
            skips[l] = FindSkip(l, outputs);
        }

        Outputs = outputs;
        SkipSources = skips;
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; }

    /// <summary>The shape of an example.</summary>
    public FeatureShape Input { get; }

    /// <summary>The shape that each layer puts out.</summary>
    public IReadOnlyList<FeatureShape> Outputs { get; }

    /// <summary>
    /// For each layer the one, counted from 0, whose output is added to its pre-activations; -1 is the network's input,
    /// null none.
    /// </summary>
    public IReadOnlyList<int?> SkipSources { get; }

    /// <summary>The number of layers.</summary>
    public int Depth => Layers.Count;

    /// <summary>The number of values of an example.</summary>
    public int InputWidth => Input.Count;

    /// <summary>The number of values that the last layer puts out.</summary>
    public int OutputWidth => Outputs[^1].Count;

    /// <summary>True where all layers are dense, at one position, without skips.</summary>
    public bool IsDenseStack => Input.PositionCount == 1 && SkipSources.All(source => source is null)
        && Layers.All(layer => layer.Operation is DenseOperation);

    /// <summary>True where a skip goes round a layer, counted from 0: from before it to one behind it.</summary>
    public bool IsBypassed(int layer) => Enumerable.Range(layer + 1, Depth - layer - 1)
        .Any(target => SkipSources[target] < layer);

    /// <summary>The shape that goes into a layer, counted from 0.</summary>
    public FeatureShape InputOf(int layer) => layer == 0 ? Input : Outputs[layer - 1];

    /// <summary>
    /// A stack from its widths: <c>784,256,10</c> has the layers 784x256 and 256x10, named layer1 and layer2.
    /// </summary>
    /// <param name="widths">The input width, then one width a layer: two or more, each at least 1.</param>
    /// <param name="activation">The activation of every layer.</param>
    /// <param name="outputActivation">The activation of the last layer where it differs, or null.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: too few widths, or one below 1.
    /// </exception>
    public static Architecture FromWidths(
        IReadOnlyList<int> widths,
        Activation activation,
        Activation? outputActivation = null)
    {
        ArgumentNullException.ThrowIfNull(widths);
        ArgumentNullException.ThrowIfNull(activation);
        if (widths.Count < 2)
        {
            string received = string.Join(',', widths);
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The widths '{received}' make no layer; an architecture has two widths or more, such as 784,256,10.",
                received);
        }

        return new Architecture(Enumerable.Range(1, widths.Count - 1).Select(number => new LayerSpec(
            LayerSpec.DefaultName(number),
            widths[number - 1],
            widths[number],
            number == widths.Count - 1 ? outputActivation ?? activation : activation)));
    }

    /// <summary>
    /// The number of trainable parameters: the elements of each layer's weight, and one more a unit where it has a
    /// bias.
    /// </summary>
    public long CountParameters(bool withBias) => Enumerable.Range(0, Depth).Sum(l =>
        CountWeights(l) + (withBias && Layers[l].Operation.HasParameters ? Outputs[l].Channels : 0));

    /// <summary>The multiply-adds by weights that one example takes on its way forwards.</summary>
    public long CountProducts() => Enumerable.Range(0, Depth).Sum(l => Layers[l].Operation.IsWeighted
        ? CountWeights(l) * Outputs[l].PositionCount
        : Outputs[l].Count);

    /// <summary>Fails, before anything is made, where weights cannot be held.</summary>
    /// <param name="bytesPerElement">4 for float, 8 for double.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.AllocationTooLarge"/>: a layer has more weights than an array holds, or all layers together
    /// more than memory does.
    /// </exception>
    public void RequireMemory(int bytesPerElement)
    {
        for (int l = 0; l < Depth; l++)
        {
            if (CountWeights(l) > Array.MaxLength)
            {
                throw new InitToolsException(
                    ErrorId.AllocationTooLarge,
                    $"Layer '{Layers[l].Name}' ({Layers[l].Operation.Describe()}) has {CountWeights(l)} "
                    + $"weights; a layer that is measured has at most {Array.MaxLength}.",
                    Layers[l].Name);
            }
        }

        long available = GC.GetGCMemoryInfo().TotalAvailableMemoryBytes;
        double needed = (double)CountParameters(withBias: true) * bytesPerElement;
        if (needed > available)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                $"The weights of {this} need {needed / (1 << 20):F0} MiB, and memory has {available >> 20} MiB.",
                ToString());
        }
    }

    /// <summary>
    /// The widths of a dense stack, first to last, <c>784,256,10</c>; shapes where there are positions.
    /// </summary>
    public override string ToString() => string.Join(',', Outputs.Prepend(Input));

    private long CountWeights(int layer) =>
        Layers[layer].Operation.WeightShapeOf(InputOf(layer), Layout.IO)?.Count ?? 0;

    private InitToolsException NoChain(int l, FeatureShape[] outputs)
    {
        LayerSpec layer = Layers[l];
        FeatureShape input = l == 0 ? Input : outputs[l - 1];
        if (layer.Operation is DenseOperation dense && input.PositionCount == 1 && l > 0)
        {
            LayerSpec before = Layers[l - 1];
            return new InitToolsException(
                ErrorId.LayerMismatch,
                $"Layer {l + 1} '{layer.Name}' ({layer.Operation.Describe()}) takes {dense.FanIn} inputs, but "
                + $"layer {l} '{before.Name}' ({before.Operation.Describe()}) puts out {input.Channels}; "
                + "a layer's fan_in is the fan_out of the layer before it.",
                layer.Name);
        }

        string source = l == 0 ? "the input has" : $"layer {l} '{Layers[l - 1].Name}' puts out";
        string advice = layer.Operation switch
        {
            DenseOperation wide when wide.FanIn == input.Count => "; put a layer of the kind Flatten between them",
            DenseOperation => "; a dense layer's fan_in is the number of channels",
            ConvolutionOperation { Groups: var groups } convolution
                when input.Channels != convolution.Inputs * groups =>
                "; a convolution takes as many channels as its kernel has inputs, times its groups",
            _ => "; a window has as many axes as there are positions, and is no larger than the padded positions",
        };
        return new InitToolsException(
            ErrorId.LayerMismatch,
            $"Layer {l + 1} '{layer.Name}' is {layer.Operation.Describe()}, but {source} {input}{advice}.",
            layer.Name);
    }

    private int? FindSkip(int l, FeatureShape[] outputs)
    {
        if (Layers[l].Skip is not string name)
        {
            return null;
        }

        int source = l - 1;
        while (source >= 0 && Layers[source].Name != name)
        {
            source--;
        }

        if (source < 0 && name != LayerSpec.InputName)
        {
            throw new InitToolsException(
                ErrorId.LayerMismatch,
                $"Layer {l + 1} '{Layers[l].Name}' skips from '{name}'; a skip comes from an earlier layer's name, or "
                + $"from {LayerSpec.InputName}.",
                name);
        }

        FeatureShape shape = source < 0 ? Input : outputs[source];
        return shape.Equals(outputs[l])
            ? source
            : throw new InitToolsException(
                ErrorId.LayerMismatch,
                $"Layer {l + 1} '{Layers[l].Name}' puts out {outputs[l]}, and the skip from '{name}' that is to be "
                + $"added to it has {shape}; the two shapes are the same.",
                Layers[l].Name);
    }
}
