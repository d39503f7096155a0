namespace InitTools;

/// <summary>
/// What the catalogue knows of one parameterization. A class derived from this one is all that a new one needs: the
/// catalogue finds it.
/// </summary>
public abstract class ParameterizationDefinition
{
    private readonly Lazy<IReadOnlyList<ParameterDescription>> _parameters;

    /// <summary>Prepares the definition.</summary>
    protected ParameterizationDefinition()
    {
        _parameters = new(() =>
        {
            ArgumentReader reader = new(new CallNode(Name, []));
            ReadArguments(reader);
            return reader.Parameters;
        });
    }

    /// <summary>The canonical name.</summary>
    public abstract string Name { get; }

    /// <summary>Other names for it.</summary>
    public virtual IReadOnlyList<string> Aliases => [];

    /// <summary>How the tensors of a network are drawn.</summary>
    public abstract string Formula { get; }

    /// <summary>Var(w) of a weight, as a formula.</summary>
    public abstract string Variance { get; }

    /// <summary>The standard deviation of w, as a formula.</summary>
    public virtual string StandardDeviation => $"sqrt({Variance})";

    /// <summary>What it is for, or what it shows.</summary>
    public abstract string Purpose { get; }

    /// <summary>Where it was proposed, or whose default it is.</summary>
    public abstract string Reference { get; }

    /// <summary>Its parameters, in the order of positional arguments.</summary>
    public IReadOnlyList<ParameterDescription> Parameters => _parameters.Value;

    /// <summary>Makes the parameterization that the arguments describe.</summary>
    /// <param name="arguments">The arguments; those that are not given have their defaults.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: a value that a parameter does not take, or none where one is needed;
    /// <see cref="ErrorId.NonFiniteValue"/>; <see cref="ErrorId.UnknownMode"/>.
    /// </exception>
    public abstract Parameterization Bind(ArgumentReader arguments);

    /// <summary>Asks for every argument; the values do not matter.</summary>
    protected virtual void ReadArguments(ArgumentReader arguments) => Bind(arguments);

    /// <summary>A whole number from a smallest one on.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: it is not whole, below the smallest, or 2^53 or more.
    /// </exception>
    protected long WholeNumber(ArgumentReader arguments, string name, long defaultValue, long smallest)
    {
        ArgumentNullException.ThrowIfNull(arguments);
        double value = arguments.Number(name, defaultValue);
        return double.IsInteger(value) && value >= smallest && value < 1L << 53
            ? (long)value
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: {name} is {ExpressionNode.Format(value)}; a whole number of {smallest} or more is accepted.",
                value);
    }
}
