using InitTools.Kernels;

namespace InitTools;

/// <summary>What given values are, as they promise nothing: measured at the first question, once.</summary>
internal sealed record HeldLaw : WeightLaw
{
    private readonly Lazy<Moments> _moments;

    public HeldLaw(Func<IElementReader> values) => _moments = new(() => Measure(values()));

    public override double Mean => _moments.Value.Mean;

    public override double Variance => _moments.Value.Variance;

    public override double? Limit => Math.Max(Math.Abs(_moments.Value.Minimum), Math.Abs(_moments.Value.Maximum));

    internal override bool IsPromise => false;

    // Narrowing is checked value by value, where it happens.
    internal override double Reach => 0;

    private static Moments Measure(IElementReader values) =>
        Moments.Of(new HeldElements(new Lazy<IElementReader>(values)).Fill, values.Count, new ParallelOptions());
}
