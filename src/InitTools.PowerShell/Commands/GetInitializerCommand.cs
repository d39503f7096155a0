using System.Management.Automation;
using InitTools.PowerShell.Binding;
using InitTools.PowerShell.Completion;

namespace InitTools.PowerShell.Commands;

/// <summary>
/// The catalogue of initializers and parameterizations: names, formula, variance, standard deviation, limit, what each
/// keeps and for which activations, and where it was proposed.
/// </summary>
[Cmdlet(VerbsCommon.Get, "Initializer")]
[OutputType(typeof(InitializerDescription))]
public sealed class GetInitializerCommand : InitToolsCommand
{
    // Other tables: with the figures of a shape, and with what theory says of an activation.
    private const string ShapeTypeName = "InitTools.InitializerDescription#Shape";
    private const string ActivationTypeName = "InitTools.InitializerDescription#Activation";

    private readonly List<string> _names = [];

    /// <summary>Names in any framework's spelling, with wildcards. The whole catalogue where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [SupportsWildcards]
    [ArgumentCompleter(typeof(InitializerCompleter))]
    public string[] Name { get; set; } = ["*"];

    /// <summary>
    /// A shape, such as 784,256, whose fans, variance, standard deviation and limit are filled in.
    /// </summary>
    [Parameter]
    [TextTransformation]
    public string? Shape { get; set; }

    /// <summary>
    /// An activation, by which initializers are ordered: best first by what theory says of layers of one width. An
    /// initializer of which there is no theory, such as a constant, comes last.
    /// </summary>
    [Parameter]
    [ArgumentCompleter(typeof(ActivationCompleter))]
    public string? Activation { get; set; }

    /// <summary>The number of layers that theory looks at. 30 where none is given.</summary>
    [Parameter]
    [WholeNumberTransformation]
    public int Depth { get; set; } = InitializerListing.DefaultDepth;

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        foreach (string name in Name)
        {
            // Ordered by theory they are one list; otherwise each name is answered in its turn.
            if (Activation is not null)
            {
                _names.Add(name);
            }
            else if (TryMake(() => Find([name]), name, out IReadOnlyList<InitializerDescription>? found))
            {
                Write(found!);
            }
        }
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_names.Count > 0)
        {
            Write(Require(() => Find(_names)));
        }
    }

    private void Write(IReadOnlyList<InitializerDescription> entries)
    {
        foreach (InitializerDescription entry in entries)
        {
            var row = PSObject.AsPSObject(entry);
            if (Activation is not null || Shape is not null)
            {
                row.TypeNames.Insert(0, Activation is not null ? ActivationTypeName : ShapeTypeName);
            }

            WriteObject(row);
        }
    }

    private IReadOnlyList<InitializerDescription> Find(IReadOnlyList<string> names) => new InitializerListing
    {
        Names = names,
        Shape = Shape is null ? null : TensorShape.Parse(Shape),
        Activation = Activation is null ? null : InitTools.Activation.Parse(Activation),
        Depth = Depth,
    }.Find();
}
