using System.Numerics;
using System.Runtime.CompilerServices;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>Plain gradient descent.</summary>
public static class GradientDescent
{
    /// <summary>parameters[i] -= rate * gradient[i], fused.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="parameters">Weights or biases.</param>
    /// <param name="gradient">dL/d(parameters): as many.</param>
    /// <param name="rate">The learning rate, rounded to the precision of the parameters.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: lengths differ.</exception>
    public static void Step<T>(Span<T> parameters, ReadOnlySpan<T> gradient, double rate)
        where T : unmanaged, IBinaryFloatingPointIeee754<T> =>
        Elementwise.Update(new StepOperation(rate), gradient, parameters);

    private readonly struct StepOperation(double rate) : IBinaryOperation
    {
        private readonly double _negativeRate = -rate;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> => T.FusedMultiplyAdd(T.Create(_negativeRate), left, right);
    }
}
