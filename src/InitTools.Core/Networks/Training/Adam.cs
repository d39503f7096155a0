using System.Numerics;
using System.Runtime.CompilerServices;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Adam (Kingma and Ba 2015, arXiv:1412.6980): m := b1 m + (1 - b1) g, s := b2 s + (1 - b2) g^2,
/// w := w - rate (m / (1 - b1^t)) / (sqrt(s / (1 - b2^t)) + epsilon) in step t, from 1; m and s begin with 0.
/// </summary>
/// <param name="Beta1">b1, from 0 to below 1.</param>
/// <param name="Beta2">b2, from 0 to below 1.</param>
/// <param name="Epsilon">Above 0; 1e-8 as in the paper and PyTorch (Keras has 1e-7).</param>
public sealed record Adam(double Beta1 = 0.9, double Beta2 = 0.999, double Epsilon = 1e-8) : Optimizer
{
    internal const string ExpressionName = "Adam";

    private static readonly Adam s_default = new();

    /// <inheritdoc/>
    public override ParameterUpdate<T> Attach<T>(int length) => new AdamUpdate<T>(this, length);

    /// <inheritdoc/>
    public override string ToString()
    {
        (string Name, double Value, double Default)[] settings =
        [
            ("beta1", Beta1, s_default.Beta1),
            ("beta2", Beta2, s_default.Beta2),
            ("epsilon", Epsilon, s_default.Epsilon),
        ];
        string arguments = string.Join(", ", settings
            .Where(setting => setting.Value != setting.Default)
            .Select(setting => $"{setting.Name}={ExpressionNode.Format(setting.Value)}"));
        return arguments.Length == 0 ? ExpressionName : $"{ExpressionName}({arguments})";
    }

    internal static Optimizer Read(ArgumentReader arguments)
    {
        double beta1 = ReadDecay(arguments, ExpressionName, "beta1", s_default.Beta1);
        double beta2 = ReadDecay(arguments, ExpressionName, "beta2", s_default.Beta2);
        return new Adam(beta1, beta2, arguments.Positive("epsilon", s_default.Epsilon, "eps"));
    }

    private sealed class AdamUpdate<T>(Adam adam, int length) : ParameterUpdate<T>
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        private readonly T[] _mean = new T[length];
        private readonly T[] _square = new T[length];
        private readonly T[] _direction = new T[length];
        private double _beta1Power = 1;
        private double _beta2Power = 1;

        public override void Apply(Span<T> parameters, ReadOnlySpan<T> gradient, double rate)
        {
            _beta1Power *= adam.Beta1;
            _beta2Power *= adam.Beta2;
            Elementwise.Update(new Average(adam.Beta1), gradient, _mean);
            Elementwise.Update(new AverageOfSquares(adam.Beta2), gradient, _square);
            _square.CopyTo(_direction, 0);
            Elementwise.Update<Direction, T>(
                new Direction(rate / (1 - _beta1Power), 1 / (1 - _beta2Power), adam.Epsilon),
                _mean,
                _direction);
            Elementwise.Update<Subtract, T>(default, _direction, parameters);
        }
    }

    // decay * right + (1 - decay) * left.
    private readonly struct Average(double decay) : IBinaryOperation
    {
        private readonly double _decay = decay;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> =>
            T.FusedMultiplyAdd(T.Create(_decay), right, T.Create(1 - _decay) * left);
    }

    // decay * right + (1 - decay) * left^2.
    private readonly struct AverageOfSquares(double decay) : IBinaryOperation
    {
        private readonly double _decay = decay;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> =>
            T.FusedMultiplyAdd(T.Create(_decay), right, T.Create(1 - _decay) * left * left);
    }

    // rate * left / (sqrt(scale * right) + epsilon).
    private readonly struct Direction(double rate, double scale, double epsilon) : IBinaryOperation
    {
        private readonly double _rate = rate;
        private readonly double _scale = scale;
        private readonly double _epsilon = epsilon;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> =>
            T.Create(_rate) * left / (T.Sqrt(T.Create(_scale) * right) + T.Create(_epsilon));
    }

    private readonly struct Subtract : IBinaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T left, T right)
            where T : struct, ILanes<T> => right - left;
    }
}
