namespace InitTools.Core.Tests.Statistics;

/// <summary>A sample to be drawn: the law it claims, its values, and sequences to be independent of.</summary>
/// <param name="Law">The law it claims.</param>
/// <param name="Source">Its values.</param>
/// <param name="Partners">Sequences of the same law that should be independent of it, element for element.</param>
/// <param name="Blocks">The number of blocks.</param>
/// <param name="BlockLength">The length of each block, of which the goodness-of-fit tests are made one by one.</param>
internal sealed record Sample(
    ReferenceLaw Law,
    SampleSource Source,
    IReadOnlyList<(string Name, SampleSource Source)> Partners,
    int Blocks,
    int BlockLength)
{
    /// <summary>The probability of each cell.</summary>
    public double[] CellProbabilities { get; init; } = Statistics.CellProbabilities.Equal;

    /// <summary>The number of values.</summary>
    public long Count => (long)Blocks * BlockLength;

    /// <summary>
    /// The values of tensor <c>fc1.weight</c> at seed 42, against what must be independent of them: the next seed,
    /// another tensor of the network, and two other slices of the same tensor. The second one lies 2^34 elements on,
    /// where the low word of the generator's counter starts over and only the high one differs.
    /// </summary>
    public static Sample Create(ReferenceLaw law, DType dtype, int blocks, int blockLength)
    {
        const long CounterLowWordPeriod = 1L << 34;
        Distribution distribution = law.GetDistribution();
        SampleSource source = OfStream(42, "fc1.weight");
        long count = (long)blocks * blockLength;
        return new Sample(
            law,
            source,
            [
                ("the next seed", OfStream(43, "fc1.weight")),
                ("fc2.weight", OfStream(42, "fc2.weight")),
                ("the slice behind", (destination, offset) => source(destination, offset + count)),
                ("the slice 2^34 on", (destination, offset) => source(destination, offset + CounterLowWordPeriod)),
            ],
            blocks,
            blockLength);

        SampleSource OfStream(ulong seed, string name) => SampleSources.Create(
            distribution, StreamKey.Create(new Seed(seed), StreamPurpose.Weights, name), dtype);
    }
}
