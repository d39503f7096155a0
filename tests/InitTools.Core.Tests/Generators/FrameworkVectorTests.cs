using System.Security.Cryptography;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Generators;

/// <summary>What PyTorch and NumPy made when they were run (tests/reference/generators), bit for bit.</summary>
public class FrameworkVectorTests
{
    public static TheoryData<string> Cases => [.. FrameworkCase.All.Select(row => row.Name)];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Elements_are_those_of_the_framework(string name)
    {
        FrameworkCase row = FrameworkCase.All.Single(candidate => candidate.Name == name);
        byte[] bytes = row.MakeBytes();
        int size = DTypes.SizeOf(DTypes.Spellings.Parse(row.DType));
        IEnumerable<string> first = bytes.Chunk(size).Take(4).Select(e => Convert.ToHexStringLower([.. e.Reverse()]));
        Assert.Equal(row.First, string.Concat(first));
        Assert.Equal(row.Sha256, Convert.ToHexStringLower(SHA256.HashData(bytes)));
    }

    [Theory]
    [InlineData("torch float32 normal_ 1000003")]
    [InlineData("torch float32 uniform_ 1000003")]
    [InlineData("torch float32 normal_ 33")]
    public void Every_kernel_makes_the_same(string name)
    {
        FrameworkCase row = FrameworkCase.All.Single(candidate => candidate.Name == name);
        foreach (Kernel kernel in KernelSelection.Available)
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            Assert.Equal(row.Sha256, Convert.ToHexStringLower(SHA256.HashData(row.MakeBytes())));
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(1003)]
    [InlineData(5)]
    public void Every_kernel_makes_the_same_float64_normals(int count)
    {
        WeightTensor tensor = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "w",
            Shape = new TensorShape(count),
            Initializer = Initializer.Parse("normal_(0.1, 0.3)"),
            Seed = new Seed(42UL),
            DType = DType.Float64,
            Generator = RandomGenerator.PyTorch,
        });
        double[][] made = [.. KernelSelection.Available.Select(kernel =>
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            return tensor.ToArray<double>();
        })];
        Assert.All(made, values => Assert.Equal(made[0], values));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Each_tensor_is_made_again_alone_and_in_parts(string name)
    {
        FrameworkCase row = FrameworkCase.All.Single(candidate => candidate.Name == name);
        foreach (WeightTensor tensor in row.MakeTensors())
        {
            double[] whole = tensor.ToArray<double>();
            WeightTensor again = WeightTensor.Create(tensor.GetOptions() with
            {
                Draw = new DrawPosition(tensor.DrawOffset!.Value, tensor.CarriedDraw),
            });

            // Backwards, so that nothing comes from what was read before.
            double[] last = new double[Math.Min(40, whole.Length)];
            again.CopyTo(last, whole.Length - last.Length, new ParallelOptions());
            Assert.Equal(whole[^last.Length..], last);
            double[] middle = new double[(whole.Length / 2) - (whole.Length / 3)];
            again.CopyTo(middle, whole.Length / 3, new ParallelOptions());
            Assert.Equal(whole[(whole.Length / 3)..(whole.Length / 2)], middle);
            Assert.Equal(whole[0], again[0]);
            Assert.Equal(whole, again.ToArray<double>());
        }
    }
}
