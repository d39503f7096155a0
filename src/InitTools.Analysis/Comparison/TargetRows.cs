namespace InitTools.Analysis;

/// <summary>Rows as a network takes them, and their targets.</summary>
/// <param name="Inputs">Feature-major: inputs x rows.</param>
/// <param name="Targets">What the network is to say of each row.</param>
internal sealed record TargetRows(ReadOnlyMemory<float> Inputs, Targets Targets);
