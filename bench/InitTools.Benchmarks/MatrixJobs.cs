using InitTools.Kernels;

namespace InitTools.Benchmarks;

/// <summary>
/// The matrix jobs of the comparison: products, orthogonal matrices, and deep stacks with mean and variance of every
/// layer. Times are those of one whole job.
/// </summary>
internal static class MatrixJobs
{
    private const int Depth = 50;
    private const int Width = 1024;
    private const int Batch = 256;
    private const int Many = 10_000_000;

    private static readonly StreamKey s_key = StreamKey.Create(new Seed(42UL), StreamPurpose.Weights, "fc1.weight");

    /// <summary>Times all jobs.</summary>
    /// <param name="time">Runs and prints one job: its name, its size, what runs.</param>
    /// <param name="options">The number of threads.</param>
    public static void Run(Action<string, string, Action> time, ParallelOptions options)
    {
        foreach ((int rows, int depth, int columns) in new[] { (512, 512, 512), (1024, 1024, 1024), (256, 1024, 1024) })
        {
            time("product", $"{rows}x{depth}x{columns}", Product<float>(rows, depth, columns, options));
        }

        time("product Float64", "1024x1024x1024", Product<double>(1024, 1024, 1024, options));
        foreach (int size in new[] { 512, 1024, 2048 })
        {
            float[] matrix = new float[size * size];
            time(
                "orthogonal",
                $"{size}x{size}",
                () => OrthogonalMatrix.Fill(new MatrixSpan<float>(matrix, size, size), s_key, 1, options));
        }

        Stack stack = new(options);
        string stackSize = $"{Depth} layers, {Width}x{Width}, batch {Batch}";
        time("forward, statistics", stackSize, stack.Forward);
        time("forward, backward, statistics", stackSize, stack.ForwardAndBackward);
        float[] values = Normal<float>(Many, options);
        time("mean and variance", "10^7", () => Moments.Of<float>(values, options));
    }

    private static Action Product<T>(int rows, int depth, int columns, ParallelOptions options)
        where T : unmanaged, System.Numerics.IBinaryFloatingPointIeee754<T>
    {
        T[] left = Normal<T>(rows * depth, options);
        T[] right = Normal<T>(depth * columns, options);
        T[] result = new T[rows * columns];
        return () => MatrixProduct.Multiply(
            new MatrixView<T>(left, rows, depth),
            new MatrixView<T>(right, depth, columns),
            new MatrixSpan<T>(result, rows, columns),
            accumulate: false,
            options);
    }

    private static T[] Normal<T>(int count, ParallelOptions options)
    {
        T[] values = new T[count];
        if (values is float[] singles)
        {
            RandomFill.Normal(singles.AsMemory(), s_key, 0, 0, 1, options);
        }
        else if (values is double[] doubles)
        {
            RandomFill.Normal(doubles.AsMemory(), s_key, 0, 0, 1, options);
        }

        return values;
    }

    // relu layers with He's deviation: figures of every pre-activation, activation, gradient and weight gradient.
    private sealed class Stack
    {
        private readonly ParallelOptions _options;
        private readonly NetworkPass<float> _pass;
        private readonly float[] _input;
        private readonly float[] _gradient;

        public Stack(ParallelOptions options)
        {
            _options = options;
            _input = Normal<float>(Width * Batch, options);
            _gradient = Normal<float>(Width * Batch, options);
            Activation relu = Activation.Parse("relu");
            _pass = new NetworkPass<float>(
                new Network<float>(Enumerable.Range(1, Depth).Select(number =>
                {
                    float[] weight = new float[Width * Width];
                    RandomFill.Normal(weight.AsMemory(), s_key, 0, 0, Math.Sqrt(2.0 / Width), options);
                    return new DenseLayer<float>(
                        new LayerSpec(LayerSpec.DefaultName(number), Width, Width, relu), weight);
                })),
                options)
            {
                TakesMoments = true,
            };
        }

        public void Forward()
        {
            _pass.Forward(_input, Batch);
            for (int layer = 0; layer < Depth; layer++)
            {
                Moments.Combine(_pass.PreActivationMoments(layer));
                Moments.Combine(_pass.ActivationMoments(layer));
            }
        }

        public void ForwardAndBackward()
        {
            Forward();
            _pass.Backward(
                _gradient,
                (_, gradient) => Moments.Of(gradient.Weight, _options),
                withInputGradient: true);
        }
    }
}
