namespace InitTools;

/// <summary>How the tensors of a layer are called.</summary>
public static class TensorNames
{
    private const string Bias = ".bias";

    // Keras and Flax say kernel where PyTorch says weight.
    private static readonly string[] s_weights = [".weight", ".kernel"];

    /// <summary>The weight of a layer: <c>fc1</c> makes <c>fc1.weight</c>; a name with a dot is kept.</summary>
    public static string WeightOf(string layer)
    {
        ArgumentNullException.ThrowIfNull(layer);
        return layer.Contains('.', StringComparison.Ordinal) ? layer : layer + s_weights[0];
    }

    /// <summary>The bias of a layer: <c>fc1</c>, and its weight <c>fc1.weight</c>, make <c>fc1.bias</c>.</summary>
    public static string BiasOf(string layer) => LayerOf(layer) + Bias;

    /// <summary>The layer of a tensor: its name without <c>.weight</c>, <c>.kernel</c> or <c>.bias</c>.</summary>
    public static string LayerOf(string tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        string? suffix = s_weights.Append(Bias)
            .FirstOrDefault(end => tensor.EndsWith(end, StringComparison.Ordinal) && tensor.Length > end.Length);
        return suffix is null ? tensor : tensor[..^suffix.Length];
    }

    /// <summary>True where the name is that of a bias.</summary>
    public static bool IsBias(string tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return tensor.EndsWith(Bias, StringComparison.Ordinal);
    }
}
