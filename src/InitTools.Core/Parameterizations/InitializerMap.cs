namespace InitTools;

/// <summary>
/// Patterns over the names of tensors, biases among them, and the initializer of each: <c>conv*=HeNormal</c>,
/// <c>*.bias=Zeros</c>, <c>*=GlorotUniform</c>. The first pattern that matches wins.
/// </summary>
public sealed class InitializerMap
{
    // No layer is called so, and only wildcards match it.
    private const string AnyName = "\0";

    private readonly bool _isOrdered;
    private readonly IReadOnlyList<Entry> _entries;

    /// <summary>Reads a map.</summary>
    /// <param name="entries">Pattern and expression of each entry, in their order.</param>
    /// <param name="isOrdered">
    /// False where the caller's order is none, as that of a hashtable: then no tensor may match two patterns.
    /// </param>
    /// <param name="convention">As in <see cref="Initializer.Parse"/>.</param>
    /// <param name="files">As in <see cref="Initializer.Parse"/>.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: no entries, or a pattern that is empty or stands twice;
    /// <see cref="ErrorId.MalformedExpression"/>: a malformed pattern; and all that <see cref="Initializer.Parse"/>
    /// throws.
    /// </exception>
    public InitializerMap(
        IEnumerable<KeyValuePair<string, string>> entries,
        bool isOrdered = true,
        Convention? convention = null,
        ITensorFileSource? files = null)
    {
        ArgumentNullException.ThrowIfNull(entries);
        _isOrdered = isOrdered;
        _entries = [.. entries.Select(entry => new Entry(
            PatternOf(entry), Initializer.Parse(entry.Value, convention, files)))];
        string? twice = _entries
            .GroupBy(entry => entry.Pattern.Text, StringComparer.OrdinalIgnoreCase)
            .FirstOrDefault(group => group.Count() > 1)?.Key;
        if (_entries.Count == 0 || twice is not null)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                twice is null
                    ? "The map has no entries; it has one or more pairs of a pattern and an initializer, such as "
                        + "'conv*' and HeNormal."
                    : $"The map has the pattern '{twice}' twice; only the first would ever be used.",
                twice);
        }
    }

    /// <summary>Reads entries of the form <c>pattern=expression</c>.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.MalformedExpression"/>: no equals sign; and all that the constructor throws.
    /// </exception>
    public static InitializerMap Parse(
        IEnumerable<string> entries, Convention? convention = null, ITensorFileSource? files = null) =>
        new(entries.Select(ParseEntry), isOrdered: true, convention, files);

    /// <summary>Reads one entry of the form <c>pattern=expression</c>.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.MalformedExpression"/>: no equals sign.</exception>
    public static KeyValuePair<string, string> ParseEntry(string entry)
    {
        ArgumentNullException.ThrowIfNull(entry);
        int sign = entry.IndexOf('=', StringComparison.Ordinal);
        return sign > 0
            ? KeyValuePair.Create(entry[..sign].Trim(), entry[(sign + 1)..].Trim())
            : throw new InitToolsException(
                ErrorId.MalformedExpression,
                $"'{entry}' is no entry of a map; an entry is a pattern, an equals sign and an initializer, such as "
                + "conv*=HeNormal.",
                entry);
    }

    /// <summary>The initializer of a tensor, or null where no pattern matches its name.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.AmbiguousMap"/>: the map has no order, and two of its patterns match.
    /// </exception>
    public Initializer? Find(string tensor) => Find(tensor, _entries);

    /// <summary>
    /// The initializer of a tensor by a pattern that names its layer, as <c>norm*</c> does and <c>*</c> and
    /// <c>*.weight</c>, which hold for a layer of any name, do not; or null.
    /// </summary>
    /// <exception cref="InitToolsException">As of <see cref="Find(string)"/>.</exception>
    internal Initializer? FindNamed(string tensor)
    {
        string ofAnyLayer = AnyName + tensor[TensorNames.LayerOf(tensor).Length..];
        return Find(tensor, _entries.Where(entry => !entry.Pattern.Matches(ofAnyLayer)));
    }

    private Initializer? Find(string tensor, IEnumerable<Entry> entries)
    {
        Entry[] matches = [.. entries.Where(entry => entry.Pattern.Matches(tensor)).Take(2)];
        return matches switch
        {
            [] => null,
            [Entry first, Entry second] when !_isOrdered => throw new InitToolsException(
                ErrorId.AmbiguousMap,
                $"'{tensor}' matches both '{first.Pattern}' ({first.Initializer}) and '{second.Pattern}' "
                + $"({second.Initializer}), and a hashtable has no order in which the first could win; give the map "
                + "as [ordered] @{...}, or as a list of pairs.",
                tensor),
            _ => matches[0].Initializer,
        };
    }

    /// <summary>
    /// True where a pattern is meant for biases: it matches the layer's bias and not its weight.
    /// </summary>
    /// <param name="weight">The name of the layer's weight.</param>
    internal bool NamesBiasOf(string weight)
    {
        string bias = TensorNames.BiasOf(weight);
        return _entries.Any(entry => entry.Pattern.Matches(bias) && !entry.Pattern.Matches(weight));
    }

    /// <summary>The entries, for people.</summary>
    public override string ToString() =>
        string.Join(", ", _entries.Select(entry => $"{entry.Pattern}={entry.Initializer}"));

    private static NamePattern PatternOf(KeyValuePair<string, string> entry) => string.IsNullOrWhiteSpace(entry.Key)
        ? throw new InitToolsException(
            ErrorId.InvalidArgument,
            $"The map has an empty pattern, for {entry.Value}; a pattern is a tensor's name, or has wildcards such as "
            + "conv* or *.bias.",
            entry.Key)
        : new NamePattern(entry.Key);

    private sealed record Entry(NamePattern Pattern, Initializer Initializer);
}
