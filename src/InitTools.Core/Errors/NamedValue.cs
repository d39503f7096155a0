namespace InitTools;

/// <summary>Reads the members of an enumeration by any of their spellings, and says which are accepted.</summary>
/// <typeparam name="TValue">The enumeration.</typeparam>
/// <param name="what">What the names stand for, as messages call it.</param>
/// <param name="errorId">The error for a name that is none of them.</param>
/// <param name="spellings">Every spelling and its meaning; the first spelling of a value is its canonical one.</param>
public sealed class NamedValue<TValue>(string what, ErrorId errorId, params (string Name, TValue Value)[] spellings)
    where TValue : struct, Enum
{
    /// <summary>One canonical name a value, in the order of declaration.</summary>
    public IReadOnlyList<string> Names { get; } = [.. spellings.DistinctBy(s => s.Value).Select(s => s.Name)];

    /// <summary>The value of a name, whatever its case.</summary>
    /// <exception cref="InitToolsException">
    /// The name is not known; the message gives the nearest and all names.
    /// </exception>
    public TValue Parse(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        foreach ((string spelling, TValue value) in spellings)
        {
            if (string.Equals(spelling, name.Trim(), StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        string? nearest = NearestName.Of(name, spellings.Select(s => s.Name));
        throw new InitToolsException(
            errorId,
            $"'{name}' is no known {what}; did you mean '{nearest}'? Accepted are {string.Join(", ", Names)}.",
            name);
    }

    /// <summary>The canonical name of a value.</summary>
    public string NameOf(TValue value) =>
        spellings.First(s => EqualityComparer<TValue>.Default.Equals(s.Value, value)).Name;
}
