namespace InitTools;

/// <summary>One entry of the catalogue as short texts, for people and for files.</summary>
public sealed class InitializerDescription
{
    /// <summary>Describes an initializer.</summary>
    public InitializerDescription(InitializerDefinition definition)
    {
        ArgumentNullException.ThrowIfNull(definition);
        Name = definition.Name;
        Aliases = string.Join(", ", definition.Aliases);
        Parameters = string.Join(", ", definition.Parameters.Select(parameter => $"{parameter.Name}={parameter.Default}"));
        Formula = definition.Formula;
        Variance = definition.Variance;
        StdDev = definition.StandardDeviation;
        Limit = definition.Limit;
        Purpose = definition.Purpose;
        Reference = definition.Reference;
    }

    /// <summary>The canonical name.</summary>
    public string Name { get; }

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

    /// <inheritdoc/>
    public override string ToString() => Name;
}
