using InitTools.Core.Tests.Statistics;
using InitTools.Kernels;
using MathNet.Numerics.Distributions;
using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>What is drawn against what is promised, for every sampled initializer.</summary>
public class SampledLawTests
{
    private const double UniformKurtosis = 1.8;
    private const double NormalKurtosis = 3;
    private const double TruncatedKurtosis = 2.365537;

    public static TheoryData<string, double> Independent() => new()
    {
        { "RandomUniform(-0.3, 0.3)", UniformKurtosis },
        { "RandomNormal(0, 0.5)", NormalKurtosis },
        { "TruncatedNormal(0, 0.5)", TruncatedKurtosis },
        { "GlorotUniform", UniformKurtosis },
        { "GlorotNormal", TruncatedKurtosis },
        { "xavier_normal_", NormalKurtosis },
        { "HeUniform", UniformKurtosis },
        { "HeNormal", TruncatedKurtosis },
        { "LecunUniform", UniformKurtosis },
        { "LecunNormal", TruncatedKurtosis },
        { "VarianceScaling(3, fan_out, normal)", NormalKurtosis },
        { "SIREN", UniformKurtosis },
        { "SIREN(first)", UniformKurtosis },
        { "Critical", NormalKurtosis },
        { "CriticalBias", NormalKurtosis },
        { "Gates(4, HeNormal)", TruncatedKurtosis },
    };

    [Theory]
    [MemberData(nameof(Independent))]
    public void Mean_variance_and_extremes_are_those_of_the_law_at_every_rank(string expression, double kurtosis)
    {
        foreach (string shape in new[] { "160x200", "5x80x80", "4x5x40x40", "2x4x5x20x40" })
        {
            foreach (Layout layout in Enum.GetValues<Layout>())
            {
                var dimensions = TensorShape.Parse(shape);
                if (layout == Layout.OI)
                {
                    dimensions = new TensorShape([.. dimensions.Dimensions.Reverse()]);
                }

                AssertMoments(Make(expression, dimensions, layout, DType.Float32), kurtosis, 1);
            }
        }
    }

    // Each element stands for as many equal ones as there are pixels: so much fewer are independent.
    [Theory]
    [InlineData("ICNR(2, HeUniform)", "3x3x40x320", Layout.IO, UniformKurtosis, 4)]
    [InlineData("ICNR(2, HeNormal)", "320x40x3x3", Layout.OI, TruncatedKurtosis, 4)]
    public void Mean_and_variance_of_repeated_elements(
        string expression, string shape, Layout layout, double kurtosis, int copies) =>
        AssertMoments(Make(expression, TensorShape.Parse(shape), layout, DType.Float32), kurtosis, copies);

    // A normal number with probability 1 - p, else 0: fourth moment 3 (1 - p) s^4 over ((1 - p) s^2)^2.
    [Fact]
    public void Mean_and_variance_of_Sparse() =>
        AssertMoments(Make("Sparse(0.25, 0.2)", new TensorShape(400, 300), Layout.IO, DType.Float32), 3 / 0.75, 1);

    [Theory]
    [MemberData(nameof(Independent))]
    public void A_million_draws_follow_the_distribution(string expression, double kurtosis)
    {
        WeightTensor tensor = Make(expression, new TensorShape(1000, 1000), Layout.IO, DType.Float32);
        double[] values = tensor.ToArray<double>();
        Array.Sort(values);
        double s = tensor.StdDev!.Value;
        double cut = TruncatedBound() * s;
        double parent = s / VarianceScaling.TruncatedStandardDeviation;
        double below = Normal.CDF(0, parent, -cut);
        double distance = 0;
        for (int i = 0; i < values.Length; i++)
        {
            double expected = kurtosis switch
            {
                UniformKurtosis => (values[i] / tensor.Limit!.Value + 1) / 2,
                NormalKurtosis => Normal.CDF(0, s, values[i]),
                _ => (Normal.CDF(0, parent, values[i]) - below) / (1 - 2 * below),
            };
            distance = Math.Max(distance, Math.Abs(expected - (i + 0.5) / values.Length));
        }

        Assert.True(PValue.KolmogorovSmirnov(distance + 0.5 / values.Length, values.Length) > 1e-6, expression);

        static double TruncatedBound() => 2 / VarianceScaling.TruncatedStandardDeviation;
    }

    // The lecture's recipe: draw N(0, 1) and multiply by sqrt(2 / n).
    [Fact]
    public void He_is_the_standard_normal_times_the_root()
    {
        TensorShape shape = new(784, 256);
        float[] scaled = Make("HeNormal(distribution=normal)", shape, Layout.IO, DType.Float32).ToArray<float>();
        float[] normal = Make("RandomNormal(stddev=1)", shape, Layout.IO, DType.Float32).ToArray<float>();
        for (int i = 0; i < scaled.Length; i++)
        {
            double expected = normal[i] * Math.Sqrt(2 / 784.0);
            float unit = MathF.BitIncrement(MathF.Abs((float)expected)) - MathF.Abs((float)expected);
            Assert.InRange(scaled[i], expected - unit, expected + unit);
        }
    }

    // Where PyTorch 1.13 left 402 of 100,000 values at a bound and a deviation of 0.127.
    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float32)]
    [InlineData(DType.Float64)]
    public void Wide_absolute_bounds_do_not_catch_a_small_deviation(DType dtype)
    {
        WeightTensor tensor = Make("trunc_normal_(std=0.002, a=-2, b=2)", new TensorShape(1000, 100), Layout.IO, dtype);
        Assert.DoesNotContain(tensor.ToArray<double>(), value => Math.Abs(value) >= 2);
        Assert.InRange(tensor.GetStatistics().StandardDeviation, 0.002 * 0.99, 0.002 * 1.01);
    }

    // Each narrow number is the Float32 one rounded once; Float64 is drawn anew.
    [Theory]
    [InlineData("Sparse(0.25, 0.2)", "40x30")]
    [InlineData("Gates(3, RandomNormal)", "40x30")]
    [InlineData("ICNR(2, RandomNormal)", "3x3x5x8")]
    [InlineData("Bilinear", "5x5x3x3")]
    [InlineData("Identity(gain=0.1)", "40x30")]
    public void Narrow_types_are_rounded_once(string expression, string shape)
    {
        var dimensions = TensorShape.Parse(shape);
        float[] singles = Make(expression, dimensions, Layout.IO, DType.Float32).ToArray<float>();
        Assert.Equal<IEnumerable<float>>(
            singles.Select(value => (float)(Half)value),
            Make(expression, dimensions, Layout.IO, DType.Float16).ToArray<float>());
        Assert.Equal<IEnumerable<float>>(
            singles.Select(value => BFloat16Bits.Widen(BFloat16Bits.Round(value))),
            Make(expression, dimensions, Layout.IO, DType.BFloat16).ToArray<float>());
        Assert.Contains(
            Make(expression, dimensions, Layout.IO, DType.Float64).ToArray<double>(), value => value != (float)value);
    }

    private static void AssertMoments(WeightTensor tensor, double kurtosis, int copies)
    {
        Moments sample = tensor.GetStatistics();
        double independent = (double)tensor.Count / copies;
        double meanError = 5 * tensor.StdDev!.Value / Math.Sqrt(independent);
        double variance = tensor.Variance!.Value;
        double varianceError = 5 * variance * Math.Sqrt((kurtosis - 1) / independent);
        Assert.InRange(sample.Mean, -meanError, meanError);
        Assert.InRange(sample.Variance, variance - varianceError, variance + varianceError);
        if (tensor.Limit is double limit)
        {
            // Float32 rounds the limit itself.
            Assert.InRange(Math.Max(-sample.Minimum, sample.Maximum), 0, limit * (1 + 1e-7));
        }
    }

    private static WeightTensor Make(string expression, TensorShape shape, Layout layout, DType dtype) =>
        WeightTensor.Create(new WeightTensorOptions
        {
            Name = "t",
            Shape = shape,
            Initializer = Initializer.Parse(expression),
            Seed = new Seed(11L),
            Layout = layout,
            DType = dtype,
        });
}
