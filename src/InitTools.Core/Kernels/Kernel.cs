namespace InitTools.Kernels;

/// <summary>
/// Which instructions the numeric loops run on. Every kernel gives the same bits; they differ in speed alone.
/// </summary>
public enum Kernel
{
    /// <summary>One element at a time: the reference that every other kernel equals bit for bit.</summary>
    Scalar,

    /// <summary><see cref="System.Numerics.Vector{T}"/>: whatever width the machine and the runtime offer.</summary>
    Vector,

    /// <summary>512-bit vectors, on machines that have them in hardware.</summary>
    Vector512,
}
