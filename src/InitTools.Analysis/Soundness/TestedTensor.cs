namespace InitTools.Analysis;

/// <summary>A tensor under test: what it is for, which layouts it may have, what it shows.</summary>
internal sealed class TestedTensor
{
    /// <summary>Looks at the tensor, all of its elements included.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="layout">The layout that the caller gave, or null.</param>
    /// <param name="cancellation">Stops the look.</param>
    public TestedTensor(WeightTensor tensor, Layout? layout, CancellationToken cancellation)
    {
        Tensor = tensor;
        Recorded = tensor.GetRecordedRecipe();
        Names = new NetworkTensor(tensor);
        Role = WeightRoles.Of(tensor);
        IsLayoutKnown = layout is not null || Recipe is not null;
        Layout = layout ?? (Recipe is null ? LikelyLayout(tensor) : tensor.GetLayout());
        Layouts = IsLayoutKnown || Shape.Rank == 1
            ? [Layout]
            : [Layout, InitTools.Layouts.OtherThan(Layout)];
        Figures = TensorScan.Run(tensor, Layout, cancellation);
    }

    /// <summary>The tensor.</summary>
    public WeightTensor Tensor { get; }

    /// <summary>The recipe that it is, or that came with its values; or null.</summary>
    public WeightTensor? Recipe => Recorded?.Recipe;

    /// <summary>The same, with the layout in which the values are stored.</summary>
    public RecordedRecipe? Recorded { get; }

    /// <summary>Its name in parts.</summary>
    public NetworkTensor Names { get; }

    /// <summary>What it is for.</summary>
    public WeightRole Role { get; }

    /// <summary>Whether the caller or a recipe says the layout.</summary>
    public bool IsLayoutKnown { get; }

    /// <summary>The layout that is known or, by the shape, likely.</summary>
    public Layout Layout { get; }

    /// <summary>The layouts that the tensor may have, the likely one first.</summary>
    public IReadOnlyList<Layout> Layouts { get; }

    /// <summary>What its elements show.</summary>
    public TensorFigures Figures { get; }

    /// <summary>Its dimensions.</summary>
    public TensorShape Shape => Tensor.GetShape();

    /// <summary>The number of outputs in the likely layout.</summary>
    public long Outputs => OutputsOf(Shape, Layout);

    /// <summary>The number of inputs of one output in the likely layout, the kernel left out; 1 for a vector.</summary>
    public long Inputs => InputsOf(Shape, Layout);

    /// <summary>The outputs of a shape.</summary>
    public static long OutputsOf(TensorShape shape, Layout layout) => layout == Layout.IO ? shape[^1] : shape[0];

    /// <summary>The inputs of one output of a shape, the kernel left out; 1 for a vector.</summary>
    public static long InputsOf(TensorShape shape, Layout layout) =>
        shape.Rank == 1 ? 1 : layout == Layout.IO ? shape[^2] : shape[1];

    /// <summary>The fans in a layout, or null where there are none.</summary>
    public Fans? FansIn(Layout layout) =>
        Tensor.GetFans() is Fans fans && (layout == Tensor.GetLayout() || fans.Rule == FanRule.Given)
            ? fans
            : Fans.Of(Shape, layout);

    /// <summary>The law of the elements that an initializer makes for the tensor; null where it makes none.</summary>
    public WeightLaw? LawOf(Initializer initializer, Layout layout)
    {
        try
        {
            return initializer.GetLaw(new TensorGeometry(Shape, layout, FansIn(layout)));
        }
        catch (InitToolsException)
        {
            // It needs fans or another shape.
            return null;
        }
    }

    // Kernels have few places: the axes beside the channels are the short ones.
    private static Layout LikelyLayout(WeightTensor tensor)
    {
        TensorShape shape = tensor.GetShape();
        if (shape.Rank <= 2)
        {
            return tensor.GetLayout();
        }

        long ofIO = shape.Count / (shape[^1] * shape[^2]);
        long ofOI = shape.Count / (shape[0] * shape[1]);
        return ofIO == ofOI ? tensor.GetLayout() : ofIO < ofOI ? Layout.IO : Layout.OI;
    }
}
