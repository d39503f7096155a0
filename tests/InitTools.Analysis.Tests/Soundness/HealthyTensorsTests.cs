using Xunit;

namespace InitTools.Analysis.Tests;

/// <summary>What a framework makes is no alarm, whatever the seed.</summary>
public class HealthyTensorsTests
{
    private static readonly string[] s_expressions =
    [
        "GlorotUniform", "GlorotNormal", "xavier_normal_", "HeNormal", "HeUniform", "kaiming_normal_", "LecunNormal",
        "LecunUniform", "kaiming_uniform_(a=2.23606797749979)", "Orthogonal",
    ];

    [Fact]
    public void A_hundred_seeds_raise_no_alarm() => AssertNoAlarm(1, 100);

    [Fact]
    [Trait("Category", "Slow")]
    public void Five_thousand_seeds_raise_no_alarm() => AssertNoAlarm(101, 5000);

    [Theory]
    [InlineData(DType.Float16)]
    [InlineData(DType.BFloat16)]
    [InlineData(DType.Float64)]
    public void Nor_do_other_types(DType dtype)
    {
        foreach (string expression in s_expressions)
        {
            for (long seed = 1; seed <= 5; seed++)
            {
                WeightTensor tensor = TestedWeights.Recipe(expression, "64x48", seed, dtype: dtype);

                WeightFinding finding = Assert.Single(TestedWeights.Find(tensor));

                Assert.True(finding.Severity == FindingSeverity.Information, finding.ToString());
                Assert.Equal(FindingKind.Detected, finding.Kind);
            }
        }
    }

    // Small tensors and large ones, narrow ones and vectors, of all common schemes.
    private static void AssertNoAlarm(long firstSeed, int count)
    {
        string[] shapes = ["64x48", "48x10", "10x1", "3x4", "16x3x3x3", "128x16"];
        List<string> alarms = [];
        for (long seed = firstSeed; seed < firstSeed + count; seed++)
        {
            string expression = s_expressions[seed % s_expressions.Length];
            WeightTensor[] tensors =
            [
                .. shapes.Select((shape, i) => TestedWeights.Drawn(
                    expression, shape, seed, $"layer{i}.weight", seed % 2 == 0 ? Layout.IO : Layout.OI)),
            ];
            alarms.AddRange(TestedWeights.Find(tensors)
                .Where(finding => finding.Severity > FindingSeverity.Information || finding.Kind == FindingKind.Trained)
                .Select(finding => $"{expression}, seed {seed}: {finding}"));
        }

        Assert.True(alarms.Count == 0, string.Join("\n", alarms));
    }
}
