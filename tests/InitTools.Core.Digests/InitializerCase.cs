namespace InitTools.Core.Digests;

/// <summary>An expression of one initializer and a tensor that it makes.</summary>
/// <param name="Expression">The expression; no two initializers' give the same values.</param>
/// <param name="Shape">The shape.</param>
/// <param name="Layout">The layout.</param>
public sealed record InitializerCase(string Expression, string Shape = "360x240", Layout Layout = Layout.IO)
{
    // Each initializer of the catalogue once. One that holds values, and makes none, is left out by its name.
    private static readonly InitializerCase[] s_cases =
    [
        new("Bilinear", "5x6x30x20"),
        new("Constant(0.3)"),
        new("Critical(tanh, q=1)"),
        new("CriticalBias(tanh, q=1)"),
        new("DeltaOrthogonal", "3x3x40x60"),
        new("Dirac(groups=2)", "60x20x3x5", Layout.OI),
        new("Gates(4, HeUniform)"),
        new("GlorotNormal"),
        new("GlorotUniform"),
        new("HeNormal"),
        new("HeUniform"),
        new("ICNR(2, GlorotNormal)", "3x3x40x80"),
        new("Identity(gain=0.1)"),
        new("LecunNormal"),
        new("LecunUniform"),
        new("LSUV(HeNormal, 0.7)"),
        new("LstmBias", "400"),
        new("Ones"),
        new("Orthogonal(gain=1.5)", "9x50x90"),
        new("RandomNormal"),
        new("RandomUniform"),
        new("SIREN"),
        new("Sparse(0.3, 0.2)"),
        new("TruncatedNormal(0.1, 0.2, -0.1, 0.5)"),
        new("VarianceScaling(scale=3)"),
        new("Zeros"),
    ];

    private static readonly string[] s_held = ["FromArray", "FromFile"];

    /// <summary>The names of all initializers that make values.</summary>
    public static IEnumerable<string> Definitions =>
        InitializerCatalogue.All.Select(definition => definition.Name).Except(s_held);

    /// <summary>The case of an initializer.</summary>
    /// <exception cref="InvalidOperationException">There is none: a new initializer needs one here.</exception>
    public static InitializerCase Of(string name) =>
        s_cases.SingleOrDefault(one => InitTools.Initializer.Parse(one.Expression).Name == name)
        ?? throw new InvalidOperationException($"'{name}' has no case in {nameof(InitializerCase)}; add one.");

    /// <summary>The tensor.</summary>
    public WeightTensor Create(DType dtype) => WeightTensor.Create(new WeightTensorOptions
    {
        Name = "fc1.weight",
        Shape = TensorShape.Parse(Shape),
        Initializer = Initializer.Parse(Expression),
        Seed = new Seed(42UL),
        Layout = Layout,
        DType = dtype,
    });
}
