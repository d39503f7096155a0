namespace InitTools;

/// <summary>Every weight is the same number; tensors of any shape.</summary>
/// <param name="name">The canonical name.</param>
/// <param name="value">The number, a weight itself.</param>
/// <param name="isParameter">True where the expression shows the number.</param>
internal sealed class ConstantInitializer(string name, double value, bool isParameter) : ElementwiseInitializer
{
    public override string Name => name;

    public override Distribution GetDistribution(Fans? fans) => new ConstantDistribution(value);

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
        isParameter ? [("value", ExpressionNode.Format(value))] : [];
}

/// <summary>w = 0, as in every framework; no parameters.</summary>
internal sealed class ZerosDefinition : InitializerDefinition
{
    public override string Name => "Zeros";

    public override FrameworkNames Names => new()
    {
        Keras = ["Zeros", "zeros", "zero"],
        PyTorch = ["zeros_"],
        Jax = ["zeros"],
    };

    public override string Formula => "w = 0";

    public override string Variance => "0";

    public override string StandardDeviation => "0";

    public override string Limit => "0";

    public override string Purpose =>
        "Biases. As weights the classic mistake: units stay identical, and behind tanh or relu they never move.";

    public override string Law => "constant";

    public override string Keeps => "nothing: signals and gradients behind it are 0";

    public override string Reference => "Goodfellow, Bengio and Courville 2016, Deep Learning, section 8.4";

    public override Initializer Bind(ArgumentReader arguments, Reading reading) =>
        new ConstantInitializer(Name, 0, false);
}

/// <summary>w = 1, as in every framework; no parameters.</summary>
internal sealed class OnesDefinition : InitializerDefinition
{
    public override string Name => "Ones";

    public override FrameworkNames Names => new()
    {
        Keras = ["Ones", "ones", "one"],
        PyTorch = ["ones_"],
        Jax = ["ones"],
    };

    public override string Formula => "w = 1";

    public override string Variance => "0";

    public override string StandardDeviation => "0";

    public override string Limit => "1";

    public override string Purpose => "Scales of normalization layers. As weights it leaves units identical.";

    public override string Law => "constant";

    public override string Keeps => "only the sum of the inputs, which all units share";

    public override string Reference => "Ioffe and Szegedy 2015, arXiv:1502.03167";

    public override Initializer Bind(ArgumentReader arguments, Reading reading) =>
        new ConstantInitializer(Name, 1, false);
}

/// <summary>
/// w = value. Keras and JAX also take an array that is stretched to the shape: FromArray and FromFile hold arrays.
/// </summary>
/// <remarks>Parameters: value (0), a weight itself. PyTorch and JAX have no default.</remarks>
internal sealed class ConstantDefinition : InitializerDefinition
{
    public override string Name => "Constant";

    public override FrameworkNames Names => new()
    {
        Keras = ["Constant", "constant"],
        PyTorch = ["constant_"],
        Jax = ["constant"],
    };

    public override string Formula => "w = value";

    public override string Variance => "0";

    public override string StandardDeviation => "0";

    public override string Limit => "|value|";

    public override string Purpose =>
        "Biases that start off zero. As weights it makes the network as wide as one unit: all units learn the same.";

    public override string Law => "constant";

    public override string Keeps => "only the sum of the inputs, which all units share";

    public override string Reference => "Goodfellow, Bengio and Courville 2016, Deep Learning, section 8.4";

    public override Initializer Bind(ArgumentReader arguments, Reading reading) =>
        new ConstantInitializer(Name, arguments.Number("value", 0, "val"), true);
}
