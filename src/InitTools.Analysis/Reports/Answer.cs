namespace InitTools.Analysis.Reports;

/// <summary>
/// What a page says first: which initializer for this network and why, and one sentence for each other.
/// </summary>
internal static class Answer
{
    /// <summary>Writes heading, reason and the sentences.</summary>
    public static void Write(HtmlWriter html, Provenance provenance, IReadOnlyList<Candidate> candidates)
    {
        string network = $"{Wording.Count(provenance.Depth, "layer", "layers")} of {provenance.Activation}";
        Candidate best = candidates[0];
        Candidate[] winners = [.. candidates.Where(candidate => candidate.Rank == best.Rank)];
        string names = ReportText.Join([.. winners.Select(winner => winner.Label)]);
        if (candidates.Count == 1)
        {
            html.WriteLine($"<h2>{best.Label} on {network}: {best.Verdict}</h2>");
            html.WriteLine($"<p class=\"answer\">{best.Reason}</p>");
        }
        else if (best.IsHealthy)
        {
            html.WriteLine($"<h2>{names} for {network}</h2>");
            html.WriteLine($"<p class=\"answer\">{Why(winners, candidates.Count)} {Training(candidates, winners)}</p>");
        }
        else
        {
            html.WriteLine($"<h2>No sound initializer for {network} among these</h2>");
            string come = winners.Length == 1 ? "comes" : "come";
            string nearest = double.IsFinite(best.Deviation) ? $"{names} {come} nearest. {best.Reason}" : "";
            html.WriteLine($"<p class=\"answer\">{$"{nearest} {Training(candidates, winners)}".Trim()}</p>");
        }

        // The first of a hopeless field are no winners and are told what is wrong with them like all others.
        Candidate[] others = [.. candidates.Except(best.IsHealthy || double.IsFinite(best.Deviation) ? winners : [])];
        if (candidates.Count == 1 || others.Length == 0)
        {
            return;
        }

        html.WriteLine($"<dl class=\"others\">");
        foreach (Candidate other in others)
        {
            html.WriteLine($"<dt>{other.Label}<dd>{Sentence(other, best)}");
        }

        html.WriteLine($"</dl>");
    }

    private static string Why(Candidate[] winners, int count)
    {
        Candidate best = winners[0];
        string who = winners.Length == 1 ? "it keeps" : "these keep";
        return $"Of {Wording.Count(count, "initializer", "initializers")} {who} signal and gradient best: layer " +
            $"by layer the second moment changes by the factor {ReportText.Figure(best.ForwardFactor)} and the " +
            $"gradient variance by {ReportText.Figure(best.BackwardFactor)} " +
            $"(deviation {ReportText.Figure(best.Deviation)}; 0 is perfect).";
    }

    private static string Training(IReadOnlyList<Candidate> candidates, Candidate[] winners)
    {
        if (candidates.Where(candidate => candidate.Trained is not null)
            .MinBy(candidate => candidate.Trained!.FinalLoss) is not { Trained: { } training } lowest)
        {
            return "";
        }

        string accuracy = training.HeldOutAccuracy is double share
            ? $" and {ReportText.Percent(share)} of the held-out rows named rightly"
            : "";
        string who = winners is [Candidate winner] && winner == lowest ? "it also"
            : winners.Contains(lowest) ? lowest.Label
            : $"however, {lowest.Label}";
        return $"Trained, {who} ends at the lowest loss, {ReportText.Figure(training.FinalLoss)}{accuracy}.";
    }

    private static string Sentence(Candidate other, Candidate best) => other.IsHealthy
        ? $"Sound too, with the deviation {ReportText.Figure(other.Deviation)} against " +
          $"{ReportText.Figure(best.Deviation)}."
        : other.Reason;
}
