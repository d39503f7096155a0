using Xunit;

namespace InitTools.Analysis.Tests;

/// <summary>Each thing that can be wrong with a tensor is found, weighed, and explained with its figure.</summary>
public class FindingTests
{
    private const string He = "HeNormal";

    [Theory]
    [InlineData("Zeros", "fc1.weight", FindingKind.AllZero, FindingSeverity.Error)]
    [InlineData("Constant(0.5)", "fc1.weight", FindingKind.Constant, FindingSeverity.Error)]
    [InlineData("Zeros", "block.0.lora_B.weight", FindingKind.AllZero, FindingSeverity.Information)]
    [InlineData("Zeros", "h.0.attn.c_proj.weight", FindingKind.AllZero, FindingSeverity.Information)]
    [InlineData("Zeros", "controlnet.zero_convs.0.weight", FindingKind.AllZero, FindingSeverity.Information)]
    [InlineData("Zeros", "lm_head.weight", FindingKind.AllZero, FindingSeverity.Information)]
    [InlineData("Zeros", "final_layer.linear.weight", FindingKind.AllZero, FindingSeverity.Information)]
    [InlineData("Zeros", "wpe.weight", FindingKind.AllZero, FindingSeverity.Warning)]
    public void A_constant_weight_is_an_error_where_it_is_no_design(
        string expression, string name, FindingKind kind, FindingSeverity severity)
    {
        foreach (WeightTensor tensor in (WeightTensor[])
            [TestedWeights.Recipe(expression, "16x8", name: name), TestedWeights.Drawn(expression, "16x8", name: name)])
        {
            WeightFinding finding = Assert.Single(TestedWeights.Find(tensor));

            Assert.Equal((kind, severity), (finding.Kind, finding.Severity));
        }
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void One_element_that_is_no_number_is_an_error(float value)
    {
        WeightFinding finding = Assert.Single(TestedWeights.Find(
            TestedWeights.Changed(TestedWeights.Recipe(He, "32x16"), values => values[100] = value)));

        Assert.Equal(
            (FindingKind.NonFinite, FindingSeverity.Error, 1.0), (finding.Kind, finding.Severity, finding.Figure));
        Assert.Contains("element 100", finding.Reason);
    }

    [Theory]
    [InlineData(1, FindingSeverity.Warning)]
    [InlineData(20, FindingSeverity.Error)]
    public void Repeated_rows_are_counted(int repeated, FindingSeverity severity)
    {
        const int Columns = 32;
        WeightFinding finding = Assert.Single(TestedWeights.Alarms(TestedWeights.Changed(
            TestedWeights.Recipe(He, "64x32"),
            values =>
            {
                for (int row = 1; row <= repeated; row++)
                {
                    values.AsSpan(0, Columns).CopyTo(values.AsSpan(row * Columns));
                }
            })));

        Assert.Equal(
            (FindingKind.DuplicateRows, severity, repeated), (finding.Kind, finding.Severity, (int)finding.Figure!));
        Assert.Contains("first 1 and 0", finding.Reason);
    }

    [Fact]
    public void Repeated_filters_of_keras_are_columns()
    {
        WeightFinding finding = Assert.Single(TestedWeights.Alarms(TestedWeights.Changed(
            TestedWeights.Recipe(He, "3x3x8x16"),
            values =>
            {
                for (int i = 0; i < values.Length; i += 16)
                {
                    values[i + 5] = values[i + 2];
                }
            })));

        Assert.Equal((FindingKind.DuplicateColumns, FindingSeverity.Warning), (finding.Kind, finding.Severity));
        Assert.Contains("first 5 and 2", finding.Reason);
    }

    [Fact]
    public void Icnr_repeats_by_design()
    {
        Assert.Empty(TestedWeights.Alarms(TestedWeights.Recipe("ICNR(scale=2)", "3x3x8x16", name: "up.weight")));
        Assert.Empty(TestedWeights.Alarms(TestedWeights.Drawn("ICNR(scale=2)", "3x3x8x16", name: "up.weight")));
    }

    [Fact]
    public void Two_tensors_of_the_same_bytes_are_a_warning_and_tied_ones_are_not()
    {
        WeightTensor first = TestedWeights.Drawn(He, "32x32", name: "layer1.weight");
        WeightTensor second = WeightTensor.FromArray("layer2.weight", first.Shape, first.ToArray());
        WeightFinding finding = Assert.Single(TestedWeights.Alarms(first, second));
        Assert.Equal(
            ("layer2.weight", FindingKind.IdenticalTensors, FindingSeverity.Warning),
            (finding.Tensor, finding.Kind, finding.Severity));
        Assert.Contains("layer1.weight", finding.Reason);

        WeightTensor embedding = TestedWeights.Drawn("RandomNormal(stddev=0.02)", "64x32", name: "wte.weight");
        WeightTensor head = WeightTensor.FromArray("lm_head.weight", embedding.Shape, embedding.ToArray());
        Assert.Empty(TestedWeights.Alarms(embedding, head));
        Assert.Contains(TestedWeights.Find(embedding, head), f => f.Kind == FindingKind.IdenticalTensors);
    }

    // For a square layer of 64 the smallest scheme is PyTorch's, 1/sqrt(3 * 64) = 0.0722, the largest He's with
    // tanh's gain, 5/3 / sqrt(64) = 0.208.
    [Theory]
    [InlineData(0.9, FindingSeverity.Warning, 4.32)]
    [InlineData(3, FindingSeverity.Error, 14.4)]
    [InlineData(0.02, FindingSeverity.Warning, 3.61)]
    [InlineData(0.002, FindingSeverity.Error, 36.1)]
    public void A_spread_far_from_every_scheme_is_measured(double deviation, FindingSeverity severity, double factor)
    {
        // sign(u) sqrt|u| for u of U(-1, 1): variance 1/2, kurtosis 4/3, and no scheme's law.
        WeightFinding finding = TestedWeights.Alarms(TestedWeights.Changed(
            TestedWeights.Recipe("RandomUniform(minimum=-1, maximum=1)", "64x64"),
            values =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    double root = Math.CopySign(Math.Sqrt(Math.Abs(values[i])), values[i]);
                    values[i] = (float)(deviation / Math.Sqrt(0.5) * root);
                }
            })).Single(f => f.Kind == FindingKind.StandardDeviation);

        Assert.Equal(severity, finding.Severity);
        Assert.Equal(deviation, finding.Figure!.Value, deviation * 5 * Math.Sqrt(1 / (4 * 4096.0)));
        double named = double.Parse(
            finding.Reason.Split(" is ")[1].Split(' ')[0].Replace("1/", ""),
            System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(factor, named, factor * 0.03);
        Assert.NotEmpty(finding.Advice);
    }

    [Fact]
    public void The_lectures_standard_normal_weights_are_found_too_large()
    {
        WeightFinding finding = Assert.Single(TestedWeights.Alarms(
            TestedWeights.Recipe("RandomNormal(stddev=1)", "784x256")));

        // The largest scheme is He's by fan_out, sqrt(2/256) = 0.0884, which 1 exceeds 11.3 times.
        Assert.Equal((FindingKind.StandardDeviation, FindingSeverity.Error), (finding.Kind, finding.Severity));
        Assert.Equal("RandomNormal(stddev=1)", finding.DetectedInitializer);
        Assert.Contains("11.3 times that of the nearest known scheme, HeNormal(mode=fan_out", finding.Reason);
    }

    [Fact]
    public void Twelve_elements_are_enough_to_be_far_too_large()
    {
        WeightFinding finding =
            Assert.Single(TestedWeights.Alarms(TestedWeights.Drawn("RandomNormal(stddev=100)", "3x4")));

        Assert.Equal((FindingKind.StandardDeviation, FindingSeverity.Error), (finding.Kind, finding.Severity));
    }

    [Theory]
    [InlineData(0.3, FindingSeverity.Warning)]
    [InlineData(3, FindingSeverity.Error)]
    public void A_mean_off_zero_is_found(double shift, FindingSeverity severity)
    {
        double deviation = Math.Sqrt(1.0 / 64);
        IReadOnlyList<WeightFinding> alarms = TestedWeights.Alarms(TestedWeights.Changed(
            TestedWeights.Recipe("LecunNormal", "64x64"),
            values =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] += (float)(shift * deviation);
                }
            }));

        WeightFinding finding = Assert.Single(alarms);
        Assert.Equal((FindingKind.Mean, severity), (finding.Kind, finding.Severity));
        Assert.Equal(shift * deviation, finding.Figure!.Value, 5 * deviation / 64);
    }

    [Fact]
    public void Clipped_values_are_found()
    {
        double bound = Math.Sqrt(1.0 / 64);
        WeightFinding finding = Assert.Single(TestedWeights.Alarms(TestedWeights.Changed(
            TestedWeights.Recipe("LecunNormal(distribution=normal)", "64x64"),
            values =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = Math.Clamp(values[i], -(float)bound, (float)bound);
                }
            })));

        // 31.7 % of a normal law lie beyond one standard deviation.
        Assert.Equal((FindingKind.Clipped, FindingSeverity.Warning), (finding.Kind, finding.Severity));
        Assert.Equal(0.317, finding.Figure!.Value, 5 * Math.Sqrt(0.317 * 0.683 / 4096));
    }

    [Fact]
    public void A_few_enormous_values_are_heavy_tails_and_no_training()
    {
        IReadOnlyList<WeightFinding> alarms = TestedWeights.Alarms(TestedWeights.Changed(
            TestedWeights.Recipe("LecunNormal", "128x128"),
            values =>
            {
                for (int i = 0; i < 8; i++)
                {
                    values[i * 2001] = 3;
                }
            }));

        // Eight values of 3 = 33.9 standard deviations among 16384: kurtosis near (8 * 33.9^4 / 16384) / 1.56^2.
        WeightFinding finding = Assert.Single(alarms);
        Assert.Equal((FindingKind.HeavyTails, FindingSeverity.Warning), (finding.Kind, finding.Severity));
        Assert.InRange(finding.Figure!.Value, 200, 350);
    }

    [Fact]
    public void A_nearly_orthogonal_matrix_is_told_from_an_orthogonal_one()
    {
        WeightTensor exact = TestedWeights.Recipe("Orthogonal", "48x48");
        Assert.Empty(TestedWeights.Alarms(TestedWeights.Held(exact)));

        // Every element is rounded to a multiple of 1/32.
        WeightFinding finding = Assert.Single(TestedWeights.Alarms(TestedWeights.Changed(
            exact,
            values =>
            {
                for (int i = 0; i < values.Length; i++)
                {
                    values[i] = MathF.Round(values[i] * 32) / 32;
                }
            })));

        // Each rounding has the variance 1/(12 * 32^2); an element of Q^T Q gathers two rows' worth: sd 0.0128.
        Assert.Equal((FindingKind.Orthogonality, FindingSeverity.Warning), (finding.Kind, finding.Severity));
        Assert.InRange(finding.Figure!.Value, 0.02, 0.12);
    }

    [Fact]
    public void Values_that_a_narrow_type_loses_are_found()
    {
        // Half of N(0, s^2) lies within 0.6745 s: with s = 6.1e-5 / 0.6745 half of it is below 2^-14.
        WeightTensor tensor = TestedWeights.Recipe(
            "RandomNormal(stddev=9.05e-5)", "64x64", dtype: DType.Float16);

        WeightFinding finding = TestedWeights.Alarms(tensor).Single(f => f.Kind == FindingKind.Precision);

        Assert.Equal(FindingSeverity.Warning, finding.Severity);
        Assert.Equal(0.5, finding.Figure!.Value, 5 * Math.Sqrt(0.25 / 4096) + 1e-3);
        Assert.DoesNotContain(
            TestedWeights.Find(TestedWeights.Recipe("RandomNormal(stddev=9.05e-5)", "64x64", dtype: DType.BFloat16)),
            f => f.Kind == FindingKind.Precision);
    }

    [Theory]
    [InlineData("fc1.weight", FindingSeverity.Warning)]
    [InlineData("embedding.weight", FindingSeverity.Information)]
    public void A_row_of_zeros_is_padding_in_an_embedding(string name, FindingSeverity severity)
    {
        WeightFinding finding = Assert.Single(TestedWeights.Find(TestedWeights.Changed(
            TestedWeights.Recipe("GlorotUniform", "40x32", name: name), values => values.AsSpan(3 * 32, 32).Clear())));

        Assert.Equal((FindingKind.ZeroRows, severity, 1.0), (finding.Kind, finding.Severity, finding.Figure));
        Assert.Contains("row 3", finding.Reason);
    }

    [Theory]
    [InlineData("Zeros", FindingSeverity.Information)]
    [InlineData("Constant(0.1)", FindingSeverity.Information)]
    [InlineData("LstmBias", FindingSeverity.Information)]
    [InlineData("RandomUniform(minimum=-0.125, maximum=0.125)", FindingSeverity.Information)]
    [InlineData("RandomNormal(stddev=1)", FindingSeverity.Warning)]
    public void A_bias_is_weighed_by_its_layers_fan_in(string expression, FindingSeverity severity)
    {
        IReadOnlyList<WeightFinding> findings = TestedWeights.Find(
            TestedWeights.Drawn("HeNormal", "64x64"), TestedWeights.Drawn(expression, "64", name: "fc1.bias"));

        WeightFinding finding = Assert.Single(findings, f => f.Tensor == "fc1.bias");
        Assert.Equal((WeightRole.Bias, severity), (finding.Role, finding.Severity));
        if (expression == "LstmBias")
        {
            Assert.Equal("LstmBias(forget=1)", finding.DetectedInitializer);
        }
    }

    [Fact]
    public void Scales_begin_at_one()
    {
        WeightTensor ones = TestedWeights.Drawn("Ones", "32", name: "ln_1.weight");
        WeightTensor zeros = TestedWeights.Drawn("Zeros", "32", name: "bn3.weight");
        Assert.Empty(TestedWeights.Alarms(ones, zeros));
        Assert.All(TestedWeights.Find(ones, zeros), f => Assert.Equal(WeightRole.Norm, f.Role));

        Assert.Equal(FindingKind.AllZero, Assert.Single(TestedWeights.Alarms(zeros)).Kind);
        WeightTensor random = TestedWeights.Drawn("RandomNormal(stddev=1)", "32", name: "norm.weight");
        Assert.Equal(FindingKind.Scale, Assert.Single(TestedWeights.Alarms(random)).Kind);
    }

    [Theory]
    [InlineData("Zeros", "1x1x64", "class_token")]
    [InlineData("RandomNormal(stddev=1e-6)", "1x1x64", "cls_token")]
    [InlineData("Constant(1e-6)", "64x1x1", "features.1.0.layer_scale")]
    public void A_single_vector_of_any_rank_may_be_anything(string expression, string shape, string name)
    {
        WeightTensor ones = TestedWeights.Drawn("Ones", "64", name: "ln.weight");

        Assert.Empty(TestedWeights.Alarms(ones, TestedWeights.Drawn(expression, shape, name: name)));
    }

    [Fact]
    public void A_scale_that_moved_is_training_and_a_table_of_frequencies_is_not()
    {
        WeightTensor wide = TestedWeights.Drawn("RandomNormal(stddev=1)", "64x64");
        float[] rising = [.. Enumerable.Range(0, 32).Select(i => 1 + i / 100f)];

        Assert.Empty(TestedWeights.Alarms(wide, WeightTensor.FromArray("norm.weight", "32", rising)));
        Assert.Single(TestedWeights.Alarms(wide, WeightTensor.FromArray("rotary_emb.inv_freq", "32", rising)));
    }

    [Fact]
    public void Thresholds_are_parameters()
    {
        WeightTensor tensor = TestedWeights.Drawn("RandomNormal(stddev=1)", "784x256");
        SoundnessThresholds lenient = new() { StandardDeviationFactor = 100 };
        Assert.All(
            SoundnessTest.Run([tensor], new SoundnessOptions { Thresholds = lenient }),
            finding => Assert.Equal(FindingSeverity.Information, finding.Severity));

        var error = Assert.Throws<InitToolsException>(() => SoundnessTest.Run(
            [tensor], new SoundnessOptions { Thresholds = new SoundnessThresholds { ClippedFraction = 2 } }));
        Assert.Equal(ErrorId.InvalidArgument, error.ErrorId);
        Assert.Contains("ClippedFraction is 2", error.Message);
    }

    [Fact]
    public void No_finding_depends_on_threads()
    {
        WeightTensor[] tensors =
            [.. Enumerable.Range(1, 12).Select(i => TestedWeights.Drawn(He, "40x30", i, $"layer{i}.weight"))];

        Assert.Equal(
            SoundnessTest.Run(
                tensors, new SoundnessOptions { ParallelOptions = new ParallelOptions { MaxDegreeOfParallelism = 1 } }),
            SoundnessTest.Run(tensors, new SoundnessOptions()));
    }
}
