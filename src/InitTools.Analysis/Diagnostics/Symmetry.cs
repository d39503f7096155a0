using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace InitTools.Analysis;

/// <summary>
/// How many units of a layer differ, to the last bit. Units that agree in all incoming weights and the bias compute one
/// function, and units that also receive one gradient stay alike for ever: the reason why random weights are needed.
/// </summary>
public static class Symmetry
{
    // Random units differ in their first parameters, and on the first rows, already; only units that agree there need
    // a longer look.
    private const int FirstLook = 4;

    /// <summary>
    /// The number of units of a dense layer, or channels of a convolution, that differ in an incoming weight, the bias
    /// or the group of inputs that they see.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public static int CountDistinctUnits<T>(NetworkLayer<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        int unitCount = layer.Weight.Length / layer.Spec.FanIn;
        int groups = layer.Spec.Operation is ConvolutionOperation convolution ? convolution.Groups : 1;
        if (groups > 1)
        {
            return CountDistinctInGroups(layer, unitCount, groups);
        }

        int parameterCount = layer.Spec.FanIn + (layer.Bias is null ? 0 : 1);
        for (int length = Math.Min(FirstLook, parameterCount); ; length = (int)Math.Min(8L * length, parameterCount))
        {
            int distinct = CountDistinctRows<T>(GatherUnits(layer, 0, unitCount, length), unitCount);
            if (distinct == unitCount || length == parameterCount)
            {
                return distinct;
            }
        }
    }

    /// <summary>
    /// The number of units whose activations differ on some row: 1 where every unit puts out the same, whatever its
    /// weights.
    /// </summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="activations">Feature-major: units x batch.</param>
    /// <param name="unitCount">The number of units.</param>
    public static int CountDistinctOutputs<T>(ReadOnlySpan<T> activations, int unitCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(unitCount, 1);
        int rowCount = activations.Length / unitCount;
        for (int length = Math.Min(FirstLook, rowCount); ; length = (int)Math.Min(8L * length, rowCount))
        {
            T[] beginnings = new T[unitCount * length];
            for (int unit = 0; unit < unitCount; unit++)
            {
                activations.Slice(unit * rowCount, length).CopyTo(beginnings.AsSpan(unit * length));
            }

            int distinct = CountDistinctRows<T>(beginnings, unitCount);
            if (distinct == unitCount || length == rowCount)
            {
                return distinct;
            }
        }
    }

    /// <summary>The number of rows of a matrix that differ in some bit.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="matrix">The rows, one after the other.</param>
    /// <param name="rowCount">How many there are.</param>
    public static int CountDistinctRows<T>(ReadOnlySpan<T> matrix, int rowCount)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(rowCount, 1);
        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(matrix);
        int length = matrix.Length / rowCount * Unsafe.SizeOf<T>();
        Dictionary<int, List<int>> rowsByHash = [];
        int distinct = 0;
        for (int row = 0; row < rowCount; row++)
        {
            ReadOnlySpan<byte> candidate = bytes.Slice(row * length, length);
            HashCode hash = default;
            hash.AddBytes(candidate);
            if (!rowsByHash.TryGetValue(hash.ToHashCode(), out List<int>? seen))
            {
                rowsByHash[hash.ToHashCode()] = seen = [];
            }

            bool isKnown = false;
            foreach (int other in seen)
            {
                isKnown |= candidate.SequenceEqual(bytes.Slice(other * length, length));
            }

            if (!isKnown)
            {
                seen.Add(row);
                distinct++;
            }
        }

        return distinct;
    }

    private static int CountDistinctInGroups<T>(NetworkLayer<T> layer, int unitCount, int groups)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int length = layer.Spec.FanIn + (layer.Bias is null ? 0 : 1);
        int count = unitCount / groups;
        return Enumerable.Range(0, groups)
            .Sum(group => CountDistinctRows<T>(GatherUnits(layer, group * count, count, length), count));
    }

    /// <summary>
    /// The first parameters of some units, unit after unit: the bias where there is one, then weights.
    /// </summary>
    private static T[] GatherUnits<T>(NetworkLayer<T> layer, int first, int count, int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        int fanIn = layer.Spec.FanIn;
        (int inputStride, int unitStride) = layer.Layout == Layout.IO ? (layer.Weight.Length / fanIn, 1) : (1, fanIn);
        T[] units = new T[count * length];
        int at = 0;
        for (int j = first; j < first + count; j++)
        {
            int weightCount = length;
            if (layer.Bias is T[] bias)
            {
                units[at++] = bias[j];
                weightCount--;
            }

            for (int i = 0; i < weightCount; i++)
            {
                units[at++] = layer.Weight[i * inputStride + j * unitStride];
            }
        }

        return units;
    }
}
