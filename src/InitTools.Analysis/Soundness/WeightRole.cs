namespace InitTools.Analysis;

/// <summary>What a tensor is for, as far as a sound beginning depends on it.</summary>
public enum WeightRole
{
    /// <summary>Multiplies what a layer takes in.</summary>
    Weight,

    /// <summary>Is added to what a layer gives.</summary>
    Bias,

    /// <summary>
    /// Scales what a normalization gives, or holds its running statistics, or is another single vector.
    /// </summary>
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
        TensorShape shape = tensor.GetShape();
        if (named.IsBias || (shape.Rank == 1 && s_biases.Contains(tensor.GetInitializer().Name)))
        {
            return WeightRole.Bias;
        }

        if (named.IsScale || IsNormalization(named) || IsVector(shape))
        {
            return WeightRole.Norm;
        }

        return shape.Rank == 2 && IsEmbedding(named) ? WeightRole.Embedding : WeightRole.Weight;
    }

    /// <summary>Whether the tensor's name is that of a normalization.</summary>
    internal static bool IsNormalization(NetworkTensor tensor) =>
        tensor.LayerName.Contains("norm", StringComparison.OrdinalIgnoreCase)
        || tensor.LayerName.StartsWith("ln", StringComparison.OrdinalIgnoreCase)
        || tensor.LayerName.StartsWith("bn", StringComparison.OrdinalIgnoreCase)
        || tensor.OwnName.Equals("gamma", StringComparison.OrdinalIgnoreCase);

    // The scale of a layer of convolutions is (channels, 1, 1), a class token (1, 1, channels); a layer of one output
    // is a matrix.
    private static bool IsVector(TensorShape shape) => shape.Rank > 2 && shape.Dimensions.Max() == shape.Count;

    // A patch embedding is a convolution and a head that gives the words again multiplies, so that they are weights.
    private static bool IsEmbedding(NetworkTensor tensor) =>
        TensorRoles.OfLayer(tensor.LayerName) is TensorRole role
            ? role == TensorRole.Input && !tensor.LayerName.Equals("stem", StringComparison.OrdinalIgnoreCase)
            : tensor.LayerName.StartsWith("emb", StringComparison.OrdinalIgnoreCase)
                || tensor.LayerName.EndsWith("embedding", StringComparison.OrdinalIgnoreCase)
                || tensor.LayerName.EndsWith("embeddings", StringComparison.OrdinalIgnoreCase);
}
