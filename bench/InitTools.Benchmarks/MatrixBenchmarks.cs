using BenchmarkDotNet.Attributes;
using InitTools.Kernels;
using MathNet.Numerics.LinearAlgebra.Single;

namespace InitTools.Benchmarks;

/// <summary>The product of square matrices on one thread against MathNet's managed one.</summary>
[MemoryDiagnoser]
[ShortRunJob]
public class MatrixBenchmarks
{
    private static readonly ParallelOptions s_oneThread = new() { MaxDegreeOfParallelism = 1 };

    private float[] _left = [];
    private float[] _right = [];
    private float[] _result = [];
    private DenseMatrix _mathNetLeft = new(1);
    private DenseMatrix _mathNetRight = new(1);
    private DenseMatrix _mathNetResult = new(1);

    [Params(1024)]
    public int Size { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        MathNet.Numerics.Control.UseManaged();
        MathNet.Numerics.Control.UseSingleThread();
        var random = new Random(42);
        _left = Numbers(random);
        _right = Numbers(random);
        _result = new float[Size * Size];

        // MathNet's matrices are column-major: the same numbers are the transposed operands.
        _mathNetLeft = new DenseMatrix(Size, Size, _left);
        _mathNetRight = new DenseMatrix(Size, Size, _right);
        _mathNetResult = new DenseMatrix(Size, Size);
    }

    [Benchmark(Baseline = true)]
    public void InitTools() => MatrixProduct.Multiply(
        new MatrixView<float>(_left, Size, Size),
        new MatrixView<float>(_right, Size, Size),
        new MatrixSpan<float>(_result, Size, Size),
        accumulate: false,
        s_oneThread);

    [Benchmark]
    public void MathNetManaged() => _mathNetLeft.Multiply(_mathNetRight, _mathNetResult);

    private float[] Numbers(Random random)
    {
        float[] numbers = new float[Size * Size];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = random.NextSingle() - 0.5f;
        }

        return numbers;
    }
}
