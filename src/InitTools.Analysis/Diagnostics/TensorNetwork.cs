using System.Numerics;

namespace InitTools.Analysis;

/// <summary>Makes the values of a stack's tensors.</summary>
internal static class TensorNetwork
{
    /// <summary>The network whose weights and biases the tensors describe.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public static DenseNetwork<T> Create<T>(IReadOnlyList<LayerTensors> layers, ParallelOptions parallelOptions)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        new(layers.Select(layer => new DenseLayer<T>(
            new LayerSpec(layer.Name, layer.FanIn, layer.FanOut, layer.Activation),
            layer.Weight.ToArray<T>(parallelOptions),
            layer.Weight.GetLayout(),
            layer.Bias?.ToArray<T>(parallelOptions))));
}
