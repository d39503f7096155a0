using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>Tensors whose weights depend on their place: what each is for, on real elements.</summary>
public class TensorInitializerTests
{
    [Theory]
    [InlineData("Identity", "3x5")]
    [InlineData("Identity(gain=2.5)", "5x3")]
    [InlineData("eye_", "1x1")]
    public void Identity_is_the_gain_on_the_main_diagonal(string expression, string shape)
    {
        WeightTensor tensor = Make(expression, shape, Layout.IO);
        double gain = tensor.Limit!.Value;
        for (long row = 0; row < tensor.GetShape()[0]; row++)
        {
            for (long column = 0; column < tensor.GetShape()[1]; column++)
            {
                Assert.Equal(row == column ? gain : 0, tensor[row, column]);
            }
        }
    }

    [Theory]
    [InlineData("4x4x3", 1)]
    [InlineData("6x4x4", 1)]
    [InlineData("3x5x4x3", 1)]
    [InlineData("6x2x3x5", 3)]
    [InlineData("4x4x2x3x3", 1)]
    [InlineData("9x3x1x2x3", 3)]
    public void The_convolution_of_Dirac_returns_its_input(string shape, int groups)
    {
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            var outFirst = TensorShape.Parse(shape);
            Kernel kernel = new(Make($"Dirac(groups={groups})", In(outFirst, layout), layout));
            long groupOutputs = kernel.Outputs / groups;
            for (long output = 0; output < kernel.Outputs; output++)
            {
                for (long input = 0; input < kernel.Inputs; input++)
                {
                    for (long tap = 0; tap < kernel.Field; tap++)
                    {
                        // A convolution that returns its input: one tap of 1, at the centre, from the channel itself.
                        bool passes = output % groupOutputs == input && tap == kernel.Centre;
                        Assert.Equal(passes ? 1 : 0, kernel[output, input, tap]);
                    }
                }
            }
        }
    }

    [Theory]
    [InlineData(0.1, 10, 1)]
    [InlineData(0.1, 11, 2)]
    [InlineData(0, 7, 0)]
    [InlineData(1, 7, 7)]
    [InlineData(0.5, 1001, 501)]
    public void Sparse_has_exactly_its_zeros_in_every_column(double sparsity, int rows, int zeros)
    {
        const int Columns = 50;
        string expression = FormattableString.Invariant($"sparse_({sparsity}, std=1)");
        float[] values = Make(expression, $"{rows}x{Columns}", Layout.IO).ToArray<float>();
        for (int column = 0; column < Columns; column++)
        {
            Assert.Equal(zeros, Enumerable.Range(0, rows).Count(row => values[row * Columns + column] == 0));
        }
    }

    [Fact]
    public void Zeros_of_Sparse_fall_on_all_rows_alike_and_the_others_are_the_normal_draws()
    {
        const int Rows = 20;
        const int Columns = 20_000;
        float[] values = Make("Sparse(0.25, 1)", $"{Rows}x{Columns}", Layout.IO).ToArray<float>();
        float[] normal = Make("RandomNormal(stddev=1)", $"{Rows}x{Columns}", Layout.IO).ToArray<float>();
        double deviation = Math.Sqrt(Columns * 0.25 * 0.75);
        for (int row = 0; row < Rows; row++)
        {
            int zeros = values.AsSpan(row * Columns, Columns).Count(0f);
            Assert.InRange(zeros, Columns * 0.25 - 5 * deviation, Columns * 0.25 + 5 * deviation);
        }

        Assert.All(values.Zip(normal), pair => Assert.True(pair.First == 0 || pair.First == pair.Second));
    }

    [Theory]
    [InlineData("HeNormal", 1, 2)]
    [InlineData("GlorotUniform", 2, 3)]
    [InlineData("Dirac", 3, 2)]
    public void Behind_ICNR_a_shuffle_of_pixels_is_nearest_neighbour_upsampling(string inner, int dimensions, int scale)
    {
        int pixels = (int)Math.Pow(scale, dimensions);
        const int Channels = 5;
        long[] kernel = [.. Enumerable.Repeat(3L, dimensions)];
        TensorShape shape = new([Channels * pixels, 4, .. kernel]);
        TensorShape one = new([Channels, 4, .. kernel]);
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            Kernel whole = new(Make($"ICNR(scale={scale}, initializer={inner})", In(shape, layout), layout));
            Kernel part = new(Make(inner, In(one, layout), layout));
            for (int channel = 0; channel < Channels; channel++)
            {
                for (int pixel = 0; pixel < pixels; pixel++)
                {
                    // PyTorch's PixelShuffle takes pixel p of channel c from c pixels + p, TensorFlow's depth_to_space
                    // from p channels + c. All pixels of a channel are the same convolution.
                    int output = layout == Layout.OI ? channel * pixels + pixel : pixel * Channels + channel;
                    for (long input = 0; input < 4; input++)
                    {
                        for (long tap = 0; tap < whole.Field; tap++)
                        {
                            Assert.Equal(part[channel, input, tap], whole[output, input, tap]);
                        }
                    }
                }
            }
        }
    }

    [Fact]
    public void The_channel_order_of_ICNR_can_be_given()
    {
        float[] one = Make("RandomNormal(0, 1)", "2x3x1x1", Layout.OI).ToArray<float>();
        float[] all = Make("ICNR(2, RandomNormal(0, 1), order=depth_to_space)", "8x3x1x1", Layout.OI).ToArray<float>();
        Assert.Equal<IEnumerable<float>>([.. one, .. one, .. one, .. one], all);
    }

    [Theory]
    [InlineData("3x3x8x16", 4, Layout.IO)]
    [InlineData("12x7", 3, Layout.OI)]
    [InlineData("5x20", 4, Layout.IO)]
    [InlineData("16x3x5", 4, Layout.OI)]
    public void Gates_have_their_own_fans_and_numbers(string shape, int count, Layout layout)
    {
        WeightTensor tensor = Make($"Gates(count={count}, initializer=GlorotUniform)", shape, layout);
        Kernel kernel = new(tensor);
        long units = kernel.Outputs / count;
        double variance = 2.0 / (kernel.Field * (kernel.Inputs + units));
        Assert.Equal(variance, tensor.Variance!.Value, variance * 1e-14);
        HashSet<double> values = [];
        for (long output = 0; output < kernel.Outputs; output++)
        {
            for (long input = 0; input < kernel.Inputs; input++)
            {
                for (long tap = 0; tap < kernel.Field; tap++)
                {
                    values.Add(kernel[output, input, tap]);
                    Assert.InRange(Math.Abs(kernel[output, input, tap]), 0, tensor.Limit!.Value);
                }
            }
        }

        Assert.Equal(tensor.Count, values.Count);
    }

    [Fact]
    public void A_gate_is_the_tensor_of_its_part()
    {
        StreamKey key = StreamKey.Create(new Seed(7L), StreamPurpose.Weights, "t");
        TensorGeometry gate = new(new TensorShape(6, 5), Layout.IO, Fans.Of(new TensorShape(6, 5), Layout.IO));
        WeightTensor whole = Make("Gates(4, HeNormal)", "6x20", Layout.IO);
        for (int number = 1; number <= 4; number++)
        {
            float[] expected = new float[30];
            Initializer.Parse("HeNormal").OpenElements(gate, key.Part($"gate {number}"))
                .Fill(expected.AsMemory(), 0, new ParallelOptions());
            for (int row = 0; row < 6; row++)
            {
                for (int unit = 0; unit < 5; unit++)
                {
                    Assert.Equal(expected[row * 5 + unit], whole[row, (number - 1) * 5 + unit]);
                }
            }
        }
    }

    [Theory]
    [InlineData("LstmBias", 1, 1)]
    [InlineData("ForgetBias(2)", 1, 2)]
    [InlineData("unit_forget_bias(order=icfo)", 2, 1)]
    [InlineData("LstmBias(0.5, iofg)", 2, 0.5)]
    public void The_bias_of_an_LSTM_is_that_of_the_forget_gate(
        string expression, int gate, double forget) => Assert.Equal(
        Enumerable.Range(0, 12).Select(i => i / 3 == gate ? forget : 0),
        Make(expression, "12", Layout.IO).ToArray<double>());

    [Theory]
    [InlineData("4", new[] { 0.25, 0.75, 0.75, 0.25 })]
    [InlineData("3", new[] { 0.5, 1, 0.5 })]
    [InlineData("2", new[] { 0.5, 0.5 })]
    [InlineData("5", new[] { 1 / 3.0, 2 / 3.0, 1, 2 / 3.0, 1 / 3.0 })]
    public void Bilinear_is_the_triangle_of_interpolation(string size, double[] triangle)
    {
        foreach (Layout layout in Enum.GetValues<Layout>())
        {
            WeightTensor tensor = Make("Bilinear", In(TensorShape.Parse($"3x3x{size}x{size}"), layout), layout);
            Kernel kernel = new(tensor);
            for (int output = 0; output < 3; output++)
            {
                for (int input = 0; input < 3; input++)
                {
                    for (int tap = 0; tap < kernel.Field; tap++)
                    {
                        double product = triangle[tap / triangle.Length] * triangle[tap % triangle.Length];
                        Assert.Equal(output == input ? product : 0, kernel[output, input, tap], 1e-7);
                    }
                }
            }

            // Mean and variance are those of the elements themselves.
            Assert.Equal(tensor.GetStatistics().Mean, tensor.GetLaw().Mean, 1e-7);
            Assert.Equal(tensor.GetStatistics().Variance, tensor.Variance!.Value, 1e-7);
        }
    }

    [Theory]
    [InlineData("6x1x4x4", Layout.OI)]
    [InlineData("4x4x6x1", Layout.IO)]
    public void Bilinear_upsamples_every_channel_of_a_depthwise_kernel(string shape, Layout layout) =>
        Assert.Equal(6 * 4, Make("Bilinear", shape, layout).ToArray<double>().Sum(), 1e-6);

    [Theory]
    [InlineData("3x3x4x6", Layout.IO, 4)]
    [InlineData("2x4x5x5", Layout.IO, 1)]
    [InlineData("6x4x4x2", Layout.OI, 2)]
    [InlineData("5x5x3", Layout.OI, 1)]
    public void DeltaOrthogonal_keeps_lengths_at_its_centre(string shape, Layout layout, int centre)
    {
        Kernel kernel = new(Make("delta_orthogonal(scale=2)", shape, layout, DType.Float64));
        for (int tap = 0; tap < kernel.Field; tap++)
        {
            for (int left = 0; left < kernel.Inputs; left++)
            {
                for (int right = 0; right < kernel.Inputs; right++)
                {
                    double product = Enumerable.Range(0, (int)kernel.Outputs)
                        .Sum(output => kernel[output, left, tap] * kernel[output, right, tap]);
                    Assert.Equal(tap == centre && left == right ? 4 : 0, product, 1e-13);
                }
            }
        }
    }

    // Each gate of a recurrent kernel is an orthogonal matrix, unlike the blocks of one drawn whole.
    [Fact]
    public void Gates_of_Orthogonal_are_orthogonal()
    {
        Kernel kernel = new(Make("Gates(4, Orthogonal)", "6x24", Layout.IO, DType.Float64));
        for (int gate = 0; gate < 4; gate++)
        {
            for (int left = 0; left < 6; left++)
            {
                for (int right = 0; right < 6; right++)
                {
                    double product = Enumerable.Range(gate * 6, 6)
                        .Sum(output => kernel[output, left, 0] * kernel[output, right, 0]);
                    Assert.Equal(left == right ? 1 : 0, product, 1e-13);
                }
            }
        }
    }

    // All slices of a tensor are those of the whole, in every element type.
    [Theory]
    [InlineData("Identity", "30x40", Layout.IO)]
    [InlineData("Dirac(groups=2)", "3x3x5x8", Layout.IO)]
    [InlineData("Dirac(groups=2)", "8x5x3x3", Layout.OI)]
    [InlineData("Sparse", "30x40", Layout.OI)]
    [InlineData("ICNR(2, HeUniform)", "3x3x5x8", Layout.IO)]
    [InlineData("ICNR(2, TruncatedNormal)", "8x5x3x3", Layout.OI)]
    [InlineData("Gates(4, HeUniform)", "30x40", Layout.IO)]
    [InlineData("Gates(4, HeUniform)", "40x30", Layout.OI)]
    [InlineData("Bilinear", "4x4x6x6", Layout.IO)]
    [InlineData("LstmBias", "400", Layout.IO)]
    public void A_slice_is_that_of_the_whole(string expression, string shape, Layout layout)
    {
        foreach (DType dtype in Enum.GetValues<DType>())
        {
            WeightTensor whole = Make(expression, shape, layout, dtype);
            double[] values = whole.ToArray<double>();
            var slice = WeightTensor.Create(whole.GetOptions() with { Offset = 101, Count = 57 });
            Assert.Equal(values[101..158], slice.ToArray<double>());
            Assert.Equal(values[^1], WeightTensor.Create(whole.GetOptions() with { Offset = values.Length - 1 })[0]);
        }
    }

    private static WeightTensor Make(string expression, string shape, Layout layout, DType dtype = DType.Float32) =>
        WeightTensor.Create(new WeightTensorOptions
        {
            Name = "t",
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse(expression),
            Seed = new Seed(7L),
            Layout = layout,
            DType = dtype,
        });

    /// <summary>(out, in, kernel...) in a layout.</summary>
    private static string In(TensorShape outFirst, Layout layout) => layout == Layout.OI
        ? outFirst.ToString()
        : new TensorShape([.. outFirst.Dimensions.Skip(2), outFirst[1], outFirst[0]]).ToString();

    /// <summary>A kernel by output, input and tap, whatever its layout.</summary>
    private sealed class Kernel
    {
        private readonly double[] _values;
        private readonly Layout _layout;

        public Kernel(WeightTensor tensor)
        {
            TensorGeometry geometry = new(tensor.GetShape(), tensor.GetLayout(), null);
            _values = tensor.ToArray<double>();
            _layout = tensor.GetLayout();
            Outputs = geometry.Outputs;
            Inputs = geometry.Inputs;
            Field = geometry.Kernel.Aggregate(1L, (product, size) => product * size);
            Centre = geometry.Kernel.Aggregate(0L, (place, size) => place * size + size / 2);
        }

        public long Outputs { get; }

        public long Inputs { get; }

        public long Field { get; }

        public long Centre { get; }

        public double this[long output, long input, long tap] => _layout == Layout.IO
            ? _values[(tap * Inputs + input) * Outputs + output]
            : _values[(output * Inputs + input) * Field + tap];
    }
}
