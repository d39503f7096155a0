namespace InitTools;

/// <summary>
/// The mean or the largest value of each channel over a window of positions. In a mean, padded positions count as
/// zeros, as in PyTorch; a maximum passes over them.
/// </summary>
public sealed class PoolOperation : LayerOperation
{
    /// <summary>Describes a pool.</summary>
    /// <param name="window">
    /// Kernel, stride, padding and dilation; a kernel of one number stands for so many taps along each axis.
    /// </param>
    /// <param name="isMaximum">True for the largest value, false for the mean.</param>
    public PoolOperation(Window window, bool isMaximum)
    {
        ArgumentNullException.ThrowIfNull(window);
        Window = window;
        IsMaximum = isMaximum;
    }

    /// <summary>Kernel, stride, padding and dilation.</summary>
    public Window Window { get; }

    /// <summary>True for the largest value, false for the mean.</summary>
    public bool IsMaximum { get; }

    /// <inheritdoc/>
    public override LayerKind Kind => IsMaximum ? LayerKind.MaxPool : LayerKind.AveragePool;

    /// <inheritdoc/>
    public override FeatureShape? OutputOf(FeatureShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return Window.Over(input.Positions.Count).OutputOf(input.Positions) is { } positions
            ? new FeatureShape(input.Channels, positions)
            : null;
    }

    /// <inheritdoc/>
    public override string Describe() => $"a pool of {Window}";

    /// <inheritdoc/>
    public override NetworkLayer<T> CreateLayer<T>(
        LayerSpec spec,
        FeatureShape input,
        T[]? weight,
        Layout layout,
        T[]? bias) => new PoolLayer<T>(spec, this, input);
}
