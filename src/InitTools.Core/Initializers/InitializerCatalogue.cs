namespace InitTools;

/// <summary>Every initializer there is, found by reflection over <see cref="InitializerDefinition"/>.</summary>
public static class InitializerCatalogue
{
    private static readonly Lazy<Catalog> s_catalog = new(() => new Catalog());

    /// <summary>All definitions by name.</summary>
    public static IReadOnlyList<InitializerDefinition> All => s_catalog.Value.Definitions;

    /// <summary>The definition of a name in any spelling.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownInitializer"/>, with the nearest name.
    /// </exception>
    public static InitializerDefinition Find(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Catalog catalog = s_catalog.Value;
        return catalog.BySpelling.TryGetValue(NearestName.Fold(name), out InitializerDefinition? definition)
            ? definition
            : throw new InitToolsException(
                ErrorId.UnknownInitializer,
                $"'{name}' is not an initializer; did you mean '{NearestName.Of(name, catalog.Spellings)}'? "
                + $"Accepted are {string.Join(", ", All.Select(d => d.Name))}, and the frameworks' names for them.",
                name);
    }

    /// <summary>Gives a parsed expression its meaning.</summary>
    /// <param name="call">The expression.</param>
    /// <param name="convention">As in <see cref="Initializer.Parse"/>.</param>
    /// <param name="files">As in <see cref="Initializer.Parse"/>.</param>
    internal static Initializer Bind(CallNode call, Convention? convention, ITensorFileSource? files)
    {
        InitializerDefinition definition = Find(call.Name);
        Convention spelt = call.Name.EndsWith('_') ? Convention.PyTorch : Convention.Keras;
        ArgumentReader arguments = new(call);
        Initializer initializer = definition.Bind(
            arguments, new Reading(convention ?? spelt, convention is not null, files));
        arguments.Finish();
        return initializer;
    }

    /// <summary>
    /// Reads the argument <c>initializer</c>, an expression within the expression, which is read in the same way.
    /// </summary>
    internal static Initializer BindArgument(
        ArgumentReader arguments, Reading reading, string defaultExpression, params string[] aliases)
    {
        CallNode? call = arguments.Call("initializer", defaultExpression, aliases);
        return Bind(
            call ?? ExpressionParser.Parse(defaultExpression),
            reading.IsExplicit ? reading.Convention : null,
            reading.Files);
    }

    private sealed class Catalog
    {
        public Catalog()
        {
            Definitions = [.. typeof(InitializerDefinition).Assembly.GetTypes()
                .Where(type => type.IsSubclassOf(typeof(InitializerDefinition)) && !type.IsAbstract)
                .Select(type => (InitializerDefinition)Activator.CreateInstance(type)!)
                .OrderBy(definition => definition.Name, StringComparer.OrdinalIgnoreCase)];
            Spellings = [.. Definitions.SelectMany(d => d.Aliases.Prepend(d.Name))];
            BySpelling = Definitions
                .SelectMany(d => d.Aliases.Prepend(d.Name)
                    .Select(alias => (Spelling: NearestName.Fold(alias), Definition: d)))
                .DistinctBy(entry => (entry.Spelling, entry.Definition))
                .ToDictionary(entry => entry.Spelling, entry => entry.Definition);
        }

        public IReadOnlyList<InitializerDefinition> Definitions { get; }

        public IReadOnlyList<string> Spellings { get; }

        public Dictionary<string, InitializerDefinition> BySpelling { get; }
    }
}
