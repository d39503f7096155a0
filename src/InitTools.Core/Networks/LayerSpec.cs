using System.Globalization;

namespace InitTools;

/// <summary>One layer of an architecture: activation(operation(x) + skipped values).</summary>
public sealed record LayerSpec
{
    /// <summary>The name by which a skip takes the network's input.</summary>
    public const string InputName = "input";

    /// <summary>Describes a dense layer: activation(W^T x + b) with W of fan_in x fan_out.</summary>
    /// <param name="name">Its name, from which the names of its tensors derive.</param>
    /// <param name="fanIn">The number of inputs, at least 1.</param>
    /// <param name="fanOut">The number of units, at least 1.</param>
    /// <param name="activation">What is applied to the pre-activations.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>: a width below 1.</exception>
    public LayerSpec(string name, int fanIn, int fanOut, Activation activation)
        : this(name, new DenseOperation(fanIn, fanOut), activation)
    {
        if (fanIn < 1 || fanOut < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"Layer '{name}' is {fanIn}x{fanOut}; both widths are whole numbers of 1 or more.",
                $"{fanIn}x{fanOut}");
        }
    }

    /// <summary>Describes a layer of any kind.</summary>
    /// <param name="name">Its name, from which the names of its tensors derive.</param>
    /// <param name="operation">What it does to its input.</param>
    /// <param name="activation">What is applied to the pre-activations.</param>
    /// <param name="skip">
    /// The name of an earlier layer, or <see cref="InputName"/>, whose output is added to the pre-activations; or null.
    /// </param>
    public LayerSpec(string name, LayerOperation operation, Activation activation, string? skip = null)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(operation);
        ArgumentNullException.ThrowIfNull(activation);
        Name = name;
        Operation = operation;
        Activation = activation;
        Skip = skip;
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>What it does to its input.</summary>
    public LayerOperation Operation { get; }

    /// <summary>What is applied to the pre-activations.</summary>
    public Activation Activation { get; init; }

    /// <summary>The layer whose output is added to the pre-activations, or null.</summary>
    public string? Skip { get; }

    /// <summary>Connections into a unit; 0 where the layer has no weights that connect.</summary>
    public int FanIn => Operation.FanIn;

    /// <summary>Connections out of an input, which are the units of a dense layer; likewise.</summary>
    public int FanOut => Operation.FanOut;

    /// <summary>The name of a layer that was given none: <c>layer1</c> for the first.</summary>
    /// <param name="number">The layer's place, counted from 1.</param>
    public static string DefaultName(int number) => string.Create(CultureInfo.InvariantCulture, $"layer{number}");

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Name}: {Operation.Describe()} {Activation}{(Skip is null ? "" : $", skip from {Skip}")}";
}
