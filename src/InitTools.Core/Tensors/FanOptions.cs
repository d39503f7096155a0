using System.Globalization;

namespace InitTools;

/// <summary>
/// What the caller says of a weight's connections that its shape does not: fan_in is the number of connections into one
/// output, fan_out that out of one input. A stride changes neither.
/// </summary>
public sealed record FanOptions
{
    /// <summary>fan_in itself; together with <see cref="FanOut"/> and without anything else.</summary>
    public long? FanIn { get; init; }

    /// <summary>fan_out itself.</summary>
    public long? FanOut { get; init; }

    /// <summary>
    /// The groups of a convolution. The kernel's inputs are those of one group and its outputs those of all groups, as
    /// frameworks store them; the other way round where it is transposed.
    /// </summary>
    public long? Groups { get; init; }

    /// <summary>True for a kernel (kernel..., channels, multiplier), as Keras stores depthwise convolutions.</summary>
    public bool IsDepthwise { get; init; }

    /// <summary>
    /// True for a transposed convolution: (kernel..., out, in) in layout IO, (in, out, kernel...) in OI.
    /// </summary>
    public bool IsTransposed { get; init; }

    /// <summary>
    /// The axes of the inputs, counted from 0 or, negative, from the end; null for that of the layout.
    /// </summary>
    public IReadOnlyList<int>? InputAxis { get; init; }

    /// <summary>The axes of the outputs, likewise.</summary>
    public IReadOnlyList<int>? OutputAxis { get; init; }

    /// <summary>Axes along which kernels merely stand side by side; they multiply neither fan.</summary>
    public IReadOnlyList<int>? BatchAxis { get; init; }

    /// <summary>
    /// The framework whose own arithmetic holds, its known errors included, or null for the true fans: Keras, JAX and
    /// PyTorch know no groups, depthwise kernels and transposition; Keras takes a vector of n for n inputs and n
    /// outputs, and multiplies named axes alone, without the receptive field.
    /// </summary>
    public Convention? Convention { get; init; }

    private bool HasAxes => InputAxis is not null || OutputAxis is not null || BatchAxis is not null;

    private bool HasKind => Groups is not null || IsDepthwise || IsTransposed;

    /// <summary>The fans of a weight, or null where they are those of shape and layout alone.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: options that exclude one another, or one without its companion;
    /// <see cref="ErrorId.InvalidShape"/>: the shape is none of such a kernel, or a fan is below 1;
    /// <see cref="ErrorId.InvalidArgument"/>: an axis that the shape does not have, or has twice; groups that do not
    /// divide the outputs.
    /// </exception>
    public Fans? Of(TensorShape shape, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(shape);
        if (FanIn is not null || FanOut is not null)
        {
            return HasAxes || HasKind
                ? throw Conflict("FanIn and FanOut say all", "groups, depthwise, transposed and axes")
                : Given();
        }

        if (HasAxes)
        {
            return HasKind ? throw Conflict("Axes say all", "groups, depthwise and transposed") : OfAxes(shape, layout);
        }

        if (!HasKind)
        {
            return shape.Rank == 1 && Convention == InitTools.Convention.Keras
                ? new Fans(shape[0], shape[0], FanRule.Keras)
                : null;
        }

        if (shape.Rank < 2)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"Groups, depthwise and transposed describe kernels; the shape {shape} has rank {shape.Rank}, and 2 or "
                + "more is accepted.",
                shape.ToString());
        }

        return Convention is Convention framework
            ? Fans.Of(shape, layout)!.Value with { Rule = RuleOf(framework) }
            : OfKind(shape, layout);
    }

    /// <summary>Reads axes such as <c>0</c> or <c>1,2</c>; null for null.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidArgument"/>: the text is none.</exception>
    public static IReadOnlyList<int>? ParseAxes(string? text) => text is null
        ? null
        :
        [
            .. text.Split(',').Select(part =>
                int.TryParse(part, NumberStyles.Integer, CultureInfo.InvariantCulture, out int axis)
                    ? axis
                    : throw new InitToolsException(
                        ErrorId.InvalidArgument,
                        $"'{text}' is no axis; axes are whole numbers joined by commas, such as 0 or -2,-1.",
                        text)),
        ];

    private Fans Given()
    {
        if (FanIn is not long inputs || FanOut is not long outputs)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{(FanIn is null ? "FanOut" : "FanIn")} is given without {(FanIn is null ? "FanIn" : "FanOut")}; "
                + "the two are given together.",
                FanIn ?? FanOut);
        }

        return inputs >= 1 && outputs >= 1
            ? new Fans(inputs, outputs, FanRule.Given)
            : throw new InitToolsException(
                ErrorId.InvalidShape,
                $"FanIn {inputs} and FanOut {outputs} were given; both are whole numbers of 1 or more.",
                Math.Min(inputs, outputs));
    }

    private Fans OfKind(TensorShape shape, Layout layout)
    {
        TensorGeometry geometry = new(shape, layout, null);
        long field = shape.Count / (geometry.Inputs * geometry.Outputs);
        if (IsDepthwise)
        {
            if (Groups is not null || IsTransposed || layout == Layout.OI)
            {
                throw Conflict(
                    "A depthwise kernel is (kernel..., channels, multiplier)",
                    "groups, transposed and layout OI, whose depthwise kernels are those of groups = channels");
            }

            return new Fans(field, geometry.Outputs * field, FanRule.Depthwise);
        }

        // One axis holds the channels of all groups, the outputs or, transposed, the inputs; the other those of one
        // group.
        long groups = Groups ?? 1;
        long ofAll = geometry.Outputs;
        long ofOne = geometry.Inputs;
        if (groups < 1 || ofAll % groups != 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant($"Groups is {groups}; a whole number of 1 or more that divides the ")
                + FormattableString.Invariant($"{ofAll} ")
                + FormattableString.Invariant($"{(IsTransposed ? "inputs" : "outputs")} of {shape} is accepted."),
                groups);
        }

        return IsTransposed
            ? new Fans(
                ofAll / groups * field,
                ofOne * field,
                groups == 1 ? FanRule.Transposed : FanRule.TransposedGrouped)
            : new Fans(ofOne * field, ofAll / groups * field, FanRule.Grouped);
    }

    private Fans OfAxes(TensorShape shape, Layout layout)
    {
        bool isKeras = Convention == InitTools.Convention.Keras;
        if (isKeras && (InputAxis is null || OutputAxis is null || BatchAxis is not null))
        {
            throw Conflict("Keras takes the axes of inputs and outputs together", "one of them alone and batch axes");
        }

        TensorGeometry geometry = new(shape, layout, null);
        bool[] isTaken = new bool[shape.Rank];
        long inputs = Product(nameof(InputAxis), InputAxis ?? [geometry.InputAxis]);
        long outputs = Product(nameof(OutputAxis), OutputAxis ?? [geometry.OutputAxis]);
        long batch = Product(nameof(BatchAxis), BatchAxis ?? []);
        long field = isKeras ? 1 : shape.Count / inputs / outputs / batch;
        return new Fans(inputs * field, outputs * field, isKeras ? FanRule.Keras : FanRule.Axes);

        long Product(string name, IReadOnlyList<int> axes)
        {
            long product = 1;
            foreach (int axis in axes)
            {
                int place = axis < 0 ? axis + shape.Rank : axis;
                if (place < 0 || place >= shape.Rank || isTaken[place])
                {
                    throw new InitToolsException(
                        ErrorId.InvalidArgument,
                        $"{name} has {axis}; the axes of {shape} are {-shape.Rank} to {shape.Rank - 1}, and each is "
                        + "given, or stays that of the layout, once.",
                        axis);
                }

                isTaken[place] = true;
                product *= shape[place];
            }

            return product;
        }
    }

    private static FanRule RuleOf(Convention framework) => framework switch
    {
        InitTools.Convention.Keras => FanRule.Keras,
        InitTools.Convention.Jax => FanRule.Jax,
        _ => FanRule.PyTorch,
    };

    private static InitToolsException Conflict(string reason, string excluded) => new(
        ErrorId.ParameterConflict, $"{reason}; with it do not go {excluded}.", reason);
}
