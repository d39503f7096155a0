namespace InitTools;

/// <summary>
/// A convolution as frameworks compute it (the kernel is not turned round): z[o, p] = sum over inputs i of o's group
/// and taps k of W[k, i, o] x[i, source(k, p)], plus b[o].
/// </summary>
public sealed class ConvolutionOperation : LayerOperation
{
    /// <summary>Describes a convolution.</summary>
    /// <param name="inputs">Channels of the input that one output sees: those of one group.</param>
    /// <param name="outputs">Channels of the output.</param>
    /// <param name="window">Kernel, stride, padding and dilation.</param>
    /// <param name="groups">Parts into which both channels fall; an output sees the inputs of its own part.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: channels below 1; <see cref="ErrorId.InvalidArgument"/>: groups that do not
    /// divide the outputs.
    /// </exception>
    public ConvolutionOperation(int inputs, int outputs, Window window, int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(window);
        if (inputs < 1 || outputs < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"A convolution of {inputs} inputs and {outputs} outputs was given; both are 1 or more.",
                Math.Min(inputs, outputs));
        }

        if (groups < 1 || outputs % groups != 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"Groups is {groups}; a whole number of 1 or more that divides the {outputs} outputs is accepted.",
                groups);
        }

        Inputs = inputs;
        Outputs = outputs;
        Window = window;
        Groups = groups;
    }

    /// <summary>Channels of the input that one output sees.</summary>
    public int Inputs { get; }

    /// <summary>Channels of the output.</summary>
    public int Outputs { get; }

    /// <summary>Kernel, stride, padding and dilation.</summary>
    public Window Window { get; }

    /// <summary>Parts into which the channels fall.</summary>
    public int Groups { get; }

    /// <inheritdoc/>
    public override LayerKind Kind => LayerKind.Convolution;

    /// <inheritdoc/>
    public override int FanIn => Inputs * Window.TapCount;

    /// <inheritdoc/>
    public override int FanOut => Outputs / Groups * Window.TapCount;

    /// <inheritdoc/>
    public override bool HasParameters => true;

    /// <summary>The convolution whose kernel has the given shape.</summary>
    /// <param name="shape">(kernel..., in, out) in layout IO, (out, in, kernel...) in OI.</param>
    /// <param name="layout">Which axes are inputs and outputs.</param>
    /// <param name="window">The window of such a kernel: its stride, padding and dilation.</param>
    /// <param name="groups">Parts into which the channels fall.</param>
    public static ConvolutionOperation OfKernel(
        TensorShape shape,
        Layout layout,
        Func<IReadOnlyList<int>, Window> window,
        int groups = 1)
    {
        ArgumentNullException.ThrowIfNull(shape);
        ArgumentNullException.ThrowIfNull(window);
        if (shape.Rank < 3 || shape.Count > Array.MaxLength)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The shape {shape} is none of a convolution's kernel; it has 3 to 5 dimensions, such as 3x3x16x32 in "
                + $"layout IO, and at most {Array.MaxLength} elements.",
                shape.ToString());
        }

        TensorGeometry geometry = new(shape, layout, null);
        return new ConvolutionOperation(
            (int)geometry.Inputs,
            (int)geometry.Outputs,
            window([.. geometry.Kernel.Select(axis => (int)axis)]),
            groups);
    }

    /// <inheritdoc/>
    public override FeatureShape? OutputOf(FeatureShape input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return input.Channels == Inputs * Groups && Window.OutputOf(input.Positions) is { } positions
            ? new FeatureShape(Outputs, positions)
            : null;
    }

    /// <inheritdoc/>
    public override string Describe() =>
        $"a convolution of {Window} over {Inputs * Groups} channels{(Groups == 1 ? "" : $" in {Groups} groups")}";

    /// <inheritdoc/>
    public override TensorShape WeightShapeOf(FeatureShape input, Layout layout)
    {
        long[] kernel = [.. Window.Kernel.Select(axis => (long)axis)];
        return layout == Layout.IO
            ? new TensorShape([.. kernel, Inputs, Outputs])
            : new TensorShape([Outputs, Inputs, .. kernel]);
    }

    /// <inheritdoc/>
    public override Fans? FansOf(TensorShape weight, Layout layout) =>
        Groups == 1 ? null : new FanOptions { Groups = Groups }.Of(weight, layout);

    /// <inheritdoc/>
    public override NetworkLayer<T> CreateLayer<T>(
        LayerSpec spec,
        FeatureShape input,
        T[]? weight,
        Layout layout,
        T[]? bias) => new ConvolutionLayer<T>(spec, this, input, weight!, layout, bias);
}
