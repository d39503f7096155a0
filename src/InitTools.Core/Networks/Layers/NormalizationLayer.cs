using System.Numerics;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// A layer normalization with its values: z = weight * y + bias, y = (x - mean) / sqrt(variance + epsilon) over the
/// channels of a position. Sums are chains of doubles over the channels in their order.
/// </summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
internal sealed class NormalizationLayer<T> : NetworkLayer<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private const int BlockLength = 512;

    private readonly double _epsilon;
    private readonly int _channels;

    /// <summary>A layer over the given values, which it keeps without copying.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: another number of values.</exception>
    public NormalizationLayer(LayerSpec spec, double epsilon, FeatureShape input, T[] weight, T[]? bias)
        : base(spec, weight, Layout.IO, bias)
    {
        _epsilon = epsilon;
        _channels = input.Channels;
        RequireLengths($"over {_channels} channels", weight.Length == 0 ? 0 : _channels, _channels);
    }

    internal override void Forward(
        ReadOnlyMemory<T> input,
        Memory<T> preActivations,
        int batchSize,
        LayerWorkspace<T> workspace) => ForEachBlock(input.Length, workspace, (start, length) =>
        {
            ReadOnlySpan<T> x = input.Span;
            Span<T> z = preActivations.Span;
            (double[] means, double[] scales) = Measure(input, start, length);
            int columns = x.Length / _channels;
            for (int channel = 0; channel < _channels; channel++)
            {
                double weight = WeightOf(channel);
                double bias = Bias is null ? 0 : double.CreateTruncating(Bias[channel]);
                for (int j = 0; j < length; j++)
                {
                    int at = channel * columns + start + j;
                    z[at] = T.CreateTruncating(
                        weight * ((double.CreateTruncating(x[at]) - means[j]) * scales[j]) + bias);
                }
            }
        });

    internal override void InputGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> inputGradient,
        int batchSize,
        LayerWorkspace<T> workspace) => ForEachBlock(input.Length, workspace, (start, length) =>
        {
            ReadOnlySpan<T> x = input.Span;
            ReadOnlySpan<T> dz = gradient.Span;
            Span<T> dx = inputGradient.Span;
            (double[] means, double[] scales) = Measure(input, start, length);
            int columns = x.Length / _channels;
            double[] sums = new double[length];
            double[] products = new double[length];
            for (int channel = 0; channel < _channels; channel++)
            {
                double weight = WeightOf(channel);
                for (int j = 0; j < length; j++)
                {
                    int at = channel * columns + start + j;
                    double dy = weight * double.CreateTruncating(dz[at]);
                    sums[j] += dy;
                    products[j] += dy * ((double.CreateTruncating(x[at]) - means[j]) * scales[j]);
                }
            }

            for (int channel = 0; channel < _channels; channel++)
            {
                double weight = WeightOf(channel);
                for (int j = 0; j < length; j++)
                {
                    int at = channel * columns + start + j;
                    double y = (double.CreateTruncating(x[at]) - means[j]) * scales[j];
                    double dy = weight * double.CreateTruncating(dz[at]);
                    dx[at] = T.CreateTruncating(
                        scales[j] * (dy - sums[j] / _channels - y * (products[j] / _channels)));
                }
            }
        });

    internal override void WeightGradient(
        ReadOnlyMemory<T> input,
        ReadOnlyMemory<T> gradient,
        Memory<T> weightGradient,
        int batchSize,
        LayerWorkspace<T> workspace)
    {
        int columns = input.Length / _channels;
        double[] means = new double[columns];
        double[] scales = new double[columns];
        ForEachBlock(input.Length, workspace, (start, length) =>
        {
            (double[] blockMeans, double[] blockScales) = Measure(input, start, length);
            blockMeans.CopyTo(means, start);
            blockScales.CopyTo(scales, start);
        });
        ParallelWork.ForEach(_channels, input.Length * 8L, workspace.Options, channel =>
        {
            ReadOnlySpan<T> x = input.Span.Slice(channel * columns, columns);
            ReadOnlySpan<T> dz = gradient.Span.Slice(channel * columns, columns);
            double sum = 0;
            for (int j = 0; j < columns; j++)
            {
                sum += double.CreateTruncating(dz[j]) * ((double.CreateTruncating(x[j]) - means[j]) * scales[j]);
            }

            weightGradient.Span[channel] = T.CreateTruncating(sum);
        });
    }

    private double WeightOf(int channel) => Weight.Length == 0 ? 1 : double.CreateTruncating(Weight[channel]);

    // The mean over the channels of some columns, and 1/sqrt(variance + epsilon).
    private (double[] Means, double[] Scales) Measure(ReadOnlyMemory<T> input, int start, int length)
    {
        ReadOnlySpan<T> x = input.Span;
        int columns = x.Length / _channels;
        double[] means = new double[length];
        double[] scales = new double[length];
        for (int channel = 0; channel < _channels; channel++)
        {
            for (int j = 0; j < length; j++)
            {
                means[j] += double.CreateTruncating(x[channel * columns + start + j]);
            }
        }

        for (int j = 0; j < length; j++)
        {
            means[j] /= _channels;
        }

        for (int channel = 0; channel < _channels; channel++)
        {
            for (int j = 0; j < length; j++)
            {
                double deviation = double.CreateTruncating(x[channel * columns + start + j]) - means[j];
                scales[j] += deviation * deviation;
            }
        }

        for (int j = 0; j < length; j++)
        {
            scales[j] = 1 / Math.Sqrt(scales[j] / _channels + _epsilon);
        }

        return (means, scales);
    }

    private void ForEachBlock(int count, LayerWorkspace<T> workspace, Action<int, int> action)
    {
        int columns = count / _channels;
        ParallelWork.ForEach((columns - 1) / BlockLength + 1, count * 8L, workspace.Options, block =>
        {
            int start = block * BlockLength;
            action(start, Math.Min(BlockLength, columns - start));
        });
    }
}
