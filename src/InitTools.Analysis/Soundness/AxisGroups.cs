using System.Numerics;

namespace InitTools.Analysis;

/// <summary>
/// The elements of a tensor parted by their index on one axis: rows, columns, filters. Collected while the elements
/// stream by, so that memory grows with the number of groups and not with their length.
/// </summary>
internal sealed class AxisGroups
{
    // Beyond this many groups the later ones are left out: a vocabulary is smaller.
    private const int LargestCount = 1 << 22;

    private readonly long _groupLength;
    private readonly double[] _squareSums;
    private readonly ulong[] _hashes;
    private readonly long[] _zeroCounts;

    public AxisGroups(long count, long groupLength)
    {
        int kept = (int)Math.Min(count, LargestCount);
        _groupLength = groupLength;
        _squareSums = new double[kept];
        _hashes = new ulong[kept];
        _zeroCounts = new long[kept];
    }

    /// <summary>Takes in the next element of a group.</summary>
    public void Add(long group, double value, ulong bits)
    {
        if ((ulong)group < (ulong)_squareSums.Length)
        {
            _squareSums[group] += value * value;
            _hashes[group] = Mix(_hashes[group], bits);
            _zeroCounts[group] += value == 0 ? 1 : 0;
        }
    }

    /// <summary>Whether every element of a group is 0.</summary>
    public bool IsZero(long group) => group < _zeroCounts.Length && _zeroCounts[group] == _groupLength;

    /// <summary>What the groups show.</summary>
    public AxisFigures Summarize()
    {
        Dictionary<ulong, int> seen = [];
        int zeros = 0, firstZero = -1, duplicates = 0, duplicate = -1, original = -1;
        for (int group = 0; group < _hashes.Length; group++)
        {
            if (IsZero(group))
            {
                firstZero = zeros++ == 0 ? group : firstZero;
            }
            else if (!seen.TryAdd(_hashes[group], group) && duplicates++ == 0)
            {
                (original, duplicate) = (seen[_hashes[group]], group);
            }
        }

        return new AxisFigures
        {
            Count = _hashes.Length,
            GroupLength = _groupLength,
            ZeroCount = zeros,
            FirstZero = firstZero,
            DuplicateCount = duplicates,
            FirstDuplicate = duplicate,
            FirstOriginal = original,
            CopyCount = CopyCount(duplicates),
            MeanSquareVariance = MeanSquareVariance(zeros),
            ZerosPerGroup = Array.TrueForAll(_zeroCounts, zero => zero == _zeroCounts[0]) ? _zeroCounts[0] : null,
        };
    }

    /// <summary>
    /// Takes 64 bits into a hash. Each step is one-to-one in either argument, so that different elements meet with a
    /// probability of 2^-64 a pair.
    /// </summary>
    public static ulong Mix(ulong hash, ulong bits)
    {
        ulong product = (BitOperations.RotateLeft(hash, 23) ^ bits) * 0x9E3779B97F4A7C15;
        return product ^ (product >> 32);
    }

    private int CopyCount(int duplicates)
    {
        int different = _hashes.Length - duplicates;
        int copies = _hashes.Length / different;
        if (duplicates == 0 || different * copies != _hashes.Length)
        {
            return 1;
        }

        bool isInRuns = true, isInBlocks = true;
        for (int group = 0; group < _hashes.Length; group++)
        {
            isInRuns &= _hashes[group] == _hashes[group - group % copies];
            isInBlocks &= _hashes[group] == _hashes[group % different];
        }

        return isInRuns || isInBlocks ? copies : 1;
    }

    /// <summary>The variance of the groups' mean squares over the square of their mean; zero groups left out.</summary>
    private double MeanSquareVariance(int zeros)
    {
        int count = _squareSums.Length - zeros;
        if (count < 2)
        {
            return 0;
        }

        double mean = 0;
        foreach (double sum in _squareSums)
        {
            mean += sum;
        }

        mean /= count;
        double variance = 0;
        for (int group = 0; group < _squareSums.Length; group++)
        {
            double ratio = IsZero(group) ? 0 : _squareSums[group] / mean - 1;
            variance += ratio * ratio;
        }

        return variance / count;
    }
}

/// <summary>What the groups of one axis show.</summary>
internal sealed record AxisFigures
{
    /// <summary>How many groups there are.</summary>
    public required int Count { get; init; }

    /// <summary>The elements of a group.</summary>
    public required long GroupLength { get; init; }

    /// <summary>Groups of which every element is 0.</summary>
    public required int ZeroCount { get; init; }

    /// <summary>The first of them, or -1.</summary>
    public required int FirstZero { get; init; }

    /// <summary>Groups that repeat an earlier one to the last bit, zero groups left out.</summary>
    public required int DuplicateCount { get; init; }

    /// <summary>The first group that repeats another, or -1.</summary>
    public required int FirstDuplicate { get; init; }

    /// <summary>The group that it repeats, or -1.</summary>
    public required int FirstOriginal { get; init; }

    /// <summary>
    /// How often each group occurs, where all occur equally often, side by side or one block after the other; 1
    /// otherwise.
    /// </summary>
    public required int CopyCount { get; init; }

    /// <summary>The relative variance of the groups' mean squares.</summary>
    public required double MeanSquareVariance { get; init; }

    /// <summary>How many zeros each group has, where all have as many; null otherwise.</summary>
    public required long? ZerosPerGroup { get; init; }
}
