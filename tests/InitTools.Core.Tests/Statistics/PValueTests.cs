using Xunit;

namespace InitTools.Core.Tests.Statistics;

/// <summary>The distributions behind the p-values against published tables and against one another.</summary>
public class PValueTests
{
    [Theory]
    [InlineData(0, 1)]
    [InlineData(1.959964, 0.05)]
    [InlineData(-2.575829, 0.01)]
    [InlineData(4.891638, 1e-6)]
    public void Normal(double standardErrors, double p) => AssertClose(p, PValue.Normal(standardErrors), 1e-5);

    // Upper points of the chi-square distribution; two-sided, so that a lower point counts as much.
    [Theory]
    [InlineData(18.307, 10, 0.1)]
    [InlineData(3.9403, 10, 0.1)]
    [InlineData(124.342, 100, 0.1)]
    [InlineData(149.449, 100, 0.002)]
    public void ChiSquare(double statistic, double degreesOfFreedom, double p) =>
        AssertClose(p, PValue.ChiSquare(statistic, degreesOfFreedom), 1e-3);

    // Wilson and Hilferty: the cube root is nearly normal, better than 1e-3 in p at this size.
    [Theory]
    [InlineData(63800)]
    [InlineData(65000)]
    [InlineData(65535)]
    [InlineData(66300)]
    [InlineData(67400)]
    public void ChiSquare_of_the_cells(double statistic)
    {
        const double DegreesOfFreedom = 65535;
        const double Variance = 2 / (9 * DegreesOfFreedom);
        double z = (Math.Cbrt(statistic / DegreesOfFreedom) - (1 - Variance)) / Math.Sqrt(Variance);
        AssertClose(PValue.Normal(z), PValue.ChiSquare(statistic, DegreesOfFreedom), 2e-3);
    }

    [Theory]
    [InlineData(0, 0.5, 1)]
    [InlineData(3, 0.5, 2 * 0.014387677966970713)]
    [InlineData(0, 20, 2 * 2.061153622438558e-9)]
    [InlineData(8, 8.47, 1)]
    public void Poisson(long count, double expected, double p) => AssertClose(p, PValue.Poisson(count, expected), 1e-9);

    [Theory]
    [InlineData(-4)]
    [InlineData(-1)]
    [InlineData(2)]
    [InlineData(4.5)]
    public void Poisson_of_many_is_nearly_normal(double standardErrors)
    {
        const double Expected = 272_053;
        long count = (long)Math.Round(Expected + standardErrors * Math.Sqrt(Expected));
        AssertClose(
            PValue.Normal((count - Expected) / Math.Sqrt(Expected)), PValue.Poisson(count, Expected), 0.05);
    }

    // The limit law's published points: 1.2238, 1.3581, 1.6276, 1.9495; and its median.
    [Theory]
    [InlineData(0.82757, 0.5)]
    [InlineData(1.2238, 0.1)]
    [InlineData(1.3581, 0.05)]
    [InlineData(1.6276, 0.01)]
    [InlineData(1.9495, 0.001)]
    public void KolmogorovSmirnov(double x, double p)
    {
        const long Count = 1L << 40;
        AssertClose(p, PValue.KolmogorovSmirnov(x / Math.Sqrt(Count), Count), 1e-3);
    }

    // Upper points of the limit law, by Anderson and Darling and by Lewis.
    [Theory]
    [InlineData(0.7741, 0.5)]
    [InlineData(1.2479, 0.25)]
    [InlineData(1.933, 0.1)]
    [InlineData(2.492, 0.05)]
    [InlineData(3.878, 0.01)]
    [InlineData(5.97, 0.001)]
    public void AndersonDarling(double statistic, double p) =>
        AssertClose(p, PValue.AndersonDarling(statistic), 6e-3);

    [Fact]
    public void AndersonDarling_falls_from_one_to_nothing()
    {
        double[] values = [.. Enumerable.Range(1, 400).Select(i => PValue.AndersonDarling(0.05 * i))];
        Assert.InRange(values[0], 1 - 1e-9, 1);
        Assert.All(values.Zip(values.Skip(1)), pair => Assert.True(pair.Second <= pair.First + 1e-13));

        // The largest eigenvalue of the limit law is 1/2, so p falls like e^-z.
        Assert.InRange(PValue.AndersonDarling(20) / PValue.AndersonDarling(19), 0.34, 0.38);
        Assert.Equal(0, PValue.AndersonDarling(1e9));
        Assert.Equal(0, PValue.AndersonDarling(double.PositiveInfinity));
    }

    [Fact]
    public void Smallest_of_many_is_their_chance_and_uniformity_is_seen()
    {
        AssertClose(1 - Math.Pow(0.99, 50), PValue.Smallest([0.01, .. Enumerable.Repeat(0.5, 49)]), 1e-9);
        AssertClose(4e-12, PValue.Smallest([1e-12, 0.2, 0.3, 0.4]), 1e-9);
        double[] uniform = [.. Enumerable.Range(0, 256).Select(i => (i + 0.5) / 256)];
        Assert.InRange(PValue.Uniformity(uniform), 0.99, 1);
        Assert.InRange(PValue.Uniformity(uniform.Select(p => p * p)), 0, 1e-6);
        Assert.InRange(PValue.Uniformity(Enumerable.Repeat(1.0, 256)), 0, 1e-6);
    }

    private static void AssertClose(double expected, double actual, double relative) =>
        Assert.InRange(actual, expected * (1 - relative), expected * (1 + relative));
}
