using InitTools.Formats;

namespace InitTools.Cli;

/// <summary>Options that several commands have, each command with an instance of its own.</summary>
internal static class CommonOptions
{
    public static ParameterOption<string?> Width() => ParameterOption.Text(
        "Width",
        "widths",
        "A stack: the input width, then one width a layer, such as 784,256,10.");

    public static ParameterOption<string?> Bias() => ParameterOption.Text(
        "Bias",
        "expression",
        "How biases are drawn, such as Zeros. Default: no biases.");

    public static ParameterOption<Seed?> Seed() => ParameterOption.Value(
        "Seed",
        "n",
        "A whole number from -2^63 to 2^64-1; the same seed makes the same numbers. Default: drawn, and reported.",
        InitTools.Seed.Parse);

    public static ParameterOption<Convention?> Convention() => ParameterOption.Value(
        "Convention",
        "framework",
        "Whose reading of a name holds where frameworks disagree: Keras, JAX or PyTorch. Default: Keras, and PyTorch " +
        "for a name with a trailing underscore, such as kaiming_normal_.",
        Conventions.Spellings.Parse);

    public static ParameterOption<string?> Layout() => ParameterOption.Text(
        "Layout",
        "layout",
        "Axes of a weight: IO (..., in, out) as in Keras and JAX, or OI (out, in, ...) as in PyTorch.");

    public static ParameterOption<DType?> DType() => ParameterOption.Value(
        "DType",
        "type",
        "The type of the elements: Float16, BFloat16, Float32 or Float64. Default: Float32.",
        DTypes.Spellings.Parse);

    public static ParameterOption<PartNumber?> Part() => ParameterOption.Value(
        "Part",
        "part",
        "Which part of the tensors to write: 3/8 is the third of eight .safetensors files beside an index of all " +
        "tensors, */8 all eight.",
        PartNumber.Parse);

    public static ParameterOption<int?> ThrottleLimit() => ParameterOption.Value(
        "ThrottleLimit",
        "n",
        "The most threads to use; no result depends on it. Default: all cores.",
        text => ParameterOption.ParseWholeNumber<int>("ThrottleLimit", text) is int limit and (-1 or > 0)
            ? limit
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"--throttle-limit is {text}; a number of threads of 1 or more is accepted, or -1 for all cores.",
                text));

    /// <summary>Reads an expression, or null where the option was not given.</summary>
    public static Initializer? Parse(
        string? expression, ITensorFileSource files, Convention? convention = null) =>
        expression is null ? null : Initializer.Parse(expression, convention, files);
}
