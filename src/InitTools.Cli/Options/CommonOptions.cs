using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>Options that several commands have, each command with an instance of its own.</summary>
internal static class CommonOptions
{
    /// <summary>The activation of hidden layers where none is given.</summary>
    public const string DefaultActivation = "relu";

    public static ParameterOption<int[]?> Width() => ParameterOption.List(
        "Width",
        "widths",
        "The input width, then one width a layer, such as 784,256,10.",
        text => text.Split(',').Select(width => ParameterOption.ParseWholeNumber<int>("Width", width)));

    public static ParameterOption<string?> Activation() => ParameterOption.Text(
        "Activation",
        "activation",
        $"Activation of the layers, such as tanh or leaky_relu(0.2). Default: {DefaultActivation}.");

    public static ParameterOption<string?> Bias() => ParameterOption.Text(
        "Bias",
        "expression",
        "How biases are drawn, such as Zeros. Default: no biases.");

    public static ParameterOption<Seed?> Seed() => ParameterOption.Value(
        "Seed",
        "n",
        "A whole number from -2^63 to 2^64-1; the same seed makes the same bytes. Default: drawn, and reported.",
        InitTools.Seed.Parse);

    public static ParameterOption<Convention?> Convention() => ParameterOption.Value(
        "Convention",
        "framework",
        "Whose reading of names holds where frameworks disagree: Keras (default), JAX, PyTorch.",
        Conventions.Spellings.Parse);

    public static ParameterOption<Layout?> Layout() => ParameterOption.Value(
        "Layout",
        "layout",
        "Axes of a weight: IO (..., in, out) as in Keras and JAX, or OI (out, in, ...) as in PyTorch.",
        Layouts.Spellings.Parse);

    public static ParameterOption<DType?> DType() => ParameterOption.Value(
        "DType",
        "type",
        "Element type: Float16, BFloat16, Float32 (default), Float64.",
        DTypes.Spellings.Parse);

    public static ParameterOption<Precision?> Precision() => ParameterOption.Value(
        "Precision",
        "precision",
        "Arithmetic of the passes: Single (default) or Double.",
        Precisions.Spellings.Parse);

    public static ParameterOption<int?> ThrottleLimit() => ParameterOption.WholeNumber(
        "ThrottleLimit",
        "The most threads to use; no figure depends on it. Default: all cores.");
}
