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
}
