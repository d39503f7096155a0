namespace InitTools.Analysis.Tests;

/// <summary>Weights without their recipes, as a file of a framework has them, and what is found of them.</summary>
internal static class TestedWeights
{
    /// <summary>A recipe.</summary>
    public static WeightTensor Recipe(
        string expression, string shape, long seed = 1, string name = "fc1.weight", Layout layout = Layout.IO,
        DType dtype = DType.Float32) => WeightTensor.Create(new WeightTensorOptions
        {
            Name = name,
            Shape = TensorShape.Parse(shape),
            Initializer = Initializer.Parse(expression),
            Seed = new Seed(seed),
            Layout = layout,
            DType = dtype,
        });

    /// <summary>The values of a recipe alone.</summary>
    public static WeightTensor Drawn(
        string expression, string shape, long seed = 1, string name = "fc1.weight", Layout layout = Layout.IO) =>
        Held(Recipe(expression, shape, seed, name, layout));

    /// <summary>The values of a tensor alone, in layout IO, whatever it was.</summary>
    public static WeightTensor Held(WeightTensor tensor) =>
        WeightTensor.FromArray(tensor.Name, tensor.Shape, tensor.ToArray());

    /// <summary>Values that a test changes first.</summary>
    public static WeightTensor Changed(WeightTensor tensor, Action<float[]> change)
    {
        float[] values = tensor.ToArray<float>();
        change(values);
        return WeightTensor.FromArray(tensor.Name, tensor.Shape, values);
    }

    public static IReadOnlyList<WeightFinding> Find(params WeightTensor[] tensors) =>
        SoundnessTest.Run(tensors, new SoundnessOptions());

    public static IReadOnlyList<WeightFinding> Alarms(params WeightTensor[] tensors) =>
        [.. Find(tensors).Where(finding => finding.Severity > FindingSeverity.Information)];
}
