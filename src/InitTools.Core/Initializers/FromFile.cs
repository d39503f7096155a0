namespace InitTools;

/// <summary>
/// w = the values of a tensor in a file, each rounded once to the element type, for tensors of its shape (MXNet's
/// Load). The text alone finds them again.
/// </summary>
/// <remarks>
/// Parameters: path (a file), .safetensors, .npz, .npy or .onnx, without which there is nothing to read; tensor (the
/// only one of the file), its name; layout (what the file says, or else the tensor's own), IO or OI, of the values in
/// the file.
/// </remarks>
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

    /// <inheritdoc/>
    /// <remarks>
    /// What is made without a path says <see cref="ErrorId.InvalidArgument"/>, and where no files are read
    /// <see cref="ErrorId.ValuesNotHeld"/>, when it is asked for anything but its text.
    /// </remarks>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownLayout"/>; and what <see cref="ITensorFileSource.Find"/> throws.
    /// </exception>
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
