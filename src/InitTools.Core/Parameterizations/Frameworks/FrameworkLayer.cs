namespace InitTools;

/// <summary>
/// A framework's default initialization of one kind of layer, applied to every layer of a network. Parameters are told
/// by their names in the framework; a class derived from this one is all that a further layer needs.
/// </summary>
internal abstract class FrameworkLayer : ParameterizationDefinition
{
    /// <summary>False for layers that have no biases, such as embeddings.</summary>
    public virtual bool HasBiases => true;

    public override Parameterization Bind(ArgumentReader arguments) => new LayerDefault(this);

    /// <summary>How a parameter is drawn.</summary>
    public abstract Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization);

    /// <summary>
    /// True for a weight between the units of a recurrent layer: Keras's <c>recurrent_kernel</c>, PyTorch's
    /// <c>weight_hh_l0</c>, Flax's cells <c>hi</c>, <c>hf</c>, <c>hg</c>, <c>ho</c>.
    /// </summary>
    protected static bool IsRecurrent(NetworkTensor tensor) =>
        tensor.OwnName.Contains("recurrent", StringComparison.OrdinalIgnoreCase)
        || tensor.OwnName.Contains("_hh", StringComparison.OrdinalIgnoreCase)
        || tensor.LayerName is ['h', 'i' or 'f' or 'g' or 'o' or 'r' or 'z' or 'n'];

    private sealed class LayerDefault(FrameworkLayer layer) : Parameterization
    {
        public override string Name => layer.Name;

        public override bool HasBiases => layer.HasBiases;

        public override IReadOnlyList<TensorRule> Apply(IReadOnlyList<NetworkTensor> tensors)
        {
            ArgumentNullException.ThrowIfNull(tensors);

            // Whatever its layers are, a network's normalizations are scale 1 and bias 0.
            HashSet<string> normalizations = [.. tensors.Where(tensor => tensor.IsScale)
                .Select(tensor => TensorNames.LayerOf(tensor.Tensor.Name))];
            return [.. tensors.Select(tensor => new TensorRule(
                tensor.IsScale ? Initializer.Parse("Ones")
                : tensor.IsBias && normalizations.Contains(TensorNames.LayerOf(tensor.Tensor.Name))
                    ? Initializer.Parse("Zeros")
                    : layer.InitializerOf(tensor, this)))];
        }
    }
}
