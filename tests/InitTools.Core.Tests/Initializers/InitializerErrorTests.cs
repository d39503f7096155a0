using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>Every input that frameworks take in silence, crash on or refuse: one clear error each.</summary>
public class InitializerErrorTests
{
    [Theory]
    [InlineData("HeNormal", "5", ErrorId.FanUndefined, "rank 2 or more")]
    [InlineData("SIREN", "5", ErrorId.FanUndefined, "rank 2 or more")]
    [InlineData("Critical", "5", ErrorId.FanUndefined, "rank 2 or more")]
    [InlineData("Identity", "5", ErrorId.InvalidShape, "rank 2")]
    [InlineData("Identity", "3x3x3", ErrorId.InvalidShape, "Dirac")]
    [InlineData("Sparse", "3x3x3", ErrorId.InvalidShape, "rank 2")]
    [InlineData("Orthogonal", "5", ErrorId.InvalidShape, "rank 1")]
    [InlineData("DeltaOrthogonal", "3x3", ErrorId.InvalidShape, "rank 3 to 5")]
    [InlineData("DeltaOrthogonal", "3x3x8x4", ErrorId.InvalidShape, "4 outputs")]
    [InlineData("Dirac", "3x3", ErrorId.InvalidShape, "rank 3 to 5")]
    [InlineData("Dirac", "3x3x3x3x3x3", ErrorId.InvalidShape, "rank 3 to 5")]
    [InlineData("Dirac(groups=3)", "3x4x4", ErrorId.InvalidShape, "3 groups")]
    [InlineData("Dirac(groups=0)", "3x4x4", ErrorId.InvalidArgument, "1 or more")]
    [InlineData("Dirac(groups=1.5)", "3x4x4", ErrorId.InvalidArgument, "whole number")]
    [InlineData("ICNR(scale=2)", "3x3", ErrorId.InvalidShape, "rank 3 to 5")]
    [InlineData("ICNR(scale=2)", "3x3x4x6", ErrorId.InvalidShape, "6 outputs")]
    [InlineData("ICNR(order=xyz)", "3x3x4x8", ErrorId.InvalidArgument, "dcr")]
    [InlineData("ICNR(initializer=HeNorml)", "3x3x4x8", ErrorId.UnknownInitializer, "HeNormal")]
    [InlineData("ICNR(initializer=2)", "3x3x4x8", ErrorId.InvalidArgument, "a name")]
    [InlineData("ICNR(initializer=HeNormal(seed=1))", "3x3x4x8", ErrorId.UnknownArgument, "seed")]
    [InlineData("ICNR(2, Identity)", "3x3x4x8", ErrorId.InvalidShape, "Identity")]
    [InlineData("Gates(count=3)", "4x8", ErrorId.InvalidShape, "3 gates")]
    [InlineData("LstmBias", "4x8", ErrorId.InvalidShape, "four times")]
    [InlineData("LstmBias", "6", ErrorId.InvalidShape, "four times")]
    [InlineData("LstmBias(order=ifgg)", "8", ErrorId.InvalidArgument, "i, f, g")]
    [InlineData("Bilinear", "4x4", ErrorId.InvalidShape, "rank 3 to 5")]
    [InlineData("sparse_(sparsity=1.1)", "4x4", ErrorId.InvalidArgument, "0 to 1")]
    [InlineData("sparse_(sparsity=-0.1)", "4x4", ErrorId.InvalidArgument, "0 to 1")]
    [InlineData("sparse_(std=-1)", "4x4", ErrorId.InvalidArgument, "0 or more")]
    [InlineData("sparse_(sparsity=nan)", "4x4", ErrorId.NonFiniteValue, "finite")]
    [InlineData("SIREN(omega0=0)", "4x4", ErrorId.InvalidArgument, "above 0")]
    [InlineData("SIREN(layer=last)", "4x4", ErrorId.InvalidArgument, "first")]
    [InlineData("Critical(sigmoid, q=1)", "4x4", ErrorId.InvalidArgument, "no edge of chaos")]
    [InlineData("Critical(relu, sigma_b=0.1)", "4x4", ErrorId.InvalidArgument, "no edge of chaos")]
    [InlineData("Critical(q=-1)", "4x4", ErrorId.InvalidArgument, "above 0")]
    [InlineData("Critical(sigma_b=-1)", "4x4", ErrorId.InvalidArgument, "0 or more")]
    [InlineData("Critical(q=1, sigma_b=1)", "4x4", ErrorId.ParameterConflict, "sigma_b")]
    [InlineData("Critical(tahn)", "4x4", ErrorId.UnknownActivation, "'tanh'")]
    [InlineData("Identity(gain=inf)", "4x4", ErrorId.NonFiniteValue, "gain")]
    [InlineData("HeNormal(gain=backward(tahn))", "4x4", ErrorId.UnknownActivation, "'tanh'")]
    [InlineData("HeNormal(gain=pytorch(gelu))", "4x4", ErrorId.UnknownActivation, "no gain")]
    [InlineData("HeNormal(gain=(1, 2))", "4x4", ErrorId.InvalidArgument, "backward(name)")]
    [InlineData("kaiming_normal_(a=steep)", "4x4", ErrorId.InvalidArgument, "a number")]
    [InlineData("VarianceScaling(mode=fan)", "4x4", ErrorId.UnknownMode, "fan_in")]
    [InlineData("VarianceScaling(scale=-1)", "4x4", ErrorId.InvalidArgument, "above 0")]
    [InlineData("VarianceScaling(distribution=cauchy)", "4x4", ErrorId.UnknownDistribution, "uniform")]
    [InlineData("kaiming_normal_(nonlinearity=gelu)", "4x4", ErrorId.UnknownActivation, "no gain")]
    [InlineData("RandomNormal(stddev=-1)", "4x4", ErrorId.InvalidArgument, "0 or more")]
    [InlineData("RandomUniform(1, 0)", "4x4", ErrorId.InvalidArgument, "above maximum")]
    [InlineData("TruncatedNormal(0, 0, 1, 2)", "4x4", ErrorId.InvalidArgument, "no value is left")]
    [InlineData("HeNormal", "0x0", ErrorId.InvalidShape, "1 or more")]
    [InlineData("HeNormal", "4294967296x4294967296", ErrorId.AllocationTooLarge, "2^63-1")]
    [InlineData("glorot_unifrom", "4x4", ErrorId.UnknownInitializer, "'GlorotUniform'")]
    [InlineData("Identity(gain=70000)", "4x4", ErrorId.InvalidArgument, "Float16")]
    public void Is_one_clear_error(string expression, string shape, ErrorId errorId, string says) => Assert.Contains(
        says,
        Errors.Expect(errorId, () => WeightTensor.Create(new WeightTensorOptions
        {
            Name = "t",
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse(expression),
            Seed = new Seed(1L),
            DType = expression.Contains("70000", StringComparison.Ordinal) ? DType.Float16 : DType.Float32,
        })).Message,
        StringComparison.Ordinal);

    // A standard deviation of 0 is a constant, not an error: PyTorch's trunc_normal_ divides by it.
    [Theory]
    [InlineData("RandomNormal(3, 0)")]
    [InlineData("TruncatedNormal(3, 0)")]
    [InlineData("trunc_normal_(1, 0)")]
    public void A_deviation_of_zero_is_the_mean(string expression)
    {
        Distribution law = ((ElementwiseInitializer)Initializer.Parse(expression)).GetDistribution(null);
        float[] values = new float[100];
        law.Fill(values.AsMemory(), default, 0, new ParallelOptions());
        Assert.All(values, value => Assert.Equal(law.Mean, value));
    }
}
