namespace InitTools;

/// <summary>
/// Single parameters beside an expression, such as <c>-StdDev 0.01</c> beside <c>RandomNormal</c>: each becomes an
/// argument of the expression.
/// </summary>
public static class InitializerShorthand
{
    /// <summary>The parameters that may stand beside an expression, by their names inside it.</summary>
    public static IReadOnlyList<string> Names { get; } =
        ["gain", "scale", "mode", "distribution", "mean", "stddev", "minimum", "maximum", "value", "negative_slope"];

    /// <summary>Reads an expression with parameters beside it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="arguments">Name (one of <see cref="Names"/>) and text of each parameter that was given.</param>
    /// <param name="convention">As in <see cref="Initializer.Parse"/>.</param>
    /// <param name="files">As in <see cref="Initializer.Parse"/>.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownArgument"/>: the initializer has no such argument, or has it in the expression
    /// already; and all that <see cref="Initializer.Parse"/> throws.
    /// </exception>
    public static Initializer Parse(
        string expression,
        IEnumerable<KeyValuePair<string, string>> arguments,
        Convention? convention = null,
        ITensorFileSource? files = null)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        CallNode call = ExpressionParser.Parse(expression);
        foreach ((string name, string text) in arguments)
        {
            CallNode argument = ExpressionParser.Parse($"{call.Name}({name}={text})");
            call = call with { Arguments = [.. call.Arguments, argument.Arguments[0]] };
        }

        return InitializerCatalogue.Bind(call, convention, files);
    }
}
