namespace InitTools;

/// <summary>weight (out, in), bias (out).</summary>
internal sealed class LinearModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["Linear"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        long inputs = arguments.Size("in_features");
        long outputs = arguments.Size("out_features");
        return WeightAndBias(new TensorShape(outputs, inputs), outputs, arguments.Flag("bias", true));
    }
}
