namespace InitTools;

/// <summary>The shapes of dense weights.</summary>
public static class DenseShape
{
    /// <summary>fan_in x fan_out in the layout IO, fan_out x fan_in in OI.</summary>
    public static TensorShape Of(long fanIn, long fanOut, Layout layout) =>
        layout == Layout.IO ? new TensorShape(fanIn, fanOut) : new TensorShape(fanOut, fanIn);
}
