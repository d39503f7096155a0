using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>
/// Orthogonal tensors: the frameworks' spellings and flattenings, and what the tensor says of itself.
/// </summary>
public class OrthogonalTests
{
    [Theory]
    [InlineData("Orthogonal", null, "Orthogonal")]
    [InlineData("OrthogonalInitializer(gain=1.5)", null, "Orthogonal(gain=1.5)")]
    [InlineData("orthogonal_(gain=relu)", null, "Orthogonal(gain=1.4142135623730951)")]
    [InlineData("orthogonal_(-2)", null, "Orthogonal(gain=-2)")]
    [InlineData("orthogonal(gain=tanh)", null, "Orthogonal(gain=1.59253741972)")]
    [InlineData("orthogonal(scale=2, column_axis=-2)", Convention.Jax, "Orthogonal(gain=2, column_axis=-2)")]
    public void Spellings(string expression, Convention? convention, string canonical)
    {
        Assert.Equal(canonical, Initializer.Parse(expression, convention).ToString());
        Assert.Equal(canonical, Initializer.Parse(canonical).ToString());
    }

    // Keras and JAX flatten to prod(shape[:-1]) x shape[-1], PyTorch to shape[0] x prod(rest), JAX on request to the
    // axis given: the vectors along that axis and those across it make the matrix.
    [Theory]
    [InlineData("3x4", Layout.IO, "Orthogonal", 1)]
    [InlineData("4x3", Layout.IO, "Orthogonal", 1)]
    [InlineData("20x2x3x4", Layout.IO, "Orthogonal", 3)]
    [InlineData("20x2x3x4", Layout.OI, "Orthogonal", 0)]
    [InlineData("1x9", Layout.IO, "Orthogonal", 1)]
    [InlineData("9x1", Layout.OI, "Orthogonal", 0)]
    [InlineData("2x3x4x5", Layout.IO, "Orthogonal(column_axis=1)", 1)]
    [InlineData("2x3x4x5", Layout.OI, "Orthogonal(column_axis=-2)", 2)]
    [InlineData("6x1x5", Layout.IO, "Orthogonal(column_axis=0)", 0)]
    public void The_tensor_is_a_matrix_by_the_axis_of_its_outputs(
        string shape, Layout layout, string expression, int axis)
    {
        WeightTensor tensor = Tensor(shape, expression, layout, DType.Float64);
        double[] values = tensor.ToArray<double>();
        long[] dimensions = [.. tensor.GetShape().Dimensions];
        int length = (int)dimensions[axis];
        int after = (int)dimensions[(axis + 1)..].Aggregate(1L, (a, b) => a * b);
        int rest = values.Length / length;
        double At(int along, int across) =>
            values[across / after * length * after + along * after + across % after];

        bool isAlong = length <= rest;
        (int shorter, int longer) = isAlong ? (length, rest) : (rest, length);
        for (int a = 0; a < shorter; a++)
        {
            for (int b = 0; b < shorter; b++)
            {
                double product = Enumerable.Range(0, longer).Sum(
                    k => isAlong ? At(a, k) * At(b, k) : At(k, a) * At(k, b));
                Assert.InRange(product - (a == b ? 1 : 0), -1e-13, 1e-13);
            }
        }
    }

    [Theory]
    [InlineData("3x4")]
    [InlineData("4x3")]
    [InlineData("20x2x3x4")]
    [InlineData("1x37")]
    [InlineData("37x1")]
    [InlineData("512x512")]
    public void The_Gram_matrix_is_the_squared_gain_times_the_identity_in_either_precision(string shape)
    {
        const double Gain = 1.5;
        foreach ((DType dtype, double tolerance) in new[] { (DType.Float32, 1e-6), (DType.Float64, 1e-13) })
        {
            WeightTensor tensor = Tensor(shape, "Orthogonal(gain=1.5)", dtype: dtype);
            double[] values = tensor.ToArray<double>();
            int columns = (int)tensor.GetShape().Dimensions[^1];
            int rows = values.Length / columns;
            (int shorter, int longer, int step, int stride) = rows <= columns
                ? (rows, columns, 1, columns)
                : (columns, rows, columns, 1);
            for (int a = 0; a < shorter; a++)
            {
                for (int b = 0; b <= a; b++)
                {
                    double product = 0;
                    for (int k = 0; k < longer; k++)
                    {
                        product += values[a * stride + k * step] * values[b * stride + k * step];
                    }

                    double error = product - (a == b ? Gain * Gain : 0);
                    Assert.True(Math.Abs(error) <= tolerance * Gain * Gain, $"{dtype} {a},{b}: {error}");
                }
            }
        }
    }

    // The squares of all elements sum to gain^2 min(rows, columns), whatever the draw.
    [Theory]
    [InlineData("40x30", "Orthogonal", 1.0 / 40)]
    [InlineData("30x40", "Orthogonal(gain=3)", 9.0 / 40)]
    [InlineData("3x3x8x16", "Orthogonal(gain=-0.5)", 0.25 / 72)]
    public void The_variance_is_the_squared_gain_over_the_longer_side(string shape, string expression, double variance)
    {
        WeightTensor tensor = Tensor(shape, expression);
        Assert.Equal(variance, tensor.Variance!.Value, 1e-15);
        Assert.Equal(0, tensor.GetLaw().Mean);
        Moments moments = tensor.GetStatistics();
        Assert.Equal(variance, moments.SecondMoment, variance * 1e-6);
        Assert.InRange(Math.Max(moments.Maximum, -moments.Minimum), 0, tensor.Limit!.Value);
    }

    [Fact]
    public void Slices_and_narrow_types_come_from_the_whole()
    {
        float[] whole = Tensor("20x30", "Orthogonal").ToArray<float>();
        WeightTensorOptions options = Tensor("20x30", "Orthogonal").GetOptions();
        WeightTensor slice = WeightTensor.Create(options with { Offset = 77, Count = 100 });
        Assert.Equal(whole[77..177], slice.ToArray<float>());
        float[] halves = Tensor("20x30", "Orthogonal", dtype: DType.Float16).ToArray<float>();
        Assert.Equal(whole.Select(x => (float)(Half)x), halves);
    }

    [Fact]
    public void The_stream_names_the_matrix()
    {
        WeightTensorOptions options = Tensor("20x30", "Orthogonal").GetOptions();
        WeightTensor same = WeightTensor.Create(options with { Name = "other", Stream = "fc1.weight" });
        WeightTensor other = WeightTensor.Create(options with { Name = "other" });
        Assert.Equal(Tensor("20x30", "Orthogonal").ToArray<float>(), same.ToArray<float>());
        Assert.NotEqual(same.ToArray<float>(), other.ToArray<float>());
    }

    [Fact]
    public void What_is_no_matrix_is_refused()
    {
        string message = Errors.Expect(ErrorId.InvalidShape, () => Tensor("12", "Orthogonal")).Message;
        Assert.Contains("12 has rank 1, and 2 or more", message, StringComparison.Ordinal);
        message = Errors.Expect(ErrorId.InvalidArgument, () => Tensor("3x4", "Orthogonal(column_axis=2)")).Message;
        Assert.Contains("the axes -2 to 1", message, StringComparison.Ordinal);
        Errors.Expect(ErrorId.InvalidArgument, () => Initializer.Parse("Orthogonal(column_axis=0.5)"));
        Errors.Expect(ErrorId.NonFiniteValue, () => Initializer.Parse("Orthogonal(gain=inf)"));
        Errors.Expect(ErrorId.UnknownActivation, () => Initializer.Parse("Orthogonal(gain=reluu)"));
    }

    private static WeightTensor Tensor(
        string shape, string expression, Layout layout = Layout.IO, DType dtype = DType.Float32) =>
        WeightTensor.Create(new WeightTensorOptions
        {
            Name = "fc1.weight",
            Shape = TensorShape.Parse(shape),
            Layout = layout,
            DType = dtype,
            Initializer = Initializer.Parse(expression),
            Seed = new Seed(42UL),
        });
}
