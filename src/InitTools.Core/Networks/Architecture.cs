using System.Globalization;

namespace InitTools;

/// <summary>A stack of dense layers, each taking what the one before it puts out.</summary>
public sealed class Architecture
{
    /// <summary>A stack of the given layers.</summary>
    /// <param name="layers">One or more layers, first to last.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: no layer; <see cref="ErrorId.LayerMismatch"/>: a layer takes another width
    /// than the one before it puts out.
    /// </exception>
    public Architecture(IEnumerable<LayerSpec> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Layers = [.. layers];
        if (Layers.Count == 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                "An architecture needs at least one layer; none was given.");
        }

        for (int i = 1; i < Layers.Count; i++)
        {
            LayerSpec before = Layers[i - 1];
            LayerSpec layer = Layers[i];
            if (before.FanOut != layer.FanIn)
            {
                throw new InitToolsException(
                    ErrorId.LayerMismatch,
                    $"Layer {i + 1} '{layer.Name}' ({layer.FanIn}x{layer.FanOut}) takes {layer.FanIn} inputs, but " +
                    $"layer {i} '{before.Name}' ({before.FanIn}x{before.FanOut}) puts out {before.FanOut}; " +
                    "a layer's fan_in is the fan_out of the layer before it.",
                    layer.Name);
            }
        }
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<LayerSpec> Layers { get; }

    /// <summary>The number of layers.</summary>
    public int Depth => Layers.Count;

    /// <summary>The number of inputs of the first layer.</summary>
    public int InputWidth => Layers[0].FanIn;

    /// <summary>The number of units of the last layer.</summary>
    public int OutputWidth => Layers[^1].FanOut;

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
    /// The number of trainable parameters: fan_in * fan_out a layer, and fan_out more where it has a bias.
    /// </summary>
    public long CountParameters(bool withBias) =>
        Layers.Sum(layer => (long)layer.FanIn * layer.FanOut + (withBias ? layer.FanOut : 0));

    /// <summary>Fails, before anything is made, where weights cannot be held.</summary>
    /// <param name="bytesPerElement">4 for float, 8 for double.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.AllocationTooLarge"/>: a layer has more weights than an array holds, or all layers together
    /// more than memory does.
    /// </exception>
    public void RequireMemory(int bytesPerElement)
    {
        foreach (LayerSpec layer in Layers)
        {
            if ((long)layer.FanIn * layer.FanOut > Array.MaxLength)
            {
                throw new InitToolsException(
                    ErrorId.AllocationTooLarge,
                    $"Layer '{layer.Name}' ({layer.FanIn}x{layer.FanOut}) has {(long)layer.FanIn * layer.FanOut} "
                    + $"weights; a layer that is measured has at most {Array.MaxLength}.",
                    layer.Name);
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

    /// <summary>The widths, first to last: <c>784,256,10</c>.</summary>
    public override string ToString() =>
        string.Join(',', Layers.Select(layer => layer.FanOut).Prepend(InputWidth).Select(
            width => width.ToString(CultureInfo.InvariantCulture)));
}
