namespace InitTools.Analysis;

/// <summary>Rows as a network takes them, and their classes.</summary>
/// <param name="Inputs">Feature-major: inputs x rows.</param>
/// <param name="Labels">The class of each row.</param>
internal sealed record LabelledRows(ReadOnlyMemory<float> Inputs, ReadOnlyMemory<int> Labels);
