namespace InitTools;

/// <summary>
/// Elements that a formula gives in double precision: rounded to Float32, and from there to narrower types.
/// </summary>
internal sealed class FormulaElements(Func<long, double> formula) : IElementSource
{
    public void Fill(Memory<float> destination, long offset, ParallelOptions options) =>
        Fill(destination.Span, offset, value => (float)value);

    public void Fill(Memory<double> destination, long offset, ParallelOptions options) =>
        Fill(destination.Span, offset, value => value);

    public void Fill(Memory<Half> destination, long offset, ParallelOptions options) =>
        Fill(destination.Span, offset, value => (Half)(float)value);

    public void FillBFloat16(Memory<ushort> destination, long offset, ParallelOptions options) =>
        Fill(destination.Span, offset, value => BFloat16Bits.Round((float)value));

    private void Fill<T>(Span<T> destination, long offset, Func<double, T> round)
    {
        for (int i = 0; i < destination.Length; i++)
        {
            destination[i] = round(formula(offset + i));
        }
    }
}
