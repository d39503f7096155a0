namespace InitTools;

/// <summary>
/// Where a bounded activation counts as saturated: close to one of its bounds, so that its derivative is next to 0.
/// </summary>
/// <param name="Lower">Values below are saturated.</param>
/// <param name="Upper">Values above are saturated.</param>
public readonly record struct SaturationRule(double Lower, double Upper)
{
    /// <summary>True for an activation value outside [<see cref="Lower"/>, <see cref="Upper"/>].</summary>
    /// <param name="activation">phi(z), and not z.</param>
    public bool IsSaturated(double activation) => activation < Lower || activation > Upper;
}
