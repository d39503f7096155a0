using System.Runtime.InteropServices;
using Xunit;

namespace InitTools.Core.Tests.Tensors;

public class WeightTensorTests
{
    private static readonly string[] s_sampled =
    [
        "RandomUniform", "RandomNormal(stddev=1)", "TruncatedNormal(stddev=1)", "HeNormal", "GlorotUniform",
        "Constant(0.5)",
    ];

    public static TheoryData<string, DType> Laws =>
        [.. from text in s_sampled from dtype in Enum.GetValues<DType>() select (text, dtype)];

    [Fact]
    public void Describes_the_keras_example()
    {
        Architecture architecture = Architecture.FromWidths([5, 16, 32, 2], Activation.Parse("relu"));
        IReadOnlyList<LayerTensors> layers = LayerTensors.Create(
            architecture,
            Initializer.Parse("glorot_uniform"),
            Initializer.Parse("zeros"),
            new Seed(1UL),
            StreamPurpose.Weights);
        Assert.Equal(
            [0.534522484, 0.353553391, 0.420084025], layers.Select(l => Math.Round(l.Weight!.Limit!.Value, 9)));
        Assert.Equal(706, layers.Sum(l => l.Weight!.Count + l.Bias!.Count));
        Assert.Equal(["layer1.weight", "layer2.weight", "layer3.weight"], layers.Select(l => l.Weight!.Name));
        Assert.Equal("layer3.bias", layers[2].Bias!.Name);
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Any_slice_is_a_part_of_the_whole(string expression, DType dtype)
    {
        WeightTensorOptions options = Options(expression) with { DType = dtype };
        double[] whole = WeightTensor.Create(options).ToArray<double>();
        foreach ((long offset, long count) in
            new (long, long)[] { (0, 1), (1, 63), (63, 130), (64, 64), (999, 1), (17, 983) })
        {
            WeightTensor slice = WeightTensor.Create(options with { Offset = offset, Count = count });
            Assert.Equal(count, slice.Count);
            Assert.Equal(whole[(int)offset..(int)(offset + count)], slice.ToArray<double>());
        }
    }

    [Theory]
    [MemberData(nameof(Laws))]
    public void Every_way_to_the_values_gives_the_same(string expression, DType dtype)
    {
        WeightTensor tensor = WeightTensor.Create(Options(expression) with { DType = dtype });
        double[] values = tensor.ToArray<double>();
        MemoryStream stream = new();
        tensor.WriteTo(stream, new ParallelOptions());
        ReadOnlySpan<byte> bytes = stream.ToArray();
        Assert.Equal(tensor.Count * DTypes.SizeOf(dtype), bytes.Length);
        double[] written = dtype switch
        {
            DType.Float32 => [.. MemoryMarshal.Cast<byte, float>(bytes).ToArray().Select(x => (double)x)],
            DType.Float64 => MemoryMarshal.Cast<byte, double>(bytes).ToArray(),
            DType.Float16 => [.. MemoryMarshal.Cast<byte, Half>(bytes).ToArray().Select(x => (double)x)],
            _ => [.. MemoryMarshal.Cast<byte, ushort>(bytes).ToArray().Select(
                x => (double)BitConverter.Int32BitsToSingle(x << 16))],
        };
        Assert.Equal(values, written);
        Assert.Equal(values[1 * 50 + 7], tensor[1, 7]);
        Assert.Equal(values[57], tensor[57]);
        Assert.Equal(
            values,
            tensor.ToArray() is double[] doubles
                ? doubles
                : [.. ((float[])tensor.ToArray()).Select(x => (double)x)]);
        Assert.Equal(values.Average(), tensor.GetStatistics().Mean, 1e-12);
    }

    [Fact]
    public void Narrow_types_are_the_rounded_single_values()
    {
        WeightTensorOptions options = Options("RandomNormal(stddev=1)");
        float[] single = (float[])WeightTensor.Create(options).ToArray();
        float[] half = (float[])WeightTensor.Create(options with { DType = DType.Float16 }).ToArray();
        Assert.Equal(single.Select(x => (float)(Half)x), half);
    }

    [Fact]
    public void Scaled_normals_are_the_standard_ones_times_the_deviation()
    {
        // One rounding of the product: at most one unit in the last place apart.
        float[] standard = (float[])WeightTensor.Create(Options("RandomNormal(stddev=1)")).ToArray();
        float[] he = (float[])WeightTensor.Create(Options("HeNormal(distribution=normal)")).ToArray();
        float deviation = (float)Math.Sqrt(2.0 / 20);
        Assert.All(standard.Zip(he), pair => Assert.InRange(
            Math.Abs(pair.Second - pair.First * deviation),
            0,
            MathF.BitIncrement(Math.Abs(pair.Second)) - Math.Abs(pair.Second)));
    }

    [Fact]
    public void Name_and_stream_decide_the_values()
    {
        WeightTensorOptions options = Options("RandomNormal");
        Array values = WeightTensor.Create(options).ToArray();
        Assert.NotEqual(values, WeightTensor.Create(options with { Name = "other" }).ToArray());
        Assert.Equal(values, WeightTensor.Create(options with { Name = "other", Stream = options.Name }).ToArray());
        Assert.NotEqual(values, WeightTensor.Create(options with { Seed = new Seed(2UL) }).ToArray());
    }

    [Fact]
    public void Properties_are_scalars_or_short_text() =>
        Assert.All(
            typeof(WeightTensor).GetProperties().Where(p => p.GetIndexParameters().Length == 0),
            property => Assert.True(
                (Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType) is { IsPrimitive: true }
                    || property.PropertyType == typeof(string),
                property.Name));

    [Theory]
    [InlineData(-1, null)]
    [InlineData(1000, null)]
    [InlineData(0, 0L)]
    [InlineData(999, 2L)]
    public void Slices_lie_inside_the_tensor(long offset, long? count) =>
        Errors.Expect(
            ErrorId.InvalidArgument,
            () => WeightTensor.Create(Options("Zeros") with { Offset = offset, Count = count }));

    [Fact]
    public void More_than_memory_holds_is_an_error_only_when_it_is_asked_for()
    {
        WeightTensor tensor =
            WeightTensor.Create(Options("HeNormal") with { Shape = new TensorShape(1_000_000, 1_000_000) });
        Assert.Equal(1_000_000_000_000, tensor.Count);
        Errors.Expect(ErrorId.AllocationTooLarge, () => tensor.ToArray());
    }

    // A weight is never infinite: laws end inside their element type, and inside the arithmetic that draws them.
    [Theory]
    [InlineData("Constant(1e39)", DType.Float32)]
    [InlineData("Constant(70000)", DType.Float16)]
    [InlineData("RandomNormal(stddev=1e38)", DType.Float32)]
    [InlineData("RandomNormal(stddev=7000)", DType.Float16)]
    [InlineData("RandomUniform(-1e38, 3e38)", DType.Float32)]
    [InlineData("RandomUniform(-1.5e308, 1.5e308)", DType.Float64)]
    [InlineData("VarianceScaling(scale=1e308)", DType.BFloat16)]
    [InlineData("TruncatedNormal(stddev=1e39)", DType.Float32)]
    public void An_element_type_that_cannot_hold_the_law_is_refused(string expression, DType dtype) =>
        Errors.Expect(ErrorId.InvalidArgument, () => WeightTensor.Create(Options(expression) with { DType = dtype }));

    [Theory]
    [InlineData("Constant(65504)", DType.Float16)]
    [InlineData("RandomUniform(-40000, 40000)", DType.Float16)]
    [InlineData("RandomNormal(stddev=1e37)", DType.Float32)]
    [InlineData("RandomNormal(stddev=1e307)", DType.Float64)]
    [InlineData("TruncatedNormal(stddev=0.02, minimum=-2, maximum=2)", DType.BFloat16)]
    public void An_element_type_that_can_hold_the_law_makes_finite_weights(string expression, DType dtype) =>
        Assert.All(
            WeightTensor.Create(Options(expression) with { DType = dtype }).ToArray<double>(),
            weight => Assert.True(double.IsFinite(weight)));

    [Fact]
    public void Indices_outside_are_errors()
    {
        WeightTensor tensor = WeightTensor.Create(Options("RandomNormal"));
        Errors.Expect(ErrorId.InvalidArgument, () => _ = tensor[20, 0]);
        Errors.Expect(ErrorId.InvalidArgument, () => _ = tensor[0, -1]);
        Errors.Expect(ErrorId.InvalidShape, () => _ = tensor[0, 0, 0]);
        Errors.Expect(ErrorId.InvalidArgument, () => _ = tensor[1000]);
    }

    private static WeightTensorOptions Options(string expression) => new()
    {
        Name = "fc1.weight",
        Shape = new TensorShape(20, 50),
        Initializer = Initializer.Parse(expression),
        Seed = new Seed(1UL),
    };
}
