using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>Rescaled tensors: what they say of themselves, and that each value is the product, rounded once.</summary>
public class LsuvTests
{
    private const double Factor = 0.731058578630;

    [Fact]
    public void A_rescaled_recipe_is_a_recipe()
    {
        WeightTensor weight = Recipe("HeNormal", DType.Float32);
        WeightTensor rescaled = LsuvInitializer.Rescale(weight, Factor);

        Assert.Equal("LSUV(initializer=HeNormal, factor=0.73105857863)", rescaled.Initializer);
        Assert.Equal(
            (weight.Name, weight.Shape, weight.Layout, weight.DType, weight.Activation, weight.Seed, weight.Stream),
            (rescaled.Name, rescaled.Shape, rescaled.Layout, rescaled.DType, rescaled.Activation, rescaled.Seed,
                rescaled.Stream));
        Assert.Equal(Factor * Factor * weight.Variance!.Value, rescaled.Variance!.Value, 1e-15);
        Assert.Equal(Factor * weight.Limit!.Value, rescaled.Limit!.Value, 1e-15);
        WeightTensor again = WeightTensor.Create(
            weight.GetOptions() with { Initializer = Initializer.Parse(rescaled.Initializer) });
        Assert.Equal(rescaled.ToArray<float>(), again.ToArray<float>());
    }

    [Fact]
    public void Values_are_products_rounded_once()
    {
        float[] single = Recipe("HeNormal", DType.Float32).ToArray<float>();
        Assert.Equal(single.Select(x => (float)(x * Factor)), Rescaled(DType.Float32).ToArray<float>());
        Assert.Equal(
            Recipe("HeNormal", DType.Float64).ToArray<double>().Select(x => x * Factor),
            Rescaled(DType.Float64).ToArray<double>());

        // Float16 and BFloat16 are rounded from the product of the Float32 weight, not from their own rounded weight.
        Assert.Equal(single.Select(x => (float)(Half)(x * Factor)), Rescaled(DType.Float16).ToArray<float>());
        Assert.Equal(
            single.Select(x => BFloat16Bits.Widen(BFloat16Bits.Round(x * Factor))),
            Rescaled(DType.BFloat16).ToArray<float>());
    }

    [Fact]
    public void Slices_are_those_of_the_whole()
    {
        float[] whole = Rescaled(DType.Float16).ToArray<float>();
        WeightTensor slice = WeightTensor.Create(Rescaled(DType.Float16).GetOptions() with { Offset = 7, Count = 20 });
        Assert.Equal(whole[7..27], slice.ToArray<float>());
    }

    [Fact]
    public void A_second_factor_multiplies_the_first_and_rounds_no_second_time()
    {
        WeightTensor twice =
            LsuvInitializer.Rescale(LsuvInitializer.Rescale(Recipe("HeNormal", DType.Float32), 3), 0.7);

        Assert.Equal("LSUV(initializer=HeNormal, factor=2.1)", twice.Initializer);
    }

    [Fact]
    public void Given_values_stay_given()
    {
        WeightTensor rescaled = LsuvInitializer.Rescale(
            WeightTensor.FromArray("w", "2x2", new float[] { 1, -2, 3, 0.5f }, "OI"), 0.25);

        Assert.Equal([0.25f, -0.5f, 0.75f, 0.125f], rescaled.ToArray<float>());
        Assert.Equal(("LSUV(initializer=FromArray, factor=0.25)", "OI"), (rescaled.Initializer, rescaled.Layout));
        Assert.Null(rescaled.Seed);
        Assert.Null(rescaled.Version);
        Assert.Null(rescaled.Variance);
        Assert.Equal(0.75, rescaled.GetLaw().Limit);
        Errors.Expect(ErrorId.ValuesNotHeld, () => WeightTensor.Create(
            Recipe("HeNormal", DType.Float32).GetOptions() with
            {
                Initializer = Initializer.Parse(rescaled.Initializer),
            }));
    }

    [Fact]
    public void The_weights_of_a_sequential_generator_are_held()
    {
        WeightTensorOptions options = Recipe("HeNormal(distribution=normal)", DType.Float32).GetOptions();
        WeightTensor drawn = WeightTensor.Create(options with
        {
            Generator = RandomGenerator.NumPy,
        });
        WeightTensor rescaled = LsuvInitializer.Rescale(drawn, 2);

        Assert.Equal(drawn.ToArray<float>().Select(x => 2 * x), rescaled.ToArray<float>());
        Assert.Equal("LSUV(initializer=FromArray, factor=2)", rescaled.Initializer);
        Assert.Null(rescaled.DrawOffset);
    }

    [Fact]
    public void A_value_beyond_its_type_is_refused()
    {
        // 65504 is the largest Float16.
        WeightTensor held = WeightTensor.FromArray("w", "2", new[] { (Half)40000, (Half)1 });
        Errors.Expect(ErrorId.InvalidArgument, () => LsuvInitializer.Rescale(held, 2).ToArray<float>());
        Errors.Expect(ErrorId.InvalidArgument, () => LsuvInitializer.Rescale(Recipe("HeNormal", DType.Float16), 1e6));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void The_factor_is_a_finite_number_above_zero(double factor) => Errors.Expect(
        ErrorId.InvalidArgument, () => LsuvInitializer.Rescale(Recipe("HeNormal", DType.Float32), factor));

    [Fact]
    public void Without_a_batch_there_is_no_factor()
    {
        string message = Errors.Expect(ErrorId.InvalidArgument, () => Recipe("LSUV", DType.Float32)).Message;
        Assert.Contains("Optimize-InitWeights", message, StringComparison.Ordinal);
        Errors.Expect(ErrorId.InvalidArgument, () => Initializer.Parse("LSUV(HeNormal, -1)"));
    }

    private static WeightTensor Rescaled(DType dtype) => LsuvInitializer.Rescale(Recipe("HeNormal", dtype), Factor);

    private static WeightTensor Recipe(string expression, DType dtype) => WeightTensor.Create(new WeightTensorOptions
    {
        Name = "fc1.weight",
        Shape = new TensorShape(30, 20),
        Layout = Layout.OI,
        DType = dtype,
        Activation = Activation.Parse("tanh"),
        Initializer = Initializer.Parse(expression),
        Seed = new Seed(42UL),
    });
}
