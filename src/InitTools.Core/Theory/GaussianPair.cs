using System.Runtime.CompilerServices;
using InitTools.Kernels;
using InitTools.Kernels.Lanes;

namespace InitTools;

/// <summary>
/// E[phi(x) phi(y)] for x and y of one normal law and a correlation between them, to a relative error of 1e-10. The
/// inner integral runs over y given x, which is normal again: N(mean + c (x - mean), variance (1 - c^2)).
/// </summary>
/// <remarks>
/// Both integrals are Gauss-Legendre panels whose ends lie on a grid in standard deviations, on a grid in x, where
/// phi varies whatever the variance, and on kinks; the outer ones come closer to a kink as the inner law, which smooths
/// it, becomes narrow. The inner values are computed in vectors.
/// </remarks>
internal static class GaussianPair
{
    // p(8.5) = 8e-17.
    private const double Reach = 8.5;
    private const double PanelWidth = 1.5;
    private const int Order = 20;

    private static readonly GaussLegendre s_rule = GaussLegendre.Create(Order);
    private static readonly double[] s_scales = [-40, -20, -8, -3, -1, 1, 3, 8, 20, 40];

    /// <summary>E[phi(x) phi(y)], x and y ~ N(mean, variance) with the correlation c from -1 to 1.</summary>
    public static double Product(Activation activation, double mean, double variance, double correlation)
    {
        double deviation = Math.Sqrt(variance);
        double innerDeviation = deviation * Math.Sqrt((1 - correlation) * (1 + correlation));
        if (variance == 0 || innerDeviation == 0)
        {
            return correlation >= 0 || variance == 0
                ? GaussianExpectation.SecondMoment(activation, mean, variance)
                : GaussianExpectation.Of(
                    x => activation.Value(x) * activation.Value(2 * mean - x), mean, variance, activation.KinkPoints);
        }

        List<double> ends = Ends(activation, mean, deviation);
        foreach (double kink in activation.KinkPoints)
        {
            // What the inner law smooths is the kink at mean + c (x - mean).
            double place = correlation == 0 ? kink : mean + (kink - mean) / correlation;
            for (double distance = innerDeviation / 2; distance < deviation; distance *= 2)
            {
                AddEnd(ends, (place - distance - mean) / deviation);
                AddEnd(ends, (place + distance - mean) / deviation);
            }

            AddEnd(ends, (place - mean) / deviation);
        }

        ends.Sort();
        double[] nodes = new double[(ends.Count - 1) * Order];
        double[] weights = new double[nodes.Length];
        FillNodes(ends, nodes, weights);
        var inner = new Expectation(activation, innerDeviation);
        double sum = 0;
        for (int i = 0; i < nodes.Length; i++)
        {
            double distance = deviation * nodes[i];
            sum += weights[i] * activation.Value(mean + distance) * inner.Of(mean + correlation * distance);
        }

        return sum;
    }

    private static List<double> Ends(Activation activation, double mean, double deviation)
    {
        List<double> ends = [-Reach, Reach];
        for (double z = 0; z < Reach; z += PanelWidth)
        {
            ends.Add(z);
            ends.Add(-z);
        }

        foreach (double x in s_scales)
        {
            AddEnd(ends, (x - mean) / deviation);
        }

        foreach (double kink in activation.KinkPoints)
        {
            AddEnd(ends, (kink - mean) / deviation);
        }

        return ends;
    }

    private static void AddEnd(List<double> ends, double z)
    {
        if (Math.Abs(z) < Reach)
        {
            ends.Add(z);
        }
    }

    // The weights hold the density too.
    private static void FillNodes(List<double> ends, Span<double> nodes, Span<double> weights)
    {
        for (int panel = 1; panel < ends.Count; panel++)
        {
            int first = (panel - 1) * Order;
            s_rule.CopyTo(ends[panel - 1], ends[panel], nodes[first..], weights[first..]);
        }

        double[] density = new double[weights.Length];
        for (int i = 0; i < density.Length; i++)
        {
            density[i] = -0.5 * nodes[i] * nodes[i];
        }

        Elementwise.Map<ExpOperation, double>(default, density, density);
        for (int i = 0; i < density.Length; i++)
        {
            weights[i] *= density[i] / GaussianExpectation.SquareRootOfTwoPi;
        }
    }

    // E[phi(y)] of N(mean, deviation^2) for many means.
    private sealed class Expectation(Activation activation, double deviation)
    {
        private double[] _nodes = [];
        private double[] _weights = [];
        private double[] _values = [];

        public double Of(double mean)
        {
            List<double> ends = Ends(activation, mean, deviation);
            ends.Sort();
            int count = (ends.Count - 1) * Order;
            if (_nodes.Length < count)
            {
                _nodes = new double[count];
                _weights = new double[count];
                _values = new double[count];
            }

            Span<double> nodes = _nodes.AsSpan(0, count);
            Span<double> weights = _weights.AsSpan(0, count);
            Span<double> values = _values.AsSpan(0, count);
            FillNodes(ends, nodes, weights);
            for (int i = 0; i < count; i++)
            {
                values[i] = mean + deviation * nodes[i];
            }

            activation.Apply<double>(values, values);
            double sum = 0;
            for (int i = 0; i < count; i++)
            {
                sum += weights[i] * values[i];
            }

            return sum;
        }
    }

    private readonly struct ExpOperation : IUnaryOperation
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public T Invoke<T>(T value)
            where T : struct, ILanes<T> => Kernels.Elementary.Exp.Evaluate(value);
    }
}
