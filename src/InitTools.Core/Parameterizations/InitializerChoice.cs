namespace InitTools;

/// <summary>
/// Which initializer each tensor of a call gets: its own, else that of the first pattern of a map that matches its
/// name, else that of a parameterization of the whole network, else one for all weights and one for all biases.
/// </summary>
public sealed record InitializerChoice
{
    // What a tensor has that waits for its initializer: valid for every shape.
    private static readonly Initializer s_undecided = InitTools.Initializer.Parse("Zeros");

    // What frameworks give a normalization.
    private static readonly Initializer s_scale = InitTools.Initializer.Parse("Ones");
    private static readonly Initializer s_shift = InitTools.Initializer.Parse("Zeros");

    /// <summary>The initializer of weights, or null where none was given beside a map.</summary>
    public Initializer? Initializer { get; init; }

    /// <summary>The initializer of biases, or null where none was given.</summary>
    public Initializer? Bias { get; init; }

    /// <summary>Patterns over names, or null.</summary>
    public InitializerMap? Map { get; init; }

    /// <summary>A rule for the whole network, or null.</summary>
    public Parameterization? Parameterization { get; init; }

    /// <summary>True where a tensor's initializer depends on the tensors behind it.</summary>
    public bool NeedsWholeNetwork => Parameterization is not null;

    /// <summary>The choice that a call's parameters make.</summary>
    /// <param name="initializer">The initializer that was given, or null.</param>
    /// <param name="fallback">The initializer where nothing says which.</param>
    /// <param name="bias">The initializer of biases, or null.</param>
    /// <param name="map">A map, or null.</param>
    /// <param name="parameterization">The expression of a parameterization, or null.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: both an initializer for all weights and a parameterization; and all
    /// that <see cref="Parameterization.Parse"/> throws.
    /// </exception>
    public static InitializerChoice Of(
        Initializer? initializer,
        Initializer fallback,
        Initializer? bias,
        InitializerMap? map,
        string? parameterization)
    {
        if (initializer is not null && parameterization is not null)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"Both the initializer {initializer} and the parameterization {parameterization} were given; a "
                + "parameterization says itself how every tensor is drawn. Give one of the two, or a map for single "
                + "tensors.",
                parameterization);
        }

        return new InitializerChoice
        {
            Initializer = initializer ?? (map is null && parameterization is null ? fallback : null),
            Bias = bias,
            Map = map,
            Parameterization = parameterization is null ? null : Parameterization.Parse(parameterization),
        };
    }

    /// <summary>What a tensor has until it has its initializer.</summary>
    public Initializer Provisional => Map is null && Parameterization is null ? Initializer! : s_undecided;

    /// <summary>
    /// The tensors of a layer: its weight and, where the layer has one, its bias. Their initializers are those given
    /// here, and are chosen later where they are null.
    /// </summary>
    /// <param name="weight">The weight, as far as it is known.</param>
    /// <param name="own">The weight's own initializer, or null.</param>
    /// <param name="ownBias">The bias's own initializer, or null.</param>
    /// <param name="layer">
    /// The name that the caller gave. One with a dot is that of a single tensor, which has a bias on request alone.
    /// </param>
    /// <param name="role">What the weight is in the network, or null.</param>
    public IReadOnlyList<NetworkTensor> TensorsOf(
        WeightTensorOptions weight,
        Initializer? own = null,
        Initializer? ownBias = null,
        string? layer = null,
        TensorRole? role = null)
    {
        ArgumentNullException.ThrowIfNull(weight);
        bool isLayer = layer?.Contains('.', StringComparison.Ordinal) != true;
        var tensor = WeightTensor.Create(weight with { Initializer = own ?? Provisional });
        NetworkTensor first = new(tensor, own is not null, role);
        bool hasBias = ownBias is not null || Bias is not null || Map?.NamesBiasOf(tensor.Name) == true
            || isLayer && Parameterization?.HasBiases == true;
        return hasBias && !first.IsBias
            ? [first, new NetworkTensor(LayerTensors.BiasOf(tensor, ownBias ?? s_undecided), ownBias is not null)]
            : [first];
    }

    /// <summary>The scale and the shift of a normalization: ones and zeros, unless a pattern names the layer.</summary>
    /// <param name="scale">The scale, as far as it is known.</param>
    public static IReadOnlyList<NetworkTensor> TensorsOfNormalization(WeightTensorOptions scale)
    {
        ArgumentNullException.ThrowIfNull(scale);
        var tensor = WeightTensor.Create(scale with { Initializer = s_scale });
        return
        [
            new NetworkTensor(tensor, Role: TensorRole.Scale, IsOfNormalization: true),
            new NetworkTensor(
                LayerTensors.BiasOf(tensor, s_shift), Role: TensorRole.Bias, IsOfNormalization: true),
        ];
    }

    /// <summary>
    /// A tensor that stands for itself, as those of a file do, where a bias is a tensor of its own. Its initializer is
    /// chosen later.
    /// </summary>
    /// <param name="tensor">The tensor, as far as it is known.</param>
    public NetworkTensor TensorOf(WeightTensorOptions tensor) =>
        new(WeightTensor.Create(tensor with { Initializer = Provisional }), IsDecided: false);

    /// <summary>Gives every tensor its initializer, and its place among the draws of a sequential generator.</summary>
    /// <param name="tensors">
    /// The tensors of a layer, or of the whole network where <see cref="NeedsWholeNetwork"/> is true.
    /// </param>
    /// <param name="draws">Where random numbers come from.</param>
    /// <param name="isPlan">
    /// True where only plans are wanted: then nothing is drawn to find where a sequential generator stands.
    /// </param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnmatchedTensor"/>; <see cref="ErrorId.AmbiguousMap"/>; and all that
    /// <see cref="InitTools.Parameterization.Apply"/> and <see cref="WeightTensor.Create"/> throw.
    /// </exception>
    public IReadOnlyList<ChosenTensor> Choose(
        IReadOnlyList<NetworkTensor> tensors, DrawSequence draws, bool isPlan = false)
    {
        ArgumentNullException.ThrowIfNull(draws);
        IReadOnlyList<ChosenTensor> chosen = Choose(tensors);
        IReadOnlyList<WeightTensor> drawn = isPlan && draws.Generator != RandomGenerator.Philox
            ? [.. chosen.Select(c => WeightTensor.Create(c.Tensor.GetOptions() with { Generator = draws.Generator }))]
            : draws.Draw([.. chosen.Select(c => c.Tensor)]);
        return [.. chosen.Zip(drawn, (c, tensor) => c with { Tensor = tensor })];
    }

    private IReadOnlyList<ChosenTensor> Choose(IReadOnlyList<NetworkTensor> tensors)
    {
        if (Parameterization is null)
        {
            return [.. tensors.Select(tensor => Create(tensor, new TensorRule(Find(tensor) ?? Rest(tensor))))];
        }

        IReadOnlyList<NetworkTensor> network = [.. tensors.Select(tensor => WithFansOfLayer(tensor, tensors))];
        IReadOnlyList<TensorRule> rules = Parameterization.Apply(network);
        return
        [
            .. network.Zip(rules, (tensor, rule) => Create(
                tensor, Find(tensor) is Initializer found ? rule with { Initializer = found } : rule)),
        ];
    }

    private static ChosenTensor Create(NetworkTensor tensor, TensorRule rule) => new(
        ReferenceEquals(tensor.Tensor.GetInitializer(), rule.Initializer)
            ? tensor.Tensor
            : WeightTensor.Create(tensor.Tensor.GetOptions() with { Initializer = rule.Initializer }),
        rule.Multiplier,
        rule.LearningRateMultiplier);

    private Initializer? Find(NetworkTensor tensor) => tensor switch
    {
        { IsDecided: true } => tensor.Tensor.GetInitializer(),
        { IsOfNormalization: true } => Map?.FindNamed(tensor.Tensor.Name) ?? tensor.Tensor.GetInitializer(),
        _ => Map?.Find(tensor.Tensor.Name) ?? (tensor.IsBias ? Bias : null),
    };

    private Initializer Rest(NetworkTensor tensor) =>
        (tensor.IsBias && Bias is not null ? Bias : Initializer) ?? throw new InitToolsException(
            ErrorId.UnmatchedTensor,
            $"No pattern of the map matches '{tensor.Tensor.Name}', and no initializer is given for the rest; the map "
            + $"has {Map}. Add a last pattern *, or give an initializer as well.",
            tensor.Tensor.Name);

    /// <summary>
    /// A bias that stands alone takes the fans of its layer's weight, as one that its layer makes does.
    /// </summary>
    private static NetworkTensor WithFansOfLayer(NetworkTensor tensor, IReadOnlyList<NetworkTensor> network)
    {
        if (!tensor.IsBias || tensor.Tensor.GetFans() is not null)
        {
            return tensor;
        }

        string layer = TensorNames.LayerOf(tensor.Tensor.Name);
        Fans? fans = network
            .FirstOrDefault(t => t.IsMatrix && TensorNames.LayerOf(t.Tensor.Name) == layer)?.Tensor.GetFans();
        return fans is not Fans known ? tensor : tensor with
        {
            Tensor = WeightTensor.Create(
                tensor.Tensor.GetOptions() with { Fans = known with { Rule = FanRule.Given } }),
        };
    }
}

/// <summary>A tensor with its initializer, and what its network has to know beside it.</summary>
/// <param name="Tensor">The tensor.</param>
/// <param name="Multiplier">As in <see cref="TensorRule"/>.</param>
/// <param name="LearningRateMultiplier">As in <see cref="TensorRule"/>.</param>
public sealed record ChosenTensor(
    WeightTensor Tensor, double? Multiplier = null, double? LearningRateMultiplier = null);
