using System.Globalization;

namespace InitTools.Analysis;

/// <summary>
/// Makes a tensor anew from its recipe, brings it into the layout in which the tensor is, and compares all elements to
/// the last bit.
/// </summary>
internal static class RecipeProof
{
    private const int ChunkLength = 1 << 16;

    /// <summary>Adds what came of the comparison.</summary>
    public static void Judge(Assessment assessment, ParallelOptions options)
    {
        WeightTensor tensor = assessment.Tensor.Tensor;
        if (assessment.Tensor.Recipe is not WeightTensor recipe)
        {
            assessment.Add(
                FindingKind.RecipeMissing,
                FindingSeverity.Warning,
                null,
                "a recipe",
                "No recipe came with the values, so that nothing proves them",
                "Write the file with Export-InitWeights, which adds the recipes.");
            return;
        }

        WeightTensor made = assessment.Tensor.Recorded!.ToStored();
        if (!made.GetShape().Equals(tensor.GetShape()) || made.DType != tensor.DType || made.Count != tensor.Count)
        {
            assessment.Add(
                FindingKind.RecipeBroken,
                FindingSeverity.Error,
                null,
                $"{made.Shape} of {made.DType}",
                $"The recipe makes {made.Shape} of {made.DType}, and the tensor is {tensor.Shape} of {tensor.DType}",
                "Write the file again from its recipe.");
            return;
        }

        (long count, long first) = CountDifferences(tensor, made, options);
        assessment.Add(
            count == 0 ? FindingKind.RecipeHolds : FindingKind.RecipeBroken,
            count == 0 ? FindingSeverity.Information : FindingSeverity.Error,
            count,
            "0",
            count == 0
                ? $"All {Wording.Count(tensor.Count, "element is", "elements are")} what the recipe makes, to the "
                    + $"last bit: {recipe.Initializer}, seed {recipe.Seed}"
                : $"{Wording.Count(count, "element differs", "elements differ")} from what the recipe makes, the "
                    + $"first of them {IndexOf(first, tensor.GetShape())}",
            "The values were changed after they were made; write the file again from its recipe.");
    }

    private static (long Count, long First) CountDifferences(
        WeightTensor left, WeightTensor right, ParallelOptions options)
    {
        long count = 0, first = -1;
        double[] leftChunk = new double[Math.Min(ChunkLength, left.Count)];
        double[] rightChunk = new double[leftChunk.Length];
        for (long start = 0; start < left.Count; start += leftChunk.Length)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            int length = (int)Math.Min(leftChunk.Length, left.Count - start);
            left.CopyTo(leftChunk.AsMemory(0, length), start, options);
            right.CopyTo(rightChunk.AsMemory(0, length), start, options);
            for (int i = 0; i < length; i++)
            {
                // Widening keeps every bit, so that 0 and -0 differ and a NaN is itself.
                if (BitConverter.DoubleToInt64Bits(leftChunk[i]) != BitConverter.DoubleToInt64Bits(rightChunk[i])
                    && count++ == 0)
                {
                    first = start + i;
                }
            }
        }

        return (count, first);
    }

    private static string IndexOf(long element, TensorShape shape)
    {
        long[] index = new long[shape.Rank];
        for (int axis = shape.Rank - 1; axis >= 0; axis--)
        {
            (element, index[axis]) = Math.DivRem(element, shape[axis]);
        }

        return $"[{string.Join(", ", index.Select(i => i.ToString(CultureInfo.InvariantCulture)))}]";
    }
}
