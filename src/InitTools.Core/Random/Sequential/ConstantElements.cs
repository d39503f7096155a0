namespace InitTools;

/// <summary>One number for all elements, for which a sequential generator draws nothing.</summary>
internal sealed class ConstantElements(double value, DrawPosition position) : SequentialElements
{
    protected override void Read(Span<float> destination, long start, CancellationToken cancellation) =>
        destination.Fill((float)value);

    protected override void Read(Span<double> destination, long start, CancellationToken cancellation) =>
        destination.Fill(value);

    protected override DrawPosition End(CancellationToken cancellation) => position;
}
