using System.Numerics;

namespace InitTools;

/// <summary>
/// What a layer does to its input before the activation: which shape comes out, which weights it has.
/// </summary>
public abstract class LayerOperation
{
    private protected LayerOperation()
    {
    }

    /// <summary>Which of the kinds it is.</summary>
    public abstract LayerKind Kind { get; }

    /// <summary>Connections into a unit; 0 where the layer has no weights that connect.</summary>
    public virtual int FanIn => 0;

    /// <summary>Connections out of an input; 0 where the layer has no weights that connect.</summary>
    public virtual int FanOut => 0;

    /// <summary>
    /// True where the layer multiplies by weights of its own that connect units: dense and convolution.
    /// </summary>
    public bool IsWeighted => FanIn > 0;

    /// <summary>True where the layer can have a weight or a bias.</summary>
    public virtual bool HasParameters => false;

    /// <summary>The shape that comes out.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <returns>The shape, or null where the operation cannot take such an input.</returns>
    public abstract FeatureShape? OutputOf(FeatureShape input);

    /// <summary>What it takes, for the message where it is given something else.</summary>
    public abstract string Describe();

    /// <summary>The shape of its weight, or null where it has none.</summary>
    /// <param name="input">The shape that goes in.</param>
    /// <param name="layout">Which axes are inputs and outputs.</param>
    public virtual TensorShape? WeightShapeOf(FeatureShape input, Layout layout) => null;

    /// <summary>The fans of its weight where they do not follow from its shape, or null.</summary>
    public virtual Fans? FansOf(TensorShape weight, Layout layout) => null;

    /// <summary>The layer with its values.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="spec">Its description.</param>
    /// <param name="input">The shape that goes in.</param>
    /// <param name="weight">The weights, or null where it has none.</param>
    /// <param name="layout">The order of the weights.</param>
    /// <param name="bias">The biases, or null.</param>
    public abstract NetworkLayer<T> CreateLayer<T>(
        LayerSpec spec,
        FeatureShape input,
        T[]? weight,
        Layout layout,
        T[]? bias)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;
}
