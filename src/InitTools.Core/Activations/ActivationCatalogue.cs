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
                s_byName.Add(NearestName.Fold(name), activation);
            }
        }
    }

    public static IReadOnlyList<Activation> All { get; }

    public static Activation Parse(string text)
    {
        CallNode call = ExpressionParser.Parse(text);
        Activation activation = Find(call.Name);
        ArgumentReader arguments = new(call);
        double[] values = [.. activation.Parameters.Select(
            parameter => arguments.Number(parameter.Name, parameter.Default, [.. parameter.Aliases]))];
        arguments.Finish();
        return activation.With(values);
    }

    private static Activation Find(string name)
    {
        if (s_byName.TryGetValue(NearestName.Fold(name), out Activation? activation))
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
}
