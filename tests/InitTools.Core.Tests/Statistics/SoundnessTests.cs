using System.Diagnostics;
using System.Globalization;
using Xunit;

namespace InitTools.Core.Tests.Statistics;

/// <summary>
/// The drawn values against their laws. docs/statistics.md says what is tested and how. Seeds are fixed; a check that
/// fails is studied at ten times the size, never drawn again with another seed.
/// </summary>
public class SoundnessTests
{
    private const string SizeVariable = "INITTOOLS_STATISTICS_LOG2";
    private const string ReportVariable = "INITTOOLS_STATISTICS_REPORT";

    // Below 2^26 values the rounding of an element type adds less than half a standard error to chi-square.
    private const int RoundingShows = 26;

    public static TheoryData<string, DType> Laws =>
    [
        .. from law in ReferenceLaw.All
           from dtype in new[] { DType.Float32, DType.Float64 }
           select (law.Expression, dtype),
    ];

    [Theory]
    [MemberData(nameof(Laws))]
    public void A_million_values_have_their_law(string expression, DType dtype) =>
        SoundnessCheck.Require(SoundnessCheck.Of(Measure(expression, dtype, 20, blockLengthLog2: 16)));

    /// <summary>
    /// 2^28 values of Float32 and 2^26 of Float64; INITTOOLS_STATISTICS_LOG2 gives another exponent for both.
    /// INITTOOLS_STATISTICS_REPORT names a directory for the figures.
    /// </summary>
    [Theory]
    [Trait("Category", "Slow")]
    [MemberData(nameof(Laws))]
    public void Many_values_have_their_law(string expression, DType dtype)
    {
        int countLog2 = Environment.GetEnvironmentVariable(SizeVariable) is { Length: > 0 } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : dtype == DType.Float32 ? 28 : 26;
        var watch = Stopwatch.StartNew();
        SampleSummary summary = Measure(expression, dtype, countLog2, Math.Min(countLog2 - 4, 20));
        IReadOnlyList<SoundnessCheck> checks = SoundnessCheck.Of(summary);
        if (Environment.GetEnvironmentVariable(ReportVariable) is { Length: > 0 } directory)
        {
            SoundnessReport.Write(directory, expression, dtype, countLog2, checks, watch.Elapsed);
        }

        SoundnessCheck.Require(checks);
    }

    private static SampleSummary Measure(string expression, DType dtype, int countLog2, int blockLengthLog2)
    {
        ReferenceLaw law = ReferenceLaw.Of(expression);
        var sample = Sample.Create(law, dtype, 1 << (countLog2 - blockLengthLog2), 1 << blockLengthLog2);
        ParallelOptions options = new()
        {
            MaxDegreeOfParallelism = Environment.ProcessorCount,
            CancellationToken = TestContext.Current.CancellationToken,
        };
        return SampleSummary.Measure(
            countLog2 < RoundingShows
                ? sample
                : sample with { CellProbabilities = CellProbabilities.OfRounded(law, dtype, options) },
            options);
    }
}
