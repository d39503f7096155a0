using System.Globalization;
using System.Text.Json;
using CsvHelper;
using Xunit;

namespace InitTools.Cli.Tests;

/// <summary>
/// Checkpoints of PyTorch's networks, measured from their files, have the figures that PyTorch finds in double
/// precision (tests/data/networks): with stride, padding, pools, flatten, normalizations, skips and biases.
/// </summary>
public sealed class TorchNetworkTests
{
    [Theory]
    [InlineData("lenet", "double", 1e-10)]
    [InlineData("lenet", "single", 1e-5)]
    [InlineData("feed-forward", "double", 1e-10)]
    [InlineData("feed-forward", "single", 1e-5)]
    public void Figures_of_every_layer_are_those_of_PyTorch(string name, string precision, double tolerance)
    {
        JsonElement layers = CommandRun.Of(
            "measure", "--path", PathOf($"{name}.npz"), "--layout", "OI", "--architecture", PathOf($"{name}.csv"),
            "--data", PathOf($"{name}-batch.npy"), "--standardize", "None",
            "--output-gradient", PathOf($"{name}-gradient.npy"), "--precision", precision, "--json").Json();

        using CsvReader expected = CsvReader.FromFile(
            PathOf($"{name}-figures.csv"), new CsvReaderOptions { Separator = ',' });
        int count = 0;
        for (; expected.Read(); count++)
        {
            JsonElement layer = layers[count];
            Assert.Equal(expected.GetString("Name"), layer.GetProperty("Name").GetString());
            foreach (string figure in expected.Headers.Skip(1))
            {
                if (expected.GetString(figure) is not { Length: > 0 } text)
                {
                    Assert.Equal(JsonValueKind.Null, layer.GetProperty(figure).ValueKind);
                    continue;
                }

                // A mean may be next to nothing beside the values that it is the mean of.
                double value = double.Parse(text, CultureInfo.InvariantCulture);
                double scale = figure.EndsWith("Mean", StringComparison.Ordinal)
                    ? layer.GetProperty("PreActivationRms").GetDouble()
                    : value;
                Assert.Equal(value, layer.GetProperty(figure).GetDouble(), tolerance * scale);
            }
        }

        Assert.Equal(layers.GetArrayLength(), count);
    }

    private static string PathOf(string file) => TestData.PathOf(Path.Combine("networks", file));
}
