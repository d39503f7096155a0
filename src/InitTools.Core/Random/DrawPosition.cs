namespace InitTools;

/// <summary>
/// A place in the draws of a sequential generator: where a tensor's first number comes from, so that it can be made
/// again without those before it.
/// </summary>
/// <param name="Offset">The words drawn since seeding: 32-bit ones in PyTorch, 64-bit ones in NumPy.</param>
/// <param name="Carried">
/// The offset of an earlier draw of which one half is still to be used, or null: in PyTorch the first word of a pair of
/// normal numbers whose second one comes next (tensors below 16 elements), in NumPy the word whose high half comes next
/// (float32).
/// </param>
public readonly record struct DrawPosition(long Offset, long? Carried = null);
