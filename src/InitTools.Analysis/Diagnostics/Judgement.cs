namespace InitTools.Analysis;

/// <summary>A verdict and the sentence that gives the figure it rests on.</summary>
/// <param name="Verdict">The verdict.</param>
/// <param name="Reason">One sentence.</param>
public readonly record struct Judgement(Verdict Verdict, string Reason);
