using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Numerics;

namespace InitTools.Cli;

/// <summary>An option that stands for a parameter of the cmdlet with the same job.</summary>
public interface IParameterOption
{
    /// <summary>The parameter's name, such as <c>SeedCount</c>.</summary>
    public string Parameter { get; }
}

/// <summary>An option that stands for a parameter of the cmdlet with the same job.</summary>
/// <typeparam name="T">The type of its value; null where the option was not given.</typeparam>
public sealed class ParameterOption<T> : Option<T>, IParameterOption
{
    internal ParameterOption(string parameter, string description, string? name = null)
        : base(name ?? ParameterName.ToOption(parameter))
    {
        Parameter = parameter;
        Description = description;
    }

    /// <inheritdoc/>
    public string Parameter { get; }
}

/// <summary>Makes options. All texts become values through the parsers of the libraries below, invariantly.</summary>
internal static class ParameterOption
{
    /// <summary>An option with one text.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="description">What help says.</param>
    /// <param name="name">
    /// The option's own name, where the parameter's would say too little among others; or null.
    /// </param>
    public static ParameterOption<string?> Text(
        string parameter,
        string helpName,
        string description,
        string? name = null) => new(parameter, description, name) { HelpName = helpName };

    /// <summary>An option with one value, read by <paramref name="parse"/>, which throws where it cannot.</summary>
    public static ParameterOption<T?> Value<T>(
        string parameter,
        string helpName,
        string description,
        Func<string, T> parse)
        where T : struct =>
        new(parameter, description)
        {
            HelpName = helpName,
            Arity = ArgumentArity.ExactlyOne,
            CustomParser = result => Parse(result, text => (T?)parse(text)),
        };

    /// <summary>An option that may be given alone, which says a value of its own.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="description">What help says.</param>
    /// <param name="parse">Reads the value; throws where it cannot.</param>
    /// <param name="alone">The value of the option given alone.</param>
    /// <param name="name">The option's own name.</param>
    public static ParameterOption<T?> OptionalValue<T>(
        string parameter,
        string helpName,
        string description,
        Func<string, T> parse,
        T alone,
        string name)
        where T : struct =>
        new(parameter, description, name)
        {
            HelpName = helpName,
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result => result.Tokens.Count == 0 ? alone : Parse(result, text => (T?)parse(text)),
        };

    /// <summary>An option with a list: items joined by commas, and the option may be repeated.</summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <param name="helpName">What help calls the value.</param>
    /// <param name="description">What help says.</param>
    /// <param name="parse">Reads one occurrence, which may hold several items.</param>
    public static ParameterOption<T[]?> List<T>(
        string parameter,
        string helpName,
        string description,
        Func<string, IEnumerable<T>> parse) =>
        new(parameter, description)
        {
            HelpName = helpName,
            Arity = ArgumentArity.OneOrMore,
            CustomParser = result => Parse(result, parse),
        };

    /// <summary>An option without a value: given or not.</summary>
    public static ParameterOption<bool> Switch(string parameter, string description) =>
        new(parameter, description) { Arity = ArgumentArity.Zero };

    /// <summary>A whole number.</summary>
    public static ParameterOption<int?> WholeNumber(string parameter, string description) =>
        Value(parameter, "n", description, text => ParseWholeNumber<int>(parameter, text));

    /// <summary>A whole number of 64 bits.</summary>
    public static ParameterOption<long?> LongNumber(string parameter, string description) =>
        Value(parameter, "n", description, text => ParseWholeNumber<long>(parameter, text));

    /// <summary>A number: a decimal point, an exponent, no group separators, whatever the culture.</summary>
    public static ParameterOption<double?> Number(string parameter, string description) =>
        Value(parameter, "x", description, text => ParseNumber(parameter, text));

    /// <summary>Reads a number.</summary>
    public static double ParseNumber(string parameter, string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value)
            ? value
            : throw NotA(parameter, text, "a number, such as 0.5 or 1e-3");

    /// <summary>Reads a whole number.</summary>
    public static T ParseWholeNumber<T>(string parameter, string text)
        where T : struct, IBinaryInteger<T>, IMinMaxValue<T> =>
        T.TryParse(text, NumberStyles.Integer, CultureInfo.InvariantCulture, out T value)
            ? value
            : throw NotA(parameter, text, $"a whole number from {T.MinValue} to {T.MaxValue}");

    private static InitToolsException NotA(string parameter, string text, string wanted) =>
        new(ErrorId.InvalidArgument, $"{ParameterName.ToOption(parameter)} is '{text}'; it takes {wanted}.", text);

    private static T? Parse<T>(ArgumentResult result, Func<string, T?> parse)
        where T : struct =>
        ParseAll<T?>(result, text => [parse(text)]) is [.., { } last] ? last : null;

    private static T[]? Parse<T>(ArgumentResult result, Func<string, IEnumerable<T>> parse) =>
        ParseAll(result, parse);

    private static T[]? ParseAll<T>(ArgumentResult result, Func<string, IEnumerable<T>> parse)
    {
        try
        {
            return [.. result.Tokens.SelectMany(token => parse(token.Value))];
        }
        catch (InitToolsException exception)
        {
            result.AddError(ErrorLine.Of(exception));
            return null;
        }
    }
}
