using System.CommandLine;

namespace InitTools.Cli;

/// <summary>
/// Options that are short for an argument of the initializer's expression (<see cref="InitializerShorthand"/>).
/// </summary>
internal sealed class ShorthandOptions
{
    private readonly (string Argument, ParameterOption<string?> Option)[] _options =
    [
        ("gain", Shorthand(
            "Gain",
            "The expression's gain: a number, or an activation whose gain it is, such as relu.")),
        ("scale", Shorthand("Scale", "The scale of VarianceScaling: the variance is scale / n.")),
        ("mode", Shorthand("Mode", "What n is in scale / n: fan_in, fan_out, fan_avg or fan_geo_avg.")),
        ("distribution", Shorthand("Distribution", "The law of scaled weights: uniform, normal or truncated_normal.")),
        ("mean", Shorthand("Mean", "The mean of a normal law.")),
        ("stddev", Shorthand(
            "StdDev",
            "The standard deviation of a normal law, before truncation where it is truncated.")),
        ("minimum", Shorthand("Minimum", "The lower bound of a uniform or truncated law.")),
        ("maximum", Shorthand("Maximum", "The upper bound of a uniform or truncated law.")),
        ("value", Shorthand("Value", "The value of Constant.")),
        ("negative_slope", Shorthand(
            "NegativeSlope",
            "The slope of leaky_relu for negative inputs, which PyTorch's kaiming_normal_ and kaiming_uniform_ take; "
            + "other scaled weights take the gain leaky_relu(0.2).")),
    ];

    /// <summary>The options.</summary>
    public IEnumerable<Option> All => _options.Select(entry => entry.Option);

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (Option option in All)
        {
            command.Add(option);
        }
    }

    /// <summary>The arguments that were given, by their names in the expression.</summary>
    public IEnumerable<KeyValuePair<string, string>> Read(CommandContext context) =>
        from option in _options
        let text = context.Get(option.Option)
        where text is not null
        select KeyValuePair.Create(option.Argument, text);

    private static ParameterOption<string?> Shorthand(string parameter, string description) =>
        ParameterOption.Text(parameter, "value", description);
}
