using System.Runtime.CompilerServices;

namespace InitTools;

/// <summary>
/// The Gauss-Legendre rule on [-1, 1]: integral of f = sum of weight_i f(node_i), exact for polynomials of degree
/// 2n - 1. Nodes are the roots of the Legendre polynomial P_n, weights 2 / ((1 - x^2) P_n'(x)^2).
/// </summary>
internal sealed class GaussLegendre
{
    // Finer than the closest pair of roots of any rule in use, so that each interval holds at most one.
    private const int SearchIntervals = 1024;

    private GaussLegendre(double[] nodes, double[] weights)
    {
        PositiveNodes = nodes;
        Weights = weights;
    }

    /// <summary>The positive nodes, ascending; each stands for its negative as well.</summary>
    private double[] PositiveNodes { get; }

    /// <summary>The weights of the positive nodes, the same for their negatives.</summary>
    private double[] Weights { get; }

    /// <summary>The rule of an even number of nodes up to 32.</summary>
    public static GaussLegendre Create(int order)
    {
        double[] nodes = new double[order / 2];
        double[] weights = new double[order / 2];
        int found = 0;
        for (int interval = 0; interval < SearchIntervals; interval++)
        {
            double low = (double)interval / SearchIntervals;
            double high = (double)(interval + 1) / SearchIntervals;
            double lowValue = Evaluate(order, low).Value;
            if (lowValue * Evaluate(order, high).Value > 0)
            {
                continue;
            }

            double middle = low + (high - low) / 2;
            while (low < middle && middle < high)
            {
                if (Evaluate(order, middle).Value * lowValue > 0)
                {
                    low = middle;
                }
                else
                {
                    high = middle;
                }

                middle = low + (high - low) / 2;
            }

            double derivative = Evaluate(order, middle).Derivative;
            nodes[found] = middle;
            weights[found] = 2 / ((1 - middle * middle) * derivative * derivative);
            found++;
        }

        return new GaussLegendre(nodes, weights);
    }

    /// <summary>The integral of a smooth function over one panel.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double Integrate(Func<double, double> function, double start, double end)
    {
        double half = (end - start) / 2;
        double centre = start + half;
        double sum = 0;
        for (int i = 0; i < PositiveNodes.Length; i++)
        {
            double offset = half * PositiveNodes[i];
            sum += Weights[i] * (function(centre - offset) + function(centre + offset));
        }

        return half * sum;
    }

    /// <summary>The rule's nodes and weights on a panel: as many as the order, in no order.</summary>
    public void CopyTo(double start, double end, Span<double> nodes, Span<double> weights)
    {
        double half = (end - start) / 2;
        double centre = start + half;
        for (int i = 0; i < PositiveNodes.Length; i++)
        {
            double offset = half * PositiveNodes[i];
            (nodes[2 * i], nodes[2 * i + 1]) = (centre - offset, centre + offset);
            (weights[2 * i], weights[2 * i + 1]) = (half * Weights[i], half * Weights[i]);
        }
    }

    // Bonnet's recurrence: (k + 1) P_(k+1) = (2k + 1) x P_k - k P_(k-1).
    private static (double Value, double Derivative) Evaluate(int order, double x)
    {
        double before = 1;
        double value = x;
        for (int k = 1; k < order; k++)
        {
            (before, value) = (value, ((2 * k + 1) * x * value - k * before) / (k + 1));
        }

        return (value, order * (before - x * value) / (1 - x * x));
    }
}
