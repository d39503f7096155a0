namespace InitTools.PowerShell.Binding;

/// <summary>What a cmdlet's parameters say for every layer that says nothing of its own.</summary>
internal sealed record LayerDefaults
{
    /// <summary>How weights and biases are drawn.</summary>
    public required InitializerChoice Choice { get; init; }

    /// <summary>The seed, given or drawn.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Where random numbers come from.</summary>
    public RandomGenerator Generator { get; init; }

    /// <summary>Cancelled when the cmdlet is stopped.</summary>
    public CancellationToken Cancellation { get; init; }

    /// <summary>True where plans are wanted, and nothing is drawn.</summary>
    public bool IsPlan { get; init; }

    /// <summary>True where the caller gave the seed.</summary>
    public bool SeedIsGiven { get; init; }

    /// <summary>Which axes are inputs and outputs.</summary>
    public Layout Layout { get; init; } = Layout.IO;

    /// <summary>The type of the elements.</summary>
    public DType DType { get; init; } = DType.Float32;

    /// <summary>Whose reading of an initializer's name holds, or null.</summary>
    public Convention? Convention { get; init; }

    /// <summary>Finds the tensors of files that initializers name.</summary>
    public required ITensorFileSource Files { get; init; }

    /// <summary>The activation behind each layer, or null where none is known.</summary>
    public Activation? Activation { get; init; }
}
