namespace InitTools.Analysis;

/// <summary>
/// The singular values of a network's input-output Jacobian at one example, beside what the theory of wide stacks
/// predicts for independent and for orthogonal weights. Where all are 1, every perturbation of the input arrives
/// unchanged, and every gradient returns so (dynamical isometry). Every property is a number or short text; an empty
/// one (null) does not apply. Decompositions are MathNet's: figures agree between machines to rounding, not to the bit.
/// </summary>
public sealed class JacobianSpectrum
{
    private readonly double[] _singularValues;

    internal JacobianSpectrum(double[] singularValues)
    {
        _singularValues = singularValues;
    }

    /// <summary>Layers.</summary>
    public int Depth { get; internal init; }

    /// <summary>Columns of the Jacobian: values of an example.</summary>
    public int InputCount { get; internal init; }

    /// <summary>Rows of the Jacobian: values of the output, after its activation.</summary>
    public int OutputCount { get; internal init; }

    /// <summary>The activations of the layers.</summary>
    public string Activation { get; internal init; } = "";

    /// <summary>The initializers of the weights.</summary>
    public string Initializer { get; internal init; } = "";

    /// <summary>The mean of the squared singular values.</summary>
    public double MeanSquare { get; internal init; }

    /// <summary>The same by theory, whichever way weights are drawn.</summary>
    public double? ExpectedMeanSquare { get; internal init; }

    /// <summary>The variance of the squared singular values over the square of their mean.</summary>
    public double RelativeVariance { get; internal init; }

    /// <summary>The same by theory for independent weights.</summary>
    public double? GaussianRelativeVariance { get; internal init; }

    /// <summary>The same by theory for orthogonal weights.</summary>
    public double? OrthogonalRelativeVariance { get; internal init; }

    /// <summary>The largest singular value.</summary>
    public double Largest { get; internal init; }

    /// <summary>The same by theory for independent weights.</summary>
    public double? GaussianLargest { get; internal init; }

    /// <summary>The same by theory for orthogonal weights.</summary>
    public double? OrthogonalLargest { get; internal init; }

    /// <summary>The smallest singular value.</summary>
    public double Smallest { get; internal init; }

    /// <summary>The largest over the smallest; empty where that is 0.</summary>
    public double? ConditionNumber { get; internal init; }

    /// <summary>The seed of the drawn example.</summary>
    public ulong Seed { get; internal init; }

    /// <summary>The singular values, largest first.</summary>
    public double[] SingularValues() => [.. _singularValues];
}
