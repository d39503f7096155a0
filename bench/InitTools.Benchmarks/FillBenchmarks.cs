using System.Numerics.Tensors;
using BenchmarkDotNet.Attributes;
using InitTools.Kernels;
using MathNet.Numerics.Distributions;

namespace InitTools.Benchmarks;

/// <summary>Fills on one thread against what a .NET program would use otherwise.</summary>
[MemoryDiagnoser]
public class FillBenchmarks
{
    private static readonly StreamKey s_key = StreamKey.Create(new Seed(42UL), StreamPurpose.Weights, "fc1.weight");
    private static readonly Random s_random = new(42);

    private float[] _singles = [];
    private double[] _doubles = [];
    private Half[] _halves = [];

    [Params(256, 784 * 256, 1 << 22)]
    public int Count { get; set; }

    [GlobalSetup]
    public void Allocate()
    {
        _singles = new float[Count];
        _doubles = new double[Count];
        _halves = new Half[Count];
    }

    [Benchmark(Baseline = true)]
    public void NormalFloat32() => RandomFill.Normal(_singles.AsSpan(), s_key, 0, 0, 1);

    [Benchmark]
    public void NormalFloat64() => RandomFill.Normal(_doubles.AsSpan(), s_key, 0, 0, 1);

    [Benchmark]
    public void NormalFloat16() => RandomFill.Normal(_halves.AsSpan(), s_key, 0, 0, 1);

    [Benchmark]
    public void UniformFloat32() => RandomFill.Uniform(_singles.AsSpan(), s_key, 0, -1, 1);

    [Benchmark]
    public void TruncatedNormalFloat32() => RandomFill.TruncatedNormal(_singles.AsSpan(), s_key, 0, 0, 1, -2, 2);

    [Benchmark]
    public void TruncatedNormalAnyBounds() => RandomFill.TruncatedNormal(_singles.AsSpan(), s_key, 0, 0, 1, -2, 3);

    [Benchmark]
    public void MathNetNormal() => Normal.Samples(s_random, _doubles, 0, 1);

    [Benchmark]
    public void SystemTensorsNormal() =>
        Tensor.FillGaussianNormalDistribution<float>(_singles.AsTensorSpan(), s_random);

    [Benchmark]
    public void SystemRandomUniform()
    {
        for (int i = 0; i < _singles.Length; i++)
        {
            _singles[i] = Random.Shared.NextSingle();
        }
    }
}
