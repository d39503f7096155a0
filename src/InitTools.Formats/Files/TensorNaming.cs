namespace InitTools.Formats;

/// <summary>The names of the tensors of one file.</summary>
internal static class TensorNaming
{
    /// <summary>Checks that each tensor has a name of its own.</summary>
    /// <param name="tensors">The tensors.</param>
    /// <param name="reserved">A name that the format has for itself, or null.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ParameterConflict"/>: a name stands twice.</exception>
    public static void RequireDistinct(IReadOnlyList<WeightTensor> tensors, string? reserved = null)
    {
        HashSet<string> names = new(StringComparer.Ordinal);
        if (tensors.FirstOrDefault(tensor => tensor.Name == reserved || !names.Add(tensor.Name))
            is not WeightTensor twice)
        {
            return;
        }

        throw new InitToolsException(
            ErrorId.ParameterConflict,
            twice.Name == reserved
                ? $"'{reserved}' is not the name of a tensor in such a file; give the tensor another one."
                : $"Two tensors are called '{twice.Name}'; each tensor of a file has a name of its own.",
            twice.Name);
    }
}
