using System.Globalization;

namespace InitTools.Analysis;

/// <summary>
/// How candidates are trained: the optimizer's steps on the mean loss of mini-batches.
/// </summary>
public sealed record TrainingOptions
{
    /// <summary>Passes over the training rows: 1 or more, 30 by default.</summary>
    public int EpochCount { get; init; } = 30;

    /// <summary>
    /// Rows of a mini-batch, 50 by default; an epoch's last one may be smaller.
    /// </summary>
    public int BatchSize { get; init; } = 50;

    /// <summary>
    /// The step sizes, finite numbers above 0; 0.01 alone by default. With several, each candidate is trained anew with
    /// every one, and is reported at the one that left the lowest training loss: one rate for all favours the schemes
    /// that happen to suit it.
    /// </summary>
    public IReadOnlyList<double> LearningRates { get; init; } = [0.01];

    /// <summary>How weights follow their gradients; plain <see cref="Sgd"/> by default.</summary>
    public Optimizer Optimizer { get; init; } = new Sgd();

    /// <summary>What is made small; the softmax cross-entropy by default.</summary>
    public LossFunction Loss { get; init; } = LossFunction.CrossEntropy;

    /// <summary>
    /// Rows kept from training for the held-out figures: a share in (0, 1), rounded to the nearest whole number of
    /// rows and at least one, or a whole number of rows; 0, the default, keeps none. Which rows, the stream of purpose
    /// "shuffle" and name "holdout" decides: the first ones of its <see cref="RowOrder"/>, the same for all seeds and
    /// candidates.
    /// </summary>
    public double HoldOut { get; init; }

    /// <summary>
    /// The training loss whose first undercutting <see cref="InitializerComparison.EpochsToThreshold"/>
    /// reports; 0.5 by default.
    /// </summary>
    public double LossThreshold { get; init; } = 0.5;

    /// <summary>Checks the options.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a value outside its range.
    /// </exception>
    public void Validate()
    {
        bool isShare = HoldOut is >= 0 and < 1;
        bool isRowCount = HoldOut is >= 1 and <= int.MaxValue && HoldOut == Math.Floor(HoldOut);
        Require(EpochCount >= 1, "number of epochs", EpochCount, "1 or more");
        Require(BatchSize >= 1, "number of rows in a mini-batch", BatchSize, "1 or more");
        Require(LearningRates.Count >= 1, "number of learning rates", LearningRates.Count, "1 or more");
        foreach (double rate in LearningRates)
        {
            Require(IsPositive(rate), "learning rate", rate, "a finite number above 0");
        }

        Require(
            LearningRates.Distinct().Count() == LearningRates.Count,
            "number of different learning rates",
            LearningRates.Distinct().Count(),
            FormattableString.Invariant($"{LearningRates.Count}, as many as are given"));
        Require(isShare || isRowCount, "hold-out", HoldOut, "a share from 0 to below 1, or a whole number of rows");
        Require(IsPositive(LossThreshold), "loss threshold", LossThreshold, "a finite number above 0");
    }

    /// <summary>The number of rows held out of so many.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.BatchTooLarge"/>: no row, or fewer than a mini-batch has, would be left to train on.
    /// </exception>
    public int CountHeldOut(int rowCount)
    {
        double heldOut = HoldOut is > 0 and < 1 ? Math.Max(1, Math.Round(HoldOut * rowCount)) : HoldOut;
        if (heldOut >= rowCount)
        {
            throw new InitToolsException(
                ErrorId.BatchTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{heldOut} of {rowCount} rows were to be held out; at least one row must be left to train on."),
                HoldOut);
        }

        int trainingRows = rowCount - (int)heldOut;
        if (BatchSize > trainingRows)
        {
            throw new InitToolsException(
                ErrorId.BatchTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A mini-batch of {BatchSize} rows was asked for; there are {trainingRows} training rows."),
                BatchSize);
        }

        return (int)heldOut;
    }

    private static bool IsPositive(double value) => value > 0 && double.IsFinite(value);

    private static void Require(bool isValid, string what, double value, string accepted)
    {
        if (!isValid)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                string.Create(CultureInfo.InvariantCulture, $"The {what} is {value}; it has to be {accepted}."),
                value);
        }
    }
}
