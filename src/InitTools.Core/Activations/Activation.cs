using System.Globalization;
using System.Numerics;

namespace InitTools;

/// <summary>
/// An activation function phi: its value, its derivative, when it counts as saturated, and the gains that theory
/// derives from it. Two activations are equal where their texts are.
/// </summary>
public abstract class Activation : IEquatable<Activation>
{
    private readonly Lazy<double> _forwardGain;
    private readonly Lazy<double> _backwardGain;
    private readonly Lazy<double> _forwardSlope;

    private protected Activation()
    {
        _forwardGain = new Lazy<double>(() => ActivationGains.Forward(this));
        _backwardGain = new Lazy<double>(() => ActivationGains.Backward(this));
        _forwardSlope = new Lazy<double>(() => ActivationGains.ForwardSlope(this));
    }

    /// <summary>Every activation with its default parameters, in the order of their names.</summary>
    public static IReadOnlyList<Activation> All => ActivationCatalogue.All;

    /// <summary>The canonical name, such as <c>leaky_relu</c>.</summary>
    public abstract string Name { get; }

    /// <summary>
    /// Names that frameworks use for it besides <see cref="Name"/>. Case and underscores never matter, so that
    /// <c>LeakyReLU</c> needs no entry.
    /// </summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>phi(z) as text, such as <c>max(0, z)</c>.</summary>
    public abstract string Formula { get; }

    /// <summary>The parameters and their values, in the order in which the text gives them.</summary>
    public virtual IReadOnlyList<ActivationParameter> Parameters => [];

    /// <summary>
    /// Which values count as saturated, where the function levels off at bounds on both sides: those within 1 % of a
    /// bound (of its size; where one bound is 0, of the range). Null where it does not, as then no value is.
    /// </summary>
    public virtual SaturationRule? Saturation => null;

    /// <summary>True where phi is bounded on both sides.</summary>
    public virtual bool IsBounded => Saturation is not null;

    /// <summary>The smallest p with phi(z + p) = phi(z) for every z; null where phi is not periodic.</summary>
    public virtual double? Period => null;

    /// <summary>Where phi or one of its derivatives jumps; integration splits there.</summary>
    public virtual IReadOnlyList<double> KinkPoints => [];

    /// <summary>
    /// 1/sqrt(E[phi(z)^2]) at z ~ N(0, 1): the factor on the standard deviation 1/sqrt(fan_in) of the weights that
    /// keeps the second moment of pre-activations at 1. Rounded to 12 significant digits.
    /// </summary>
    public double ForwardGain => _forwardGain.Value;

    /// <summary>
    /// 1/sqrt(E[phi'(z)^2]) at z ~ N(0, 1): the factor on the standard deviation 1/sqrt(fan_out) of the weights that
    /// keeps the variance of gradients. Rounded to 12 significant digits.
    /// </summary>
    public double BackwardGain => _backwardGain.Value;

    /// <summary>
    /// The factor by which a small deviation from unit variance grows per layer under <see cref="ForwardGain"/>, which
    /// is the slope of the variance map at 1: below 1 the gain is stable with depth, as for tanh; above 1 it is not, as
    /// for gelu, silu and mish. Rounded to 12 significant digits.
    /// </summary>
    public double ForwardSlope => _forwardSlope.Value;

    /// <summary>One sentence on the instability of the forward gain with depth, or null where it is stable.</summary>
    public string? DepthWarning => ActivationGains.DepthWarning(this);

    /// <summary>
    /// Reads a name of any framework, with parameters where the activation has some: <c>relu</c>, <c>LeakyReLU</c>,
    /// <c>leaky_relu(0.2)</c>, <c>elu(alpha=0.5)</c>.
    /// </summary>
    /// <param name="text">The name, or the name with parameters.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownActivation"/>: no such name, the nearest is given;
    /// <see cref="ErrorId.MalformedExpression"/>: parentheses or commas astray;
    /// <see cref="ErrorId.UnknownArgument"/>: a parameter it does not have, or too many;
    /// <see cref="ErrorId.InvalidArgument"/>: a value that is no number or outside the parameter's range;
    /// <see cref="ErrorId.NonFiniteValue"/>: NaN or infinity.
    /// </exception>
    public static Activation Parse(string text) => ActivationCatalogue.Parse(text);

    /// <summary>phi(z); NaN for NaN.</summary>
    /// <param name="preActivation">z.</param>
    public abstract double Value(double preActivation);

    /// <summary>phi'(z); at a kink the derivative from the left, as relu's 0 at 0.</summary>
    /// <param name="preActivation">z.</param>
    public abstract double Derivative(double preActivation);

    /// <summary>activation[i] = phi(preActivation[i]).</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="preActivation">The pre-activations z.</param>
    /// <param name="activation">Where the values go: as many; it may be the same memory.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: lengths differ.</exception>
    public abstract void Apply<T>(ReadOnlySpan<T> preActivation, Span<T> activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// gradient[i] *= phi'(preActivation[i]): from the gradient with respect to activations to the one with respect to
    /// pre-activations.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="preActivation">The pre-activations z.</param>
    /// <param name="gradient">dL/d phi(z), which becomes dL/dz: as many.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: lengths differ.</exception>
    public abstract void MultiplyByDerivative<T>(ReadOnlySpan<T> preActivation, Span<T> gradient)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>
    /// The text that <see cref="Parse"/> reads back as this activation: the name, and in parentheses the parameters
    /// where one differs from its default: <c>leaky_relu(0.2)</c>.
    /// </summary>
    public sealed override string ToString() => Parameters.All(parameter => parameter.Value == parameter.Default)
        ? Name
        : $"{Name}({string.Join(", ", Parameters.Select(
            parameter => parameter.Value.ToString("R", CultureInfo.InvariantCulture)))})";

    /// <inheritdoc/>
    public bool Equals(Activation? other) => other is not null && ToString() == other.ToString();

    /// <inheritdoc/>
    public sealed override bool Equals(object? obj) => Equals(obj as Activation);

    /// <inheritdoc/>
    public sealed override int GetHashCode() => ToString().GetHashCode(StringComparison.Ordinal);

    /// <summary>The same function with other parameters, one for each of <see cref="Parameters"/>.</summary>
    internal virtual Activation With(ReadOnlySpan<double> parameters) => this;
}
