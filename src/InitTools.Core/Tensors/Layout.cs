namespace InitTools;

/// <summary>Which axes of a weight are its inputs and its outputs.</summary>
public enum Layout
{
    /// <summary>(kernel..., in, out): Keras, JAX, Flax. A dense weight is fan_in x fan_out.</summary>
    IO,

    /// <summary>(out, in, kernel...): PyTorch. A dense weight is fan_out x fan_in.</summary>
    OI,
}

/// <summary>Names of layouts.</summary>
public static class Layouts
{
    /// <summary>The spellings accepted: our own and those of convolution kernels.</summary>
    public static NamedValue<Layout> Spellings { get; } = new(
        "layout",
        ErrorId.UnknownLayout,
        ("IO", Layout.IO), ("OI", Layout.OI), ("WIO", Layout.IO), ("HWIO", Layout.IO), ("DHWIO", Layout.IO),
        ("OIW", Layout.OI), ("OIHW", Layout.OI), ("OIDHW", Layout.OI));

    /// <summary>The one that a layout is not.</summary>
    public static Layout OtherThan(Layout layout) => layout == Layout.IO ? Layout.OI : Layout.IO;

    /// <summary>The shape of a weight in the other layout.</summary>
    /// <param name="shape">Two dimensions or more.</param>
    /// <param name="layout">The layout that the shape has.</param>
    public static TensorShape Turn(TensorShape shape, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(shape);
        IReadOnlyList<long> d = shape.Dimensions;
        return layout == Layout.IO
            ? new TensorShape([d[^1], d[^2], .. d.Take(d.Count - 2)])
            : new TensorShape([.. d.Skip(2), d[1], d[0]]);
    }

    /// <summary>
    /// A weight's axes as three: (kernel, in, out) or (out, in, kernel), each the other in the opposite order.
    /// </summary>
    internal static long[] MatrixOf(TensorShape shape, Layout layout)
    {
        (long inputs, long outputs) = layout == Layout.IO ? (shape[^2], shape[^1]) : (shape[1], shape[0]);
        long kernel = shape.Count / (inputs * outputs);
        return layout == Layout.IO ? [kernel, inputs, outputs] : [outputs, inputs, kernel];
    }
}
