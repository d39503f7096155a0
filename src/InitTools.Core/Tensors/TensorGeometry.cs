namespace InitTools;

/// <summary>What an initializer knows of the tensor that it fills.</summary>
/// <param name="Shape">The dimensions of the whole tensor.</param>
/// <param name="Layout">Which axes are inputs and outputs.</param>
/// <param name="Fans">The fans, or null where the shape has none.</param>
public sealed record TensorGeometry(TensorShape Shape, Layout Layout, Fans? Fans)
{
    /// <summary>The axis of the outputs: the last one in layout IO, the first one in OI.</summary>
    public int OutputAxis => Layout == Layout.IO ? Shape.Rank - 1 : 0;

    /// <summary>The axis of the inputs, which rank 1 does not have.</summary>
    public int InputAxis => Layout == Layout.IO ? Shape.Rank - 2 : 1;

    /// <summary>The number of outputs.</summary>
    public long Outputs => Shape[OutputAxis];

    /// <summary>The number of inputs that one output sees.</summary>
    public long Inputs => Shape[InputAxis];

    /// <summary>The dimensions that are neither inputs nor outputs.</summary>
    public IReadOnlyList<long> Kernel => Layout == Layout.IO
        ? [.. Shape.Dimensions.SkipLast(2)]
        : [.. Shape.Dimensions.Skip(2)];

    /// <summary>
    /// One of several equal parts that lie side by side on the axis of the outputs; each has fans of its own, unless
    /// the caller gave the fans.
    /// </summary>
    /// <param name="parts">How many there are; they divide the outputs.</param>
    internal TensorGeometry OfOutputPart(long parts)
    {
        long[] dimensions = [.. Shape.Dimensions];
        dimensions[OutputAxis] /= parts;
        Fans? fans = Fans is Fans whole && whole.Rule != FanRule.Given
            ? whole with { FanOut = whole.FanOut / parts }
            : Fans;
        return new TensorGeometry(new TensorShape(dimensions), Layout, fans);
    }
}
