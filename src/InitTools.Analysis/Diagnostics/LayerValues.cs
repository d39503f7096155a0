using System.Numerics;

namespace InitTools.Analysis;

/// <summary>Which values of a measured layer are looked at.</summary>
public enum LayerQuantity
{
    /// <summary>z, what the activation is applied to.</summary>
    PreActivation,

    /// <summary>phi(z), what the layer puts out.</summary>
    Activation,
}

/// <summary>The values that a measured layer had, for quantiles and histograms.</summary>
internal abstract class LayerValues
{
    /// <summary>The finite values in ascending order.</summary>
    public abstract SortedValues Of(LayerQuantity quantity);

    /// <summary>The values of a layer.</summary>
    /// <param name="preActivations">z, kept without copying.</param>
    /// <param name="activation">phi, which gives the activations again to the same bits.</param>
    public static LayerValues Create<T>(ReadOnlyMemory<T> preActivations, Activation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> => new OfType<T>(preActivations, activation);

    private sealed class OfType<T>(ReadOnlyMemory<T> preActivations, Activation activation) : LayerValues
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly Lazy<SortedValues> _preActivations = new(() => SortedValues.Of(preActivations.Span));
        private readonly Lazy<SortedValues> _activations = new(() =>
        {
            T[] values = new T[preActivations.Length];
            activation.Apply(preActivations.Span, values);
            return SortedValues.Of<T>(values);
        });

        public override SortedValues Of(LayerQuantity quantity) => quantity switch
        {
            LayerQuantity.PreActivation => _preActivations.Value,
            LayerQuantity.Activation => _activations.Value,
            _ => throw new ArgumentOutOfRangeException(nameof(quantity), quantity, null),
        };
    }
}
