namespace InitTools.Kernels.Fills;

/// <summary>Checks a law's parameters, rounds them to the element type and chooses the arithmetic for them.</summary>
internal static class LawSelection
{
    // Up to here the probability of a tail, and its smallest part by a fraction u, are normal numbers: P(Z > 35) is
    // about 1e-268.
    private const double FarTail = 35;

    public static SelectedLaw<TElement> Uniform<TElement>(double minimum, double maximum)
        where TElement : unmanaged
    {
        RequireFinite(minimum, nameof(minimum));
        RequireFinite(maximum, nameof(maximum));
        RequireOrder(minimum, maximum);
        if (minimum == maximum)
        {
            return Repeated<TElement>(minimum);
        }

        ElementRange inside = ElementRange.Create<TElement>(minimum, maximum, openEnd: true);
        double range = ElementRange.NearestArithmetic<TElement>(maximum - minimum);
        double start = ElementRange.NearestArithmetic<TElement>(minimum);
        if (double.IsInfinity(range) || double.IsInfinity(start))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                Invariant($"The minimum {minimum} and the maximum {maximum} are too far apart for the element type."),
                maximum);
        }

        return Drawn<TElement, UniformLaw>(new(range, start, inside.Lowest, inside.Highest));
    }

    public static SelectedLaw<TElement> Normal<TElement>(double mean, double standardDeviation)
        where TElement : unmanaged
    {
        RequireMoments(mean, standardDeviation);
        return Drawn<TElement, NormalLaw>(new(mean, standardDeviation));
    }

    public static SelectedLaw<TElement> TruncatedNormal<TElement>(
        double mean, double standardDeviation, double minimum, double maximum)
        where TElement : unmanaged
    {
        RequireMoments(mean, standardDeviation);
        RequireNumber(minimum, nameof(minimum));
        RequireNumber(maximum, nameof(maximum));
        RequireOrder(minimum, maximum);
        if (minimum == maximum)
        {
            RequireFinite(minimum, nameof(minimum));
            return Repeated<TElement>(minimum);
        }

        ElementRange inside = ElementRange.Create<TElement>(minimum, maximum, openEnd: false);
        if (standardDeviation == 0)
        {
            return Repeated<TElement>(Math.Clamp(mean, inside.Lowest, inside.Highest));
        }

        double below = mean - minimum;
        double above = maximum - mean;
        double a = -below / standardDeviation;
        double b = above / standardDeviation;
        if (below == above)
        {
            return Drawn<TElement, SymmetricTruncatedNormalLaw>(new(
                mean, standardDeviation, b, inside.Lowest, inside.Highest));
        }
        else if (a >= FarTail || b <= -FarTail)
        {
            var quantile = new FarTailQuantile(a > 0 ? a : b, a > 0 ? b : a);
            return Drawn<TElement, TruncatedNormalLaw<FarTailQuantile>>(new(
                quantile, mean, standardDeviation, inside.Lowest, inside.Highest));
        }
        else
        {
            var quantile = new BoundedQuantile(a, b);
            return Drawn<TElement, TruncatedNormalLaw<BoundedQuantile>>(new(
                quantile, mean, standardDeviation, inside.Lowest, inside.Highest));
        }
    }

    private static DrawnLaw<TElement, TLaw> Drawn<TElement, TLaw>(TLaw law)
        where TElement : unmanaged
        where TLaw : struct, ILaw => new(law);

    private static RepeatedNumber<TElement> Repeated<TElement>(double number)
        where TElement : unmanaged => new(number);

    private static void RequireMoments(double mean, double standardDeviation)
    {
        RequireFinite(mean, nameof(mean));
        RequireFinite(standardDeviation, nameof(standardDeviation));
        if (standardDeviation < 0)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                Invariant($"The standard deviation is {standardDeviation}; it is 0 or more."),
                standardDeviation);
        }
    }

    private static void RequireOrder(double minimum, double maximum)
    {
        if (minimum > maximum)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                Invariant($"The minimum {minimum} is above the maximum {maximum}; it is at most the maximum."),
                minimum);
        }
    }

    private static void RequireFinite(double value, string name)
    {
        if (!double.IsFinite(value))
        {
            throw new InitToolsException(
                ErrorId.NonFiniteValue, Invariant($"The {name} is {value}; it is a finite number."), value);
        }
    }

    private static void RequireNumber(double value, string name)
    {
        if (double.IsNaN(value))
        {
            throw new InitToolsException(ErrorId.NonFiniteValue, $"The {name} is NaN; it is a number.", value);
        }
    }

    private static string Invariant(FormattableString message) => FormattableString.Invariant(message);
}
