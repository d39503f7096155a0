using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Statistics;

/// <summary>Each check of <see cref="SoundnessCheck"/> on a generator with the flaw that it is there for.</summary>
public class FlawedGeneratorTests
{
    private const int BlockLength = 1 << 16;

    private static readonly ReferenceLaw s_normal = ReferenceLaw.Of("RandomNormal(mean=0, stddev=1)");
    private static readonly SampleSource s_sound = Sample.Create(s_normal, DType.Float32, 1, 1).Source;

    [Fact]
    public void A_sound_generator_passes() => Assert.Empty(FailedFamilies(s_sound));

    [Fact]
    public void Numbers_too_even_to_be_random_fail()
    {
        // Weyl's sequence, the fractions of multiples of the golden ratio.
        string[] failed = FailedFamilies((destination, offset) =>
        {
            for (int i = 0; i < destination.Length; i++)
            {
                ulong word = (ulong)(offset + i) * 0x9E3779B97F4A7C15;
                destination.Span[i] = DeterministicMath.InverseNormal(((word >> 11) + 0.5) / (1UL << 53));
            }
        });
        Assert.Contains("chi-square", failed);
        Assert.Contains("Kolmogorov-Smirnov", failed);
        Assert.Contains("Anderson-Darling", failed);
        Assert.Contains("serial correlation of w", failed);
        Assert.Contains("serial correlation of w, all lags", failed);
    }

    [Fact]
    public void A_variance_off_by_one_percent_fails() =>
        Assert.Contains("moments", FailedFamilies(Mapped(w => w * Math.Sqrt(1.01))));

    [Fact]
    public void A_mean_off_by_a_hundredth_fails()
    {
        string[] failed = FailedFamilies(Mapped(w => w + 0.01));
        Assert.Contains("moments", failed);
        Assert.Contains("Kolmogorov-Smirnov", failed);
        Assert.Contains("Anderson-Darling", failed);
    }

    [Fact]
    public void Numbers_repeated_after_16_fail() =>
        Assert.Contains("serial correlation of w", FailedFamilies(Paired(16, (w, _) => w)));

    [Fact]
    public void Numbers_repeated_after_4096_fail() =>
        Assert.Contains("serial correlation of w", FailedFamilies(Paired(4096, (w, _) => w)));

    [Fact]
    public void Pairs_of_equal_size_but_free_sign_fail_in_their_squares_only()
    {
        string[] failed = FailedFamilies(Paired(16, (w, own) => Math.CopySign(w, own)));
        Assert.Contains("serial correlation of w²", failed);
        Assert.Contains("serial correlation of w², all lags", failed);
        Assert.DoesNotContain("serial correlation of w", failed);
    }

    [Fact]
    public void A_thin_tail_fails() =>
        Assert.Contains("tail counts", FailedFamilies(Mapped(w => Math.Clamp(w, -3.9, 3.9))));

    [Fact]
    public void A_coarse_grid_fails() =>
        Assert.Equal("chi-square", Assert.Single(FailedFamilies(Mapped(w => Math.Round(w * 8192) / 8192))));

    [Theory]
    [InlineData(2.0000001)]
    [InlineData(-3)]
    [InlineData(double.NaN)]
    public void Values_outside_the_law_fail(double stray)
    {
        ReferenceLaw law = ReferenceLaw.Of("TruncatedNormal(stddev=1)");
        SampleSource sound = Sample.Create(law, DType.Float32, 1, 1).Source;
        string[] failed = FailedFamilies(law, (destination, offset) =>
        {
            sound(destination, offset);
            if (offset == 0)
            {
                destination.Span[BlockLength / 2] = stray;
            }
        });
        Assert.Contains("tail counts", failed);
    }

    [Fact]
    public void A_stream_that_repeats_another_fails()
    {
        SampleSource other = Sample.Create(s_normal, DType.Float32, 1, 1).Partners[0].Source;
        Assert.Equal("correlation with", Assert.Single(FailedFamilies(s_normal, s_sound, ("itself", s_sound))));
        Assert.Equal("correlation with", Assert.Single(FailedFamilies(s_normal, s_sound, ("in part itself", InPart))));
        Assert.Empty(FailedFamilies(s_normal, s_sound, ("the next seed", other)));

        // One value in a hundred.
        void InPart(Memory<double> destination, long offset)
        {
            double[] own = new double[destination.Length];
            s_sound(own, offset);
            other(destination, offset);
            for (int i = 0; i < own.Length; i += 100)
            {
                destination.Span[i] = own[i];
            }
        }
    }

    [Theory]
    [InlineData(1e-6)]
    [InlineData(0)]
    [InlineData(double.NaN)]
    public void A_failed_check_fails_the_test(double p)
    {
        SoundnessCheck sound = new("family", "name", "1", "1", 0.5);
        SoundnessCheck.Require([sound]);
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => SoundnessCheck.Require([sound, sound with { PValue = p }]));
        Assert.ThrowsAny<Xunit.Sdk.XunitException>(() => SoundnessCheck.Require([]));
    }

    [Fact]
    public void The_figures_do_not_depend_on_the_number_of_threads()
    {
        var sample = Sample.Create(s_normal, DType.Float32, 8, BlockLength);
        Assert.Equal(Report(1), Report(2));

        string Report(int threads) => string.Join('\n', SoundnessCheck.Of(
            SampleSummary.Measure(sample, new ParallelOptions { MaxDegreeOfParallelism = threads })));
    }

    private static SampleSource Mapped(Func<double, double> map) => (destination, offset) =>
    {
        s_sound(destination, offset);
        foreach (ref double w in destination.Span)
        {
            w = map(w);
        }
    };

    // Every second run of the given length is made from the one before it, and from its own values.
    private static SampleSource Paired(int run, Func<double, double, double> pair) => (destination, offset) =>
    {
        double[] around = new double[destination.Length + run];
        long before = Math.Max(0, offset - run);
        s_sound(around, before);
        for (int i = 0; i < destination.Length; i++)
        {
            int position = (int)(offset + i - before);
            destination.Span[i] = (offset + i) / run % 2 == 0
                ? around[position]
                : pair(around[position - run], around[position]);
        }
    };

    private static string[] FailedFamilies(SampleSource source) => FailedFamilies(s_normal, source);

    private static string[] FailedFamilies(
        ReferenceLaw law, SampleSource source, params (string Name, SampleSource Source)[] partners) =>
        [.. SoundnessCheck
            .Of(SampleSummary.Measure(new Sample(law, source, partners, 16, BlockLength), new ParallelOptions()))
            .Where(check => !check.Holds)
            .Select(check => check.Family)
            .Distinct()];
}
