using System.Numerics;

namespace InitTools;

/// <summary>A stack of layers with their values. <see cref="NetworkPass{T}"/> runs batches through it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class Network<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A network of the given layers.</summary>
    /// <param name="layers">One or more layers, first to last.</param>
    /// <param name="input">The shape of an example; null for the inputs of a first layer that is dense.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: no layer; <see cref="ErrorId.LayerMismatch"/>: the layers do not chain.
    /// </exception>
    public Network(IEnumerable<NetworkLayer<T>> layers, FeatureShape? input = null)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Layers = [.. layers];
        Architecture = new Architecture(Layers.Select(layer => layer.Spec), input);
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<NetworkLayer<T>> Layers { get; }

    /// <summary>What the layers are and which shapes go through them.</summary>
    public Architecture Architecture { get; }
}
