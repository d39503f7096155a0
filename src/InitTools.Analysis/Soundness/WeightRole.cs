namespace InitTools.Analysis;

/// <summary>What a tensor is for, as far as a sound beginning depends on it.</summary>
public enum WeightRole
{
    /// <summary>Multiplies what a layer takes in.</summary>
    Weight,

    /// <summary>Is added to what a layer gives.</summary>
    Bias,

    /// <summary>Scales what a normalization gives, or holds its running statistics.</summary>
    Norm,

    /// <summary>A row for each word or place, of which one is looked up.</summary>
    Embedding,
}

/// <summary>Tells roles by name, shape and recipe.</summary>
public static class WeightRoles
{
    private static readonly string[] s_biases = ["LstmBias", "CriticalBias"];

    /// <summary>The role of a tensor.</summary>
    public static WeightRole Of(WeightTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        NetworkTensor named = new(tensor);
        int rank = tensor.GetShape().Rank;
        if (named.IsBias || (rank == 1 && s_biases.Contains(tensor.GetInitializer().Name)))
        {
            return WeightRole.Bias;
        }

        if (named.IsScale || IsNormalization(named))
        {
            return WeightRole.Norm;
        }

        return rank == 2 && IsEmbedding(named) ? WeightRole.Embedding : WeightRole.Weight;
    }

    /// <summary>Whether the tensor's name is that of a normalization.</summary>
    internal static bool IsNormalization(NetworkTensor tensor) =>
        tensor.LayerName.Contains("norm", StringComparison.OrdinalIgnoreCase)
        || tensor.LayerName.StartsWith("ln", StringComparison.OrdinalIgnoreCase)
        || tensor.LayerName.StartsWith("bn", StringComparison.OrdinalIgnoreCase)
        || tensor.OwnName.Equals("gamma", StringComparison.OrdinalIgnoreCase);

    // A patch embedding is a convolution and a head that gives the words again multiplies, so that they are weights.
    private static bool IsEmbedding(NetworkTensor tensor) =>
        TensorRoles.OfLayer(tensor.LayerName) is TensorRole role
            ? role == TensorRole.Input && !tensor.LayerName.Equals("stem", StringComparison.OrdinalIgnoreCase)
            : tensor.LayerName.StartsWith("emb", StringComparison.OrdinalIgnoreCase)
                || tensor.LayerName.EndsWith("embedding", StringComparison.OrdinalIgnoreCase)
                || tensor.LayerName.EndsWith("embeddings", StringComparison.OrdinalIgnoreCase);
}
