namespace InitTools;

/// <summary>
/// What the catalogue knows of one initializer. A class derived from this one is all that a new initializer needs: the
/// catalogue finds it.
/// </summary>
public abstract class InitializerDefinition
{
    private readonly Lazy<IReadOnlyList<ParameterDescription>> _parameters;

    /// <summary>Prepares the definition.</summary>
    protected InitializerDefinition()
    {
        _parameters = new(() =>
        {
            ArgumentReader reader = new(new CallNode(Name, []));
            Bind(reader, Reading.Default);
            return reader.Parameters;
        });
    }

    /// <summary>The canonical name.</summary>
    public abstract string Name { get; }

    /// <summary>What each framework calls it.</summary>
    public abstract FrameworkNames Names { get; }

    /// <summary>
    /// All names but the canonical one. Case, and underscores within a name, do not count when one is read.
    /// </summary>
    public IReadOnlyList<string> Aliases => [.. Names.All.Where(name => name != Name)];

    /// <summary>How a weight w is drawn.</summary>
    public abstract string Formula { get; }

    /// <summary>Var(w), as a formula.</summary>
    public abstract string Variance { get; }

    /// <summary>The standard deviation of w, as a formula: the square root of <see cref="Variance"/>.</summary>
    public virtual string StandardDeviation => $"sqrt({Variance})";

    /// <summary>The largest |w| there can be, as a formula; empty where there is no limit.</summary>
    public virtual string Limit => "";

    /// <summary>The law that weights are drawn from, in a few words, such as <c>truncated normal</c>.</summary>
    public abstract string Law { get; }

    /// <summary>What stays the same from layer to layer, and where.</summary>
    public abstract string Keeps { get; }

    /// <summary>What it is for, or what it shows.</summary>
    public abstract string Purpose { get; }

    /// <summary>Where it was proposed.</summary>
    public abstract string Reference { get; }

    /// <summary>
    /// False where theory of dense layers without biases behind an activation of the catalogue says nothing of it: what
    /// is for recurrent gates or upsampling, needs its own biases (Critical) or its own activation (SIREN's
    /// sin(omega0 z)).
    /// </summary>
    public virtual bool HasOutlook => true;

    /// <summary>The canonical expression with all defaults.</summary>
    public string Expression => Bind(new ArgumentReader(new CallNode(Name, [])), Reading.Default).ToString();

    /// <summary>Its parameters under the Keras convention, in the order of positional arguments.</summary>
    public IReadOnlyList<ParameterDescription> Parameters => _parameters.Value;

    /// <summary>Makes the initializer that the arguments describe.</summary>
    /// <param name="arguments">The arguments; those that are not given have the defaults of the reading.</param>
    /// <param name="reading">The framework whose names and defaults hold.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a value that a parameter does not take;
    /// <see cref="ErrorId.NonFiniteValue"/>: NaN or infinity; <see cref="ErrorId.UnknownArgument"/>: a parameter given
    /// twice; <see cref="ErrorId.ParameterConflict"/>: parameters of which only one can be given;
    /// <see cref="ErrorId.UnknownActivation"/>, <see cref="ErrorId.UnknownMode"/>,
    /// <see cref="ErrorId.UnknownDistribution"/>, <see cref="ErrorId.UnknownLayout"/>,
    /// <see cref="ErrorId.UnknownInitializer"/>: a word that is none of these.
    /// </exception>
    public abstract Initializer Bind(ArgumentReader arguments, Reading reading);
}

/// <summary>How the names and defaults of an expression are read.</summary>
/// <param name="Convention">The framework whose reading holds.</param>
/// <param name="IsExplicit">True where the caller chose it, false where the spelling did.</param>
/// <param name="Files">Finds the tensors of files that the expression names, or null where none are read.</param>
public readonly record struct Reading(Convention Convention, bool IsExplicit, ITensorFileSource? Files = null)
{
    /// <summary>The reading of an expression that says nothing of a framework.</summary>
    public static Reading Default { get; } = new(Convention.Keras, false);
}
