using System.Globalization;
using System.Text;

namespace InitTools;

/// <summary>
/// Whether tensors are those that an architecture has: which are missing, too many, or of another shape.
/// </summary>
/// <param name="architecture">The architecture.</param>
/// <param name="weights">Weights by the name of their layer.</param>
/// <param name="biases">Biases by the name of their layer.</param>
internal sealed class ArchitectureMatch(
    Architecture architecture,
    IReadOnlyDictionary<string, WeightTensor> weights,
    IReadOnlyDictionary<string, WeightTensor> biases)
{
    private readonly List<(string Problem, string Tensor, string Expected, string Given)> _rows = [];

    /// <summary>Fails where tensors and architecture differ.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.LayerMismatch"/>: the message is a table of all that do.
    /// </exception>
    public void Require()
    {
        HashSet<string> known = [];
        for (int l = 0; l < architecture.Depth; l++)
        {
            LayerSpec layer = architecture.Layers[l];
            known.Add(layer.Name);
            CheckWeight(layer, architecture.InputOf(l));
            if (biases.TryGetValue(layer.Name, out WeightTensor? bias))
            {
                string expected = layer.Operation.HasParameters ? Text(architecture.Outputs[l].Channels) : "none";
                if (expected != bias.Shape)
                {
                    _rows.Add((expected == "none" ? "extra" : "mis-shaped", bias.Name, expected, bias.Shape));
                }
            }
        }

        foreach (WeightTensor tensor in weights.Concat(biases)
            .Where(pair => !known.Contains(pair.Key))
            .Select(pair => pair.Value))
        {
            _rows.Add(("extra", tensor.Name, "none", tensor.Shape));
        }

        if (_rows.Count > 0)
        {
            throw new InitToolsException(ErrorId.LayerMismatch, Table(), _rows[0].Tensor);
        }
    }

    private void CheckWeight(LayerSpec layer, FeatureShape input)
    {
        WeightTensor? given = weights.GetValueOrDefault(layer.Name);
        TensorShape? expected = layer.Operation.WeightShapeOf(input, given?.GetLayout() ?? Layout.IO);
        if (given is null && layer.Operation.IsWeighted)
        {
            _rows.Add(("missing", TensorNames.WeightOf(layer.Name), expected!.ToString(), "none"));
        }
        else if (given is not null && given.Shape != expected?.ToString())
        {
            _rows.Add((
                expected is null ? "extra" : "mis-shaped", given.Name, expected?.ToString() ?? "none", given.Shape));
        }
    }

    private string Table()
    {
        var text = new StringBuilder("The weights do not match the architecture:");
        (string, string, string, string) title = ("problem", "tensor", "expected", "given");
        int[] widths =
        [
            _rows.Append(title).Max(row => row.Item1.Length),
            _rows.Append(title).Max(row => row.Item2.Length),
            _rows.Append(title).Max(row => row.Item3.Length),
        ];
        foreach ((string problem, string tensor, string expected, string given) in _rows.Prepend(title))
        {
            text.Append('\n')
                .Append(problem.PadRight(widths[0])).Append("  ")
                .Append(tensor.PadRight(widths[1])).Append("  ")
                .Append(expected.PadRight(widths[2])).Append("  ")
                .Append(given);
        }

        return text.ToString();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
