using Xunit;

namespace InitTools.Core.Tests.Parameterizations;

/// <summary>Every rule against its published formula, written out here a second time.</summary>
public class ParameterizationTests
{
    [Theory]
    [InlineData("KerasDense", "fc.weight", "784x256", Layout.IO, 2.0 / (784 + 256))]
    [InlineData("KerasConv", "conv.kernel", "3x3x8x16", Layout.IO, 2.0 / (72 + 144))]
    [InlineData("KerasGRU", "gru.kernel", "10x60", Layout.IO, 2.0 / 70)]
    [InlineData("KerasLSTM", "lstm.kernel", "10x80", Layout.IO, 2.0 / 90)]
    [InlineData("KerasEmbedding", "embed.weight", "1000x64", Layout.IO, 0.1 * 0.1 / 12)]
    [InlineData("TorchLinear", "fc.weight", "256x784", Layout.OI, 1.0 / (3 * 784))]
    [InlineData("TorchConv", "conv.weight", "16x8x3x3", Layout.OI, 1.0 / (3 * 72))]
    [InlineData("TorchRNN", "rnn.weight_ih_l0", "20x10", Layout.OI, 1.0 / (3 * 20))]
    [InlineData("TorchLSTM", "lstm.weight_ih_l0", "80x10", Layout.OI, 1.0 / (3 * 20))]
    [InlineData("TorchLSTM", "lstm.weight_hh_l0", "80x20", Layout.OI, 1.0 / (3 * 20))]
    [InlineData("TorchLSTM", "lstm.bias_hh_l0", "80", Layout.OI, 1.0 / (3 * 20))]
    [InlineData("TorchLSTM", "lstm.weight_hr_l0", "5x20", Layout.OI, 1.0 / (3 * 20))]
    [InlineData("TorchGRU", "gru.weight_hh_l0", "60x20", Layout.OI, 1.0 / (3 * 20))]
    [InlineData("TorchEmbedding", "embed.weight", "1000x64", Layout.OI, 1.0)]
    [InlineData("FlaxDense", "Dense_0.kernel", "784x256", Layout.IO, 1.0 / 784)]
    [InlineData("FlaxConv", "Conv_0.kernel", "3x3x8x16", Layout.IO, 1.0 / 72)]
    [InlineData("FlaxEmbed", "Embed_0.embedding", "1000x64", Layout.IO, 1.0 / 64)]
    [InlineData("FlaxLSTM", "ii.kernel", "10x20", Layout.IO, 1.0 / 10)]
    [InlineData("FlaxGRU", "in.kernel", "10x20", Layout.IO, 1.0 / 10)]
    [InlineData("KerasDense", "fc.bias", "256", Layout.IO, 0.0)]
    [InlineData("FlaxDense", "Dense_0.bias", "256", Layout.IO, 0.0)]
    public void A_layer_default_has_the_frameworks_variance(
        string name, string tensor, string shape, Layout layout, double variance)
    {
        ChosenTensor chosen = Assert.Single(Apply(name, layout, (tensor, shape)));
        Assert.Equal(variance, chosen.Tensor.Variance!.Value, variance * 1e-12);
    }

    [Fact]
    public void A_bias_of_PyTorch_has_the_bound_of_its_layer_wherever_it_stands()
    {
        IReadOnlyList<ChosenTensor> chosen =
            Apply("TorchLinear", Layout.OI, ("fc.bias", "256"), ("fc.weight", "256x784"));
        Assert.Equal(1 / Math.Sqrt(784), chosen[0].Tensor.Limit!.Value, 1e-15);
        Assert.Equal(1 / Math.Sqrt(784), chosen[1].Tensor.Limit!.Value, 1e-9);
        InitToolsException alone = Errors.Expect(ErrorId.FanUndefined, () =>
            Apply("TorchLinear", Layout.OI, ("fc.bias", "256")));
        Assert.Contains("fc.bias", alone.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("KerasLSTM", "lstm.recurrent_kernel", "20x80")]
    [InlineData("KerasGRU", "gru.recurrent_kernel", "20x60")]
    [InlineData("KerasSimpleRNN", "rnn.recurrent_kernel", "20x20")]
    [InlineData("FlaxLSTM", "hi.kernel", "20x20")]
    [InlineData("FlaxGRU", "hn.kernel", "20x20")]
    public void Weights_between_recurrent_units_are_orthogonal(string name, string tensor, string shape) =>
        Assert.Equal("Orthogonal", Assert.Single(Apply(name, Layout.IO, (tensor, shape))).Tensor.Initializer);

    [Fact]
    public void An_LSTM_of_Keras_begins_by_remembering()
    {
        // unit_forget_bias: the gates are input, forget, cell, output.
        ChosenTensor chosen = Assert.Single(Apply("KerasLSTM", Layout.IO, ("lstm.bias", "12")));
        Assert.Equal([0, 0, 0, 1, 1, 1, 0, 0, 0, 0, 0, 0], chosen.Tensor.ToArray<float>());
    }

    [Fact]
    public void A_layer_default_is_what_the_module_draws()
    {
        foreach ((string call, string name) in new[] { ("Linear(30, 20)", "TorchLinear"),
            ("Conv2d(3, 8, 5)", "TorchConv"), ("LSTM(10, 20)", "TorchLSTM"), ("GRU(10, 20)", "TorchGRU"),
            ("RNN(10, 20)", "TorchRNN"),
            ("Embedding(50, 8)", "TorchEmbedding"), ("LayerNorm(20)", "TorchLinear") })
        {
            var module = PyTorchModule.Parse(call);
            IReadOnlyList<ChosenTensor> chosen = Apply(
                name, Layout.OI, [.. module.Parameters.Select(p => ($"m.{p.Name}", p.Shape.ToString()))]);
            Assert.Equal(
                module.Parameters.Select(p => p.Initializer.ToString()),
                chosen.Select(c => c.Tensor.Initializer));
        }
    }

    [Theory]
    [InlineData("GPT2(layers=12)", 24)]
    [InlineData("GPT2(layers=48)", 96)]
    [InlineData("GPT2", 2)]
    public void GPT2_divides_residual_projections_by_the_root_of_the_number_of_branches(string expression, int branches)
    {
        IReadOnlyList<ChosenTensor> chosen = Apply(
            expression,
            Layout.IO,
            ("wte.weight", "50x8"),
            ("h.0.ln_1.weight", "8"),
            ("h.0.attn.c_attn.weight", "8x24"),
            ("h.0.attn.c_proj.weight", "8x8"),
            ("h.0.mlp.c_fc.weight", "8x32"),
            ("h.0.mlp.c_proj.weight", "32x8"),
            ("h.0.mlp.c_proj.bias", "8"));
        double residual = 0.02 / Math.Sqrt(branches);
        double[] expected = [0.02, 0, 0.02, residual, 0.02, residual, 0];
        Assert.All(chosen.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Tensor.StdDev!.Value, 1e-15));
        Assert.Equal("Ones", chosen[1].Tensor.Initializer);
        Assert.Equal("Zeros", chosen[6].Tensor.Initializer);
    }

    [Theory]
    [InlineData("DeepNorm(encoder=12)", "encoder", 0.3194715521231362)]
    [InlineData("DeepNorm(decoder=24)", "decoder", 0.2686424829558855)]
    [InlineData("DeepNorm(encoder=6, decoder=6)", "decoder", 0.34329452398451965)]
    [InlineData("DeepNorm(encoder=6, decoder=6)", "encoder", 0.49698924077132345)]
    [InlineData("DeepNorm(encoder=18, decoder=6)", "encoder", 0.377630160522943)]
    public void DeepNorm_has_the_gain_of_its_figure_two(string expression, string side, double beta)
    {
        // beta to a few digits for the reader; exactly from its definition: beta^4 (or beta^16) is rational.
        (int n, int m) = expression switch
        {
            "DeepNorm(encoder=12)" => (12, 0),
            "DeepNorm(decoder=24)" => (0, 24),
            "DeepNorm(encoder=18, decoder=6)" => (18, 6),
            _ => (6, 6),
        };
        double published = (n, m) switch
        {
            (_, 0) => Math.Pow(8 * n, -0.25),
            (0, _) => Math.Pow(8 * m, -0.25),
            _ when side == "encoder" => 0.87 * Math.Pow(Math.Pow(n, 4) * m, -1.0 / 16),
            _ => Math.Pow(12 * m, -0.25),
        };
        Assert.Equal(beta, published, 1e-7);

        IReadOnlyList<ChosenTensor> chosen = Apply(
            expression,
            Layout.OI,
            ($"{side}.0.q_proj.weight", "64x64"),
            ($"{side}.0.k_proj.weight", "64x64"),
            ($"{side}.0.v_proj.weight", "64x64"),
            ($"{side}.0.out_proj.weight", "64x64"),
            ($"{side}.0.fc1.weight", "256x64"),
            ($"{side}.0.fc2.weight", "64x256"));
        double[] expected = [1.0 / 8, 1.0 / 8, published / 8, published / 8,
            published * Math.Sqrt(2.0 / 320), published * Math.Sqrt(2.0 / 320)];
        Assert.All(chosen.Zip(expected), pair => Assert.Equal(pair.Second, pair.First.Tensor.StdDev!.Value, 1e-10));
    }

    [Fact]
    public void Fixup_scales_the_branches_and_ends_them_in_zeros()
    {
        (string, string)[] tensors =
        [
            ("conv1.weight", "16x3x3x3"),
            .. Enumerable.Range(0, 8).SelectMany(block => new[]
            {
                ($"layer1.{block}.conv1.weight", "16x16x1x1"),
                ($"layer1.{block}.conv2.weight", "16x16x3x3"),
                ($"layer1.{block}.conv3.weight", "16x16x1x1"),
                ($"layer1.{block}.downsample.0.weight", "16x16x1x1"),
            }),
            ("fc.weight", "10x16"),
            ("fc.bias", "10"),
        ];
        IReadOnlyList<WeightTensor> chosen = [.. Apply("Fixup", Layout.OI, tensors).Select(c => c.Tensor)];

        // L = 8 branches of m = 3 weights: 8^(-1/4).
        double factor = Math.Pow(8, -1.0 / 4);
        Assert.Equal(Math.Sqrt(2.0 / 27), chosen[0].StdDev!.Value, 1e-15);
        Assert.Equal(Math.Sqrt(2.0 / 16) * factor, chosen[1].StdDev!.Value, 1e-11);
        Assert.Equal(Math.Sqrt(2.0 / 144) * factor, chosen[2].StdDev!.Value, 1e-11);
        Assert.Equal("Zeros", chosen[3].Initializer);
        Assert.Equal(Math.Sqrt(2.0 / 16), chosen[4].StdDev!.Value, 1e-15);
        Assert.Equal("Zeros", chosen[^2].Initializer);
        Assert.Equal("Zeros", chosen[^1].Initializer);
    }

    [Theory]
    [InlineData(3)]
    [InlineData(8)]
    [InlineData(9)]
    public void The_tables_of_MuP_train_alike(int table)
    {
        // abc-parameterization: with w' = multiplier * w, what the forward pass sees has the standard deviation
        // multiplier * sigma; a step of Adam moves w' by multiplier * rate, one of gradient descent by
        // multiplier^2 * rate. The three tables agree in all three.
        (double Deviation, double Adam, double Sgd)[] Effects(int which) =>
        [
            .. Apply($"MuP(base=64, table={which})", Layout.IO, Stack(256))
                .Zip(Apply($"MuP(base=64, table={which}, optimizer=sgd)", Layout.IO, Stack(256)), (adam, sgd) => (
                    adam.Tensor.StdDev!.Value * adam.Multiplier!.Value,
                    adam.LearningRateMultiplier!.Value * adam.Multiplier.Value,
                    sgd.LearningRateMultiplier!.Value * sgd.Multiplier!.Value * sgd.Multiplier.Value)),
        ];

        (double Deviation, double Adam, double Sgd)[] expected =
        [
            // input, bias, hidden, output, output's bias; r = 256 / 64 = 4, n = fan_in.
            (Math.Sqrt(1.0 / 784), 1, 4),
            (0, 1, 4),
            (Math.Sqrt(1.0 / 256), 1.0 / 4, 1),
            (Math.Sqrt(1.0 / 256 / 4), 1.0 / 4, 1.0 / 4),
            (0, 1, 1),
        ];
        Assert.All(Effects(table).Zip(expected), pair =>
        {
            Assert.Equal(pair.Second.Deviation, pair.First.Deviation, 1e-15);
            Assert.Equal(pair.Second.Adam, pair.First.Adam, 1e-15);
            Assert.Equal(pair.Second.Sgd, pair.First.Sgd, 1e-15);
        });
    }

    [Fact]
    public void At_its_base_width_MuP_is_the_standard_parameterization() =>
        Assert.All(Apply("MuP(base=256)", Layout.IO, Stack(256)), chosen =>
        {
            Assert.Equal(1, chosen.Multiplier);
            Assert.Equal(1, chosen.LearningRateMultiplier);
        });

    [Theory]
    [InlineData("GPT2(layers=12)", "layer1.weight", ErrorId.RoleUnknown, "residual")]
    [InlineData("DeepNorm(decoder=2)", "layer1.weight", ErrorId.RoleUnknown, "layer1.weight")]
    [InlineData("DeepNorm(decoder=2)", "h.c_attn.weight", ErrorId.RoleUnknown, "three tensors")]
    [InlineData("DeepNorm(encoder=2, decoder=2)", "h.fc1.weight", ErrorId.RoleUnknown, "encoder or in the decoder")]
    [InlineData("DeepNorm", "h.fc1.weight", ErrorId.InvalidArgument, "decoder")]
    [InlineData("DeepNorm(decoder=1.5)", "h.fc1.weight", ErrorId.InvalidArgument, "1.5")]
    [InlineData("Fixup", "layer1.weight", ErrorId.RoleUnknown, "branch")]
    [InlineData("MuP(base=0)", "layer1.weight", ErrorId.InvalidArgument, "base")]
    [InlineData("MuP(table=4)", "layer1.weight", ErrorId.InvalidArgument, "table")]
    [InlineData("GPT3", "layer1.weight", ErrorId.UnknownParameterization, "GPT2")]
    [InlineData("GPT2(depth=3)", "layer1.weight", ErrorId.UnknownArgument, "layers")]
    [InlineData("TorchLSTM", "lstm.weight_ih_l0", ErrorId.InvalidShape, "4 gates")]
    public void What_a_rule_cannot_do_is_said(string expression, string tensor, ErrorId id, string mentions)
    {
        InitToolsException error = Errors.Expect(id, () => Apply(expression, Layout.OI, (tensor, "9x8")));
        Assert.Contains(mentions, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_parameterization_is_described_and_its_text_is_its_own()
    {
        Assert.All(ParameterizationCatalogue.All, definition =>
        {
            Assert.False(
                string.IsNullOrWhiteSpace(definition.Formula + definition.Variance + definition.StandardDeviation));
            Assert.NotEmpty(definition.Purpose);
            Assert.NotEmpty(definition.Reference);
            Assert.All(definition.Parameters, parameter => Assert.NotEmpty(parameter.Name));
        });
        foreach (string text in new[] { "GPT2(layers=12, stddev=0.01)", "DeepNorm(encoder=6, decoder=7)",
            "Fixup(mode=fan_out)", "MuP(base=64, table=9, optimizer=sgd, scale=2)", "TorchLinear", "KerasDense" })
        {
            Assert.Equal(text, Parameterization.Parse(text).ToString());
        }
    }

    private static (string, string)[] Stack(int width) =>
    [
        ("layer1.weight", $"784x{width}"),
        ("layer1.bias", $"{width}"),
        ("layer2.weight", $"{width}x{width}"),
        ("layer3.weight", $"{width}x10"),
        ("layer3.bias", "10"),
    ];

    private static IReadOnlyList<ChosenTensor> Apply(
        string expression, Layout layout, params (string Name, string Shape)[] tensors)
    {
        InitializerChoice choice = new() { Parameterization = Parameterization.Parse(expression) };
        return choice.Choose(
            [
                .. tensors.SelectMany(tensor => choice.TensorsOf(
                    new WeightTensorOptions
                    {
                        Name = tensor.Name,
                        Shape = TensorShape.Parse(tensor.Shape),
                        Initializer = choice.Provisional,
                        Seed = Seed.Parse("1"),
                        Layout = layout,
                    },
                    layer: tensor.Name)),
            ],
            new DrawSequence(RandomGenerator.Philox, Seed.Parse("1")));
    }
}
