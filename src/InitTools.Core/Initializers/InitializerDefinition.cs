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
            ArgumentReader reader = new(new CallNode(Name, [], 0));
            Bind(reader, Reading.Default);
            return reader.Parameters;
        });
    }

    /// <summary>The canonical name.</summary>
    public abstract string Name { get; }

    /// <summary>The names that frameworks give it. Case, and underscores within a name, do not count.</summary>
    public abstract IReadOnlyList<string> Aliases { get; }

    /// <summary>How a weight w is drawn.</summary>
    public abstract string Formula { get; }

    /// <summary>Var(w), as a formula.</summary>
    public abstract string Variance { get; }

    /// <summary>The standard deviation of w, as a formula: the square root of <see cref="Variance"/>.</summary>
    public virtual string StandardDeviation => $"sqrt({Variance})";

    /// <summary>The largest |w| there can be, as a formula; empty where there is no limit.</summary>
    public virtual string Limit => "";

    /// <summary>What it is for, or what it shows.</summary>
    public abstract string Purpose { get; }

    /// <summary>Where it was proposed.</summary>
    public abstract string Reference { get; }

    /// <summary>
    /// False where it is for kernels of another kind, such as recurrent gates or upsampling, so that what a stack of dense
    /// layers does says nothing of it.
    /// </summary>
    public virtual bool IsForDenseLayers => true;

    /// <summary>Its parameters under the Keras convention, in the order of positional arguments.</summary>
    public IReadOnlyList<ParameterDescription> Parameters => _parameters.Value;

    /// <summary>Makes the initializer that the arguments describe.</summary>
    public abstract Initializer Bind(ArgumentReader arguments, Reading reading);
}

/// <summary>How the names and defaults of an expression are read.</summary>
/// <param name="Convention">The framework whose reading holds.</param>
/// <param name="IsExplicit">True where the caller chose it, false where the spelling did.</param>
public readonly record struct Reading(Convention Convention, bool IsExplicit)
{
    /// <summary>The reading of an expression that says nothing of a framework.</summary>
    public static Reading Default { get; } = new(Convention.Keras, false);
}
