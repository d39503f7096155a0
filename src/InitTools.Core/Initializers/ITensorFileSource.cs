namespace InitTools;

/// <summary>
/// Finds the tensors of files that expressions name. What reads files, and which files an expression may name where it
/// stands, is known to the caller alone.
/// </summary>
public interface ITensorFileSource
{
    /// <summary>
    /// True where a tensor is looked for when its values are asked for, and not when a recipe is read: the values are
    /// there already, and the recipe only says where they are from.
    /// </summary>
    public bool IsDeferred { get; }

    /// <summary>
    /// Finds a tensor. Its header is read at the first call of the result, and its values when they are asked for.
    /// </summary>
    /// <param name="path">The file, as the expression has it.</param>
    /// <param name="tensor">The name of the tensor, or null for the only one of the file.</param>
    /// <returns>Opens the tensor; its layout is what the file says, and null where it says nothing.</returns>
    /// <exception cref="InitToolsException">The path is none, or not one that is read here.</exception>
    public Func<HeldValues> Find(string path, string? tensor);
}
