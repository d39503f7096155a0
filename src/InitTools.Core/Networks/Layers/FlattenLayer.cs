using System.Numerics;

namespace InitTools;

/// <summary>A flattening layer: the same values in the same order, as feature-major values already are.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="spec">Its description.</param>
internal sealed class FlattenLayer<T>(LayerSpec spec) : NetworkLayer<T>(spec, [], Layout.IO, null)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    internal override void Forward(
        ReadOnlyMemory<T> input,
        Memory<T> preActivations,
        int batchSize,
        LayerWorkspace<T> workspace) => input.CopyTo(preActivations);

    internal override void InputGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> inputGradient,
        int batchSize,
        LayerWorkspace<T> workspace) => gradient.CopyTo(inputGradient);
}
