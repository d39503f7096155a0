using InitTools.Formats;
using Xunit;

namespace InitTools.Analysis.Tests;

/// <summary>
/// Checkpoints that PyTorch wrote (tests/data/checkpoints): fresh ones are sound, trained ones are called so.
/// </summary>
public class FrameworkCheckpointTests
{
    [Fact]
    public void PyTorchs_defaults_are_named_and_raise_no_alarm()
    {
        IReadOnlyList<WeightFinding> findings = Test("torch-layers");

        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Information, finding.Severity));
        Assert.DoesNotContain(findings, finding => finding.Kind == FindingKind.Trained);
        string uniform = Initializer.Parse("kaiming_uniform_(a=2.23606797749979)").ToString();
        Assert.Equal((uniform, "OI"), Named("fc1.weight"));
        Assert.Equal((uniform, "OI"), Named("conv.weight"));
        Assert.Equal((uniform, "OI"), Named("depthwise.weight"));
        Assert.Equal("GlorotUniform", Named("attention.in_proj_weight").Initializer);
        Assert.Equal("RandomNormal(stddev=1)", Named("embedding.weight").Initializer);
        Assert.StartsWith("RandomUniform(minimum=-0.1767", Named("lstm.weight_ih_l0").Initializer);
        Assert.StartsWith("RandomUniform(minimum=-0.25,", Named("gru.weight_ih_l0").Initializer);
        Assert.Equal("Ones", Named("norm.weight").Initializer);
        Assert.Contains(
            findings, finding => finding is { Tensor: "embedding.weight", Kind: FindingKind.ZeroRows, Figure: 1 });

        (string Initializer, string Layout) Named(string tensor) => findings.Where(f => f.Tensor == tensor)
            .Select(f => (f.DetectedInitializer, f.DetectedLayout)).First();
    }

    [Fact]
    public void Orthogonal_sparse_and_dirac_weights_of_PyTorch_are_named()
    {
        Dictionary<string, string> named = Test("torch-orthogonal")
            .ToDictionary(finding => finding.Tensor, finding => finding.DetectedInitializer);

        Assert.Equal("Orthogonal", named["square.weight"]);
        Assert.Equal("Orthogonal(gain=1.41)", named["wide.weight"]);
        Assert.Equal("Dirac", named["conv.weight"]);
        Assert.Equal("Identity", named["eye.weight"]);
        Assert.StartsWith("Sparse(sparsity=0.5,", named["sparse.weight"]);

        // trunc_normal_'s bounds are absolute, -2 and 2, so that 0.02 is not truncated.
        Assert.Equal("RandomNormal(stddev=0.02)", named["half.weight"]);
    }

    [Theory]
    [InlineData("torch-trained-adam")]
    [InlineData("torch-trained-sgd")]
    public void A_trained_checkpoint_is_called_trained(string name)
    {
        IReadOnlyList<WeightFinding> findings = Test(name);

        Assert.All(findings, finding => Assert.Equal(FindingSeverity.Information, finding.Severity));
        string[] weights = ["0.weight", "1.weight", "3.weight", "5.weight"];
        Assert.All(
            weights,
            weight => Assert.Contains(
                findings, finding => finding.Tensor == weight && finding.Kind == FindingKind.Trained));
    }

    private static IReadOnlyList<WeightFinding> Test(string name)
    {
        string path = Path.Combine(TestStack.DataFolder, "checkpoints", $"{name}.safetensors");
        WeightTensor[] tensors =
            [.. TensorFile.Open(path).Tensors.Select(tensor => tensor.ToWeightTensor(Layout.IO))];
        return SoundnessTest.Run(tensors, new SoundnessOptions { Path = path });
    }
}
