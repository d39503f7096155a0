using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>
/// Every name that Keras, JAX or PyTorch has, under each of their conventions: what it means in the reading that
/// belongs to none, and the law that the framework's documentation promises.
/// </summary>
public class ConventionTests
{
    // A 100 x 50 matrix in layout IO.
    private static readonly Fans s_fans = new(100, 50, FanRule.Dense);

    [Theory]
    [InlineData("zeros", "Zeros", "Zeros", "Zeros")]
    [InlineData("zero", "Zeros", "Zeros", "Zeros")]
    [InlineData("ones", "Ones", "Ones", "Ones")]
    [InlineData("constant(0.5)", "Constant(value=0.5)", "Constant(value=0.5)", "Constant(value=0.5)")]
    [InlineData("Identity", "Identity", "Identity", "Identity")]
    [InlineData("IdentityInitializer(gain=2)", "Identity(gain=2)", "Identity(gain=2)", "Identity(gain=2)")]
    [InlineData("eye_", "Identity", "Identity", "Identity")]
    [InlineData("dirac_(groups=2)", "Dirac(groups=2)", "Dirac(groups=2)", "Dirac(groups=2)")]
    [InlineData("uniform", "RandomUniform(minimum=-0.05, maximum=0.05)", "RandomUniform(minimum=0, maximum=0.01)",
        "RandomUniform(minimum=0, maximum=1)")]
    [InlineData("normal", "RandomNormal(stddev=0.05)", "RandomNormal(stddev=0.01)", "RandomNormal(stddev=1)")]
    [InlineData("truncated_normal", "TruncatedNormal(stddev=0.05)", "TruncatedNormal(stddev=0.01)",
        "TruncatedNormal(stddev=1)")]
    [InlineData("truncated_normal(stddev=0.5)", "TruncatedNormal(stddev=0.5)", "TruncatedNormal(stddev=0.5)",
        "TruncatedNormal(stddev=0.5, minimum=-2, maximum=2)")]
    [InlineData("variance_scaling(2, fan_avg, normal)", "VarianceScaling(scale=2, mode=fan_avg)",
        "VarianceScaling(scale=2, mode=fan_avg, distribution=normal)",
        "VarianceScaling(scale=2, mode=fan_avg, distribution=normal)")]
    [InlineData("variance_scaling(2, fan_in, truncated_normal)", "VarianceScaling(scale=2)",
        "VarianceScaling(scale=2)", "VarianceScaling(scale=2)")]
    [InlineData("glorot_uniform", "GlorotUniform", "GlorotUniform", "GlorotUniform")]
    [InlineData("xavier_uniform", "GlorotUniform", "GlorotUniform", "GlorotUniform")]
    [InlineData("glorot_normal", "GlorotNormal", "GlorotNormal", "GlorotNormal(distribution=normal)")]
    [InlineData("xavier_normal", "GlorotNormal", "GlorotNormal", "GlorotNormal(distribution=normal)")]
    [InlineData("he_uniform", "HeUniform", "HeUniform", "HeUniform")]
    [InlineData("kaiming_uniform", "HeUniform", "HeUniform", "HeUniform")]
    [InlineData("he_normal", "HeNormal", "HeNormal", "HeNormal(distribution=normal)")]
    [InlineData("kaiming_normal", "HeNormal", "HeNormal", "HeNormal(distribution=normal)")]
    [InlineData("lecun_uniform", "LecunUniform", "LecunUniform", "LecunUniform")]
    [InlineData("lecun_normal", "LecunNormal", "LecunNormal", "LecunNormal(distribution=normal)")]
    [InlineData("orthogonal", "Orthogonal", "Orthogonal", "Orthogonal")]
    [InlineData("orthogonal(1.5)", "Orthogonal(gain=1.5)", "Orthogonal(gain=1.5)", "Orthogonal(gain=1.5)")]
    [InlineData("delta_orthogonal(2)", "DeltaOrthogonal(gain=2)", "DeltaOrthogonal(gain=2)", "DeltaOrthogonal(gain=2)")]
    [InlineData("sparse_(0.1)", "Sparse(sparsity=0.1, stddev=0.01)", "Sparse(sparsity=0.1, stddev=0.01)",
        "Sparse(sparsity=0.1, stddev=0.01)")]
    [InlineData("xavier_uniform_(gain=relu)", "GlorotUniform(gain=1.41421356237)", "GlorotUniform(gain=1.41421356237)",
        "GlorotUniform(gain=1.4142135623730951)")]
    [InlineData("xavier_uniform_(gain=backward(tanh))", "GlorotUniform(gain=1.46741359163)",
        "GlorotUniform(gain=1.46741359163)", "GlorotUniform(gain=1.46741359163)")]
    [InlineData("xavier_uniform(gain=pytorch(tanh))", "GlorotUniform(gain=1.6666666666666667)",
        "GlorotUniform(gain=1.6666666666666667)", "GlorotUniform(gain=1.6666666666666667)")]
    [InlineData("icnr(2, normal)", "ICNR(scale=2, initializer=RandomNormal(stddev=0.05))",
        "ICNR(scale=2, initializer=RandomNormal(stddev=0.01))", "ICNR(scale=2, initializer=RandomNormal(stddev=1))")]
    public void Names_mean_what_each_framework_means(string expression, string keras, string jax, string pyTorch)
    {
        foreach ((Convention convention, string canonical) in
            new[] { (Convention.Keras, keras), (Convention.Jax, jax), (Convention.PyTorch, pyTorch) })
        {
            var initializer = Initializer.Parse(expression, convention);
            Assert.Equal(canonical, initializer.ToString());

            // The canonical text belongs to no convention.
            Assert.Equal(initializer, Initializer.Parse(canonical));
        }
    }

    [Fact]
    public void Every_name_of_a_framework_is_read_under_every_convention()
    {
        foreach (InitializerDefinition definition in InitializerCatalogue.All)
        {
            foreach (string name in definition.Names.All)
            {
                Assert.All(Enum.GetValues<Convention>(), convention =>
                    Assert.Equal(definition.Name, Initializer.Parse(name, convention).Name));
            }
        }
    }

    // Variance and largest |w|, in closed form; none is 2.2737 standard deviations where Keras and JAX truncate.
    [Theory]
    [InlineData("he_normal", Convention.Keras, 0.02, 2.2736944687)]
    [InlineData("he_normal", Convention.Jax, 0.02, 2.2736944687)]
    [InlineData("he_normal", Convention.PyTorch, 0.02, null)]
    [InlineData("glorot_normal", Convention.Keras, 2.0 / 150, 2.2736944687)]
    [InlineData("glorot_normal", Convention.PyTorch, 2.0 / 150, null)]
    [InlineData("glorot_uniform", Convention.Jax, 2.0 / 150, 1.7320508076)]
    [InlineData("lecun_normal", Convention.Jax, 0.01, 2.2736944687)]
    [InlineData("kaiming_uniform(a=2.23606797749979)", Convention.PyTorch, 1.0 / 300, 1.7320508076)]
    [InlineData("variance_scaling(1, fan_geo_avg, uniform)", Convention.Jax, 0.014142135624, 1.7320508076)]
    [InlineData("truncated_normal", Convention.Keras, 0.77374130355 * 0.0025, 2.2736944687)]
    [InlineData("truncated_normal(1, -1, 1)", Convention.Jax, 0.291125094773, 1.8533616766)]
    [InlineData("trunc_normal_(0, 1, -1, 1)", Convention.PyTorch, 0.291125094773, 1.8533616766)]
    [InlineData("uniform", Convention.Jax, 1e-4 / 12, 3.4641016151)]
    [InlineData("SIREN", Convention.Keras, 0.02 / 900, 1.7320508076)]
    [InlineData("SIREN(first)", Convention.Keras, 1e-4 / 3, 1.7320508076)]
    public void Laws_are_those_of_the_documentation(
        string expression, Convention convention, double variance, double? limitInDeviations)
    {
        Distribution law =
            ((ElementwiseInitializer)Initializer.Parse(expression, convention)).GetDistribution(s_fans);
        Assert.Equal(variance, law.Variance, variance * 1e-9);
        Assert.Equal(limitInDeviations is null, law.Limit is null);
        if (limitInDeviations is double limit)
        {
            Assert.Equal(limit, law.Limit!.Value / law.StandardDeviation, 1e-9);
        }
    }
}
