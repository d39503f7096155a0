namespace InitTools;

/// <summary>Modules that hold no parameters and draw nothing; they may stand in a list of modules.</summary>
internal sealed class ModuleWithoutParameters : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names =>
    [
        "AvgPool1d", "AvgPool2d", "AvgPool3d", "AdaptiveAvgPool1d", "AdaptiveAvgPool2d", "AdaptiveAvgPool3d", "Dropout",
        "Dropout1d", "Dropout2d", "Dropout3d", "ELU", "Flatten", "GELU", "Identity", "LeakyReLU", "LogSoftmax",
        "MaxPool1d", "MaxPool2d", "MaxPool3d", "Mish", "ReLU", "ReLU6", "SELU", "Sigmoid", "SiLU",
        "Softmax", "Softplus", "Tanh",
        "Unflatten", "Upsample",
    ];

    public override bool ReadsArguments => false;

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments) => [];
}
