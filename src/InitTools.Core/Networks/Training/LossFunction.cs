namespace InitTools;

/// <summary>What training makes small.</summary>
public enum LossFunction
{
    /// <summary>The softmax cross-entropy of classes (<see cref="SoftmaxCrossEntropy"/>).</summary>
    CrossEntropy,

    /// <summary>
    /// The mean squared error (<see cref="SquaredError"/>): of the target itself where the network has one output, of
    /// the class as a one among zeros where it has several.
    /// </summary>
    SquaredError,
}

/// <summary>Names of losses.</summary>
public static class LossFunctions
{
    /// <summary>The spellings accepted.</summary>
    public static NamedValue<LossFunction> Spellings { get; } = new(
        "loss",
        ErrorId.UnknownLoss,
        ("CrossEntropy", LossFunction.CrossEntropy),
        ("SquaredError", LossFunction.SquaredError),
        ("cross_entropy", LossFunction.CrossEntropy),
        ("categorical_crossentropy", LossFunction.CrossEntropy),
        ("CrossEntropyLoss", LossFunction.CrossEntropy),
        ("squared_error", LossFunction.SquaredError),
        ("mean_squared_error", LossFunction.SquaredError),
        ("mse", LossFunction.SquaredError),
        ("MSELoss", LossFunction.SquaredError));
}
