namespace InitTools;

/// <summary>One entry of the catalogue as short texts, for people and for files.</summary>
public sealed class InitializerDescription
{
    /// <summary>Describes an initializer.</summary>
    /// <param name="definition">The entry of the catalogue.</param>
    /// <param name="figures">What it gives a tensor of a shape, or null.</param>
    /// <param name="forecast">What theory says of it before an activation, or null.</param>
    public InitializerDescription(
        InitializerDefinition definition, InitializerFigures? figures = null, InitializerForecast? forecast = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Kind = "Initializer";
        Name = definition.Name;
        Aliases = string.Join(", ", definition.Aliases);
        Parameters = TextOf(definition.Parameters);
        Formula = definition.Formula;
        Variance = definition.Variance;
        StdDev = definition.StandardDeviation;
        Limit = definition.Limit;
        Purpose = definition.Purpose;
        Reference = definition.Reference;
        FanIn = figures?.Fans?.FanIn;
        FanOut = figures?.Fans?.FanOut;
        ShapeVariance = figures?.Law.Variance;
        ShapeStdDev = figures?.Law.StandardDeviation;
        ShapeLimit = figures?.Law.Limit;
        SecondMoment = forecast?.SecondMoment;
        GradientFactor = forecast?.GradientFactor;
        Deviation = forecast?.Deviation;
        Reason = forecast?.Reason;
    }

    /// <summary>Describes a parameterization.</summary>
    public InitializerDescription(ParameterizationDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Kind = "Parameterization";
        Name = definition.Name;
        Aliases = string.Join(", ", definition.Aliases);
        Parameters = TextOf(definition.Parameters);
        Formula = definition.Formula;
        Variance = definition.Variance;
        StdDev = definition.StandardDeviation;
        Limit = "";
        Purpose = definition.Purpose;
        Reference = definition.Reference;
    }

    /// <summary>The canonical name.</summary>
    public string Name { get; }

    /// <summary>
    /// Initializer, which is for a tensor, or Parameterization, which is for a whole network.
    /// </summary>
    public string Kind { get; }

    /// <summary>The names that frameworks give it.</summary>
    public string Aliases { get; }

    /// <summary>Its parameters with their defaults under the Keras convention.</summary>
    public string Parameters { get; }

    /// <summary>How a weight w is drawn.</summary>
    public string Formula { get; }

    /// <summary>Var(w), as a formula.</summary>
    public string Variance { get; }

    /// <summary>The square root of Var(w), as a formula.</summary>
    public string StdDev { get; }

    /// <summary>The largest |w| there can be, as a formula; empty where there is no limit.</summary>
    public string Limit { get; }

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

    /// <summary>As in <see cref="InitializerForecast.GradientFactor"/>, or empty where no activation was given.</summary>
    public double? GradientFactor { get; }

    /// <summary>As in <see cref="InitializerForecast.Deviation"/>, or empty where no activation was given.</summary>
    public double? Deviation { get; }

    /// <summary>As in <see cref="InitializerForecast.Reason"/>, or empty where no activation was given.</summary>
    public string? Reason { get; }

    /// <inheritdoc/>
    public override string ToString() => Name;

    private static string TextOf(IEnumerable<ParameterDescription> parameters) =>
        string.Join(", ", parameters.Select(parameter => $"{parameter.Name}={parameter.Default}"));
}
