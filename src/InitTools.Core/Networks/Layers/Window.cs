using System.Globalization;

namespace InitTools;

/// <summary>
/// What one output position of a convolution or a pool sees: a kernel of taps, moved by the stride over the padded
/// input. Output position p along an axis reads the input positions p * stride - padding + tap * dilation; those
/// outside the input count as 0.
/// </summary>
public sealed class Window
{
    /// <summary>The most axes that positions have.</summary>
    public const int MaximumRank = 3;

    private readonly int[] _stride;
    private readonly int[]? _padding;
    private readonly int[] _dilation;

    /// <summary>A window.</summary>
    /// <param name="kernel">The number of taps along each of one to three axes.</param>
    /// <param name="stride">Steps from an output position to the next: one number, or one for each axis.</param>
    /// <param name="padding">Zeros before and behind the input, likewise.</param>
    /// <param name="dilation">Steps from a tap to the next, likewise.</param>
    /// <param name="isSame">
    /// True for as many zeros as leave ceil(inputs / stride) outputs, the odd one behind, as frameworks' <c>same</c>
    /// has it, instead of <paramref name="padding"/>.
    /// </param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: no axes or more than three, or another number of values than axes;
    /// <see cref="ErrorId.InvalidArgument"/>: a kernel, stride or dilation below 1, a padding below 0.
    /// </exception>
    public Window(
        IReadOnlyList<int> kernel,
        IReadOnlyList<int>? stride = null,
        IReadOnlyList<int>? padding = null,
        IReadOnlyList<int>? dilation = null,
        bool isSame = false)
    {
        ArgumentNullException.ThrowIfNull(kernel);
        if (kernel.Count is 0 or > MaximumRank)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"A kernel of {kernel.Count} axes was given; it has 1 to {MaximumRank}.",
                kernel.Count);
        }

        Kernel = [.. kernel];
        _ = Spread(kernel, "kernel", 1);
        _stride = Spread(stride ?? [1], "stride", 1);
        _padding = isSame ? null : Spread(padding ?? [0], "padding", 0);
        _dilation = Spread(dilation ?? [1], "dilation", 1);
        TapCount = Kernel.Aggregate(1, (product, axis) => checked(product * axis));
    }

    /// <summary>The number of taps along each axis.</summary>
    public IReadOnlyList<int> Kernel { get; }

    /// <summary>The number of taps.</summary>
    public int TapCount { get; }

    /// <summary>
    /// The same window over so many axes where its kernel has one number alone, which then holds for each; itself
    /// otherwise.
    /// </summary>
    public Window Over(int rank) => Kernel.Count != 1 || rank is 1 or 0 or > MaximumRank
        ? this
        : new Window([.. Enumerable.Repeat(Kernel[0], rank)], _stride, _padding, _dilation, isSame: _padding is null);

    /// <summary>The positions along each axis that an input of the given positions makes.</summary>
    /// <returns>The positions, or null where the window is larger than the padded input or of another rank.</returns>
    public IReadOnlyList<int>? OutputOf(IReadOnlyList<int> input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (input.Count != Kernel.Count)
        {
            return null;
        }

        int[] output = new int[input.Count];
        for (int axis = 0; axis < output.Length; axis++)
        {
            long padded = _padding is null ? 0 : input[axis] + 2L * _padding[axis] - Reach(axis);
            output[axis] = _padding is null
                ? (input[axis] - 1) / _stride[axis] + 1
                : padded < 0 ? 0 : (int)(padded / _stride[axis]) + 1;
        }

        return output.All(positions => positions >= 1) ? output : null;
    }

    /// <summary>
    /// For every tap, and for every output position, the input position that is read there, or -1 for one outside:
    /// taps x outputs. Positions and taps count as <see cref="FeatureShape"/> and kernels have them, last axis first.
    /// </summary>
    public int[] FindSources(IReadOnlyList<int> input)
    {
        IReadOnlyList<int> output = OutputOf(input)!;
        int outputCount = output.Aggregate(1, (product, axis) => product * axis);
        int[] sources = new int[TapCount * outputCount];
        int[] tap = new int[Kernel.Count];
        int[] position = new int[Kernel.Count];
        int at = 0;
        for (int k = 0; k < TapCount; k++, Advance(tap, Kernel))
        {
            for (int p = 0; p < outputCount; p++, Advance(position, output))
            {
                int source = 0;
                for (int axis = 0; axis < tap.Length && source >= 0; axis++)
                {
                    int place = position[axis] * _stride[axis] - PaddingBefore(axis, input, output)
                        + tap[axis] * _dilation[axis];
                    source = place < 0 || place >= input[axis] ? -1 : source * input[axis] + place;
                }

                sources[at++] = source;
            }
        }

        return sources;
    }

    /// <summary>Such as <c>3x3, stride 2, padding 1</c>.</summary>
    public override string ToString() =>
        Text(Kernel)
        + (_stride.All(value => value == 1) ? "" : $", stride {Text(_stride)}")
        + (_padding is null ? ", padding same" : _padding.All(value => value == 0) ? "" : $", padding {Text(_padding)}")
        + (_dilation.All(value => value == 1) ? "" : $", dilation {Text(_dilation)}");

    private static void Advance(int[] place, IReadOnlyList<int> limits)
    {
        for (int axis = place.Length - 1; axis >= 0 && ++place[axis] == limits[axis]; axis--)
        {
            place[axis] = 0;
        }
    }

    private static string Text(IEnumerable<int> values) =>
        string.Join('x', values.Select(value => value.ToString(CultureInfo.InvariantCulture)));

    // Positions from the first tap to the last, both included.
    private long Reach(int axis) => (Kernel[axis] - 1L) * _dilation[axis] + 1;

    private int PaddingBefore(int axis, IReadOnlyList<int> input, IReadOnlyList<int> output) => _padding is not null
        ? _padding[axis]
        : (int)Math.Max(0, (output[axis] - 1L) * _stride[axis] + Reach(axis) - input[axis]) / 2;

    private int[] Spread(IReadOnlyList<int> values, string name, int least)
    {
        if (values.Count != 1 && values.Count != Kernel.Count)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The {name} {Text(values)} has {values.Count} numbers and the kernel {Text(Kernel)}; one number, or "
                + "one for each axis, is accepted.",
                Text(values));
        }

        return values.All(value => value >= least)
            ? [.. Enumerable.Range(0, Kernel.Count).Select(axis => values[values.Count == 1 ? 0 : axis])]
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The {name} is {Text(values)}; whole numbers of {least} or more are accepted.",
                Text(values));
    }
}
