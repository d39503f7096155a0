using System.Globalization;

namespace InitTools;

/// <summary>
/// The convolution that returns its input: in each group, output channel d has a 1 at the centre of input channel d,
/// size / 2 rounded down on every axis, for as many as there are of both, and all else is 0 (PyTorch; Zagoruyko 2017).
/// Shapes: rank 3 to 5, the outputs a multiple of the groups.
/// </summary>
/// <param name="groups">The number of groups of the convolution.</param>
internal sealed class DiracInitializer(int groups) : Initializer
{
    public override string Name => "Dirac";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is not 3 to 5, or the outputs do not part into the groups.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return StructuredLaw.OfShare((double)groups * PairsOf(geometry) / geometry.Shape.Count, 1);
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        long pairs = PairsOf(geometry);
        long inputs = geometry.Inputs;
        long outputs = geometry.Outputs;
        long groupOutputs = outputs / groups;
        IReadOnlyList<long> kernel = geometry.Kernel;
        long field = kernel.Aggregate(1L, (product, size) => product * size);
        long centre = kernel.Aggregate(0L, (position, size) => position * size + size / 2);
        Func<long, long> positionOf = geometry.Layout == Layout.IO
            ? place => (centre * inputs + place / groups) * outputs + place % groups * groupOutputs + place / groups
            : place => ((place / pairs * groupOutputs + place % pairs) * inputs + place % pairs) * field + centre;
        return new ScatteredElements(
            groups * pairs, positionOf, new StreamElements(new ConstantDistribution(1), key));
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
        groups == 1 ? [] : [("groups", groups.ToString(CultureInfo.InvariantCulture))];

    private long PairsOf(TensorGeometry geometry)
    {
        if (geometry.Shape.Rank is < 3 or > 5)
        {
            throw NotMade(geometry, "it is a convolution, of rank 3 to 5 (Identity is the one of matrices)");
        }

        return geometry.Outputs % groups == 0
            ? Math.Min(geometry.Outputs / groups, geometry.Inputs)
            : throw NotMade(
                geometry,
                FormattableString.Invariant($"its {geometry.Outputs} outputs do not part into {groups} groups"));
    }
}

/// <summary>PyTorch's, with its centre. Inputs are those of one group.</summary>
/// <remarks>Parameters: groups (1), the number of groups of the convolution.</remarks>
internal sealed class DiracDefinition : InitializerDefinition
{
    public override string Name => "Dirac";

    public override FrameworkNames Names => new() { PyTorch = ["dirac_"], Others = ["dirac"] };

    public override string Formula =>
        "w = 1 at the centre (size / 2, rounded down) where input and output channel of a group agree, 0 elsewhere; "
        + "rank 3 to 5";

    public override string Variance => "p (1 - p), p = groups min(out / groups, in) / count";

    public override string StandardDeviation => "sqrt(p (1 - p))";

    public override string Limit => "1";

    public override string Purpose =>
        "Convolutions that begin by passing their input on, as in very deep plain networks.";

    public override string Law => "fixed";

    public override string Keeps => "the signals themselves where there are as many inputs as outputs";

    public override string Reference =>
        "Zagoruyko and Komodakis 2017, DiracNets, arXiv:1706.00388; PyTorch dirac_";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: groups is no whole number of 1 or more.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading) =>
        new DiracInitializer(arguments.Count("groups", 1));
}
