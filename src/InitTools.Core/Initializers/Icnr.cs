using System.Globalization;

namespace InitTools;

/// <summary>How the channels of a sub-pixel convolution become pixels.</summary>
public enum ChannelOrder
{
    /// <summary>
    /// Depth, column, row: channel p outputs + c is pixel p of c, as in TensorFlow's <c>depth_to_space</c>.
    /// </summary>
    Dcr,

    /// <summary>
    /// Column, row, depth: channel c pixels + p is pixel p of c, as in PyTorch's <c>PixelShuffle</c>.
    /// </summary>
    Crd,
}

/// <summary>
/// The kernel of a sub-pixel convolution whose channels for the pixels of one place are all equal, so that the image
/// behind it begins as one of nearest neighbours, without a checkerboard (Aitken 2017). Shapes: rank 3 to 5, the
/// outputs a multiple of the pixels of one place, which are scale to the power of the kernel's dimensions.
/// </summary>
/// <param name="scale">The factor by which every dimension of the image grows.</param>
/// <param name="inner">
/// What draws the kernel of one pixel, whose fan_out is that of the whole over the pixels unless the caller gave the
/// fans.
/// </param>
/// <param name="order">How channels become pixels, or null for what the layout's framework does.</param>
internal sealed class IcnrInitializer(int scale, Initializer inner, ChannelOrder? order) : Initializer
{
    public static NamedValue<ChannelOrder> Orders { get; } = new(
        "channel order",
        ErrorId.InvalidArgument,
        ("dcr", ChannelOrder.Dcr), ("crd", ChannelOrder.Crd),
        ("depth_to_space", ChannelOrder.Dcr), ("pixel_shuffle", ChannelOrder.Crd));

    public override string Name => "ICNR";

    public override bool NeedsFans => inner.NeedsFans;

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is not 3 to 5, or the outputs are no multiple of the pixels; and
    /// what the inner initializer throws.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        return inner.GetLaw(geometry.OfOutputPart(PixelsOf(geometry)));
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key)
    {
        long pixels = PixelsOf(geometry);
        TensorGeometry part = geometry.OfOutputPart(pixels);
        bool isDepthFirst = (order ?? DefaultOrder(geometry.Layout)) == ChannelOrder.Dcr;
        long partOutputs = part.Outputs;
        long outputs = geometry.Outputs;
        long rest = geometry.Shape.Count / outputs;
        return new GatheredElements(
            geometry.Layout == Layout.IO
                ? element => (0, element / outputs * partOutputs + ChannelOf(element % outputs))
                : element => (0, ChannelOf(element / rest) * rest + element % rest),
            [inner.OpenElements(part, key)]);

        long ChannelOf(long output) => isDepthFirst ? output % partOutputs : output / pixels;
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        yield return ("scale", scale.ToString(CultureInfo.InvariantCulture));
        yield return ("initializer", inner.ToString());
        if (order is ChannelOrder given)
        {
            yield return ("order", Orders.NameOf(given));
        }
    }

    private static ChannelOrder DefaultOrder(Layout layout) =>
        layout == Layout.IO ? ChannelOrder.Dcr : ChannelOrder.Crd;

    private long PixelsOf(TensorGeometry geometry)
    {
        if (geometry.Shape.Rank is < 3 or > 5)
        {
            throw NotMade(geometry, "it is a convolution, of rank 3 to 5");
        }

        long pixels = 1;
        for (int axis = 2; axis < geometry.Shape.Rank && pixels <= geometry.Outputs; axis++)
        {
            pixels *= scale;
        }

        return geometry.Outputs % pixels == 0
            ? pixels
            : throw NotMade(
                geometry,
                FormattableString.Invariant($"its {geometry.Outputs} outputs are no multiple of the pixels of one ")
                + FormattableString.Invariant($"place, {scale} to the power of {geometry.Shape.Rank - 2}"));
    }
}

/// <summary>The inner initializer draws the kernel of one pixel, with that kernel's fans.</summary>
/// <remarks>
/// Parameters: scale (2), the factor by which every dimension of the image grows; initializer (HeNormal), an
/// expression; order (by the layout), dcr or crd: dcr in layout IO, crd in OI.
/// </remarks>
internal sealed class IcnrDefinition : InitializerDefinition
{
    public override string Name => "ICNR";

    public override FrameworkNames Names => new() { Others = ["icnr", "icnr_", "icnr_init"] };

    public override bool HasOutlook => false;

    public override string Formula =>
        "one kernel by the inner initializer for all scale^dimensions pixels of a place; channels are in the order dcr "
        + "(depth_to_space) in layout IO, crd (PixelShuffle) in OI";

    public override string Variance => "that of the inner initializer, whose fan_out is that of one pixel";

    public override string StandardDeviation => "that of the inner initializer";

    public override string Limit => "that of the inner initializer";

    public override string Purpose => "Sub-pixel convolutions that begin without a checkerboard.";

    public override string Law => "that of the inner initializer";

    public override string Keeps => "what the inner initializer keeps, and equal neighbours in the picture";

    public override string Reference =>
        "Aitken et al. 2017, Checkerboard artifact free sub-pixel convolution, arXiv:1707.02937";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: scale is no whole number of 1 or more, order neither dcr nor crd,
    /// initializer no name; and what reading the inner expression throws.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        int scale = arguments.Count("scale", 2, "upscale_factor");
        Initializer inner = InitializerCatalogue.BindArgument(arguments, reading, "HeNormal", "init");
        string? order = arguments.Word("order", "by the layout");
        return new IcnrInitializer(scale, inner, order is null ? null : IcnrInitializer.Orders.Parse(order));
    }
}
