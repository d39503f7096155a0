namespace InitTools;

/// <summary>Whose reading of a name holds where the frameworks disagree.</summary>
public enum Convention
{
    /// <summary>Keras: <c>he_normal</c> is truncated, a truncated normal is cut at mean +- 2 stddev.</summary>
    Keras,

    /// <summary>
    /// JAX: as Keras, but a plain <c>distribution=normal</c> is untruncated, and bounds are in units of stddev.
    /// </summary>
    Jax,

    /// <summary>
    /// PyTorch: <c>kaiming_normal_</c> is untruncated, truncation bounds are absolute, weights are (out, in).
    /// </summary>
    PyTorch,
}

/// <summary>Names of conventions.</summary>
public static class Conventions
{
    /// <summary>The spellings accepted.</summary>
    public static NamedValue<Convention> Spellings { get; } = new(
        "convention",
        ErrorId.UnknownConvention,
        ("Keras", Convention.Keras), ("JAX", Convention.Jax), ("PyTorch", Convention.PyTorch),
        ("TensorFlow", Convention.Keras), ("Flax", Convention.Jax), ("Torch", Convention.PyTorch));
}
