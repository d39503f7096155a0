namespace InitTools;

/// <summary>
/// A rule for a whole network: its tensors in, an initializer for each out. Immutable, and written as an expression
/// such as <c>GPT2(layers=12)</c> or <c>TorchLinear</c>.
/// </summary>
public abstract class Parameterization
{
    /// <summary>The canonical name, such as <c>GPT2</c>.</summary>
    public abstract string Name { get; }

    /// <summary>True where layers of this kind have biases unless said otherwise.</summary>
    public virtual bool HasBiases => true;

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">A name, or a name with arguments.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownParameterization"/>, with the nearest name;
    /// <see cref="ErrorId.MalformedExpression"/>; <see cref="ErrorId.UnknownArgument"/>; and what
    /// <see cref="ParameterizationDefinition.Bind"/> throws.
    /// </exception>
    public static Parameterization Parse(string expression)
    {
        CallNode call = ExpressionParser.Parse(expression);
        ArgumentReader arguments = new(call);
        Parameterization parameterization = ParameterizationCatalogue.Find(call.Name).Bind(arguments);
        arguments.Finish();
        return parameterization;
    }

    /// <summary>One rule for each tensor, in their order.</summary>
    /// <param name="tensors">All tensors of the network, first to last.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.RoleUnknown"/>: what a tensor is in the network cannot be told;
    /// <see cref="ErrorId.FanUndefined"/>; <see cref="ErrorId.InvalidShape"/>.
    /// </exception>
    public abstract IReadOnlyList<TensorRule> Apply(IReadOnlyList<NetworkTensor> tensors);

    /// <summary>The canonical expression.</summary>
    public override string ToString()
    {
        string arguments = string.Join(", ", CanonicalArguments().Select(a => $"{a.Name}={a.Value}"));
        return arguments.Length == 0 ? Name : $"{Name}({arguments})";
    }

    /// <summary>The arguments of the canonical expression.</summary>
    protected virtual IEnumerable<(string Name, string Value)> CanonicalArguments() => [];
}

/// <summary>What a parameterization says of one tensor.</summary>
/// <param name="Initializer">How its weights are drawn.</param>
/// <param name="Multiplier">
/// The factor by which the forward pass multiplies what the tensor gives, or null where the rule has none.
/// </param>
/// <param name="LearningRateMultiplier">
/// The factor on the learning rate for the tensor, or null where the rule says nothing of it.
/// </param>
public sealed record TensorRule(
    Initializer Initializer, double? Multiplier = null, double? LearningRateMultiplier = null);
