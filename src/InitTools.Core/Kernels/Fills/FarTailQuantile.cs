using System.Runtime.CompilerServices;
using InitTools.Kernels.Elementary;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels.Fills;

/// <summary>
/// The quantile between bounds near &lt; far on one side that lie so far out that probabilities are no normal numbers
/// any more. With R(x) = e^(x^2/2) P(Z &gt; x), z = near + d and l = -ln(1 - u (1 - P(Z &gt; far) / P(Z &gt; near))),
/// d solves d (near + d/2) - ln(R(near + d) / R(near)) = l. The solution of the quadratic part is the start; three
/// steps of Newton's method, whose derivative is the hazard, leave an error below rounding for near above 30.
/// </summary>
internal readonly struct FarTailQuantile : IBoundedQuantile
{
    private const double HalfRoot = 0.70710678118654752;

    private readonly double _near;
    private readonly double _share;
    private readonly double _nearComplement;
    private readonly double _sign;

    /// <param name="near">The bound nearer to 0.</param>
    /// <param name="far">The other one, farther from 0 on the same side; it may be infinite.</param>
    public FarTailQuantile(double near, double far)
    {
        _sign = near < 0 ? -0.0 : 0.0;
        _near = Math.Abs(near);
        far = Math.Abs(far);
        _nearComplement = ScaledComplement(_near);
        double ratio = double.IsInfinity(far)
            ? 0
            : DeterministicMath.Exp(-0.5 * (far - _near) * (far + _near)) * (ScaledComplement(far) / _nearComplement);
        _share = 1 - ratio;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public T Evaluate<T>(T u, T complement)
        where T : struct, ILanes<T>
    {
        T near = T.Create(_near);
        T half = T.Create(0.5);
        T log = -Log1p.Evaluate(-u * T.Create(_share));
        T d = (log + log) / (near + T.Sqrt(T.FusedMultiplyAdd(near, near, log + log)));
        for (int step = 0; step < 3; step++)
        {
            T scaled = Erf.ScaledComplement((near + d) * T.Create(HalfRoot));
            T logRatio = Log.Normal(scaled / T.Create(_nearComplement));
            T residual = T.FusedMultiplyAdd(d, T.FusedMultiplyAdd(half, d, near), -logRatio) - log;

            // sqrt(pi/2) times the scaled complement is 1 / hazard.
            d = T.FusedMultiplyAdd(-residual, scaled * T.Create(1.2533141373155003), d);
        }

        return (near + d) ^ T.Create(_sign);
    }

    private static double ScaledComplement(double x) =>
        ScalarDouble.ToElement(Erf.ScaledComplement(ScalarDouble.Broadcast(x * HalfRoot)));
}
