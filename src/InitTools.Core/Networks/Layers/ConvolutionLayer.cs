using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// A convolution with its values. What a window sees is gathered into the rows of a matrix (tap after tap, and for each
/// the channels of the group), some positions at a time, and multiplied by the kernel; its gradient with respect to the
/// input is gathered and multiplied likewise, so that every element of every result is one chain in a fixed order.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public sealed class ConvolutionLayer<T> : NetworkLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    // Gathered values that stay in the second-level cache next to a kernel; no result depends on it.
    private const int GatheredLength = 1 << 18;

    // Copying a value costs about as much as this many fused multiply-adds.
    private const int WorkPerValue = 8;

    private readonly ConvolutionOperation _operation;
    private readonly int[] _sources;
    private readonly int[] _targets;
    private readonly int _inputPositions;
    private readonly int _outputPositions;

    /// <summary>A layer over the given values, which it keeps without copying.</summary>
    /// <param name="spec">Its description.</param>
    /// <param name="operation">The convolution.</param>
    /// <param name="input">The shape that goes in.</param>
    /// <param name="weight">The kernel, row-major in the order of the layout.</param>
    /// <param name="layout">IO: (kernel..., in, out); OI: (out, in, kernel...).</param>
    /// <param name="bias">A value for each output channel, or null.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ShapeMismatch"/>: another number of values; <see cref="ErrorId.LayerMismatch"/>: the
    /// convolution cannot take such an input.
    /// </exception>
    public ConvolutionLayer(
        LayerSpec spec,
        ConvolutionOperation operation,
        FeatureShape input,
        T[] weight,
        Layout layout = Layout.IO,
        T[]? bias = null)
        : base(spec, weight, layout, bias)
    {
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(input);
        _operation = operation;
        RequireLengths(operation.Describe(), (long)operation.FanIn * operation.Outputs, operation.Outputs);
        FeatureShape output = operation.OutputOf(input) ?? throw new InitToolsException(
            ErrorId.LayerMismatch,
            $"Layer '{spec.Name}' is {operation.Describe()}; it cannot take an input of {input}.",
            spec.Name);
        _inputPositions = input.PositionCount;
        _outputPositions = output.PositionCount;
        _sources = operation.Window.FindSources(input.Positions);
        _targets = new int[operation.Window.TapCount * _inputPositions];
        Array.Fill(_targets, -1);
        for (int k = 0; k < _sources.Length; k++)
        {
            if (_sources[k] >= 0)
            {
                _targets[k / _outputPositions * _inputPositions + _sources[k]] = k % _outputPositions;
            }
        }
    }

    private int Taps => _operation.Window.TapCount;

    private int OutputsOfGroup => _operation.Outputs / _operation.Groups;

    internal override void Forward(
        ReadOnlyMemory<T> input,
        Memory<T> preActivations,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        ReadOnlySpan<T> kernel = ArrangeByTap(workspace);
        FillBias(preActivations.Span);
        foreach ((int group, int start, int count) in PartsOf(_outputPositions, _operation.FanIn, batchSize))
        {
            Memory<T> seen = Gather(
                input, group * _operation.Inputs, _operation.Inputs, _sources, start, count, batchSize, workspace);
            int columns = count * batchSize;
            MatrixProduct.Multiply(
                KernelOf(kernel, group).Transposed,
                new MatrixView<T>(seen.Span, _operation.FanIn, columns),
                new MatrixSpan<T>(
                    preActivations.Span[PlaceOf(group, start, batchSize)..],
                    OutputsOfGroup,
                    columns,
                    _outputPositions * batchSize,
                    1),
                accumulate: Bias is not null,
                workspace.Options);
        }
    }

    internal override void InputGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> inputGradient,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        int rows = _operation.FanOut;
        Span<T> kernel = workspace.Arranged(rows * _operation.Inputs).Span;
        int arrangedGroup = -1;
        foreach ((int group, int start, int count) in PartsOf(_inputPositions, rows, batchSize))
        {
            if (group != arrangedGroup)
            {
                ArrangeByOutput(group, kernel);
                arrangedGroup = group;
            }

            Memory<T> seen = Gather(
                gradient, group * OutputsOfGroup, OutputsOfGroup, _targets, start, count, batchSize, workspace);
            int columns = count * batchSize;
            MatrixProduct.Multiply(
                new MatrixView<T>(kernel, rows, _operation.Inputs).Transposed,
                new MatrixView<T>(seen.Span, rows, columns),
                new MatrixSpan<T>(
                    inputGradient.Span[((group * _operation.Inputs * _inputPositions + start) * batchSize)..],
                    _operation.Inputs,
                    columns,
                    _inputPositions * batchSize,
                    1),
                accumulate: false,
                workspace.Options);
        }
    }

    internal override void WeightGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> weightGradient,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        // By taps, as the layout IO has it; the layout OI is written from there.
        Span<T> byTap = Layout == Layout.IO ? weightGradient.Span : workspace.Arranged(weightGradient.Length).Span;
        foreach ((int group, int start, int count) in PartsOf(_outputPositions, _operation.FanIn, batchSize))
        {
            Memory<T> seen = Gather(
                input, group * _operation.Inputs, _operation.Inputs, _sources, start, count, batchSize, workspace);
            int columns = count * batchSize;
            MatrixProduct.Multiply(
                new MatrixView<T>(seen.Span, _operation.FanIn, columns),
                new MatrixView<T>(
                    gradient.Span[PlaceOf(group, start, batchSize)..],
                    OutputsOfGroup,
                    columns,
                    _outputPositions * batchSize,
                    1).Transposed,
                new MatrixSpan<T>(
                    byTap[(group * OutputsOfGroup)..], _operation.FanIn, OutputsOfGroup, _operation.Outputs, 1),
                accumulate: start > 0,
                workspace.Options);
        }

        if (Layout == Layout.OI)
        {
            Span<T> values = weightGradient.Span;
            for (int at = 0; at < byTap.Length; at++)
            {
                values[PlaceInOI(at)] = byTap[at];
            }
        }
    }

    // Where a group's outputs from some position on begin in z.
    private int PlaceOf(int group, int position, int batchSize) =>
        (group * OutputsOfGroup * _outputPositions + position) * batchSize;

    private MatrixView<T> KernelOf(ReadOnlySpan<T> kernel, int group) => new(
        kernel[(group * OutputsOfGroup)..], _operation.FanIn, OutputsOfGroup, _operation.Outputs, 1);

    // Where an element that is at a place in the order (tap, in, out) is in the order (out, in, tap).
    private int PlaceInOI(int place)
    {
        int output = place % _operation.Outputs;
        int input = place / _operation.Outputs % _operation.Inputs;
        int tap = place / _operation.Outputs / _operation.Inputs;
        return (output * _operation.Inputs + input) * Taps + tap;
    }

    private ReadOnlySpan<T> ArrangeByTap(LayerWorkspace<T> workspace)
    {
        if (Layout == Layout.IO)
        {
            return Weight;
        }

        Span<T> kernel = workspace.Arranged(Weight.Length).Span;
        for (int at = 0; at < kernel.Length; at++)
        {
            kernel[at] = Weight[PlaceInOI(at)];
        }

        return kernel;
    }

    // A group's kernel in the order (tap, out, in).
    private void ArrangeByOutput(int group, Span<T> kernel)
    {
        int at = 0;
        for (int tap = 0; tap < Taps; tap++)
        {
            for (int output = 0; output < OutputsOfGroup; output++)
            {
                for (int input = 0; input < _operation.Inputs; input++)
                {
                    int place = (tap * _operation.Inputs + input) * _operation.Outputs
                        + group * OutputsOfGroup + output;
                    kernel[at++] = Weight[Layout == Layout.IO ? place : PlaceInOI(place)];
                }
            }
        }
    }

    // Groups, and for each as many positions at a time as their gathered values have room for.
    private IEnumerable<(int Group, int Start, int Count)> PartsOf(int positions, int rows, int batchSize)
    {
        int most = (int)Math.Max(1, GatheredLength / ((long)rows * batchSize));
        for (int group = 0; group < _operation.Groups; group++)
        {
            for (int start = 0; start < positions; start += most)
            {
                yield return (group, start, Math.Min(most, positions - start));
            }
        }
    }

    // Row (tap, channel), column (position, row of the batch): the value that the window sees there, or 0.
    private Memory<T> Gather(
        ReadOnlyMemory<T> values,
        int firstChannel,
        int channels,
        int[] table,
        int start,
        int count,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        int positions = table.Length / Taps;
        int channelLength = values.Length / (_operation.Groups * channels);
        int columns = count * batchSize;
        Memory<T> gathered = workspace.Gathered(checked(Taps * channels * columns));
        ParallelWork.ForEach(Taps * channels, (long)gathered.Length * WorkPerValue, workspace.Options, row =>
        {
            int tap = row / channels;
            ReadOnlySpan<T> channel = values.Span.Slice((firstChannel + row % channels) * channelLength, channelLength);
            Span<T> target = gathered.Span.Slice(row * columns, columns);
            for (int p = 0; p < count; p++)
            {
                int source = table[tap * positions + start + p];
                Span<T> cell = target.Slice(p * batchSize, batchSize);
                if (source < 0)
                {
                    cell.Clear();
                }
                else
                {
                    channel.Slice(source * batchSize, batchSize).CopyTo(cell);
                }
            }
        });
        return gathered;
    }
}
