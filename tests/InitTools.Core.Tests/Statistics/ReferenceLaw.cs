using MathNet.Numerics.Distributions;

namespace InitTools.Core.Tests.Statistics;

/// <summary>
/// What mathematics says of a distribution that is drawn: the oracle of the soundness checks. All laws are symmetric
/// about 0, so the moments about 0 are the central ones.
/// </summary>
internal abstract class ReferenceLaw
{
    /// <summary>The laws under test, in the order of the report.</summary>
    public static IReadOnlyList<ReferenceLaw> All { get; } =
        [new UniformLaw(), new NormalLaw(), new TruncatedNormalLaw()];

    /// <summary>The initializer whose values have this law.</summary>
    public abstract string Expression { get; }

    /// <summary>The least value there can be.</summary>
    public abstract double Minimum { get; }

    /// <summary>The bound above which there is no value.</summary>
    public abstract double Maximum { get; }

    /// <summary>The points t at which the tails w &lt; -t or w &gt;= t are counted.</summary>
    public abstract IReadOnlyList<double> TailThresholds { get; }

    /// <summary>The law of the given expression.</summary>
    public static ReferenceLaw Of(string expression) => All.Single(law => law.Expression == expression);

    /// <summary>P(w &lt;= x), by MathNet.</summary>
    public abstract double Cumulative(double x);

    /// <summary>The density.</summary>
    public abstract double Density(double x);

    /// <summary>E[w^order].</summary>
    public abstract double Moment(int order);

    /// <summary>P(w &lt; -threshold or w &gt;= threshold).</summary>
    public double TailProbability(double threshold) => 2 * Cumulative(-threshold);

    /// <summary>The distribution of the product that claims this law.</summary>
    public Distribution GetDistribution() =>
        ((ElementwiseInitializer)Initializer.Parse(Expression)).GetDistribution(null);

    /// <inheritdoc/>
    public override string ToString() => Expression;
}

/// <summary>U[-1, 1).</summary>
internal sealed class UniformLaw : ReferenceLaw
{
    public override string Expression => "RandomUniform(minimum=-1, maximum=1)";

    public override double Minimum => -1;

    public override double Maximum => Math.BitDecrement(1.0);

    public override IReadOnlyList<double> TailThresholds { get; } =
        [1 - Math.ScaleB(1, -12), 1 - Math.ScaleB(1, -16), 1 - Math.ScaleB(1, -20)];

    public override double Cumulative(double x) => ContinuousUniform.CDF(-1, 1, x);

    public override double Density(double x) => ContinuousUniform.PDF(-1, 1, x);

    public override double Moment(int order) => int.IsOddInteger(order) ? 0 : 1.0 / (order + 1);
}

/// <summary>N(0, 1).</summary>
internal sealed class NormalLaw : ReferenceLaw
{
    public override string Expression => "RandomNormal(mean=0, stddev=1)";

    public override double Minimum => double.NegativeInfinity;

    public override double Maximum => double.PositiveInfinity;

    public override IReadOnlyList<double> TailThresholds { get; } = [4, 5, 6];

    public override double Cumulative(double x) => Normal.CDF(0, 1, x);

    public override double Density(double x) => Normal.PDF(0, 1, x);

    public override double Moment(int order) =>
        order == 0 ? 1 : int.IsOddInteger(order) ? 0 : (order - 1) * Moment(order - 2);
}

/// <summary>N(0, 1) given |w| &lt;= 2.</summary>
internal sealed class TruncatedNormalLaw : ReferenceLaw
{
    private const double Bound = 2;

    private readonly double _below = Normal.CDF(0, 1, -Bound);

    public override string Expression => "TruncatedNormal(stddev=1)";

    public override double Minimum => -Bound;

    public override double Maximum => Bound;

    public override IReadOnlyList<double> TailThresholds { get; } = [1.9, 1.99, 1.999];

    private double KeptMass => 1 - 2 * _below;

    public override double Cumulative(double x) =>
        x <= -Bound ? 0 : x >= Bound ? 1 : (Normal.CDF(0, 1, x) - _below) / KeptMass;

    public override double Density(double x) => Math.Abs(x) > Bound ? 0 : Normal.PDF(0, 1, x) / KeptMass;

    // By parts, from phi'(x) = -x phi(x).
    public override double Moment(int order) =>
        order == 0 ? 1
        : int.IsOddInteger(order) ? 0
        : (order - 1) * Moment(order - 2) - 2 * Math.Pow(Bound, order - 1) * Normal.PDF(0, 1, Bound) / KeptMass;
}
