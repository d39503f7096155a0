namespace InitTools.Cli;

/// <summary>The catalogue of initializers and parameterizations: Get-Initializer.</summary>
internal sealed class ListCommand : ToolCommand
{
    private readonly ParameterOption<string[]?> _name = ParameterOption.List(
        "Name",
        "names",
        "Names in any framework's spelling, with wildcards, such as he_normal or Glorot*. Default: all.",
        text => text.Split(',', StringSplitOptions.TrimEntries));

    private readonly ParameterOption<string?> _shape = ParameterOption.Text(
        "Shape",
        "shape",
        "Fill in the fans, variance, standard deviation and limit of this shape, such as 784,256.");

    private readonly ParameterOption<string?> _activation = ParameterOption.Text(
        "Activation",
        "activation",
        "Order initializers by what theory says of layers of one width with this activation, best first.");

    private readonly ParameterOption<int?> _depth = ParameterOption.WholeNumber(
        "Depth",
        "The number of layers that theory looks at. Default: 30.");

    public ListCommand()
        : base(
            "list",
            "Get-Initializer",
            "List the initializers and parameterizations: names, formulas, variances, what each is for.")
    {
        Add(_name);
        Add(_shape);
        Add(_activation);
        Add(_depth);
    }

    public override void Run(CommandContext context) => context.Write(new InitializerListing
    {
        Names = context.Get(_name) ?? [],
        Shape = context.Get(_shape) is { } shape ? TensorShape.Parse(shape) : null,
        Activation = context.Get(_activation) is { } activation ? Activation.Parse(activation) : null,
        Depth = context.Get(_depth) ?? InitializerListing.DefaultDepth,
    }.Find());
}
