namespace InitTools;

/// <summary>One tensor of a network, for which an initializer is to be chosen.</summary>
/// <param name="Tensor">
/// Its name, shape, layout and fans. Its initializer counts where <paramref name="IsDecided"/> is true.
/// </param>
/// <param name="IsDecided">True where the tensor has an initializer of its own.</param>
/// <param name="Role">
/// What the tensor is in the network, where the caller says so (<see cref="TensorRoles"/>), or null to tell by its
/// name and place.
/// </param>
/// <param name="IsOfNormalization">
/// True for the scale and the shift of a normalization, which keep their ones and zeros unless a pattern names the
/// layer.
/// </param>
public sealed record NetworkTensor(
    WeightTensor Tensor, bool IsDecided = false, TensorRole? Role = null, bool IsOfNormalization = false)
{
    /// <summary>The last part of the tensor's name, such as <c>weight</c>, <c>kernel</c> or <c>bias</c>.</summary>
    public string OwnName => Tensor.Name[(Tensor.Name.LastIndexOf('.') + 1)..];

    /// <summary>The layer's own name, without the blocks that it stands in: <c>c_proj</c>.</summary>
    public string LayerName
    {
        get
        {
            string layer = TensorNames.LayerOf(Tensor.Name);
            return layer[(layer.LastIndexOf('.') + 1)..];
        }
    }

    /// <summary>
    /// The block that the layer stands in: <c>h.0.attn</c> of <c>h.0.attn.c_proj.weight</c>; or empty.
    /// </summary>
    internal string BlockName
    {
        get
        {
            string layer = TensorNames.LayerOf(Tensor.Name);
            int dot = layer.LastIndexOf('.');
            return dot < 0 ? "" : layer[..dot];
        }
    }

    /// <summary>True for a weight that multiplies: neither a bias nor the scale of a normalization.</summary>
    internal bool IsMatrix => !IsBias && !IsScale;

    /// <summary>True for what is added: a bias, Keras's and TensorFlow's beta.</summary>
    public bool IsBias => Role == TensorRole.Bias || Role is null
        && (OwnName.StartsWith("bias", StringComparison.OrdinalIgnoreCase)
            || OwnName.EndsWith("_bias", StringComparison.OrdinalIgnoreCase)
            || OwnName.Equals("beta", StringComparison.OrdinalIgnoreCase));

    /// <summary>True for the scale of a normalization: a vector that is no bias.</summary>
    public bool IsScale => Role == TensorRole.Scale || Role is null && !IsBias && Tensor.GetShape().Rank == 1;

    /// <summary>The fans of the layer.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.FanUndefined"/>: it has none.</exception>
    internal Fans RequireFans(Parameterization parameterization) => Tensor.GetFans() ?? throw new InitToolsException(
        ErrorId.FanUndefined,
        $"{parameterization.Name} needs the fans of '{Tensor.Name}' ({Tensor.Shape}), which a tensor of rank 1 does "
        + "not have; give FanIn and FanOut, or let the layer make its bias.",
        Tensor.Name);
}
