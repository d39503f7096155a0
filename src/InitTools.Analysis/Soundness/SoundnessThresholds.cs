namespace InitTools.Analysis;

/// <summary>
/// The limits that <see cref="SoundnessTest"/> compares with. All are sizes of effects: what sampling alone gives, five
/// standard errors of it, is allowed on top, so that a small tensor is not condemned for being small, nor a large one
/// for a difference that nothing would feel.
/// </summary>
public sealed record SoundnessThresholds
{
    /// <summary>The defaults.</summary>
    public static SoundnessThresholds Default { get; } = new();

    /// <summary>
    /// The factor between the standard deviation and that of the nearest known scheme: 2 by default. The schemes
    /// themselves lie within sqrt(6) of one another at a square layer, from PyTorch's default to He's.
    /// </summary>
    public double StandardDeviationFactor { get; init; } = 2;

    /// <summary>|mean| in standard deviations: 0.1 by default.</summary>
    public double MeanShift { get; init; } = 0.1;

    /// <summary>The share of elements that stand at the smallest or the largest value: 0.01 by default.</summary>
    public double ClippedFraction { get; init; } = 0.01;

    /// <summary>The kurtosis, 3 of a normal law: 6 by default, which is Laplace's law.</summary>
    public double Kurtosis { get; init; } = 6;

    /// <summary>The share of rows, or columns, that repeat others: beyond it an Error. 0.1 by default.</summary>
    public double DuplicateFraction { get; init; } = 0.1;

    /// <summary>The largest element of |Q^T Q - I| of a matrix that is nearly orthogonal: 0.01 by default.</summary>
    public double OrthogonalityError { get; init; } = 0.01;

    /// <summary>
    /// The share of elements that their type stores with fewer digits than it has, being below its smallest normal
    /// number: 0.1 by default.
    /// </summary>
    public double LostFraction { get; init; } = 0.1;

    /// <summary>
    /// What makes weights trained: the relative spread of the mean squares of rows, or columns, beyond that of
    /// independent elements. 0.1 by default.
    /// </summary>
    public double TrainedSpread { get; init; } = 0.1;

    /// <summary>
    /// The other: the largest eigenvalue of W W^T, over the edge that Marchenko and Pastur give for independent
    /// elements. 1.2 by default.
    /// </summary>
    public double TrainedEigenvalue { get; init; } = 1.2;

    /// <summary>How many times the limit of a Warning makes an Error: 5 by default.</summary>
    public double ErrorFactor { get; init; } = 5;

    /// <summary>Checks the limits.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a factor that is not a finite number above 1, a share outside [0, 1], or
    /// a negative limit.
    /// </exception>
    public void Validate()
    {
        Require(StandardDeviationFactor > 1, StandardDeviationFactor, nameof(StandardDeviationFactor), "above 1");
        Require(TrainedEigenvalue > 1, TrainedEigenvalue, nameof(TrainedEigenvalue), "above 1");
        Require(ErrorFactor > 1, ErrorFactor, nameof(ErrorFactor), "above 1");
        Require(MeanShift >= 0, MeanShift, nameof(MeanShift), "of 0 or more");
        Require(Kurtosis >= 1, Kurtosis, nameof(Kurtosis), "of 1 or more");
        Require(OrthogonalityError >= 0, OrthogonalityError, nameof(OrthogonalityError), "of 0 or more");
        Require(TrainedSpread >= 0, TrainedSpread, nameof(TrainedSpread), "of 0 or more");
        RequireShare(ClippedFraction, nameof(ClippedFraction));
        RequireShare(DuplicateFraction, nameof(DuplicateFraction));
        RequireShare(LostFraction, nameof(LostFraction));
    }

    private static void RequireShare(double value, string name) =>
        Require(value is >= 0 and <= 1, value, name, "from 0 to 1");

    private static void Require(bool holds, double value, string name, string accepted)
    {
        if (!holds || !double.IsFinite(value))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                FormattableString.Invariant($"The threshold {name} is {value}; a number {accepted} is accepted."),
                value);
        }
    }
}
