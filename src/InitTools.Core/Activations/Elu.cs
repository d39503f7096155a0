using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// Exponential linear unit (Clevert 2015): phi(z) = z for z above 0, alpha * (e^z - 1) otherwise, alpha 0 or more and 1
/// by default.
/// </summary>
internal sealed class Elu(double alpha) : FormulaActivation<Elu.EluFormula>(new EluFormula(alpha))
{
    private const double DefaultAlpha = 1;

    public Elu()
        : this(DefaultAlpha)
    {
    }

    public override string Name => "elu";

    public override string Formula => "z if z > 0, else alpha * (exp(z) - 1)";

    public override IReadOnlyList<ActivationParameter> Parameters { get; } = [new("alpha", alpha, DefaultAlpha, [])];

    public override IReadOnlyList<double> KinkPoints => [0];

    internal override Activation With(ReadOnlySpan<double> parameters) => parameters[0] >= 0
        ? new Elu(parameters[0])
        : throw new InitToolsException(
            ErrorId.InvalidArgument,
            $"elu: alpha is {ExpressionNode.Format(parameters[0])}; a number of 0 or more is accepted.",
            parameters[0]);

    internal readonly struct EluFormula(double alpha) : IActivationFormula
    {
        private readonly double _alpha = alpha;

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Value<T>(T z)
            where T : struct, ILanes<T>
        {
            T zero = T.Create(0);
            return T.Select(T.GreaterThan(z, zero), z, T.Create(_alpha) * Expm1.Evaluate(T.Min(zero, z)));
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Derivative<T>(T z)
            where T : struct, ILanes<T>
        {
            T zero = T.Create(0);
            return T.Select(
                T.GreaterThan(z, zero),
                T.Create(1),
                T.Create(_alpha) * Exp.Evaluate(T.Min(zero, z)));
        }
    }
}
