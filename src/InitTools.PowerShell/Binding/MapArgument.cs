using System.Collections;
using System.Collections.Specialized;
using static InitTools.PowerShell.Binding.WrappedValue;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// A map of patterns to initializers as scripts give it: an ordered dictionary, a hashtable, or a list whose items are
/// texts such as <c>conv*=HeNormal</c>, pairs (two texts) or dictionaries.
/// </summary>
internal static class MapArgument
{
    /// <summary>Reads the map.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: it is none of these; and all that <see cref="InitializerMap"/> throws.
    /// </exception>
    public static InitializerMap Read(object map, Convention? convention, ITensorFileSource files)
    {
        object? plain = Unwrap(map);
        if (plain is IDictionary dictionary)
        {
            return new InitializerMap(
                EntriesOf(dictionary), dictionary is IOrderedDictionary || dictionary.Count == 1, convention, files);
        }

        List<object?> items = plain is IEnumerable list and not string
            ? [.. list.Cast<object?>().Select(Unwrap)]
            : [plain];
        bool isOnePair = items is [string first, string] && !first.Contains('=', StringComparison.Ordinal);
        return new InitializerMap(
            isOnePair ? [PairOf(items)] : items.SelectMany(EntriesOf), isOrdered: true, convention, files);
    }

    private static IEnumerable<KeyValuePair<string, string>> EntriesOf(object? item) => item switch
    {
        string entry => [InitializerMap.ParseEntry(entry)],
        IOrderedDictionary dictionary => EntriesOf((IDictionary)dictionary),
        IDictionary { Count: 1 } dictionary => EntriesOf(dictionary),
        IEnumerable and not IDictionary when item is IEnumerable list => [PairOf([.. list.Cast<object?>()])],
        _ => throw new InitToolsException(
            ErrorId.InvalidArgument,
            $"'{InvariantText.Of(item)}' is no entry of a map; accepted are [ordered] @{{ 'conv*' = 'HeNormal' }}, a "
            + "list of pairs such as ('conv*', 'HeNormal'), and texts such as 'conv*=HeNormal'.",
            item),
    };

    private static IEnumerable<KeyValuePair<string, string>> EntriesOf(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
        {
            yield return KeyValuePair.Create(InvariantText.Of(entry.Key) ?? "", InvariantText.Of(entry.Value) ?? "");
        }
    }

    private static KeyValuePair<string, string> PairOf(List<object?> pair) => pair.Count == 2
        ? KeyValuePair.Create(InvariantText.Of(pair[0]) ?? "", InvariantText.Of(pair[1]) ?? "")
        : throw new InitToolsException(
            ErrorId.InvalidArgument,
            $"An entry of the map has {pair.Count} parts; a pair has a pattern and an initializer.",
            pair);
}
