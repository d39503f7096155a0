namespace InitTools;

/// <summary>
/// w = the values of an array, in row-major order, for tensors of the array's shape (NumPy's asarray). They do not
/// survive in a text: only code makes such tensors, and there are no parameters.
/// </summary>
internal sealed class FromArrayDefinition : InitializerDefinition
{
    /// <summary>The name of values that a text does not hold.</summary>
    public const string CanonicalName = "FromArray";

    public override string Name => CanonicalName;

    public override FrameworkNames Names => new() { Others = ["from_array"] };

    public override string Formula => "w = the array's values, in row-major order";

    public override string Variance => "that of the values";

    public override string StandardDeviation => "that of the values";

    public override string Limit => "that of the values";

    public override string Purpose =>
        "Weights that a script has at hand: [InitTools.WeightTensor]::FromArray(name, shape, values).";

    public override string Law => "given";

    public override string Keeps => "what its values keep";

    public override string Reference => "NumPy asarray";

    /// <summary>The initializer of the values themselves.</summary>
    /// <param name="shape">Their shape.</param>
    /// <param name="values">A one-dimensional array of float, double or Half, in row-major order.</param>
    public static HeldInitializer Of(TensorShape shape, Array values)
    {
        HeldValues held = new(shape, ArrayElements.Of(values));
        return new HeldInitializer(CanonicalName, [], () => held);
    }

    /// <inheritdoc/>
    /// <remarks>
    /// What is made here says <see cref="ErrorId.ValuesNotHeld"/> when it is asked for anything but its text.
    /// </remarks>
    public override Initializer Bind(ArgumentReader arguments, Reading reading) =>
        new HeldInitializer(Name, [], () => throw new InitToolsException(
            ErrorId.ValuesNotHeld,
            $"{Name} holds the values of an array, and a text or file of its properties does not. Write the tensor to "
            + "a file with Export-InitWeights, and read that one.",
            Name));
}
