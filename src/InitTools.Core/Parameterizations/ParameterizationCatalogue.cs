namespace InitTools;

/// <summary>
/// Every parameterization there is, found by reflection over <see cref="ParameterizationDefinition"/>.
/// </summary>
public static class ParameterizationCatalogue
{
    private static readonly Lazy<IReadOnlyList<ParameterizationDefinition>> s_all = new(() =>
    [
        .. typeof(ParameterizationDefinition).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(ParameterizationDefinition)) && !type.IsAbstract)
            .Select(type => (ParameterizationDefinition)Activator.CreateInstance(type)!)
            .OrderBy(definition => definition.Name, StringComparer.OrdinalIgnoreCase),
    ]);

    /// <summary>All definitions by name.</summary>
    public static IReadOnlyList<ParameterizationDefinition> All => s_all.Value;

    /// <summary>The definition of a name, or null.</summary>
    public static ParameterizationDefinition? TryFind(string name)
    {
        string wanted = NearestName.Fold(name);
        return All.FirstOrDefault(d => d.Aliases.Prepend(d.Name).Any(alias => NearestName.Fold(alias) == wanted));
    }

    /// <summary>The definition of a name.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownParameterization"/>, with the nearest name.
    /// </exception>
    public static ParameterizationDefinition Find(string name) => TryFind(name) ?? throw new InitToolsException(
        ErrorId.UnknownParameterization,
        $"'{name}' is not a parameterization; did you mean "
        + $"'{NearestName.Of(name, All.SelectMany(d => d.Aliases.Prepend(d.Name)))}'? "
        + $"Accepted are {string.Join(", ", All.Select(d => d.Name))}.",
        name);
}
