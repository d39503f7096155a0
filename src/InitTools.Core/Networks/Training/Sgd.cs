using System.Numerics;
using System.Runtime.CompilerServices;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Stochastic gradient descent: v := momentum v + g, w := w - rate v, with v = 0 before the first step. Without
/// momentum it is w := w - rate g. PyTorch's torch.optim.SGD; Keras's keeps rate v instead of v, the same while the
/// rate does not change. Polyak 1964, Some methods of speeding up the convergence of iteration methods.
/// </summary>
/// <param name="Momentum">From 0 to below 1.</param>
public sealed record Sgd(double Momentum = 0) : Optimizer
{
    internal const string ExpressionName = "SGD";

    /// <inheritdoc/>
    public override ParameterUpdate<T> Attach<T>(int length) =>
        Momentum == 0 ? new PlainUpdate<T>() : new MomentumUpdate<T>(Momentum, length);

    /// <inheritdoc/>
    public override string ToString() =>
        Momentum == 0 ? ExpressionName : $"{ExpressionName}(momentum={ExpressionNode.Format(Momentum)})";

    internal static Optimizer Read(ArgumentReader arguments) =>
        new Sgd(ReadDecay(arguments, ExpressionName, "momentum", 0));

    private sealed class PlainUpdate<T> : ParameterUpdate<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        public override void Apply(Span<T> parameters, ReadOnlySpan<T> gradient, double rate) =>
            Elementwise.Update(new AddScaled(-rate), gradient, parameters);
    }

    private sealed class MomentumUpdate<T>(double momentum, int length) : ParameterUpdate<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _velocity = new T[length];

        public override void Apply(Span<T> parameters, ReadOnlySpan<T> gradient, double rate)
        {
            Elementwise.Update(new Accumulate(momentum), gradient, _velocity);
            Elementwise.Update<AddScaled, T>(new AddScaled(-rate), _velocity, parameters);
        }
    }

    // factor * left + right, fused.
    private readonly struct AddScaled(double factor) : IBinaryOperation
    {
        private readonly double _factor = factor;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> => T.FusedMultiplyAdd(T.Create(_factor), left, right);
    }

    // left + momentum * right, fused.
    private readonly struct Accumulate(double momentum) : IBinaryOperation
    {
        private readonly double _momentum = momentum;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> => T.FusedMultiplyAdd(T.Create(_momentum), right, left);
    }
}
