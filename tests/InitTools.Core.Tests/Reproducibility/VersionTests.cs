using System.Security.Cryptography;
using Xunit;

namespace InitTools.Core.Tests.Reproducibility;

/// <summary>
/// SHA-256 of so many numbers of version 1 of the specification that hardly any change of arithmetic leaves them all as
/// they were: a coefficient that is wrong in its last place moves one number in a hundred thousand. A change of bits
/// needs a new version, a new specification and new vectors.
/// </summary>
public sealed class VersionTests
{
    private const int Count = 1 << 24;

    // Numbers far out in the tail take a hundred times as long.
    private const int TailCount = 1 << 20;

    [Fact]
    public void The_digests_are_those_of_this_version() => Assert.Equal(1, WeightTensor.SpecificationVersion);

    [Theory]
    [InlineData("RandomUniform(minimum=-0.3, maximum=0.7)", DType.Float32,
        "afdfa148dfce8130b84f30c5a71b5b575afc7a0640bb59e3e41a121a61fe40c6")]
    [InlineData("RandomUniform(minimum=-0.3, maximum=0.7)", DType.Float64,
        "60c8d715d80d48f4f3e3cdf9eb7cec2b0ff6f4d8382f2203882d624949160064")]
    [InlineData("RandomUniform(minimum=-0.3, maximum=0.7)", DType.Float16,
        "301d7509763d76e5f1f5e86482e2742648cb7e8699c4f4897f89132d15ecf274")]
    [InlineData("RandomUniform(minimum=-0.3, maximum=0.7)", DType.BFloat16,
        "d8aa1277003f9abb933df41083776fd5cd98a175cf10a81fa88dfc7801c0abf1")]
    [InlineData("RandomNormal(mean=0.25, stddev=0.02)", DType.Float32,
        "8748a86c656acd1dda106add39f9d3d29364133994dd422173c6d40acd667fab")]
    [InlineData("RandomNormal(mean=0.25, stddev=0.02)", DType.Float64,
        "9991a829995c4e8a834cdae9948d3e73bbb2fe9eab6d6028862bdbed93b3f8d7")]
    [InlineData("RandomNormal(mean=0.25, stddev=0.02)", DType.Float16,
        "70b95bdf7f00d220d886d0c95daee1d33e787a7ef3a1b9d8898064749f8ae7c0")]
    [InlineData("RandomNormal(mean=0.25, stddev=0.02)", DType.BFloat16,
        "b66f7b9f1188413df630ed100e6dcc34a1f0147053986bc471201d669fb2d702")]
    [InlineData("TruncatedNormal(stddev=1)", DType.Float32,
        "3c240122bc606a83dd5b1a6cb151204f661a2297f3c74bac0a736051728cfd40")]
    [InlineData("TruncatedNormal(stddev=1)", DType.Float64,
        "02bbad2cf8273d676848cb7cce74b84512f24cad5f900387bd243e73f6682e5e")]
    [InlineData("TruncatedNormal(stddev=1)", DType.Float16,
        "a4f566dd0b38da25b28960e2d830917b54ac607b22ddf64667f391fe09adfcec")]
    [InlineData("TruncatedNormal(stddev=1)", DType.BFloat16,
        "6c6ca7d4173f0e72e0f860d37e8c18c9871263fbd68779bcdf523eba1fc4ea91")]
    [InlineData("TruncatedNormal(stddev=1, minimum=-1, maximum=2.5)", DType.Float32,
        "d8f126d554dfd69a319c75c6f8c8587e4e412ac3bffd5e13e9ba2375eea10913")]
    [InlineData("TruncatedNormal(stddev=1, minimum=-1, maximum=2.5)", DType.Float64,
        "82704c67e8432e1bf35832934fe6fc760848c8b2bc2e58fbb9c1a1536f42e9cc")]
    [InlineData("TruncatedNormal(stddev=1, minimum=-1, maximum=2.5)", DType.Float16,
        "74c33bdc6dca11832221cbb39b782bce486055f94c331eba3c2d4ab0a35b316f")]
    [InlineData("TruncatedNormal(stddev=1, minimum=-1, maximum=2.5)", DType.BFloat16,
        "2c41d5245f078abca0bdeb1031f8d84ab424b07a66705be4b3ceec6fe1b8738e")]
    [InlineData("TruncatedNormal(stddev=1, minimum=40, maximum=50)", DType.Float32,
        "17931391a5d4d615b5c1b72345ebe6f8210c031dc705425aa9e0918bc362cb17")]
    [InlineData("TruncatedNormal(stddev=1, minimum=40, maximum=50)", DType.Float64,
        "7d98bc3277750917136edac3ef1ecdf0393a292eeea494d4c075eea9126b5c29")]
    [InlineData("TruncatedNormal(stddev=1, minimum=40, maximum=50)", DType.Float16,
        "3d203efd9a15987c530858bff10231a09409c59ef0adf86e663cab81b30d06eb")]
    [InlineData("TruncatedNormal(stddev=1, minimum=40, maximum=50)", DType.BFloat16,
        "08112cc2f11f11d184c9e8454ed9585a26bcfd04c793af95cc2c6389fcf13e64")]
    public void A_change_of_bits_is_a_change_of_version(string initializer, DType dtype, string digest)
    {
        var tensor = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "w",
            Shape = new TensorShape(initializer.Contains("minimum=40", StringComparison.Ordinal) ? TailCount : Count),
            Initializer = Initializer.Parse(initializer),
            Seed = new Seed(42UL),
            DType = dtype,
        });
        using var hash = SHA256.Create();
        using (CryptoStream stream = new(Stream.Null, hash, CryptoStreamMode.Write))
        {
            tensor.WriteTo(stream, new ParallelOptions());
        }

        Assert.Equal(digest, Convert.ToHexStringLower(hash.Hash!));
    }
}
