using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>A pool over positions: the mean or the largest value of a window, channel by channel.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class PoolLayer<T> : NetworkLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private readonly PoolOperation _pool;
    private readonly Window _window;
    private readonly FeatureShape _input;
    private readonly int[] _sources;
    private readonly int _outputs;

    public PoolLayer(LayerSpec spec, PoolOperation pool, FeatureShape input)
        : base(spec, [], Layout.IO, null)
    {
        _pool = pool;
        _input = input;
        _window = pool.Window.Over(input.Positions.Count);
        _sources = _window.FindSources(input.Positions);
        _outputs = _sources.Length / _window.TapCount;
    }

    internal override void Forward(
        ReadOnlyMemory<T> input,
        Memory<T> preActivations,
        int batchSize,
        LayerWorkspace<T> workspace) => ForEachChannel(batchSize, workspace, channel =>
        {
            ReadOnlySpan<T> values = ChannelOf(input, channel).Span;
            Span<T> results = preActivations.Span.Slice(channel * _outputs * batchSize, _outputs * batchSize);
            for (int p = 0; p < _outputs; p++)
            {
                Span<T> result = results.Slice(p * batchSize, batchSize);
                if (_pool.IsMaximum)
                {
                    for (int row = 0; row < batchSize; row++)
                    {
                        result[row] = values[FindLargest(values, p, row, batchSize)];
                    }
                }
                else
                {
                    Average(values, p, result);
                }
            }
        });

    internal override void InputGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> inputGradient,
        int batchSize,
        LayerWorkspace<T> workspace) => ForEachChannel(batchSize, workspace, channel =>
        {
            ReadOnlySpan<T> values = ChannelOf(input, channel).Span;
            ReadOnlySpan<T> gradients = gradient.Span.Slice(channel * _outputs * batchSize, _outputs * batchSize);
            Span<T> results = inputGradient.Span.Slice(channel * values.Length, values.Length);
            results.Clear();
            var share = T.CreateTruncating(_window.TapCount);
            for (int p = 0; p < _outputs; p++)
            {
                for (int row = 0; row < batchSize; row++)
                {
                    T passed = gradients[p * batchSize + row];
                    if (_pool.IsMaximum)
                    {
                        results[FindLargest(values, p, row, batchSize)] += passed;
                        continue;
                    }

                    for (int tap = 0; tap < _window.TapCount; tap++)
                    {
                        if (SourceOf(tap, p) is >= 0 and int source)
                        {
                            results[source * batchSize + row] += passed / share;
                        }
                    }
                }
            }
        });

    private int SourceOf(int tap, int position) => _sources[tap * _outputs + position];

    private ReadOnlyMemory<T> ChannelOf(ReadOnlyMemory<T> input, int channel)
    {
        int length = input.Length / _input.Channels;
        return input.Slice(channel * length, length);
    }

    private void Average(ReadOnlySpan<T> values, int position, Span<T> result)
    {
        result.Clear();
        for (int tap = 0; tap < _window.TapCount; tap++)
        {
            if (SourceOf(tap, position) is >= 0 and int source)
            {
                for (int row = 0; row < result.Length; row++)
                {
                    result[row] += values[source * result.Length + row];
                }
            }
        }

        var taps = T.CreateTruncating(_window.TapCount);
        for (int row = 0; row < result.Length; row++)
        {
            result[row] /= taps;
        }
    }

    // The first of equal ones; NaN is larger than all, so that it is not lost.
    private int FindLargest(ReadOnlySpan<T> values, int position, int row, int batchSize)
    {
        int largest = -1;
        for (int tap = 0; tap < _window.TapCount; tap++)
        {
            if (SourceOf(tap, position) is >= 0 and int source)
            {
                int at = source * batchSize + row;
                if (largest < 0 || values[at] > values[largest] || (T.IsNaN(values[at]) && !T.IsNaN(values[largest])))
                {
                    largest = at;
                }
            }
        }

        return largest;
    }

    private void ForEachChannel(int batchSize, LayerWorkspace<T> workspace, Action<int> action) =>
        ParallelWork.ForEach(
            _input.Channels,
            (long)_input.Channels * _sources.Length * batchSize * 8,
            workspace.Options,
            action);
}
