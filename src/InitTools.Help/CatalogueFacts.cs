using System.Globalization;

namespace InitTools.Help;

/// <summary>Facts that topics show and that only the catalogues say.</summary>
internal static class CatalogueFacts
{
    /// <summary>The entries of a catalogue: a title each, and lines of text.</summary>
    /// <exception cref="ArgumentException">A page names a catalogue that there is not.</exception>
    public static IEnumerable<(string Title, IReadOnlyList<string> Lines)> Of(string catalogue) => catalogue switch
    {
        "activations" => Activation.All.Select(activation => (Title(activation), Lines(activation))),
        "initializers" => InitializerCatalogue.All.Select(definition => (Title(definition), Lines(definition))),
        "parameterizations" =>
            ParameterizationCatalogue.All.Select(definition => (Title(definition), Lines(definition))),
        _ => throw new ArgumentException(
            $"'{catalogue}' is no catalogue; there are activations, initializers and parameterizations."),
    };

    private static string Title(Activation activation) => activation.Parameters.Count == 0
        ? activation.Name
        : $"{activation.Name}({string.Join(", ", activation.Parameters.Select(parameter =>
            string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={parameter.Default}")))})";

    private static IReadOnlyList<string> Lines(Activation activation) =>
    [
        $"phi(z) = {activation.Formula}",
        $"gain {Figure(activation.ForwardGain)} forwards, {Figure(activation.BackwardGain)} backwards",
        .. activation.IsBounded ? ["bounded"] : Array.Empty<string>(),
        .. activation.Aliases.Count > 0 ? [$"also {string.Join(", ", activation.Aliases)}"] : Array.Empty<string>(),
    ];

    private static string Title(InitializerDefinition definition) => Title(definition.Name, definition.Parameters);

    private static string Title(ParameterizationDefinition definition) => Title(definition.Name, definition.Parameters);

    private static string Title(string name, IReadOnlyList<ParameterDescription> parameters) =>
        $"{name}({string.Join(", ", parameters.Select(parameter => $"{parameter.Name}={parameter.Default}"))})"
            .Replace("()", "");

    private static IReadOnlyList<string> Lines(ParameterizationDefinition definition) =>
        [definition.Formula, $"variance {definition.Variance}", definition.Purpose];

    private static IReadOnlyList<string> Lines(InitializerDefinition definition) =>
    [
        definition.Formula,
        $"variance {definition.Variance}{(definition.Limit.Length > 0 ? $", limit {definition.Limit}" : "")}",
        definition.Purpose,
        $"also {string.Join(", ", definition.Aliases)}",
    ];

    private static string Figure(double gain) => gain.ToString("g6", CultureInfo.InvariantCulture);
}
