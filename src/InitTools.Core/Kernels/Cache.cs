using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;

namespace InitTools.Kernels;

/// <summary>
/// Asks for memory before it is needed, where the processor does not foresee it by itself. Any address is allowed, and
/// none changes a value. Nothing happens where .NET knows no such instruction, as on Arm.
/// </summary>
internal static unsafe class Cache
{
    /// <summary>The bytes of a line.</summary>
    public const int LineLength = 64;

    /// <summary>Brings a line to all levels of the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Prefetch(void* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch0(line);
        }
    }

    /// <summary>Brings a line to the second level, past the first, which what is needed sooner fills.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void PrefetchSecondLevel(void* line)
    {
        if (Sse.IsSupported)
        {
            Sse.Prefetch1(line);
        }
    }
}
