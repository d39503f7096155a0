namespace InitTools;

/// <summary>A number that shapes an activation.</summary>
/// <param name="Name">Its name, such as <c>negative_slope</c>.</param>
/// <param name="Value">Its value in this activation.</param>
/// <param name="Default">Its value where the text gives none.</param>
/// <param name="Aliases">Other frameworks' names for it.</param>
public sealed record ActivationParameter(string Name, double Value, double Default, IReadOnlyList<string> Aliases);
