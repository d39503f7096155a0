namespace InitTools.Analysis;

/// <summary>The tensors that are tested together, as far as one tells something of another.</summary>
internal sealed class TestedNetwork
{
    private readonly ILookup<string, TestedTensor> _byLayer;
    private readonly Dictionary<TestedTensor, Training?> _training;

    /// <summary>Looks at all tensors.</summary>
    public TestedNetwork(IReadOnlyList<TestedTensor> tensors, SoundnessThresholds thresholds)
    {
        Tensors = tensors;
        Thresholds = thresholds;
        _byLayer = tensors.ToLookup(tensor => TensorNames.LayerOf(tensor.Tensor.Name), StringComparer.Ordinal);
        TestedTensor[] matrices =
            [.. tensors.Where(tensor => tensor.Role is WeightRole.Weight or WeightRole.Embedding)];
        ResidualBranches = matrices.Count(IsResidualEnd);
        _training = tensors.ToDictionary(tensor => tensor, tensor => Training.Of(tensor, thresholds));
        double trained = matrices.Where(tensor => _training[tensor] is not null)
            .Sum(tensor => (double)tensor.Tensor.Count);
        IsTrained = (trained > 0 && trained >= matrices.Sum(tensor => (double)tensor.Tensor.Count) / 2)
            || tensors.Any(Training.HasMoved);
        HasScales = tensors.Any(tensor =>
            tensor.Role == WeightRole.Norm && !IsStatistic(tensor) && tensor.Figures.Moments.ZeroCount == 0);
    }

    /// <summary>The tensors in their order.</summary>
    public IReadOnlyList<TestedTensor> Tensors { get; }

    /// <summary>What findings compare with.</summary>
    public SoundnessThresholds Thresholds { get; }

    /// <summary>The number of weights that end a residual branch, by their names.</summary>
    public int ResidualBranches { get; }

    /// <summary>
    /// Whether half of all weights, or more, stand in tensors that have been trained, or a normalization has moved.
    /// </summary>
    public bool IsTrained { get; }

    /// <summary>Whether some normalization has a scale other than 0.</summary>
    public bool HasScales { get; }

    /// <summary>Whether the tensor, by its layer's name, is the last of a residual branch.</summary>
    public static bool IsResidualEnd(TestedTensor tensor) =>
        TensorRoles.OfLayer(tensor.Names.LayerName) == TensorRole.Residual;

    /// <summary>Whether the tensor holds running means or variances, which nothing initializes but 0 and 1.</summary>
    public static bool IsStatistic(TestedTensor tensor) =>
        tensor.Names.OwnName.Contains("running", StringComparison.OrdinalIgnoreCase)
        || tensor.Names.OwnName.Contains("moving", StringComparison.OrdinalIgnoreCase);

    /// <summary>The sign of training in a tensor, or null where there is none.</summary>
    public Training? TrainingOf(TestedTensor tensor) => _training[tensor];

    /// <summary>The weights of a bias's layer.</summary>
    public IEnumerable<TestedTensor> WeightsBeside(TestedTensor bias) =>
        _byLayer[TensorNames.LayerOf(bias.Tensor.Name)].Where(tensor => tensor.Role == WeightRole.Weight);
}
