namespace InitTools;

/// <summary>w = the values of a tensor in a file, which the text alone finds again.</summary>
internal sealed class FromFileDefinition : InitializerDefinition
{
    public override string Name => "FromFile";

    public override FrameworkNames Names => new() { Others = ["from_file", "load"] };

    public override string Formula =>
        "w = the values of the file's tensor, whose shape is the tensor's own, each rounded once to its element type; "
        + "axes in the other layout are turned";

    public override string Variance => "that of the values";

    public override string StandardDeviation => "that of the values";

    public override string Limit => "that of the values";

    public override string Purpose =>
        "Weights of a model that is there already, such as the embedding of a trained one beside layers drawn anew: "
        + "'FromFile(weights.npz, fc1.weight)'. Files are .safetensors, .npz, .npy and .onnx.";

    public override string Law => "given";

    public override string Keeps => "what its values keep";

    public override string Reference => "MXNet, mxnet.initializer.Load";

    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        string? path = arguments.Text("path", "a file", "file", "filename");
        string? tensor = arguments.Text("tensor", "the only one of the file", "name", "key");
        Layout? layout = arguments.Word("layout", "what the file says, or else the tensor's own") is string text
            ? Layouts.Spellings.Parse(text)
            : null;
        if (path is null)
        {
            return new HeldInitializer(Name, [], () => throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name} has no path; give the file, and the tensor where it holds several, such as "
                + $"{Name}('weights.npz', 'fc1.weight').",
                Name));
        }

        List<(string Name, string Value)> given = [("path", ExpressionParser.Quote(path))];
        if (tensor is not null)
        {
            given.Add(("tensor", ExpressionParser.Quote(tensor)));
        }

        if (layout is Layout chosen)
        {
            given.Add(("layout", Layouts.Spellings.NameOf(chosen)));
        }

        Func<HeldValues> open = reading.Files?.Find(path, tensor) ?? (() => throw new InitToolsException(
            ErrorId.ValuesNotHeld,
            $"{Name} reads the file '{path}', and no files are read here; give its values as weights.",
            path));
        return new HeldInitializer(Name, given, () => layout is null ? open() : open() with { Layout = layout })
        {
            IsDeferred = reading.Files?.IsDeferred == true,
        };
    }
}
