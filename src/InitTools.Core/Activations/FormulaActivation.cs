using System.Runtime.CompilerServices;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>An activation's formula, written once for single numbers and vectors of either precision.</summary>
internal interface IActivationFormula
{
    /// <summary>phi(z) in every lane; NaN where z is NaN.</summary>
    public T Value<T>(T z)
        where T : struct, ILanes<T>;

    /// <summary>phi'(z) in every lane.</summary>
    public T Derivative<T>(T z)
        where T : struct, ILanes<T>;
}

/// <summary>An activation given by one formula, from which single values and whole arrays are made.</summary>
internal abstract class FormulaActivation<TFormula>(TFormula formula) : Activation
    where TFormula : struct, IActivationFormula
{
    // Theory asks for millions of single values at once, long before a method that is called often is compiled again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override double Value(double preActivation)
    {
        ScalarDouble value = formula.Value(ScalarDouble.Broadcast(preActivation));
        return Unsafe.BitCast<ScalarDouble, double>(value);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public sealed override double Derivative(double preActivation)
    {
        ScalarDouble derivative = formula.Derivative(ScalarDouble.Broadcast(preActivation));
        return Unsafe.BitCast<ScalarDouble, double>(derivative);
    }

    public sealed override void Apply<T>(ReadOnlySpan<T> preActivation, Span<T> activation) =>
        Elementwise.Map(new ValueOperation(formula), preActivation, activation);

    public sealed override void MultiplyByDerivative<T>(ReadOnlySpan<T> preActivation, Span<T> gradient) =>
        Elementwise.Update(new DerivativeOperation(formula), preActivation, gradient);

    private readonly struct ValueOperation(TFormula formula) : IUnaryOperation
    {
        private readonly TFormula _formula = formula;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILanes<T> => _formula.Value(value);
    }

    private readonly struct DerivativeOperation(TFormula formula) : IBinaryOperation
    {
        private readonly TFormula _formula = formula;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> => _formula.Derivative(left) * right;
    }
}
