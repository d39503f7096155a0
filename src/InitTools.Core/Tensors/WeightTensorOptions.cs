namespace InitTools;

/// <summary>What a weight tensor is made from.</summary>
public sealed record WeightTensorOptions
{
    /// <summary>The tensor's name, by which its stream is found unless <see cref="Stream"/> is given.</summary>
    public required string Name { get; init; }

    /// <summary>Its dimensions.</summary>
    public required TensorShape Shape { get; init; }

    /// <summary>How its values are drawn.</summary>
    public required Initializer Initializer { get; init; }

    /// <summary>The seed.</summary>
    public required Seed Seed { get; init; }

    /// <summary>Which axes are inputs and outputs.</summary>
    public Layout Layout { get; init; } = Layout.IO;

    /// <summary>The type of its elements.</summary>
    public DType DType { get; init; } = DType.Float32;

    /// <summary>The activation behind its layer, or null where none is known.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The fans, or null to take them from shape and layout.</summary>
    public Fans? Fans { get; init; }

    /// <summary>The text that names the stream, or null for the tensor's name.</summary>
    public string? Stream { get; init; }

    /// <summary>What the stream is for.</summary>
    public StreamPurpose Purpose { get; init; } = StreamPurpose.Weights;

    /// <summary>The first element of the slice, in row-major order.</summary>
    public long Offset { get; init; }

    /// <summary>The number of elements of the slice, or null for all from <see cref="Offset"/> on.</summary>
    public long? Count { get; init; }

    /// <summary>Where random numbers come from.</summary>
    public RandomGenerator Generator { get; init; }

    /// <summary>Where the tensor's draws begin, for generators that draw one number after the other.</summary>
    public DrawPosition Draw { get; init; }

    /// <summary>Finds the recipe that came with imported values, or null.</summary>
    internal Func<RecordedRecipe?>? RecordedRecipe { get; init; }
}
