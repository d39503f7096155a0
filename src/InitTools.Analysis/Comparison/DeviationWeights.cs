namespace InitTools.Analysis;

/// <summary>How much each part counts in a <see cref="Deviation"/>; 1 each by default, 0 leaves a part out.</summary>
public sealed record DeviationWeights
{
    /// <summary>The defaults.</summary>
    public static DeviationWeights Default { get; } = new();

    /// <summary>Of |ln forward|.</summary>
    public double Forward { get; init; } = 1;

    /// <summary>Of |ln backward|.</summary>
    public double Backward { get; init; } = 1;

    /// <summary>Of |ln first|/L.</summary>
    public double FirstLayer { get; init; } = 1;

    /// <summary>Of the saturated share.</summary>
    public double Saturated { get; init; } = 1;

    /// <summary>Of the dead share.</summary>
    public double Dead { get; init; } = 1;

    /// <summary>Checks the weights.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: one below 0 or not finite, or none above 0.
    /// </exception>
    public void Validate()
    {
        (string Name, double Value)[] weights =
        [
            (nameof(Forward), Forward), (nameof(Backward), Backward), (nameof(FirstLayer), FirstLayer),
            (nameof(Saturated), Saturated), (nameof(Dead), Dead),
        ];
        foreach ((string name, double value) in weights)
        {
            if (!(value >= 0) || double.IsInfinity(value))
            {
                throw new InitToolsException(
                    ErrorId.InvalidArgument,
                    FormattableString.Invariant($"The weight {name} is {value}; it is a finite number of 0 or more."),
                    value);
            }
        }

        if (weights.All(weight => weight.Value == 0))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                "All weights of the deviation are 0, so that every initializer would be perfect; give one above 0.",
                0.0);
        }
    }
}
