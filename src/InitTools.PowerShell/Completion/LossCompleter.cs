namespace InitTools.PowerShell.Completion;

/// <summary>Completes losses.</summary>
public sealed class LossCompleter : NameCompleter
{
    /// <inheritdoc/>
    protected override IEnumerable<(string Name, string Tooltip)> Names =>
        Explain(LossFunctions.Spellings, loss => loss switch
        {
            LossFunction.CrossEntropy => "softmax cross-entropy of classes",
            LossFunction.SquaredError => "mean squared error, of classes as a one among zeros",
            _ => loss.ToString(),
        });
}
