using InitTools.Kernels;
using MathNet.Numerics.Distributions;
using Xunit;

namespace InitTools.Analysis.Tests;

/// <summary>The scheme by which a tensor was made is named from its values alone.</summary>
public class SchemeDetectionTests
{
    // At 168 x 136 the standard deviations of any two laws of one kind are 4.9 % apart, which is ten standard errors of
    // 22848 normal values (1 / sqrt(2 n) = 0.47 %): a name is wrong once in ten million draws.
    private const string Dense = "168x136";
    private const string TorchDefault = "kaiming_uniform_(a=2.23606797749979)";

    public static TheoryData<string, Layout> Schemes
    {
        get
        {
            string[] expressions =
            [
                "GlorotUniform", "GlorotNormal", "xavier_normal_", "xavier_uniform_", "HeUniform", "HeNormal",
                "kaiming_normal_", "kaiming_uniform_", "LecunUniform", "LecunNormal",
                "LecunNormal(distribution=normal)", TorchDefault, "SIREN", "SIREN(layer=first)",
                "xavier_uniform_(gain=tanh)", "xavier_normal_(gain=tanh)",
                "kaiming_uniform_(nonlinearity=tanh)", "kaiming_normal_(nonlinearity=tanh)",
                "kaiming_uniform_(nonlinearity=selu)", "kaiming_normal_(nonlinearity=selu)",
            ];
            var data = new TheoryData<string, Layout>();
            foreach (string expression in expressions)
            {
                data.Add(expression, Layout.IO);
                data.Add(expression, Layout.OI);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Schemes))]
    public void A_scheme_is_named_back_in_its_layout(string expression, Layout layout)
    {
        for (long seed = 1; seed <= 3; seed++)
        {
            WeightFinding finding = Assert.Single(
                TestedWeights.Find(TestedWeights.Drawn(expression, Dense, seed, layout: layout)));

            Assert.Equal(FindingSeverity.Information, finding.Severity);
            AssertNamed(expression, layout, finding);
        }
    }

    [Theory]
    [InlineData("GlorotUniform", "3x3x16x48", Layout.IO)]
    [InlineData("HeNormal", "3x3x16x48", Layout.IO)]
    [InlineData("kaiming_normal_", "48x16x3x3", Layout.OI)]
    [InlineData("kaiming_normal_(mode=fan_out)", "48x16x3x3", Layout.OI)]
    [InlineData(TorchDefault, "48x16x3x3", Layout.OI)]
    [InlineData("LecunNormal", "5x16x64", Layout.IO)]
    [InlineData("xavier_uniform_", "64x16x5", Layout.OI)]
    public void A_kernel_has_the_layout_whose_places_are_few(string expression, string shape, Layout layout)
    {
        WeightFinding finding = Assert.Single(
            TestedWeights.Find(TestedWeights.Drawn(expression, shape, name: "conv1.weight", layout: layout)));

        AssertNamed(expression, layout, finding);
    }

    [Theory]
    [InlineData("RandomNormal(stddev=0.02)", FindingSeverity.Information)]
    [InlineData("TruncatedNormal(stddev=0.02)", FindingSeverity.Information)]
    [InlineData("RandomNormal(stddev=1)", FindingSeverity.Warning)]
    [InlineData("RandomUniform(minimum=-1, maximum=1)", FindingSeverity.Warning)]
    [InlineData("RandomNormal(stddev=0.01)", FindingSeverity.Warning)]
    public void A_fixed_spread_is_named_and_measured(string expression, FindingSeverity severity)
    {
        WeightFinding finding = Assert.Single(TestedWeights.Find(TestedWeights.Drawn(expression, "96x80")));

        Assert.Equal((expression, severity), (finding.DetectedInitializer, finding.Severity));
    }

    [Theory]
    [InlineData("Orthogonal", "64x40", "Orthogonal")]
    [InlineData("Orthogonal(gain=1.5)", "40x64", "Orthogonal(gain=1.5)")]
    [InlineData("Orthogonal(gain=0.01)", "64x64", "Orthogonal(gain=0.01)")]
    [InlineData("DeltaOrthogonal", "3x3x16x24", "DeltaOrthogonal")]
    [InlineData("Identity", "24x32", "Identity")]
    [InlineData("Identity(gain=0.5)", "24x24", "Identity(gain=0.5)")]
    [InlineData("Dirac", "3x3x8x16", "Dirac")]
    [InlineData("Sparse(sparsity=0.25, stddev=0.1)", "64x48", "Sparse(sparsity=0.25, stddev=0.1)")]
    public void A_structure_is_named(string expression, string shape, string named)
    {
        WeightFinding finding = Assert.Single(TestedWeights.Find(TestedWeights.Drawn(expression, shape)));

        Assert.Equal(FindingSeverity.Information, finding.Severity);
        if (named.StartsWith("Sparse", StringComparison.Ordinal))
        {
            // The spread is that of the sample: 2304 values give it to 1.5 %.
            Assert.StartsWith("Sparse(sparsity=0.25, stddev=0.1", finding.DetectedInitializer.Replace("0.09", "0.1"));
        }
        else
        {
            Assert.Equal(named, finding.DetectedInitializer);
        }
    }

    [Fact]
    public void Equal_laws_are_all_mentioned()
    {
        WeightFinding finding = Assert.Single(TestedWeights.Find(TestedWeights.Drawn("GlorotUniform", "64x64")));

        // 2 / (64 + 64) is 1 / 64.
        Assert.Equal(("GlorotUniform", ""), (finding.DetectedInitializer, finding.DetectedLayout));
        Assert.Contains("LecunUniform", finding.Reason);
    }

    [Fact]
    public void A_recipe_or_a_given_layout_leaves_one_layout()
    {
        WeightTensor drawn = TestedWeights.Drawn("HeNormal", Dense, layout: Layout.OI);

        WeightFinding given = Assert.Single(SoundnessTest.Run([drawn], new SoundnessOptions { Layout = Layout.IO }));

        // fan_in 136 of layout OI is fan_out of layout IO.
        Assert.Equal("HeNormal(mode=fan_out)", given.DetectedInitializer);
        Assert.Equal(
            "HeNormal",
            Assert.Single(TestedWeights.Find(TestedWeights.Recipe("HeNormal", Dense, layout: Layout.OI)))
                .DetectedInitializer);
    }

    [Fact]
    public void Fit_is_kolmogorovs_distance_and_probability()
    {
        WeightTensor tensor = TestedWeights.Drawn("kaiming_normal_", Dense);
        float[] values = tensor.ToArray<float>();
        Array.Sort(values);
        double deviation = Math.Sqrt(2.0 / 168);
        double expected = values.Select((value, i) => (F: Normal.CDF(0, deviation, value), I: (double)i))
            .Max(at => Math.Max(at.F - at.I / values.Length, (at.I + 1) / values.Length - at.F));

        WeightFinding finding = Assert.Single(TestedWeights.Find(tensor));

        Assert.Equal(expected, finding.FitDistance!.Value, 1e-12);

        // Kolmogorov's distribution: its upper 5 % point is 1.3581.
        double[] probabilities =
        [
            .. Enumerable.Range(1, 400).Select(seed =>
                TestedWeights.Find(TestedWeights.Drawn("kaiming_normal_", "32x24", seed))[0].FitProbability!.Value),
        ];
        double share = probabilities.Count(p => p < 0.05) / 400.0;
        Assert.Equal(0.05, share, 5 * Math.Sqrt(0.05 * 0.95 / 400));
        Assert.Equal(0.5, probabilities.Count(p => p < 0.5) / 400.0, 5 * Math.Sqrt(0.25 / 400));
    }

    private static void AssertNamed(string expression, Layout layout, WeightFinding finding)
    {
        // Where two names are one law, either will do: what was named makes the same law as what was drawn.
        Initializer expected = Initializer.Parse(expression);
        Initializer named = Initializer.Parse(finding.DetectedInitializer);
        Layout found = finding.DetectedLayout.Length == 0
            ? layout
            : Layouts.Spellings.Parse(finding.DetectedLayout);
        WeightLaw expectedLaw = LawOf(expected, finding.Shape, layout);
        WeightLaw namedLaw = LawOf(named, finding.Shape, found);
        Assert.True(
            expectedLaw.GetType() == namedLaw.GetType()
            && Math.Abs(DeterministicMath.Log(expectedLaw.StandardDeviation / namedLaw.StandardDeviation)) < 1e-6,
            $"{expected} {layout} was named {named} {found}");
    }

    private static WeightLaw LawOf(Initializer initializer, string shape, Layout layout)
    {
        var dimensions = TensorShape.Parse(shape);
        return initializer.GetLaw(new TensorGeometry(dimensions, layout, Fans.Of(dimensions, layout)));
    }
}
