using InitTools.Kernels.Fills;

namespace InitTools;

/// <summary>
/// A distribution and its selection for each element type that was asked for, shared by all tensors that have it.
/// </summary>
/// <param name="distribution">The distribution.</param>
internal sealed class SelectedDistribution(Distribution distribution)
{
    private SelectedLaw<float>? _singles;
    private SelectedLaw<double>? _doubles;
    private SelectedLaw<Half>? _halves;
    private SelectedLaw<ushort>? _bfloat16s;

    public Distribution Distribution => distribution;

    // Two threads may both select; either selection serves.
    public SelectedLaw<float> Singles => _singles ??= distribution.Select<float>();

    public SelectedLaw<double> Doubles => _doubles ??= distribution.Select<double>();

    public SelectedLaw<Half> Halves => _halves ??= distribution.Select<Half>();

    public SelectedLaw<ushort> BFloat16s => _bfloat16s ??= distribution.Select<ushort>();
}
