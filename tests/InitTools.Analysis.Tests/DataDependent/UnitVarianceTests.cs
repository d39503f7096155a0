using InitTools.Formats;
using Xunit;

namespace InitTools.Analysis.Tests.DataDependent;

public class UnitVarianceTests
{
    // Single precision rounds a mean of many squares to a few units of 2^-24; narrow weights move it more.
    [Theory]
    [InlineData("relu", "HeNormal", null, DType.Float32, 1e-6)]
    [InlineData("tanh", "RandomNormal(stddev=0.01)", "Zeros", DType.Float32, 1e-6)]
    [InlineData("sigmoid", "RandomNormal(stddev=1)", "RandomNormal(stddev=0.3)", DType.Float32, 1e-6)]
    [InlineData("selu", "GlorotUniform", "RandomUniform(minimum=-0.5, maximum=1)", DType.Float64, 1e-6)]
    [InlineData("gelu", "Orthogonal", null, DType.Float16, 1e-3)]
    [InlineData("silu", "LecunNormal", "Constant(0.7)", DType.BFloat16, 1e-3)]
    public void Every_layer_has_unit_variance_after_one_rescale(
        string activation, string initializer, string? bias, DType dtype, double tolerance)
    {
        IReadOnlyList<LayerTensors> layers = TestStack.Create(
            TestStack.DigitWidths(10), activation, initializer, bias: bias, dtype: dtype);
        DataSet data = TestStack.Digits.ExcludeColumns(["digit"]);

        IReadOnlyList<UnitVarianceLayer> optimized = UnitVariance.Optimize(
            new UnitVarianceOptions { Layers = layers, Data = data, Seed = new Seed(1) });

        Assert.All(optimized, layer => Assert.InRange(layer.Rescales, 0, 1));
        Assert.All(optimized, layer => Assert.Equal(1, layer.StandardDeviation, 1e-3));

        // Seen by the measurement, which passes the whole stack at once.
        IReadOnlyList<LayerVariance> measured = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = [.. optimized.Select(layer => layer.Tensors)],
            Data = data,
            Seed = new Seed(1),
        });
        Assert.All(
            measured.Zip(optimized),
            pair => Assert.Equal(
                1, Math.Sqrt(pair.First.PreActivationVariance), pair.Second.Rescales == 0 ? 1e-3 : tolerance));
    }

    // Whatever stands between them: pools, flattening, normalizations, skips.
    [Theory]
    [InlineData("lenet.csv", "tanh")]
    [InlineData("vgg-block.json", "relu")]
    [InlineData("residual-mlp.csv", "relu")]
    [InlineData("transformer-ffn.json", "gelu")]
    public void Weighted_layers_of_any_network_have_unit_variance(string file, string activation)
    {
        Architecture network = ArchitectureFile.Read(Path.Combine(TestStack.DocumentsFolder, "architectures", file))
            .ReadArchitecture(Activation.Parse(activation), Layout.IO);
        var options = new UnitVarianceOptions
        {
            Layers = LayerTensors.Create(
                network,
                Initializer.Parse("HeUniform"),
                Initializer.Parse("RandomNormal(stddev=0.1)"),
                new Seed(2),
                StreamPurpose.Weights),
            InputShape = network.Input,
            BatchSize = 16,
            Seed = new Seed(1),
        };
        IReadOnlyList<UnitVarianceLayer> optimized = UnitVariance.Optimize(options);

        Assert.Equal(
            network.Layers.Select(layer => layer.Name), optimized.Select(layer => layer.Tensors.Name));
        Assert.All(optimized, layer => Assert.True(
            !layer.Tensors.Spec.Operation.IsWeighted || Math.Abs(layer.StandardDeviation - 1) < 1e-3));
        Assert.All(optimized.Zip(options.Layers), pair => Assert.Equal(
            pair.First.Rescales == 0, ReferenceEquals(pair.First.Tensors.Weight, pair.Second.Weight)));

        // Seen by the measurement, which passes the whole network at once: a layer behind a skip has what it adds to.
        IReadOnlyList<LayerVariance> measured = LayerVarianceMeasurement.Measure(new LayerVarianceOptions
        {
            Layers = [.. optimized.Select(layer => layer.Tensors)],
            InputShape = network.Input,
            BatchSize = 16,
            Seed = new Seed(1),
        });
        LayerVariance[] alone = [.. measured.Where(layer => layer.FanIn is not null && layer.Skip.Length == 0)];
        Assert.True(alone.Length >= 2);
        Assert.All(alone, layer => Assert.Equal(1, Math.Sqrt(layer.PreActivationVariance), 1e-3));
        Assert.All(
            measured.Where(layer => layer.Skip.Length > 0),
            layer => Assert.True(layer.PreActivationVariance > 1.5));
    }

    [Fact]
    public void The_first_factor_is_one_over_the_standard_deviation_of_the_outputs()
    {
        // Inputs 1 and -1 through weights 3 and 4: outputs +-3, +-4, of variance (9 + 16) / 2 and standard deviation
        // 3.54.
        LayerTensors layer = new(
            "a", WeightTensor.FromArray("a.weight", "1x2", new double[] { 3, 4 }), null, Activation.Parse("linear"));
        UnitVarianceLayer optimized = UnitVariance.Optimize(new UnitVarianceOptions
        {
            Layers = [layer],
            Data = TestStack.Table(2, 1, 1, -1),
            Standardization = Standardization.None,
            Precision = Precision.Double,
            Seed = new Seed(1),
        }).Single();

        Assert.Equal(Math.Sqrt(12.5), optimized.InitialStandardDeviation, 1e-15);
        Assert.Equal(3 / Math.Sqrt(12.5), optimized.Tensors.Weight![0], 1e-11);
    }

    // Rows x through the weights 1 and -1, with the biases b and -b: mean(x^2) s^2 + 2 b mean(x) s + b^2 = 1.
    [Theory]
    [InlineData(0.6, 1, 1, 0.4)]
    [InlineData(0.5, 3, 1, 0.2358898943540674)]
    [InlineData(-1.2, 1, 1, 2.2)]
    public void Biases_are_reckoned_with(double bias, double row1, double row2, double factor)
    {
        LayerTensors layer = new(
            "a",
            WeightTensor.FromArray("a.weight", "1x2", new double[] { 1, -1 }),
            WeightTensor.FromArray("a.bias", "2", new[] { bias, -bias }),
            Activation.Parse("tanh"));

        UnitVarianceLayer optimized = UnitVariance.Optimize(new UnitVarianceOptions
        {
            Layers = [layer],
            Data = TestStack.Table(2, 1, row1, row2),
            Standardization = Standardization.None,
            Precision = Precision.Double,
            Seed = new Seed(1),
        }).Single();

        Assert.Equal(factor, optimized.Tensors.Weight![0], 1e-11);
        Assert.Equal(1, optimized.StandardDeviation, 1e-11);
        Assert.Equal(1, optimized.Rescales);
        Assert.Equal(bias, optimized.Tensors.Bias![0]);
    }

    [Fact]
    public void A_layer_within_the_tolerance_stays_as_it_is()
    {
        IReadOnlyList<LayerTensors> layers = TestStack.Create([64, 10], "linear", "LecunNormal");
        UnitVarianceOptions options = new()
        {
            Layers = layers,
            InputDistribution = Initializer.Parse("RandomNormal(stddev=1)"),
            Tolerance = 0.5,
            Seed = new Seed(1),
        };

        UnitVarianceLayer layer = UnitVariance.Optimize(options).Single();
        Assert.Same(layers[0].Weight, layer.Tensors.Weight);
        Assert.Equal(0, layer.Rescales);
    }

    [Fact]
    public void Orthonormal_weights_come_first_where_they_are_asked_for()
    {
        LayerTensors held = new(
            "b", WeightTensor.FromArray("b.weight", "16x10", new float[160]), null, Activation.Parse("relu"));
        IReadOnlyList<LayerTensors> layers = [TestStack.Create([64, 16], "relu", "Zeros", seed: 7)[0], held];
        IReadOnlyList<UnitVarianceLayer> optimized = UnitVariance.Optimize(new UnitVarianceOptions
        {
            Layers = layers,
            IsOrthonormal = true,
            Seed = new Seed(3),
        });

        Assert.All(optimized, layer => Assert.StartsWith(
            "LSUV(initializer=Orthogonal, factor=", layer.Tensors.Weight!.Initializer, StringComparison.Ordinal));
        Assert.Equal([7UL, 3UL], optimized.Select(layer => layer.Tensors.Weight!.Seed!.Value));

        // W^T W = factor^2 I: all columns have one length and are perpendicular.
        double[] weight = optimized[0].Tensors.Weight!.ToArray<double>();
        double Product(int a, int b) => Enumerable.Range(0, 64).Sum(i => weight[i * 16 + a] * weight[i * 16 + b]);
        double square = Product(0, 0);
        Assert.Equal(square, Product(15, 15), square * 1e-6);
        Assert.Equal(0, Product(0, 15), square * 1e-6);
    }

    [Fact]
    public void Threads_and_repetition_change_no_bit()
    {
        IReadOnlyList<string> Run(int threads) =>
        [
            .. UnitVariance.Optimize(new UnitVarianceOptions
            {
                Layers = TestStack.Create([64, 200, 10], "gelu", "HeNormal"),
                Data = TestStack.Digits.ExcludeColumns(["digit"]),
                BatchSize = 500,
                Seed = new Seed(5),
                ParallelOptions = new ParallelOptions { MaxDegreeOfParallelism = threads },
            }).Select(layer => layer.Tensors.Weight!.Initializer),
        ];

        Assert.Equal(Run(1), Run(2));
    }

    [Theory]
    [InlineData("Zeros", null, "the same number")]
    [InlineData("HeNormal", "RandomNormal(stddev=3)", "biases alone")]
    public void A_layer_that_no_factor_brings_there_is_named(string initializer, string? bias, string cause)
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => UnitVariance.Optimize(new UnitVarianceOptions
        {
            Layers = TestStack.Create([16, 16, 10], "relu", initializer, bias: bias),
            Seed = new Seed(1),
        }));

        Assert.Equal(ErrorId.UnitVarianceOutOfReach, error.ErrorId);
        Assert.Contains("layer 1 'layer1'", error.Message, StringComparison.Ordinal);
        Assert.Contains(cause, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tolerance_finer_than_the_weights_is_an_error()
    {
        InitToolsException error = Assert.Throws<InitToolsException>(() => UnitVariance.Optimize(new UnitVarianceOptions
        {
            Layers = TestStack.Create([16, 4], "relu", "HeNormal", dtype: DType.BFloat16),
            Tolerance = 1e-9,
            Attempts = 3,
            Seed = new Seed(1),
        }));

        Assert.Equal(ErrorId.UnitVarianceOutOfReach, error.ErrorId);
        Assert.Contains("3 rescales", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(double.NaN, 10)]
    [InlineData(1e-3, 0)]
    public void Tolerance_and_attempts_are_checked(double tolerance, int attempts) => Assert.Equal(
        ErrorId.InvalidArgument,
        Assert.Throws<InitToolsException>(() => UnitVariance.Optimize(new UnitVarianceOptions
        {
            Layers = TestStack.Create([4, 4], "relu", "HeNormal"),
            Tolerance = tolerance,
            Attempts = attempts,
            Seed = new Seed(1),
        })).ErrorId);
}
