namespace InitTools;

/// <summary>One entry of the catalogue as short texts, for people and for files.</summary>
public sealed class InitializerDescription
{
    /// <summary>Describes an initializer.</summary>
    /// <param name="definition">The entry of the catalogue.</param>
    /// <param name="figures">What it gives a tensor of a shape, or null.</param>
    /// <param name="outlook">What theory says of it, or null.</param>
    public InitializerDescription(
        InitializerDefinition definition, InitializerFigures? figures = null, InitializerOutlook? outlook = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Kind = "Initializer";
        Name = definition.Name;
        Aliases = string.Join(", ", definition.Aliases);
        Keras = string.Join(", ", definition.Names.Keras);
        PyTorch = string.Join(", ", definition.Names.PyTorch);
        Jax = string.Join(", ", definition.Names.Jax);
        Expression = definition.Expression;
        Parameters = TextOf(definition.Parameters);
        Distribution = definition.Law;
        Formula = definition.Formula;
        Variance = definition.Variance;
        StdDev = definition.StandardDeviation;
        Limit = definition.Limit;
        Keeps = definition.Keeps;
        Purpose = definition.Purpose;
        Reference = definition.Reference;
        Activations = outlook is null ? "" : string.Join(", ", outlook.Activations);
        Reason = outlook?.Reason;
        FanIn = figures?.Fans?.FanIn;
        FanOut = figures?.Fans?.FanOut;
        ShapeVariance = figures?.Law.Variance;
        ShapeStdDev = figures?.Law.StandardDeviation;
        ShapeLimit = figures?.Law.Limit;
        SecondMoment = outlook?.Forecast?.SecondMoment;
        GradientFactor = outlook?.Forecast?.GradientFactor;
        Deviation = outlook?.Forecast?.Deviation;
    }

    /// <summary>Describes a parameterization.</summary>
    public InitializerDescription(ParameterizationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Kind = "Parameterization";
        Name = definition.Name;
        Aliases = string.Join(", ", definition.Aliases);
        Keras = PyTorch = Jax = Expression = Distribution = Limit = Keeps = Activations = "";
        Parameters = TextOf(definition.Parameters);
        Formula = definition.Formula;
        Variance = definition.Variance;
        StdDev = definition.StandardDeviation;
        Purpose = definition.Purpose;
        Reference = definition.Reference;
    }

    /// <summary>The canonical name.</summary>
    public string Name { get; }

    /// <summary>
    /// Initializer, which is for a tensor, or Parameterization, which is for a whole network.
    /// </summary>
    public string Kind { get; }

    /// <summary>Every other name by which it is found, whoever's.</summary>
    public string Aliases { get; }

    /// <summary>Its names in Keras; empty where Keras has none.</summary>
    public string Keras { get; }

    /// <summary>Its names in torch.nn.init; empty where PyTorch has none.</summary>
    public string PyTorch { get; }

    /// <summary>Its names in jax.nn.initializers; empty where JAX has none.</summary>
    public string Jax { get; }

    /// <summary>The canonical expression with all defaults, as the Initializer property of a tensor has it.</summary>
    public string Expression { get; }

    /// <summary>Its parameters with their defaults under the Keras convention.</summary>
    public string Parameters { get; }

    /// <summary>The law that weights are drawn from.</summary>
    public string Distribution { get; }

    /// <summary>How a weight w is drawn.</summary>
    public string Formula { get; }

    /// <summary>Var(w), as a formula.</summary>
    public string Variance { get; }

    /// <summary>The square root of Var(w), as a formula.</summary>
    public string StdDev { get; }

    /// <summary>The largest |w| there can be, as a formula; empty where there is no limit.</summary>
    public string Limit { get; }

    /// <summary>What stays the same from layer to layer, and where.</summary>
    public string Keeps { get; }

    /// <summary>
    /// The activations through which it keeps signals and gradients, best first: as in
    /// <see cref="InitializerOutlook.Activations"/>.
    /// </summary>
    public string Activations { get; }

    /// <summary>What it is for, or what it shows.</summary>
    public string Purpose { get; }

    /// <summary>Where it was proposed.</summary>
    public string Reference { get; }

    /// <summary>The fan_in of the shape that was asked for, or empty.</summary>
    public long? FanIn { get; }

    /// <summary>The fan_out of the shape that was asked for, or empty.</summary>
    public long? FanOut { get; }

    /// <summary>Var(w) for the shape that was asked for, or empty.</summary>
    public double? ShapeVariance { get; }

    /// <summary>The standard deviation for the shape that was asked for, or empty.</summary>
    public double? ShapeStdDev { get; }

    /// <summary>The largest |w| for the shape that was asked for, or empty.</summary>
    public double? ShapeLimit { get; }

    /// <summary>As in <see cref="InitializerForecast.SecondMoment"/>, or empty where no activation was given.</summary>
    public double? SecondMoment { get; }

    /// <summary>
    /// As in <see cref="InitializerForecast.GradientFactor"/>, or empty where no activation was given.
    /// </summary>
    public double? GradientFactor { get; }

    /// <summary>As in <see cref="InitializerForecast.Deviation"/>, or empty where no activation was given.</summary>
    public double? Deviation { get; }

    /// <summary>
    /// The figures in a sentence: of the activation that was asked for, or of the first of <see cref="Activations"/>.
    /// </summary>
    public string? Reason { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string TextOf(IEnumerable<ParameterDescription> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{parameter.Name}={parameter.Default}"));
}
