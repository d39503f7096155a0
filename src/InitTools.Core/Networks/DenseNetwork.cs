using System.Numerics;

namespace InitTools;

/// <summary>A stack of dense layers with their values. <see cref="NetworkPass{T}"/> runs batches through it.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class DenseNetwork<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>A network of the given layers.</summary>
    /// <param name="layers">One or more layers, first to last.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: no layer; <see cref="ErrorId.LayerMismatch"/>: the layers do not chain.
    /// </exception>
    public DenseNetwork(IEnumerable<DenseLayer<T>> layers)
    {
        ArgumentNullException.ThrowIfNull(layers);
        Layers = [.. layers];
        Architecture = new Architecture(Layers.Select(layer => layer.Spec));
    }

    /// <summary>The layers, first to last.</summary>
    public IReadOnlyList<DenseLayer<T>> Layers { get; }

    /// <summary>The layers' names, widths and activations.</summary>
    public Architecture Architecture { get; }
}
