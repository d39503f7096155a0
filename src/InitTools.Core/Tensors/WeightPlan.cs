namespace InitTools;

/// <summary>
/// What a tensor will be, before anything is made: shape, fans, the law of its weights, and how many bytes they take.
/// </summary>
public sealed class WeightPlan
{
    /// <summary>The plan of a tensor.</summary>
    /// <param name="chosen">The tensor, which is a recipe, and what its parameterization says beside it.</param>
    public WeightPlan(ChosenTensor chosen)
    {
        ArgumentNullException.ThrowIfNull(chosen);
        WeightTensor tensor = chosen.Tensor;
        Name = tensor.Name;
        Shape = tensor.Shape;
        Layout = tensor.Layout;
        DType = tensor.DType;
        Initializer = tensor.Initializer;
        FanIn = tensor.FanIn;
        FanOut = tensor.FanOut;
        FanRule = tensor.FanRule;
        Variance = tensor.Variance;
        StdDev = tensor.StdDev;
        Limit = tensor.Limit;
        Count = tensor.Count;
        Bytes = checked(tensor.Count * DTypes.SizeOf(tensor.GetDType()));
        Multiplier = chosen.Multiplier;
        LearningRateMultiplier = chosen.LearningRateMultiplier;
    }

    /// <summary>The tensor's name.</summary>
    public string Name { get; }

    /// <summary>The dimensions, such as <c>784x256</c>.</summary>
    public string Shape { get; }

    /// <summary>Which axes are inputs and outputs: <c>IO</c> or <c>OI</c>.</summary>
    public string Layout { get; }

    /// <summary>The type of the elements.</summary>
    public string DType { get; }

    /// <summary>The canonical expression of the initializer.</summary>
    public string Initializer { get; }

    /// <summary>Connections into one output unit, or empty where the shape has no fans.</summary>
    public long? FanIn { get; }

    /// <summary>Connections out of one input unit, or empty where the shape has no fans.</summary>
    public long? FanOut { get; }

    /// <summary>How the fans came about.</summary>
    public string FanRule { get; }

    /// <summary>The variance that the initializer promises.</summary>
    public double? Variance { get; }

    /// <summary>The standard deviation that the initializer promises: the square root of Variance.</summary>
    public double? StdDev { get; }

    /// <summary>The largest |w| there can be, or empty where there is no limit.</summary>
    public double? Limit { get; }

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>The bytes that the elements take.</summary>
    public long Bytes { get; }

    /// <summary>
    /// The factor by which the forward pass multiplies what the tensor gives, or empty where no rule asks for one.
    /// </summary>
    public double? Multiplier { get; }

    /// <summary>The factor on the learning rate for the tensor, or empty where no rule asks for one.</summary>
    public double? LearningRateMultiplier { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape} {Initializer}";
}
