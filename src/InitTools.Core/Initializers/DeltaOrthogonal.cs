namespace InitTools;

/// <summary>
/// A convolution that is gain times a random matrix of orthonormal rows (in x out) at its centre, (size - 1) / 2
/// rounded down on every axis, and 0 elsewhere: at gain 1 it keeps the length of every pixel's channels (Xiao 2018).
/// Shapes: rank 3 to 5, with as many outputs as inputs or more.
/// </summary>
/// <param name="gain">A factor on every weight, without unit.</param>
internal sealed class DeltaOrthogonalInitializer(double gain) : Initializer
{
    private readonly OrthogonalInitializer _matrix = new(gain, null);

    public override string Name => "DeltaOrthogonal";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is not 3 to 5, or there are fewer outputs than inputs.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        TensorGeometry matrix = MatrixOf(geometry);
        double share = (double)matrix.Shape.Count / geometry.Shape.Count;
        return new StructuredLaw(
            0, share * _matrix.GetLaw(matrix).Variance, Math.Abs(gain), Math.Abs(gain));
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        TensorGeometry matrix = MatrixOf(geometry);
        long count = matrix.Shape.Count;
        long field = geometry.Shape.Count / count;
        long centre = geometry.Kernel.Aggregate(0L, (position, size) => position * size + (size - 1) / 2);
        return new ScatteredElements(
            count,
            geometry.Layout == Layout.IO ? place => centre * count + place : place => place * field + centre,
            _matrix.OpenElements(matrix, key));
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
        gain == 1 ? [] : [("gain", ExpressionNode.Format(gain))];

    private TensorGeometry MatrixOf(TensorGeometry geometry)
    {
        if (geometry.Shape.Rank is < 3 or > 5)
        {
            throw NotMade(geometry, "it is a convolution, of rank 3 to 5 (Orthogonal is the one of matrices)");
        }

        if (geometry.Outputs < geometry.Inputs)
        {
            throw NotMade(
                geometry,
                FormattableString.Invariant($"no {geometry.Outputs} outputs keep the length of {geometry.Inputs} ")
                + "inputs; as many outputs as inputs, or more, are accepted");
        }

        return new TensorGeometry(
            DenseShape.Of(geometry.Inputs, geometry.Outputs, geometry.Layout), geometry.Layout, null);
    }
}

/// <summary>JAX's <c>delta_orthogonal</c>, whose centre of an even kernel is the left one, unlike Dirac's.</summary>
/// <remarks>
/// Parameters: gain (1), a number or an activation; column_axis (-1), JAX's axis of a matrix, -2 to 1, which changes
/// nothing.
/// </remarks>
internal sealed class DeltaOrthogonalDefinition : InitializerDefinition
{
    public override string Name => "DeltaOrthogonal";

    public override FrameworkNames Names => new()
    {
        Jax = ["delta_orthogonal"],
        Others = ["ConvolutionDeltaOrthogonal"],
    };

    public override string Formula =>
        "gain times a random in x out matrix of orthonormal rows at the centre ((size - 1) / 2, rounded down), 0 "
        + "elsewhere; rank 3 to 5, out at least in";

    public override string Variance => "gain^2 / (out kernel), kernel the product of its dimensions";

    public override string StandardDeviation => "|gain| / sqrt(out kernel)";

    public override string Limit => "|gain|";

    public override string Purpose =>
        "Very deep plain convolutional stacks of tanh: keeps the length of signals in every direction.";

    public override string Law => "uniform over orthogonal matrices (Haar) at the centre, 0 elsewhere";

    public override string Keeps => "at gain 1, the length of the signal at every place";

    public override string Reference =>
        "Xiao et al. 2018, Dynamical isometry and a mean field theory of CNNs, arXiv:1806.05393";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: column_axis is not -2, -1, 0 or 1; and what <see cref="Gain.Read"/>
    /// throws.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        double gain = Gain.Read(arguments, reading, 1, "scale");

        // JAX makes an out x out matrix and keeps the first rows: its law is the same whichever axis has the columns.
        double axis = arguments.Number("column_axis", -1);
        return axis is -2 or -1 or 0 or 1
            ? new DeltaOrthogonalInitializer(gain)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: column_axis is {ExpressionNode.Format(axis)}; an axis of a matrix, -2 to 1, is accepted.",
                axis);
    }
}
