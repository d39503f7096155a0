using System.Globalization;

namespace InitTools;

/// <summary>One dense layer of an architecture: activation(W^T x + b) with W of fan_in x fan_out.</summary>
public sealed record LayerSpec
{
    /// <summary>Describes a layer.</summary>
    /// <param name="name">Its name, from which the names of its tensors derive.</param>
    /// <param name="fanIn">The number of inputs, at least 1.</param>
    /// <param name="fanOut">The number of units, at least 1.</param>
    /// <param name="activation">What is applied to the pre-activations.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>: a width below 1.</exception>
    public LayerSpec(string name, int fanIn, int fanOut, Activation activation)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        ArgumentNullException.ThrowIfNull(activation);
        if (fanIn < 1 || fanOut < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"Layer '{name}' is {fanIn}x{fanOut}; both widths are whole numbers of 1 or more.",
                $"{fanIn}x{fanOut}");
        }

        Name = name;
        FanIn = fanIn;
        FanOut = fanOut;
        Activation = activation;
    }

    /// <summary>The layer's name.</summary>
    public string Name { get; }

    /// <summary>The number of inputs.</summary>
    public int FanIn { get; }

    /// <summary>The number of units.</summary>
    public int FanOut { get; }

    /// <summary>What is applied to the pre-activations.</summary>
    public Activation Activation { get; }

    /// <summary>The name of a layer that was given none: <c>layer1</c> for the first.</summary>
    /// <param name="number">The layer's place, counted from 1.</param>
    public static string DefaultName(int number) => string.Create(CultureInfo.InvariantCulture, $"layer{number}");

    /// <inheritdoc/>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{Name}: {FanIn}x{FanOut} {Activation}");
}
