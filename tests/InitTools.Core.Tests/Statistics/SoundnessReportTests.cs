using Xunit;

namespace InitTools.Core.Tests.Statistics;

public class SoundnessReportTests
{
    [Fact]
    public void Prints_every_check_but_of_many_the_worst()
    {
        SoundnessCheck[] checks =
        [
            new("moments", "first moment", "0.1", "0 ± 0.2", 0.62),
            new("tail counts", "beyond 6", "9", "0.1 ± 0.3", 1e-12),
            .. Enumerable.Range(1, 9).Select(lag => new SoundnessCheck("lags", $"lag {lag}", "0", "0", 1 - 0.1 * lag)),
        ];
        string report = SoundnessReport.Format(
            "RandomNormal(mean=0, stddev=1)", DType.Float32, 32, checks, TimeSpan.FromSeconds(90));
        Assert.StartsWith("### RandomNormal(mean=0, stddev=1), Float32, 2^32 values\n", report);
        Assert.Contains("90 s.\n11 checks, 1 failed, smallest p 1E-12.\n", report);
        string[] rows = [.. report.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(1)];
        Assert.Equal(3, rows.Length);
        Assert.Equal("| moments | first moment | 0.1 | 0 ± 0.2 | 0.62 |", rows[0]);
        Assert.Equal("| tail counts | beyond 6 | 9 | 0.1 ± 0.3 | 1E-12 |", rows[1]);
        Assert.Equal("| lags | lag 9, smallest p of 9 | 0 | 0 | 0.1 |", rows[2]);
    }
}
