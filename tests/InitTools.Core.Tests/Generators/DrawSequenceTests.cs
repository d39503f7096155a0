using Xunit;

namespace InitTools.Core.Tests.Generators;

public class DrawSequenceTests
{
    private static WeightTensorOptions Options(string expression, params long[] shape) => new()
    {
        Name = "w",
        Shape = new TensorShape(shape),
        Initializer = Initializer.Parse(expression, Convention.PyTorch),
        Seed = new Seed(1UL),
        Layout = Layout.OI,
    };

    private static WeightTensorOptions PyTorch(string expression, params long[] shape) =>
        Options(expression, shape) with { Generator = RandomGenerator.PyTorch };

    [Theory]
    [InlineData("PyTorch", "uniform_", 100, DType.Float32, 100L, null)]
    [InlineData("PyTorch", "uniform_", 100, DType.Float64, 200L, null)]
    [InlineData("PyTorch", "normal_", 32, DType.Float32, 32L, null)]

    // The last 16 elements are drawn once more.
    [InlineData("PyTorch", "normal_", 33, DType.Float32, 49L, null)]
    [InlineData("PyTorch", "normal_", 33, DType.Float64, 98L, null)]

    // Pairs of float64 uniforms, whatever the element type; the second number of the last pair is left.
    [InlineData("PyTorch", "normal_", 14, DType.Float32, 28L, null)]
    [InlineData("PyTorch", "normal_", 15, DType.Float32, 32L, 28L)]
    [InlineData("PyTorch", "ones_", 15, DType.Float32, 0L, null)]
    [InlineData("NumPy", "uniform_", 7, DType.Float64, 7L, null)]
    [InlineData("NumPy", "uniform_", 8, DType.Float32, 4L, null)]
    [InlineData("NumPy", "uniform_", 7, DType.Float32, 4L, 3L)]
    public void The_next_tensor_begins_where_the_framework_stands(
        string generator, string expression, int count, DType dtype, long offset, long? carried)
    {
        WeightTensor tensor = WeightTensor.Create(Options(expression, count) with
        {
            Generator = RandomGenerators.Spellings.Parse(generator),
            DType = dtype,
        });
        Assert.Equal(new DrawPosition(offset, carried), tensor.FindNextDraw(TestContext.Current.CancellationToken));
    }

    [Fact]
    public void Only_the_low_half_of_a_seed_counts_in_PyTorch_and_all_of_it_in_NumPy()
    {
        WeightTensorOptions options = PyTorch("normal_", 40);
        WeightTensorOptions other = options with { Seed = new Seed(1UL + (1UL << 32)) };
        Assert.Equal(WeightTensor.Create(options).ToArray<float>(), WeightTensor.Create(other).ToArray<float>());
        Assert.NotEqual(
            WeightTensor.Create(options with { Generator = RandomGenerator.NumPy }).ToArray<float>(),
            WeightTensor.Create(other with { Generator = RandomGenerator.NumPy }).ToArray<float>());
    }

    [Fact]
    public void Reading_stops_when_it_is_cancelled()
    {
        WeightTensor far = WeightTensor.Create(PyTorch("uniform_", 5) with { Draw = new DrawPosition(1L << 50) });
        using CancellationTokenSource source = new(TimeSpan.FromMilliseconds(50));
        ParallelOptions options = new() { CancellationToken = source.Token };
        Assert.ThrowsAny<OperationCanceledException>(() => far.CopyTo(new float[5], 0, options));
    }

    [Fact]
    public void Sequential_draws_have_no_streams_and_no_parts()
    {
        WeightTensorOptions options = PyTorch("normal_", 5, 4);
        Errors.Expect(ErrorId.ParameterConflict, () => WeightTensor.Create(options with { Stream = "x" }));
        Errors.Expect(ErrorId.ParameterConflict, () => WeightTensor.Create(options with { Offset = 3 }));
        Errors.Expect(ErrorId.ParameterConflict, () => WeightTensor.Create(options with { Count = 3 }));
        Errors.Expect(ErrorId.InvalidArgument, () => WeightTensor.Create(options with { DType = DType.BFloat16 }));
        Errors.Expect(ErrorId.InvalidArgument, () => WeightTensor.Create(options with { Draw = new(-1) }));
        Errors.Expect(ErrorId.InvalidArgument, () => WeightTensor.Create(options with { Draw = new(4, 4) }));
    }

    [Theory]
    [InlineData("trunc_normal_(std=0.02)", RandomGenerator.PyTorch, "erfinv")]
    [InlineData("he_normal(distribution=truncated_normal)", RandomGenerator.PyTorch, "kaiming_normal_")]
    [InlineData("VarianceScaling(mode=fan_geo_avg, distribution=normal)", RandomGenerator.PyTorch, "fan_avg")]
    [InlineData("trunc_normal_(std=0.02)", RandomGenerator.NumPy, "distribution=normal")]
    public void What_is_not_reproduced_is_refused_with_the_alternative(
        string expression, RandomGenerator generator, string mentions)
    {
        InitToolsException error = Errors.Expect(
            ErrorId.InvalidArgument,
            () => WeightTensor.Create(Options(expression, 5, 4) with { Generator = generator }));
        Assert.Contains(mentions, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_tensor_with_another_seed_does_not_enter_the_sequence()
    {
        DrawSequence sequence = new(RandomGenerator.PyTorch, new Seed(2UL));
        Errors.Expect(
            ErrorId.ParameterConflict,
            () => sequence.Draw([WeightTensor.Create(Options("normal_", 5))]));
    }

    [Theory]
    [InlineData("Linear(784)", ErrorId.InvalidArgument, "out_features is not given")]
    [InlineData("Linear(784, 0)", ErrorId.InvalidArgument, "out_features is 0")]
    [InlineData("Linear(784, 2.5)", ErrorId.InvalidArgument, "out_features is 2.5")]
    [InlineData("Linear(784, (1, 2))", ErrorId.InvalidArgument, "out_features is (1, 2)")]
    [InlineData("Linear(784, 10, bias=maybe)", ErrorId.InvalidArgument, "bias is maybe")]
    [InlineData("Linear(784, 10, width=3)", ErrorId.UnknownArgument, "'width'")]
    [InlineData("Conv2d(3, 4, (3, 3, 3))", ErrorId.InvalidArgument, "kernel_size is (3, 3, 3)")]
    [InlineData("Conv2d(4, 6, 3, groups=4)", ErrorId.InvalidArgument, "groups is 4")]
    [InlineData("Conv2d(4, 6, 3, groups=0)", ErrorId.InvalidArgument, "groups is 0")]
    [InlineData("LSTM(4, 6, proj_size=-1)", ErrorId.InvalidArgument, "proj_size is -1")]
    [InlineData("Embedding(5, 4, padding_idx=0)", ErrorId.InvalidArgument, "padding_idx is 0")]
    [InlineData("Lienar(3, 4)", ErrorId.UnknownModule, "Lienar")]
    [InlineData("Linear(3, 4", ErrorId.MalformedExpression, "Linear(3, 4")]
    public void A_module_that_cannot_be_made_is_refused(string call, ErrorId errorId, string received) =>
        Assert.Contains(
            received, Errors.Expect(errorId, () => PyTorchModule.Parse(call)).Message, StringComparison.Ordinal);
}
