using System.Globalization;

namespace InitTools;

/// <summary>
/// Layer normalization (Ba 2016): at every position, (x - mean) / sqrt(variance + epsilon) over the channels, times a
/// weight and plus a bias for each channel where it has them.
/// </summary>
public sealed class NormalizationOperation : LayerOperation
{
    /// <summary>PyTorch's epsilon; Keras has 1e-3.</summary>
    public const double DefaultEpsilon = 1e-5;

    /// <summary>Describes a normalization.</summary>
    /// <param name="epsilon">What is added to the variance, above 0.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: epsilon is not above 0.</exception>
    public NormalizationOperation(double epsilon = DefaultEpsilon)
    {
        Epsilon = epsilon > 0 && double.IsFinite(epsilon)
            ? epsilon
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The epsilon of a normalization is {epsilon}; it is a finite number above 0."),
                epsilon);
    }

    /// <summary>What is added to the variance.</summary>
    public double Epsilon { get; }

    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.LayerNormalization;

    /// <inheritdoc/>
    public override bool HasParameters => true;

    /// <inheritdoc/>
    public override FeatureShape OutputOf(FeatureShape input) => input;

    /// <inheritdoc/>
    public override string Describe() => "a normalization over channels";

    /// <inheritdoc/>
    public override TensorShape WeightShapeOf(FeatureShape input, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new TensorShape(input.Channels);
    }

    /// <inheritdoc/>
    public override NetworkLayer<T> CreateLayer<T>(
        LayerSpec spec,
        FeatureShape input,
        T[]? weight,
        Layout layout,
        T[]? bias) => new NormalizationLayer<T>(spec, Epsilon, input, weight ?? [], bias);
}
