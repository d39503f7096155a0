using System.Runtime.CompilerServices;

namespace InitTools.Kernels.Fills;

/// <summary>
/// A law whose parameters are checked and rounded to the element type, and whose arithmetic is chosen: all that does
/// not depend on what is filled. For a small tensor selecting costs more than drawing.
/// </summary>
/// <typeparam name="TElement">float, double, Half, or ushort for BFloat16.</typeparam>
internal abstract class SelectedLaw<TElement>
    where TElement : unmanaged
{
    /// <summary>Fills with numbers of the law.</summary>
    public abstract void Draw(FillRequest<TElement> request);
}

/// <summary>A law that random words are turned into numbers of.</summary>
internal sealed class DrawnLaw<TElement, TLaw>(TLaw law) : SelectedLaw<TElement>
    where TElement : unmanaged
    where TLaw : struct, ILaw
{
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Draw(FillRequest<TElement> request) => request.Draw(law);
}

/// <summary>The law of one number, rounded to the element type.</summary>
internal sealed class RepeatedNumber<TElement>(double number) : SelectedLaw<TElement>
    where TElement : unmanaged
{
    private readonly TElement _element = ElementRange.Element<TElement>(number);

    public override void Draw(FillRequest<TElement> request) => request.Repeat(_element);
}
