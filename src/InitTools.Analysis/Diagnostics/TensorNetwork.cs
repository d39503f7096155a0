using System.Numerics;

namespace InitTools.Analysis;

/// <summary>Makes the values of a stack's tensors.</summary>
internal static class TensorNetwork
{
    /// <summary>The network whose weights and biases the tensors describe.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="layers">The layers.</param>
    /// <param name="architecture">How they hang together.</param>
    /// <param name="parallelOptions">Threads and cancellation.</param>
    public static Network<T> Create<T>(
        IReadOnlyList<LayerTensors> layers,
        Architecture architecture,
        ParallelOptions parallelOptions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new(
        layers.Select((layer, l) => layer.Spec.Operation.CreateLayer(
            architecture.Layers[l],
            architecture.InputOf(l),
            layer.Weight?.ToArray<T>(parallelOptions),
            layer.Weight?.GetLayout() ?? Layout.IO,
            layer.Bias?.ToArray<T>(parallelOptions))),
        architecture.Input);

    /// <summary>Makes the values of tensors of the same shapes in a network's own memory.</summary>
    /// <inheritdoc cref="Create{T}"/>
    public static void Fill<T>(
        Network<T> network,
        IReadOnlyList<LayerTensors> layers,
        ParallelOptions parallelOptions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach ((NetworkLayer<T> layer, LayerTensors tensors) in network.Layers.Zip(layers))
        {
            tensors.Weight?.CopyTo(layer.Weight, parallelOptions);
            if (layer.Bias is T[] bias)
            {
                tensors.Bias?.CopyTo(bias, parallelOptions);
            }
        }
    }
}
