using System.Runtime.InteropServices;
using Xunit;

namespace InitTools.Analysis.Tests;

/// <summary>Values are proved, or not, to be what their recipe makes.</summary>
public class RegenerationTests
{
    private static readonly SoundnessOptions s_options = new() { Regenerate = true };

    [Theory]
    [InlineData(Layout.IO, DType.Float32)]
    [InlineData(Layout.OI, DType.Float32)]
    [InlineData(Layout.OI, DType.BFloat16)]
    [InlineData(Layout.OI, DType.Float64)]
    public void Stored_values_hold_in_either_layout(Layout stored, DType dtype)
    {
        WeightTensor recipe = TestedWeights.Recipe("HeNormal", "24x16", dtype: dtype);

        WeightFinding finding = Assert.Single(
            SoundnessTest.Run([Stored(recipe, stored)], s_options),
            f => f.Kind is FindingKind.RecipeHolds or FindingKind.RecipeBroken);

        Assert.Equal((FindingKind.RecipeHolds, FindingSeverity.Information), (finding.Kind, finding.Severity));
        Assert.Contains("384 elements", finding.Reason);
    }

    [Fact]
    public void Changed_values_are_counted_and_the_first_one_is_named()
    {
        WeightTensor recipe = TestedWeights.Recipe("HeNormal", "24x16");

        WeightFinding finding = Assert.Single(
            SoundnessTest.Run([Stored(recipe, Layout.OI, values => (values[50], values[90]) = (0, -0.0f))], s_options),
            f => f.Severity == FindingSeverity.Error);

        // 50 = 2 * 24 + 2 in the stored shape 16 x 24.
        Assert.Equal((FindingKind.RecipeBroken, 2.0), (finding.Kind, finding.Figure));
        Assert.Contains("[2, 2]", finding.Reason);
    }

    [Fact]
    public void Zero_of_another_sign_is_another_bit()
    {
        WeightTensor recipe = TestedWeights.Recipe("Zeros", "8", name: "fc1.bias");

        Assert.Contains(
            SoundnessTest.Run([Stored(recipe, Layout.IO, values => values[7] = -0.0f)], s_options),
            f => f is { Kind: FindingKind.RecipeBroken, Figure: 1 });
    }

    [Fact]
    public void Another_seed_breaks_the_recipe_and_no_recipe_is_a_warning()
    {
        WeightTensor values = TestedWeights.Recipe("HeNormal", "24x16", seed: 2);
        WeightTensor other = TestedWeights.Recipe("HeNormal", "24x16", seed: 3);
        var held = WeightTensor.Hold(
            values.Name,
            values.GetShape(),
            new BytesReader(MemoryMarshal.AsBytes<float>(values.ToArray<float>()).ToArray(), DType.Float32),
            recipe: () => new RecordedRecipe(other, Layout.IO));

        Assert.Contains(
            SoundnessTest.Run([held], s_options),
            f => f is { Kind: FindingKind.RecipeBroken, Severity: FindingSeverity.Error, Figure: 384 });
        Assert.Contains(
            SoundnessTest.Run([TestedWeights.Held(values)], s_options),
            f => f is { Kind: FindingKind.RecipeMissing, Severity: FindingSeverity.Warning });
    }

    // A file that holds a recipe's values in some layout, and says by which recipe they were made.
    private static WeightTensor Stored(WeightTensor recipe, Layout layout, Action<float[]>? change = null)
    {
        WeightTensor turned = recipe.WithLayout(layout);
        using var stream = new MemoryStream();
        turned.WriteTo(stream, new ParallelOptions());
        byte[] bytes = stream.ToArray();
        if (change is not null)
        {
            float[] changed = MemoryMarshal.Cast<byte, float>(bytes).ToArray();
            change(changed);
            bytes = MemoryMarshal.AsBytes<float>(changed).ToArray();
        }

        return WeightTensor.Hold(
            recipe.Name,
            turned.GetShape(),
            new BytesReader(bytes, recipe.GetDType()),
            layout,
            recipe: () => new RecordedRecipe(recipe, layout));
    }

    private sealed class BytesReader(byte[] bytes, DType dtype) : IElementReader
    {
        public DType DType => dtype;

        public long Count => bytes.Length / DTypes.SizeOf(dtype);

        public void Read(Memory<byte> destination, long start, ParallelOptions options) =>
            bytes.AsMemory((int)start * DTypes.SizeOf(dtype), destination.Length).CopyTo(destination);
    }
}
