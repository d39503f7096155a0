namespace InitTools.Pester.Tests;

/// <summary>What one Pester test came to.</summary>
/// <param name="Suite">The file's name.</param>
/// <param name="Name">Describe, Context and It, joined by dots.</param>
/// <param name="Result">Pester's word: Passed, Failed, Skipped, Inconclusive or NotRun.</param>
/// <param name="Message">Why it is not Passed.</param>
public sealed record PesterResult(string Suite, string Name, string Result, string Message);
