using System.Globalization;

namespace InitTools;

/// <summary>W^T x + b at every position, with W of fan_in x fan_out.</summary>
/// <param name="fanIn">The number of inputs.</param>
/// <param name="fanOut">The number of units.</param>
public sealed class DenseOperation(int fanIn, int fanOut) : LayerOperation
{
    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Dense;

    /// <inheritdoc/>
    public override int FanIn => fanIn;

    /// <inheritdoc/>
    public override int FanOut => fanOut;

    /// <inheritdoc/>
    public override bool HasParameters => true;

    /// <inheritdoc/>
    public override FeatureShape? OutputOf(FeatureShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Channels == fanIn ? new FeatureShape(fanOut, input.Positions) : null;
    }

    /// <inheritdoc/>
    public override string Describe() => string.Create(CultureInfo.InvariantCulture, $"{fanIn}x{fanOut}");

    /// <inheritdoc/>
    public override TensorShape WeightShapeOf(FeatureShape input, Layout layout) =>
        DenseShape.Of(fanIn, fanOut, layout);

    /// <inheritdoc/>
    public override NetworkLayer<T> CreateLayer<T>(
        LayerSpec spec,
        FeatureShape input,
        T[]? weight,
        Layout layout,
        T[]? bias) => new DenseLayer<T>(spec, weight!, layout, bias);
}
