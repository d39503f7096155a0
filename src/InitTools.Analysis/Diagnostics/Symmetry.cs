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
    /// <summary>The number of units of a layer that differ in an incoming weight or the bias.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    public static int CountDistinctUnits<T>(DenseLayer<T> layer)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        ArgumentNullException.ThrowIfNull(layer);
        int fanIn = layer.Spec.FanIn;
        int fanOut = layer.Spec.FanOut;
        (int inputStride, int unitStride) = layer.Layout == Layout.IO ? (fanOut, 1) : (1, fanIn);
        int length = fanIn + (layer.Bias is null ? 0 : 1);
        T[] units = new T[fanOut * length];
        for (int j = 0; j < fanOut; j++)
        {
            Span<T> unit = units.AsSpan(j * length, length);
            for (int i = 0; i < fanIn; i++)
            {
                unit[i] = layer.Weight[i * inputStride + j * unitStride];
            }

            if (layer.Bias is T[] bias)
            {
                unit[fanIn] = bias[j];
            }
        }

        return CountDistinctRows<T>(units, fanOut);
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
}
