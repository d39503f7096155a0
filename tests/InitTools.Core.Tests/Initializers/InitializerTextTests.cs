using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>
/// What frameworks' spellings mean, shown by the canonical text, which does not depend on the convention.
/// </summary>
public class InitializerTextTests
{
    [Theory]
    [InlineData("Zeros", "Zeros")]
    [InlineData("zeros_", "Zeros")]
    [InlineData("ones", "Ones")]
    [InlineData("Constant(0.5)", "Constant(value=0.5)")]
    [InlineData("constant_(val=0.5)", "Constant(value=0.5)")]
    [InlineData("RandomUniform", "RandomUniform(minimum=-0.05, maximum=0.05)")]
    [InlineData("uniform_", "RandomUniform(minimum=0, maximum=1)")]
    [InlineData("random_uniform(minval=-1, maxval=1)", "RandomUniform(minimum=-1, maximum=1)")]
    [InlineData("uniform_(a=-0.1, b=0.1)", "RandomUniform(minimum=-0.1, maximum=0.1)")]
    [InlineData("RandomNormal", "RandomNormal(stddev=0.05)")]
    [InlineData("normal_", "RandomNormal(stddev=1)")]
    [InlineData("normal_(1, 2)", "RandomNormal(mean=1, stddev=2)")]
    [InlineData("RandomNormal(0.0, 0.01)", "RandomNormal(stddev=0.01)")]
    [InlineData("TruncatedNormal", "TruncatedNormal(stddev=0.05)")]
    [InlineData("trunc_normal_(std=0.02,a=-2,b=2)", "TruncatedNormal(stddev=0.02, minimum=-2, maximum=2)")]
    [InlineData("trunc_normal_", "TruncatedNormal(stddev=1)")]
    [InlineData("TruncatedNormal(mean=1, stddev=0.5)", "TruncatedNormal(mean=1, stddev=0.5)")]
    [InlineData("VarianceScaling", "VarianceScaling")]
    [InlineData("VarianceScaling(scale=2, mode=fan_in, distribution=truncated_normal)", "VarianceScaling(scale=2)")]
    [InlineData(
        "variance_scaling(2, fan_geo_avg, uniform)",
        "VarianceScaling(scale=2, mode=fan_geo_avg, distribution=uniform)")]
    [InlineData("VarianceScaling(distribution=untruncated_normal)", "VarianceScaling(distribution=normal)")]
    [InlineData("GlorotUniform", "GlorotUniform")]
    [InlineData("XavierUniform", "GlorotUniform")]
    [InlineData("xavier_uniform_(gain=2)", "GlorotUniform(gain=2)")]
    [InlineData("glorot_normal", "GlorotNormal")]
    [InlineData("xavier_normal_", "GlorotNormal(distribution=normal)")]
    [InlineData("tf.keras.initializers.HeNormal()", "HeNormal")]
    [InlineData("he_normal", "HeNormal")]
    [InlineData("kaiming_normal", "HeNormal")]
    [InlineData("kaiming_normal_", "HeNormal(distribution=normal)")]
    [InlineData("kaiming_normal_(mode='fan_out', nonlinearity='relu')", "HeNormal(mode=fan_out, distribution=normal)")]
    [InlineData("kaiming_uniform_(a=0.5)", "HeUniform(gain=1.2649110640673518)")]
    [InlineData("kaiming_uniform_(nonlinearity=linear)", "HeUniform(gain=1)")]
    [InlineData("HeNormal(distribution=normal)", "HeNormal(distribution=normal)")]
    [InlineData("HeNormal(gain=relu)", "HeNormal")]
    [InlineData("GlorotNormal(gain=tanh)", "GlorotNormal(gain=1.59253741972)")]
    [InlineData("xavier_normal_(gain=tanh)", "GlorotNormal(gain=1.6666666666666667, distribution=normal)")]
    [InlineData("xavier_uniform_(gain=selu)", "GlorotUniform(gain=0.75)")]
    [InlineData("LecunNormal", "LecunNormal")]
    [InlineData("lecun_uniform", "LecunUniform")]
    [InlineData("delta_orthogonal(scale=2, column_axis=-1)", "DeltaOrthogonal(gain=2)")]
    [InlineData("FromFile('w.npy')", "FromFile(path=w.npy)")]
    [InlineData("from_file(weights.npz, 0.weight)", "FromFile(path=weights.npz, tensor=0.weight)")]
    [InlineData(
        "FromFile('C:\\my data\\w.npz', '7', oi)", "FromFile(path='C:\\my data\\w.npz', tensor='7', layout=OI)")]
    [InlineData("FromFile(w.npz, 007)", "FromFile(path=w.npz, tensor='007')")]
    [InlineData("LSUV(FromFile(\"it's.npy\"), 2)", "LSUV(initializer=FromFile(path='it''s.npy'), factor=2)")]
    public void Canonical_text(string expression, string canonical)
    {
        Initializer initializer = Initializer.Parse(expression);
        Assert.Equal(canonical, initializer.ToString());
        Assert.Equal(canonical, Initializer.Parse(canonical).ToString());
    }

    [Theory]
    [InlineData("VarianceScaling(distribution=normal)", Convention.Keras, "VarianceScaling")]
    [InlineData("HeNormal(distribution=normal)", Convention.Keras, "HeNormal")]
    [InlineData("VarianceScaling(distribution=normal)", Convention.Jax, "VarianceScaling(distribution=normal)")]
    [InlineData("normal", Convention.Jax, "RandomNormal(stddev=0.01)")]
    [InlineData("normal(0.5)", Convention.Jax, "RandomNormal(stddev=0.5)")]
    [InlineData("uniform(0.5)", Convention.Jax, "RandomUniform(minimum=0, maximum=0.5)")]
    [InlineData(
        "truncated_normal(0.5, -1, 3)", Convention.Jax, "TruncatedNormal(stddev=0.5, minimum=-0.5, maximum=1.5)")]
    [InlineData("truncated_normal", Convention.Jax, "TruncatedNormal(stddev=0.01)")]
    [InlineData("he_normal", Convention.PyTorch, "HeNormal(distribution=normal)")]
    [InlineData("kaiming_normal_", Convention.Keras, "HeNormal")]
    [InlineData("normal", Convention.PyTorch, "RandomNormal(stddev=1)")]
    public void An_explicit_convention_wins(string expression, Convention convention, string canonical) =>
        Assert.Equal(canonical, Initializer.Parse(expression, convention).ToString());

    [Fact]
    public void Every_definition_is_found_by_every_spelling_and_round_trips()
    {
        Assert.NotEmpty(InitializerCatalogue.All);
        foreach (InitializerDefinition definition in InitializerCatalogue.All)
        {
            foreach (string name in definition.Aliases.Prepend(definition.Name))
            {
                Assert.Equal(definition.Name, InitializerCatalogue.Find(name).Name);
                Assert.Equal(definition.Name, InitializerCatalogue.Find(name.ToUpperInvariant()).Name);
            }

            string canonical = Initializer.Parse(definition.Name).ToString();
            Assert.Equal(canonical, Initializer.Parse(canonical).ToString());
        }
    }

    [Fact]
    public void Parameters_are_described_in_their_order() =>
        Assert.Equal(
            ["mean=0", "stddev=0.05"],
            InitializerCatalogue.Find("normal").Parameters.Select(p => $"{p.Name}={p.Default}"));

    [Theory]
    [InlineData("HeNormalized", ErrorId.UnknownInitializer, "HeNormal")]
    [InlineData("xavier_unifrom", ErrorId.UnknownInitializer, "xavier_uniform")]
    [InlineData("HeNormal(1, 2, 3, 4)", ErrorId.InvalidArgument, "mode")]
    [InlineData("Constant(1, 2)", ErrorId.UnknownArgument, "too many")]
    [InlineData("Zeros(3)", ErrorId.UnknownArgument, "it takes none")]
    [InlineData("Constant(valeu=1)", ErrorId.UnknownArgument, "value")]
    [InlineData("Constant(1, value=2)", ErrorId.UnknownArgument, "more than once")]
    [InlineData("HeNormal(seed=3)", ErrorId.UnknownArgument, "parameter of its own, Seed")]
    [InlineData("Zeros(dtype='float32')", ErrorId.UnknownArgument, "parameter of its own, DType")]
    [InlineData("VarianceScaling(input_axes=0)", ErrorId.UnknownArgument, "parameter of its own, InputAxis")]
    [InlineData("variance_scaling(out_axis=(1, 2))", ErrorId.UnknownArgument, "parameter of its own, OutputAxis")]
    [InlineData("delta_orthogonal(column_axis=2)", ErrorId.InvalidArgument, "-2 to 1")]
    [InlineData("RandomNormal(stddev=-1)", ErrorId.InvalidArgument, "-1")]
    [InlineData("RandomNormal(0,05)", ErrorId.InvalidArgument, "stddev is 05; a number has a decimal point")]
    [InlineData("RandomNormal(stddev=nan)", ErrorId.NonFiniteValue, "stddev")]
    [InlineData("RandomNormal(mean=-inf)", ErrorId.NonFiniteValue, "mean")]
    [InlineData("RandomNormal(mean=1e999)", ErrorId.NonFiniteValue, "mean")]
    [InlineData("RandomNormal(mean=big)", ErrorId.InvalidArgument, "big")]
    [InlineData("RandomUniform(2, 1)", ErrorId.InvalidArgument, "above maximum")]
    [InlineData("TruncatedNormal(minimum=1, maximum=-1)", ErrorId.InvalidArgument, "above maximum")]
    [InlineData("TruncatedNormal(stddev=0, minimum=1, maximum=2)", ErrorId.InvalidArgument, "no value is left")]
    [InlineData("VarianceScaling(scale=0)", ErrorId.InvalidArgument, "above 0")]
    [InlineData("VarianceScaling(mode=fan_inn)", ErrorId.UnknownMode, "fan_in")]
    [InlineData("VarianceScaling(distribution=gaussian)", ErrorId.UnknownDistribution, "uniform")]
    [InlineData("HeNormal(gain=reluu)", ErrorId.UnknownActivation, "relu")]
    [InlineData("xavier_normal_(gain=gelu)", ErrorId.UnknownActivation, "PyTorch")]
    [InlineData("HeNormal(gain=inf)", ErrorId.NonFiniteValue, "gain")]
    [InlineData("FromFile('')", ErrorId.InvalidArgument, "path is ''; a text is accepted")]
    [InlineData("FromFile((1, 2))", ErrorId.InvalidArgument, "path is (1, 2)")]
    [InlineData("FromFile(w.npy, layout=XY)", ErrorId.UnknownLayout, "XY")]
    [InlineData("FromFile(w.npy, fc1, IO, 3)", ErrorId.UnknownArgument, "path, tensor, layout")]
    public void Bad_input_is_one_clear_error(string expression, ErrorId errorId, string says) =>
        Assert.Contains(
            says,
            Errors.Expect(errorId, () => Initializer.Parse(expression)).Message,
            StringComparison.Ordinal);

    [Fact]
    public void Shorthand_adds_arguments()
    {
        Assert.Equal(
            "RandomNormal(mean=1, stddev=0.01)",
            InitializerShorthand.Parse("normal", [new("stddev", "0.01"), new("mean", "1")]).ToString());
        Errors.Expect(
            ErrorId.UnknownArgument,
            () => InitializerShorthand.Parse("normal(stddev=1)", [new("stddev", "0.01")]));
        Errors.Expect(ErrorId.UnknownArgument, () => InitializerShorthand.Parse("HeNormal", [new("stddev", "0.01")]));
    }
}
