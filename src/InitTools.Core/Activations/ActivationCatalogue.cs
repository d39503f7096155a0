using System.Globalization;

namespace InitTools;

/// <summary>
/// Finds activations by name. Every concrete class derived from <see cref="Activation"/> that has a constructor without
/// parameters is in it, so that adding one touches its own file alone.
/// </summary>
internal static class ActivationCatalogue
{
    private static readonly Dictionary<string, Activation> s_byName = new(StringComparer.Ordinal);

    static ActivationCatalogue()
    {
        All = [.. typeof(Activation).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(Activation)) && !type.IsAbstract)
            .Select(type => (Activation)Activator.CreateInstance(type, nonPublic: true)!)
            .OrderBy(activation => activation.Name, StringComparer.Ordinal)];
        foreach (Activation activation in All)
        {
            foreach (string name in activation.Aliases.Prepend(activation.Name))
            {
                s_byName.Add(Fold(name), activation);
            }
        }
    }

    public static IReadOnlyList<Activation> All { get; }

    public static Activation Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        string trimmed = text.Trim();
        int open = trimmed.IndexOf('(', StringComparison.Ordinal);
        if (open < 0)
        {
            return Find(trimmed);
        }

        Activation activation = Find(trimmed[..open].TrimEnd());
        if (trimmed.IndexOf(')', StringComparison.Ordinal) != trimmed.Length - 1)
        {
            throw new InitToolsException(
                ErrorId.MalformedExpression,
                $"'{text}' does not end with the ')' that closes position {open + 1}; an activation is written as " +
                "relu or leaky_relu(0.2).",
                text);
        }

        string arguments = trimmed[(open + 1)..^1];
        return string.IsNullOrWhiteSpace(arguments)
            ? activation
            : WithArguments(activation, text, arguments.Split(','));
    }

    private static Activation Find(string name)
    {
        if (s_byName.TryGetValue(Fold(name), out Activation? activation))
        {
            return activation;
        }

        string? nearest = NearestName.Of(name, All.SelectMany(known => known.Aliases.Prepend(known.Name)));
        throw new InitToolsException(
            ErrorId.UnknownActivation,
            $"'{name}' is not an activation; did you mean '{nearest}'? Accepted are " +
            $"{string.Join(", ", All.Select(known => known.Name))}.",
            name);
    }

    private static Activation WithArguments(Activation activation, string text, string[] arguments)
    {
        IReadOnlyList<ActivationParameter> parameters = activation.Parameters;
        if (arguments.Length > parameters.Count)
        {
            throw new InitToolsException(
                ErrorId.UnknownArgument,
                $"'{text}' passes {arguments.Length} arguments; {Describe(activation)}.",
                text);
        }

        double[] values = [.. parameters.Select(parameter => parameter.Default)];
        for (int i = 0; i < arguments.Length; i++)
        {
            string[] parts = arguments[i].Split('=', 2, StringSplitOptions.TrimEntries);
            int index = parts.Length == 1 ? i : IndexOf(activation, text, parts[0]);
            values[index] = ParseNumber(parameters[index], parts[^1]);
        }

        return activation.With(values);
    }

    private static int IndexOf(Activation activation, string text, string name)
    {
        for (int i = 0; i < activation.Parameters.Count; i++)
        {
            ActivationParameter parameter = activation.Parameters[i];
            if (parameter.Aliases.Prepend(parameter.Name).Any(known => Fold(known) == Fold(name)))
            {
                return i;
            }
        }

        throw new InitToolsException(
            ErrorId.UnknownArgument,
            $"'{text}' passes '{name}'; {Describe(activation)}.",
            name);
    }

    private static double ParseNumber(ActivationParameter parameter, string text)
    {
        if (!double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"'{text}' is not a number; {parameter.Name} is one, such as 0.2.",
                text);
        }

        if (!double.IsFinite(value))
        {
            throw new InitToolsException(
                ErrorId.NonFiniteValue,
                $"{parameter.Name} is {text}; it must be a finite number.",
                text);
        }

        return value;
    }

    private static string Describe(Activation activation) => activation.Parameters.Count == 0
        ? $"{activation.Name} takes no arguments"
        : $"{activation.Name} takes {string.Join(", ", activation.Parameters.Select(parameter => parameter.Name))}";

    private static string Fold(string name) => name
        .Replace("_", "", StringComparison.Ordinal)
        .Replace("-", "", StringComparison.Ordinal)
        .ToUpperInvariant();
}
