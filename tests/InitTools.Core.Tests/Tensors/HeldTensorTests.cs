using Xunit;

namespace InitTools.Core.Tests.Tensors;

public class HeldTensorTests
{
    [Fact]
    public void A_slice_of_a_bias_is_the_same_in_another_layout()
    {
        WeightTensor slice = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "b",
            Shape = TensorShape.Parse("10"),
            Initializer = Initializer.Parse("RandomNormal"),
            Seed = new Seed(1UL),
            Offset = 3,
            Count = 4,
        });

        WeightTensor turned = slice.WithLayout(Layout.OI);

        Assert.Equal(("4", Layout.OI), (turned.Shape, turned.GetLayout()));
        Assert.Equal(slice.ToArray<float>(), turned.ToArray<float>());
    }

    [Fact]
    public void An_array_is_held_as_a_copy_and_says_nothing_of_a_recipe()
    {
        float[] values = [1, -2, 3.5f, 0, -0f, 6];
        WeightTensor tensor = WeightTensor.FromArray("fc1.weight", "2x3", values, "OI");
        values[0] = 99;

        Assert.Equal([1, -2, 3.5f, 0, -0f, 6], tensor.ToArray<float>());
        Assert.Equal(("FromArray", "", "", null, null), (
            tensor.Initializer, tensor.Generator, tensor.Stream, tensor.Seed, tensor.Version));
        Assert.Null(tensor.Variance);
        Assert.Null(tensor.StdDev);
        Assert.Null(tensor.Limit);
        Assert.Null(tensor.GetRecipe());
        Assert.Equal((3L, 2L), (tensor.FanIn, tensor.FanOut));
        Assert.Equal(-2, tensor[0, 1]);
    }

    [Fact]
    public void The_law_of_given_values_is_what_they_are()
    {
        // Mean 2, population variance (4 + 1 + 1 + 4) / 4 = 2.5.
        WeightLaw law = WeightTensor.FromArray("w", "4", new double[] { 0, 1, 3, 4 }).GetLaw();

        Assert.Equal((2, 2.5, 4.0), (law.Mean, law.Variance, law.Limit));
    }

    [Fact]
    public void Too_few_values_are_a_shape_mismatch() =>
        Errors.Expect(ErrorId.ShapeMismatch, () => WeightTensor.FromArray("w", "2x3", new float[5]));

    [Fact]
    public void Another_kind_of_array_is_refused() =>
        Errors.Expect(ErrorId.InvalidArgument, () => WeightTensor.FromArray("w", "2", new int[2]));

    [Fact]
    public void The_text_of_an_array_holds_no_values() =>
        Errors.Expect(ErrorId.ValuesNotHeld, () => WeightTensor.Create(new WeightTensorOptions
        {
            Name = "w",
            Shape = new TensorShape(2),
            Initializer = Initializer.Parse("FromArray"),
            Seed = new Seed(1),
        }));

    [Theory]
    [InlineData("3x5")]
    [InlineData("2x3x4x5")]
    [InlineData("7x1x3")]
    public void Another_layout_moves_each_weight_to_its_place(string shape)
    {
        WeightTensor tensor = Recipe(shape, "HeNormal");
        WeightTensor turned = tensor.WithLayout(Layout.OI);
        IReadOnlyList<long> d = tensor.GetShape().Dimensions;
        (long inputs, long outputs) = (d[^2], d[^1]);
        long kernel = tensor.Count / (inputs * outputs);

        Assert.Equal([outputs, inputs, .. d.Take(d.Count - 2)], turned.GetShape().Dimensions);
        Assert.Equal((tensor.FanIn, tensor.FanOut), (turned.FanIn, turned.FanOut));
        Assert.Equal(tensor.Variance, turned.Variance);
        for (long k = 0; k < kernel; k++)
        {
            for (long i = 0; i < inputs; i++)
            {
                for (long o = 0; o < outputs; o++)
                {
                    Assert.Equal(tensor[(k * inputs + i) * outputs + o], turned[(o * inputs + i) * kernel + k]);
                }
            }
        }

        Assert.Equal(tensor.ToArray<float>(), turned.WithLayout(Layout.IO).ToArray<float>());
        Assert.Null(turned.Seed);
        Assert.Equal(turned.ToArray<float>(), turned.GetRecipe()!.ToArray<float>());
    }

    [Fact]
    public void A_weight_larger_than_a_block_turns_to_the_same_bytes()
    {
        // 3000 x 6000 in Float32 is 72 MB: three blocks, and chunks that cross their edges.
        WeightTensor tensor = Recipe("3000x6000", "HeNormal");
        WeightTensor turned = tensor.WithLayout(Layout.OI);
        float[] values = tensor.ToArray<float>();
        float[] expected = new float[values.Length];
        for (int i = 0; i < 3000; i++)
        {
            for (int o = 0; o < 6000; o++)
            {
                expected[o * 3000 + i] = values[i * 6000 + o];
            }
        }

        using MemoryStream stream = new();
        turned.WriteTo(stream, new ParallelOptions());
        Assert.True(System.Runtime.InteropServices.MemoryMarshal.AsBytes<float>(expected).SequenceEqual(
            stream.GetBuffer().AsSpan(0, (int)stream.Length)));
    }

    [Theory]
    [InlineData(1.00390625, 0x3F80)] // 1 + 2^-8: a tie, to even.
    [InlineData(1.00390625000001, 0x3F81)] // Just above the tie, which Float32 would round back onto it.
    [InlineData(1.01171875, 0x3F82)] // 1 + 3 * 2^-8: a tie, to even.
    [InlineData(1.01171874999999, 0x3F81)]
    [InlineData(-1.00390625000001, 0xBF81)]
    public void A_double_is_rounded_to_BFloat16_once(double value, int bits) =>
        Assert.Equal((ushort)bits, BFloat16Bits.Round(value));

    private static WeightTensor Recipe(string shape, string initializer) => WeightTensor.Create(new WeightTensorOptions
    {
        Name = "w",
        Shape = TensorShape.Parse(shape),
        Initializer = Initializer.Parse(initializer),
        Seed = new Seed(7),
    });
}
