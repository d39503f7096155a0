namespace InitTools;

/// <summary>What a tensor is in its network.</summary>
public enum TensorRole
{
    /// <summary>
    /// Takes the network's input: a first layer, an embedding. Its fan_in does not grow with the width.
    /// </summary>
    Input,

    /// <summary>Stands between two layers that grow with the width.</summary>
    Hidden,

    /// <summary>Gives the network's output: a last layer, a language model's head.</summary>
    Output,

    /// <summary>The last weight of a residual branch, which adds to the residual stream.</summary>
    Residual,

    /// <summary>Makes the queries or the keys of an attention.</summary>
    QueryKey,

    /// <summary>Is added to what a layer gives.</summary>
    Bias,

    /// <summary>The scale of a normalization.</summary>
    Scale,
}

/// <summary>
/// Tells roles: by what the caller says, then by the names that GPT-2, GPT-NeoX, LLaMA, fairseq and torch.nn give
/// layers, then by place.
/// </summary>
public static class TensorRoles
{
    private static readonly (TensorRole Role, string[] Names)[] s_layerNames =
    [
        (TensorRole.Residual,
        [
            "c_proj", "out_proj", "o_proj", "down_proj", "dense_4h_to_h", "fc_out", "fc2", "linear2", "wo", "w2",
        ]),
        (TensorRole.QueryKey, ["q_proj", "k_proj", "query", "key", "wq", "wk"]),
        (TensorRole.Hidden,
        [
            "v_proj", "value", "wv", "fc_in", "fc1", "linear1", "w1", "w3", "c_fc", "c_attn", "up_proj", "gate_proj",
            "dense_h_to_4h",
        ]),
        (TensorRole.Input,
        [
            "wte", "wpe", "embedding", "embeddings", "embed", "embed_tokens", "embed_positions", "embed_in",
            "word_embeddings", "position_embeddings", "patch_embed", "tok_embeddings", "stem",
        ]),
        (TensorRole.Output, ["lm_head", "embed_out", "head", "classifier", "logits", "output"]),
    ];

    /// <summary>Names of roles.</summary>
    public static NamedValue<TensorRole> Spellings { get; } = new(
        "role",
        ErrorId.RoleUnknown,
        ("input", TensorRole.Input), ("hidden", TensorRole.Hidden), ("output", TensorRole.Output),
        ("residual", TensorRole.Residual), ("query_key", TensorRole.QueryKey), ("bias", TensorRole.Bias),
        ("scale", TensorRole.Scale),
        ("embedding", TensorRole.Input), ("query", TensorRole.QueryKey), ("key", TensorRole.QueryKey));

    /// <summary>The role that the layer's own name, such as <c>c_proj</c>, tells, or null.</summary>
    public static TensorRole? OfLayer(string name)
    {
        string layer = NearestName.Fold(name);
        return s_layerNames.Where(entry => entry.Names.Any(candidate => NearestName.Fold(candidate) == layer))
            .Select(entry => (TensorRole?)entry.Role)
            .FirstOrDefault();
    }

    /// <summary>The layers' names by which a role is told.</summary>
    internal static IReadOnlyList<string> NamesOf(TensorRole role) => s_layerNames.First(e => e.Role == role).Names;

    /// <summary>The role that the caller or the layer's name tells, or null.</summary>
    internal static TensorRole? Tell(NetworkTensor tensor)
    {
        if (tensor.Role is not null || !tensor.IsMatrix)
        {
            return tensor.Role ?? (tensor.IsBias ? TensorRole.Bias : TensorRole.Scale);
        }

        return OfLayer(tensor.LayerName);
    }

    /// <summary>
    /// The roles of a whole network: where neither caller nor name tells, the first weight is its input, the last its
    /// output, and all others are hidden.
    /// </summary>
    internal static IReadOnlyList<TensorRole> TellAll(IReadOnlyList<NetworkTensor> tensors)
    {
        int[] matrices = [.. Enumerable.Range(0, tensors.Count).Where(i => tensors[i].IsMatrix)];
        return
        [
            .. tensors.Select((tensor, i) => Tell(tensor)
                ?? (matrices.Length > 1 && i == matrices[0] ? TensorRole.Input
                    : matrices.Length > 1 && i == matrices[^1] ? TensorRole.Output
                    : TensorRole.Hidden)),
        ];
    }
}
