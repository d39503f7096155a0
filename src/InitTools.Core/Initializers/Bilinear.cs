namespace InitTools;

/// <summary>
/// Upsampling by interpolation, as the kernel of a transposed convolution: the product over the kernel's axes of
/// 1 - |x - c| / f with f = (size + 1) / 2, rounded down, and c = (size - 1) / 2, between input and output channels of
/// the same number, or all where there is only one of either (Long 2015). Shapes: rank 3 to 5, any channels.
/// </summary>
internal sealed class BilinearInitializer : Initializer
{
    public override string Name => "Bilinear";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is not 3 to 5.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        double[] kernel = KernelOf(geometry);
        double share = (double)PairsOf(geometry) / geometry.Inputs / geometry.Outputs;
        double mean = share * kernel.Sum() / kernel.Length;
        double square = share * kernel.Sum(value => value * value) / kernel.Length;
        return new StructuredLaw(mean, square - mean * mean, kernel.Max(), kernel.Max());
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        double[] kernel = KernelOf(geometry);
        long pairs = PairsOf(geometry);
        long inputs = geometry.Inputs;
        long outputs = geometry.Outputs;
        long field = kernel.Length;

        // Of a single channel on one side, the other side's channel is the pair's number.
        (long Input, long Output) PairOf(long pair) =>
            inputs == 1 ? (0, pair) : outputs == 1 ? (pair, 0) : (pair, pair);
        long PositionInField(long place) =>
            (place / pairs * inputs + PairOf(place % pairs).Input) * outputs + PairOf(place % pairs).Output;
        long PositionByChannel(long place) =>
            (PairOf(place / field).Output * inputs + PairOf(place / field).Input) * field + place % field;
        return geometry.Layout == Layout.IO
            ? new ScatteredElements(
                field * pairs, PositionInField, new FormulaElements(place => kernel[place / pairs]))
            : new ScatteredElements(
                field * pairs, PositionByChannel, new FormulaElements(place => kernel[place % field]));
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() => [];

    private double[] KernelOf(TensorGeometry geometry)
    {
        if (geometry.Shape.Rank is < 3 or > 5)
        {
            throw NotMade(geometry, "it is a transposed convolution, of rank 3 to 5");
        }

        double[] kernel = [1];
        foreach (long size in geometry.Kernel)
        {
            double slope = (size + 1) / 2;
            double centre = (size - 1) / 2.0;
            double[] axis = [.. Enumerable.Range(0, (int)size).Select(x => 1 - Math.Abs(x - centre) / slope)];
            kernel = [.. kernel.SelectMany(outer => axis.Select(inner => outer * inner))];
        }

        return kernel;
    }

    private static long PairsOf(TensorGeometry geometry) => Math.Min(geometry.Inputs, geometry.Outputs) == 1
        ? Math.Max(geometry.Inputs, geometry.Outputs)
        : Math.Min(geometry.Inputs, geometry.Outputs);
}

/// <summary>
/// Of MXNet and Caffe, which fill every pair of channels: right for one channel a group, and a sum over all channels
/// otherwise. This is that of the fully convolutional networks, where each channel is upsampled by itself. It has no
/// parameters.
/// </summary>
internal sealed class BilinearDefinition : InitializerDefinition
{
    public override string Name => "Bilinear";

    public override FrameworkNames Names => new() { Others = ["bilinear"] };

    public override string Formula =>
        "w = product over the kernel's axes of 1 - |x - (size - 1) / 2| / ((size + 1) / 2, rounded down) between "
        + "channels of the same number (or all, where one side has a single channel), 0 elsewhere; rank 3 to 5";

    public override string Variance => "that of the kernel's values and zeros";

    public override string StandardDeviation => "that of the kernel's values and zeros";

    public override string Limit => "1";

    public override string Purpose =>
        "Transposed convolutions that begin as interpolation: stride s with kernel 2 s - s mod 2.";

    public override string Law => "fixed";

    public override string Keeps => "the picture, interpolated";

    public override string Reference =>
        "Long, Shelhamer and Darrell 2015, Fully convolutional networks for semantic segmentation, arXiv:1411.4038";

    public override Initializer Bind(ArgumentReader arguments, Reading reading) => new BilinearInitializer();
}
