namespace InitTools;

/// <summary>weight (out, in / groups, kernel...), bias (out).</summary>
internal sealed class ConvolutionModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["Conv1d", "Conv2d", "Conv3d"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        long inputs = arguments.Size("in_channels");
        long outputs = arguments.Size("out_channels");
        long[] kernel = arguments.Sizes("kernel_size", name[^2] - '0');
        arguments.Ignore("stride", "padding", "dilation");
        long groups = arguments.Size("groups", 1);
        bool hasBias = arguments.Flag("bias", true);
        arguments.Ignore("padding_mode");
        arguments.RequireDivides("groups", groups, inputs, outputs);
        return WeightAndBias(new TensorShape([outputs, inputs / groups, .. kernel]), outputs, hasBias);
    }
}

/// <summary>
/// weight (in, out / groups, kernel...), bias (out). Its fan_in is, as in PyTorch, that of the second dimension.
/// </summary>
internal sealed class TransposedConvolutionModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["ConvTranspose1d", "ConvTranspose2d", "ConvTranspose3d"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        long inputs = arguments.Size("in_channels");
        long outputs = arguments.Size("out_channels");
        long[] kernel = arguments.Sizes("kernel_size", name[^2] - '0');
        arguments.Ignore("stride", "padding", "output_padding");
        long groups = arguments.Size("groups", 1);
        bool hasBias = arguments.Flag("bias", true);
        arguments.Ignore("dilation", "padding_mode");
        arguments.RequireDivides("groups", groups, inputs, outputs);
        return WeightAndBias(new TensorShape([inputs, outputs / groups, .. kernel]), outputs, hasBias);
    }
}
