namespace InitTools;

/// <summary>weight 1 and bias 0 of the normalized shape.</summary>
internal sealed class LayerNormModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["LayerNorm"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        TensorShape shape = new(arguments.Sizes("normalized_shape"));
        arguments.Ignore("eps");
        bool isAffine = arguments.Flag("elementwise_affine", true);
        bool hasBias = arguments.Flag("bias", true);
        return isAffine ? OnesAndZeros(shape, hasBias) : [];
    }
}

/// <summary>weight 1 and bias 0 for each channel. The running statistics are no parameters.</summary>
internal sealed class BatchNormModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["BatchNorm1d", "BatchNorm2d", "BatchNorm3d"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        TensorShape shape = new(arguments.Size("num_features"));
        arguments.Ignore("eps", "momentum");
        bool isAffine = arguments.Flag("affine", true);
        arguments.Ignore("track_running_stats");
        return isAffine ? OnesAndZeros(shape, hasBias: true) : [];
    }
}

/// <summary>weight 1 and bias 0 for each channel.</summary>
internal sealed class GroupNormModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["GroupNorm"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        long groups = arguments.Size("num_groups");
        long channels = arguments.Size("num_channels");
        arguments.Ignore("eps");
        arguments.RequireDivides("num_groups", groups, channels);
        return arguments.Flag("affine", true) ? OnesAndZeros(new TensorShape(channels), hasBias: true) : [];
    }
}
