using System.Globalization;
using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// gain times a matrix of orthonormal rows or columns, uniform over all of them (Saxe 2014): Var(w) = gain^2 /
/// max(rows, columns). The tensor is a matrix by the axis of its outputs: (inputs and kernel) x outputs in layout IO,
/// outputs x (inputs and kernel) in layout OI, or by the axis given. Shapes: rank 2 or more.
/// </summary>
/// <param name="gain">A factor on every weight, without unit: all singular values.</param>
/// <param name="columnAxis">The axis whose places are columns, from -rank to rank - 1; null for the outputs'.</param>
internal sealed class OrthogonalInitializer(double gain, int? columnAxis) : Initializer
{
    public override string Name => "Orthogonal";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is below 2; <see cref="ErrorId.InvalidArgument"/>: column_axis is
    /// none of the shape's axes.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        long outputs = geometry.Shape[AxisOf(geometry)];
        double longerSide = Math.Max(outputs, geometry.Shape.Count / outputs);
        return new StructuredLaw(0, gain * gain / longerSide, Math.Abs(gain), Math.Abs(gain));
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key) =>
        new OrthogonalElements(geometry.Shape, AxisOf(geometry), gain, key);

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        if (gain != 1)
        {
            yield return ("gain", ExpressionNode.Format(gain));
        }

        if (columnAxis is int axis)
        {
            yield return ("column_axis", axis.ToString(CultureInfo.InvariantCulture));
        }
    }

    private int AxisOf(TensorGeometry geometry)
    {
        int rank = geometry.Shape.Rank;
        if (rank < 2)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"{Name} makes matrices; the shape {geometry.Shape} has rank {rank}, and 2 or more is accepted.",
                geometry.Shape.ToString());
        }

        int axis = columnAxis ?? (geometry.Layout == Layout.IO ? -1 : 0);
        return axis >= -rank && axis < rank
            ? (axis + rank) % rank
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: column_axis is {axis}; the shape {geometry.Shape} has the axes {-rank} to {rank - 1}.",
                axis);
    }
}

/// <summary>The elements: one matrix, and where it goes in the tensor.</summary>
internal sealed class OrthogonalElements(TensorShape shape, int axis, double gain, StreamKey key)
    : WholeElements(shape.Count)
{
    protected override void Make(Memory<float> destination, ParallelOptions options) =>
        Make<float>(destination.Span, options);

    protected override void Make(Memory<double> destination, ParallelOptions options) =>
        Make<double>(destination.Span, options);

    // The axis parts the row-major tensor in (before, axis, after). At the first or last axis the matrix is the tensor.
    private void Make<T>(Span<T> destination, ParallelOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = (int)shape[axis];
        int rest = destination.Length / length;
        int after = (int)shape.Dimensions.Skip(axis + 1).Aggregate(1L, (product, dimension) => product * dimension);
        if (after == 1)
        {
            OrthogonalMatrix.Fill(new MatrixSpan<T>(destination, rest, length), key, gain, options);
            return;
        }

        if (after == rest)
        {
            OrthogonalMatrix.Fill(new MatrixSpan<T>(destination, length, rest), key, gain, options);
            return;
        }

        T[] matrix = new T[destination.Length];
        OrthogonalMatrix.Fill(new MatrixSpan<T>(matrix, rest, length), key, gain, options);
        for (int row = 0; row < rest; row++)
        {
            int start = row / after * length * after + row % after;
            for (int column = 0; column < length; column++)
            {
                destination[start + column * after] = matrix[row * length + column];
            }
        }
    }
}

/// <summary>Frameworks agree but for the flattening (by the layout here) and JAX's choice of an axis.</summary>
/// <remarks>
/// Parameters: gain (1), a number or an activation; column_axis (the outputs), an axis, counted from the end where it
/// is below 0.
/// </remarks>
internal sealed class OrthogonalDefinition : InitializerDefinition
{
    public override string Name => "Orthogonal";

    public override FrameworkNames Names => new()
    {
        Keras = ["Orthogonal", "orthogonal", "OrthogonalInitializer"],
        PyTorch = ["orthogonal_"],
        Jax = ["orthogonal"],
    };

    public override string Formula =>
        "gain times a uniformly random matrix of orthonormal columns (rows where it is wider than high); "
        + "matrix: product of the other dimensions x outputs";

    public override string Variance => "gain^2 / max(rows, columns)";

    public override string StandardDeviation => "|gain| / sqrt(max(rows, columns))";

    public override string Limit => "|gain|";

    public override string Purpose =>
        "Keeps the length of every signal, and so of gradients, through deep linear and nearly linear (tanh) stacks; "
        + "recurrent weights. relu wants gain=relu.";

    public override string Law => "uniform over orthogonal matrices (Haar)";

    public override string Keeps =>
        "at gain 1, the length of every signal where fan_in <= fan_out, and of every gradient where fan_in >= fan_out";

    public override string Reference =>
        "Saxe, McClelland and Ganguli 2014, Exact solutions to the nonlinear dynamics of learning in deep linear "
        + "neural networks, arXiv:1312.6120";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: column_axis is no whole number; and what <see cref="Gain.Read"/> throws.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        double gain = Gain.Read(arguments, reading, 1, "scale");
        double? axis = arguments.OptionalNumber("column_axis", "the outputs");
        if (axis is double number && (number != Math.Floor(number) || Math.Abs(number) > int.MaxValue))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: column_axis is {ExpressionNode.Format(number)}; a whole number is accepted.",
                number);
        }

        return new OrthogonalInitializer(gain, (int?)axis);
    }
}
