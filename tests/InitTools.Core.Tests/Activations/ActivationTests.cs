using System.Globalization;
using System.Numerics;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Activations;

/// <summary>Values, derivatives, names and gains of every activation in the catalogue.</summary>
public class ActivationTests
{
    private static readonly string[] s_texts =
    [
        "linear", "relu", "leaky_relu", "leaky_relu(0.2)", "elu", "elu(0.5)", "selu", "gelu", "silu", "softplus",
        "tanh", "sigmoid", "prelu", "prelu(0.1)", "relu6", "gelu_tanh", "mish", "hard_sigmoid", "hard_tanh",
        "softsign", "lecun_tanh", "erf", "sin", "abs", "exp", "squared_relu",
    ];

    public static TheoryData<string> Texts() => [.. s_texts];

    // All but those that outgrow numbers and the sine, whose argument has a range.
    public static TheoryData<string> TextsWithoutLimits() => [.. s_texts.Except(["exp", "squared_relu", "sin"])];

    [Fact]
    public void The_catalogue_has_them_all() => Assert.Equal(
        [
            "abs", "elu", "erf", "exp", "gelu", "gelu_tanh", "hard_sigmoid", "hard_tanh", "leaky_relu", "lecun_tanh",
            "linear", "mish", "prelu", "relu", "relu6", "selu", "sigmoid", "silu", "sin", "softplus", "softsign",
            "squared_relu", "tanh",
        ],
        Activation.All.Select(activation => activation.Name));

    // Values at -1.5, 0 and 2 from their definitions in higher precision.
    [Theory]
    [InlineData("linear", -1.5, 0, 2)]
    [InlineData("relu", 0, 0, 2)]
    [InlineData("leaky_relu", -0.015, 0, 2)]
    [InlineData("leaky_relu(0.2)", -0.3, 0, 2)]
    [InlineData("elu", -0.77686983985157021, 0, 2)]
    [InlineData("elu(0.5)", -0.38843491992578510, 0, 2)]
    [InlineData("selu", -1.3658143533672525, 0, 2.1014019747109610)]
    [InlineData("gelu", -0.1002108019032871, 0, 1.9544997361036416)]
    [InlineData("silu", -0.27363828570953451, 0, 1.7615941559557649)]
    [InlineData("softplus", 0.20141327798275246, 0.69314718055994531, 2.1269280110429725)]
    [InlineData("tanh", -0.90514825364486643, 0, 0.96402758007581690)]
    [InlineData("sigmoid", 0.18242552380635635, 0.5, 0.88079707797788243)]
    [InlineData("prelu", -0.375, 0, 2)]
    [InlineData("prelu(0.1)", -0.15, 0, 2)]
    [InlineData("relu6", 0, 0, 2)]
    [InlineData("gelu_tanh", -0.10042842301976708, 0, 1.954597694087775)]
    [InlineData("mish", -0.29809974216680676, 0, 1.9439589595339945)]
    [InlineData("hard_sigmoid", 0.25, 0.5, 0.83333333333333333)]
    [InlineData("hard_tanh", -1, 0, 1)]
    [InlineData("softsign", -0.6, 0, 0.66666666666666667)]
    [InlineData("lecun_tanh", -1.306819412204497, 0, 1.4929388053842507)]
    [InlineData("erf", -0.96610514647531073, 0, 0.99532226501895273)]
    [InlineData("sin", -0.99749498660405443, 0, 0.9092974268256817)]
    [InlineData("abs", 1.5, 0, 2)]
    [InlineData("exp", 0.22313016014842983, 1, 7.3890560989306502)]
    [InlineData("squared_relu", 0, 0, 4)]
    public void Values(string text, double atMinusOneAndAHalf, double atZero, double atTwo)
    {
        Activation activation = Activation.Parse(text);
        Assert.Equal(atMinusOneAndAHalf, activation.Value(-1.5), 2e-15);
        Assert.Equal(atZero, activation.Value(0), 2e-15);
        Assert.Equal(atTwo, activation.Value(2), 2e-15);
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Derivatives_agree_with_central_differences(string text)
    {
        Activation activation = Activation.Parse(text);
        const double Step = 1e-5;

        // The grid passes the kinks at 0, 1, 3 and 6 by more than a step.
        for (double z = -6.05; z < 6.5; z += 0.07)
        {
            double difference = (activation.Value(z + Step) - activation.Value(z - Step)) / (2 * Step);
            Assert.Equal(difference, activation.Derivative(z), 1e-7);
        }
    }

    [Fact]
    public void Derivatives_at_kinks_come_from_the_left()
    {
        Assert.Equal(0, Activation.Parse("relu").Derivative(0));
        Assert.Equal(0.2, Activation.Parse("leaky_relu(0.2)").Derivative(0));
        Assert.Equal(0.5, Activation.Parse("elu(0.5)").Derivative(0));
        Assert.Equal(1.7580993408473766, Activation.Parse("selu").Derivative(0));
        Assert.Equal(0.25, Activation.Parse("prelu").Derivative(0));
        Assert.Equal(-1, Activation.Parse("abs").Derivative(0));
        Assert.Equal([0.0, 1], new double[] { 0, 6 }.Select(Activation.Parse("relu6").Derivative));
        Assert.Equal([0.0, 1], new double[] { -1, 1 }.Select(Activation.Parse("hard_tanh").Derivative));
        Assert.Equal([0, 1.0 / 6], new double[] { -3, 3 }.Select(Activation.Parse("hard_sigmoid").Derivative));
    }

    [Theory]
    [InlineData("sigmoid", 40, 4.2483542552915889e-18)]
    [InlineData("sigmoid", -40, 4.2483542552915889e-18)]
    [InlineData("tanh", 20, 1.6993417021166355e-17)]
    [InlineData("tanh", -20, 1.6993417021166355e-17)]
    [InlineData("lecun_tanh", 30, 1.9439336177746233e-17)]
    [InlineData("erf", 6, 2.6173012392492648e-16)]
    [InlineData("mish", -40, -1.6568581595637197e-16)]
    [InlineData("mish", 3, 1.0211069109294438)]
    [InlineData("gelu_tanh", -6, -7.7099739309536955e-10)]
    [InlineData("softsign", 1e9, 9.99999998e-19)]
    public void Small_derivatives_keep_their_digits(string text, double z, double expected) =>
        Assert.Equal(1, Activation.Parse(text).Derivative(z) / expected, 1e-14);

    [Theory]
    [InlineData("sigmoid", -40, 4.2483542552915889e-18)]
    [InlineData("softplus", -40, 4.2483542552915889e-18)]
    [InlineData("elu", -1e-10, -9.9999999995e-11)]
    [InlineData("tanh", 1e-10, 1e-10)]
    [InlineData("erf", 1e-10, 1.1283791670955126e-10)]
    [InlineData("mish", -40, -1.6993417021166245e-16)]
    [InlineData("gelu_tanh", -6, -8.4396467007622971e-11)]
    public void Small_values_keep_their_digits(string text, double z, double expected) =>
        Assert.Equal(1, Activation.Parse(text).Value(z) / expected, 1e-14);

    [Theory]
    [MemberData(nameof(TextsWithoutLimits))]
    public void Large_arguments_neither_overflow_nor_become_NaN(string text)
    {
        Activation activation = Activation.Parse(text);
        foreach (double z in (double[])[-1e300, -800, 800, 1e300])
        {
            Assert.True(double.IsFinite(activation.Value(z)), $"{text}({z})");
            Assert.True(double.IsFinite(activation.Derivative(z)), $"{text}'({z})");
        }

        Span<float> singles = [-1e38f, -100, 100, 1e38f];
        activation.Apply(singles, singles);
        Assert.All(singles.ToArray(), value => Assert.True(float.IsFinite(value)));
    }

    [Fact]
    public void What_outgrows_numbers_is_infinite()
    {
        Assert.Equal(double.PositiveInfinity, Activation.Parse("exp").Value(800));
        Assert.Equal(0, Activation.Parse("exp").Value(-800));
        Assert.Equal(double.PositiveInfinity, Activation.Parse("squared_relu").Value(1e200));
        Assert.Equal(0, Activation.Parse("squared_relu").Value(-1e200));
        Span<float> singles = [100, -200];
        Activation.Parse("exp").Apply<float>(singles, singles);
        Assert.Equal([float.PositiveInfinity, 0], singles.ToArray());
    }

    [Fact]
    public void Sines_have_a_range()
    {
        Activation sine = Activation.Parse("sin");
        Assert.Equal(Math.Sin(1e8), sine.Value(1e8), 1e-15);
        Assert.True(double.IsNaN(sine.Value(1.1e8)));
        Span<float> singles = [1e4f, 1.1e4f];
        sine.Apply<float>(singles, singles);
        Assert.Equal(MathF.Sin(1e4f), singles[0], 1e-6f);
        Assert.True(float.IsNaN(singles[1]));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void NaN_stays_NaN(string text)
    {
        float[] values = [1, float.NaN, 2];
        Activation.Parse(text).Apply<float>(values, values);
        Assert.True(float.IsNaN(values[1]));
        Assert.True(double.IsNaN(Activation.Parse(text).Value(double.NaN)));
    }

    [Theory]
    [MemberData(nameof(Texts))]
    public void Every_kernel_equals_the_scalar_one_bit_for_bit(string text)
    {
        AgreeOnBits<float>(Activation.Parse(text));
        AgreeOnBits<double>(Activation.Parse(text));
    }

    [Fact]
    public void Single_precision_is_close_to_double()
    {
        foreach (string text in s_texts)
        {
            Activation activation = Activation.Parse(text);
            float[] z = [.. Enumerable.Range(-600, 1201).Select(i => i / 100f)];
            float[] values = new float[z.Length];
            float[] derivatives = [.. z.Select(_ => 1f)];
            activation.Apply<float>(z, values);
            activation.MultiplyByDerivative<float>(z, derivatives);
            for (int i = 0; i < z.Length; i++)
            {
                AssertClose(activation.Value(z[i]), values[i]);
                AssertClose(activation.Derivative(z[i]), derivatives[i]);
            }
        }
    }

    private static void AssertClose(double expected, float actual) =>
        Assert.Equal(expected, actual, 1e-6 * Math.Max(1, Math.Abs(expected)));

    [Theory]
    [MemberData(nameof(Texts))]
    public void The_text_round_trips_on_every_culture(string text)
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
        try
        {
            Assert.Equal(text, Activation.Parse(text).ToString());
            Assert.Equal(Activation.Parse(text), Activation.Parse(Activation.Parse(text).ToString()));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Theory]
    [InlineData("ReLU", "relu")]
    [InlineData(" Tanh ", "tanh")]
    [InlineData("LeakyReLU", "leaky_relu")]
    [InlineData("LeakyReLU(negative_slope=0.3)", "leaky_relu(0.3)")]
    [InlineData("leaky_relu(alpha=0.3)", "leaky_relu(0.3)")]
    [InlineData("leaky_relu( 0.3 )", "leaky_relu(0.3)")]
    [InlineData("leaky_relu(0.01)", "leaky_relu")]
    [InlineData("leaky_relu(-0.5)", "leaky_relu(-0.5)")]
    [InlineData("elu(1.0)", "elu")]
    [InlineData("ELU()", "elu")]
    [InlineData("swish", "silu")]
    [InlineData("SiLU", "silu")]
    [InlineData("identity", "linear")]
    [InlineData("logistic", "sigmoid")]
    [InlineData("PReLU", "prelu")]
    [InlineData("PReLU(init=0.1)", "prelu(0.1)")]
    [InlineData("prelu(negative_slope_init=0.25)", "prelu")]
    [InlineData("ReLU6", "relu6")]
    [InlineData("gelu_pytorch_tanh", "gelu_tanh")]
    [InlineData("gelu_new", "gelu_tanh")]
    [InlineData("Mish", "mish")]
    [InlineData("Hardsigmoid", "hard_sigmoid")]
    [InlineData("Hardtanh", "hard_tanh")]
    [InlineData("soft_sign", "softsign")]
    [InlineData("sine", "sin")]
    [InlineData("exponential", "exp")]
    [InlineData("relu2", "squared_relu")]
    [InlineData("ReLUSquared", "squared_relu")]
    public void Spellings_of_the_frameworks_are_read(string text, string canonical) =>
        Assert.Equal(canonical, Activation.Parse(text).ToString());

    [Theory]
    [InlineData("rellu", ErrorId.UnknownActivation, "'relu'")]
    [InlineData("signoid", ErrorId.UnknownActivation, "'sigmoid'")]
    [InlineData("hardswish", ErrorId.UnknownActivation, "Accepted are abs, elu, erf")]
    [InlineData("", ErrorId.MalformedExpression, "position")]
    [InlineData("leaky_relu(0.2", ErrorId.MalformedExpression, "position")]
    [InlineData("leaky_relu(0.2))", ErrorId.MalformedExpression, "position")]
    [InlineData("relu(0.2)", ErrorId.UnknownArgument, "too many arguments")]
    [InlineData("leaky_relu(0.2, 0.3)", ErrorId.UnknownArgument, "negative_slope")]
    [InlineData("leaky_relu(beta=0.2)", ErrorId.UnknownArgument, "negative_slope")]
    [InlineData("leaky_relu(abc)", ErrorId.InvalidArgument, "'abc'")]
    [InlineData("elu(-1)", ErrorId.InvalidArgument, "-1")]
    [InlineData("leaky_relu(NaN)", ErrorId.NonFiniteValue, "NaN")]
    public void What_cannot_be_read_is_explained(string text, ErrorId expected, string part)
    {
        InitToolsException error = Errors.Expect(expected, () => Activation.Parse(text));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Gains_are_rounded_to_12_digits()
    {
        Assert.Equal(1.41421356237, Activation.Parse("relu").ForwardGain);
        Assert.Equal(1.41421356237, Activation.Parse("relu").BackwardGain);
        Assert.Equal(1.0, Activation.Parse("linear").ForwardGain);
        Assert.Equal(1.0, Activation.Parse("selu").ForwardGain);
    }

    [Fact]
    public void Bounded_activations_saturate_and_others_do_not()
    {
        SaturationRule sigmoid = Activation.Parse("sigmoid").Saturation!.Value;
        Assert.All([0.0099, 0.9901], value => Assert.True(sigmoid.IsSaturated(value)));
        Assert.All([0.01, 0.5, 0.99], value => Assert.False(sigmoid.IsSaturated(value)));
        SaturationRule tanh = Activation.Parse("tanh").Saturation!.Value;
        Assert.All([-0.9901, 0.9901], value => Assert.True(tanh.IsSaturated(value)));
        Assert.All([-0.99, 0, 0.99], value => Assert.False(tanh.IsSaturated(value)));
        Assert.Equal(
            ["erf", "hard_sigmoid", "hard_tanh", "lecun_tanh", "relu6", "sigmoid", "softsign", "tanh"],
            Activation.All.Where(activation => activation.Saturation is not null).Select(a => a.Name));
        Assert.Equal(
            ["sin"],
            Activation.All.Where(a => a.IsBounded && a.Saturation is null).Select(a => a.Name));
    }

    // Far out every bounded activation is saturated, at a bound that is 0 (relu6's) never.
    [Theory]
    [InlineData("erf", true)]
    [InlineData("hard_sigmoid", true)]
    [InlineData("hard_tanh", true)]
    [InlineData("lecun_tanh", true)]
    [InlineData("softsign", true)]
    [InlineData("relu6", false)]
    public void Saturation_begins_within_a_hundredth_of_the_bounds(string text, bool atLowerBound)
    {
        Activation activation = Activation.Parse(text);
        SaturationRule rule = activation.Saturation!.Value;
        Assert.True(rule.IsSaturated(activation.Value(1e6)));
        Assert.Equal(atLowerBound, rule.IsSaturated(activation.Value(-1e6)));
        Assert.False(rule.IsSaturated(activation.Value(0.5)));
        Assert.Equal(0.99, rule.Upper / activation.Value(1e12), 1e-9);
    }

    [Fact]
    public void Lengths_must_agree() =>
        Errors.Expect(ErrorId.ShapeMismatch, () => Activation.Parse("tanh").Apply<float>(new float[3], new float[4]));

    private static void AgreeOnBits<T>(Activation activation)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        foreach (int vector in (int[])[1, 4, 8, 16])
        {
            foreach (int length in (int[])[0, 1, vector - 1, vector, vector + 1, 3 * vector + 1])
            {
                T[] z = [.. Enumerable.Range(0, length + 1).Select(i => T.CreateTruncating(Math.Sin(i * 37) * 9))];
                (T[] Values, T[] Gradients)? expected = null;
                foreach (Kernel kernel in KernelSelection.Available)
                {
                    using IDisposable scope = KernelSelection.Use(kernel);
                    (T[] Values, T[] Gradients) result = Guarded(activation, z.AsSpan(1));
                    expected ??= result;
                    Assert.Equal(expected.Value.Values, result.Values);
                    Assert.Equal(expected.Value.Gradients, result.Gradients);
                }
            }
        }
    }

    private static (T[] Values, T[] Gradients) Guarded<T>(Activation activation, ReadOnlySpan<T> z)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T guard = T.CreateTruncating(-77);
        T[] values = [.. Enumerable.Repeat(guard, z.Length + 2)];
        T[] gradients = [guard, .. Enumerable.Repeat(T.CreateTruncating(0.7), z.Length), guard];
        activation.Apply(z, values.AsSpan(1, z.Length));
        activation.MultiplyByDerivative(z, gradients.AsSpan(1, z.Length));
        Assert.Equal([guard, guard, guard, guard], [values[0], values[^1], gradients[0], gradients[^1]]);
        return (values, gradients);
    }
}
