using System.CommandLine;

namespace InitTools.Cli;

/// <summary>
/// Options that are short for an argument of the initializer's expression (<see cref="InitializerShorthand"/>).
/// </summary>
internal sealed class ShorthandOptions
{
    private readonly (string Argument, ParameterOption<string?> Option)[] _options =
    [
        ("gain", Option("Gain", "The expression's gain: a number, or an activation whose gain it is, such as relu.")),
        ("scale", Option("Scale", "The scale of VarianceScaling: the variance is scale / n.")),
        ("mode", Option("Mode", "What n is in scale / n: fan_in, fan_out, fan_avg or fan_geo_avg.")),
        ("distribution", Option("Distribution", "The law of scaled weights: uniform, normal or truncated_normal.")),
        ("mean", Option("Mean", "The mean of a normal law.")),
        ("stddev", Option(
            "StdDev",
            "The standard deviation of a normal law, before truncation where it is truncated.")),
        ("minimum", Option("Minimum", "The lower bound of a uniform or truncated law.")),
        ("maximum", Option("Maximum", "The upper bound of a uniform or truncated law.")),
        ("value", Option("Value", "The value of Constant.")),
        ("negative_slope", Option(
            "NegativeSlope",
            "The slope of leaky_relu for negative inputs, where He's gain allows for one.")),
    ];

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach ((_, ParameterOption<string?> option) in _options)
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

    private static ParameterOption<string?> Option(string parameter, string description) =>
        ParameterOption.Text(parameter, "value", description);
}
