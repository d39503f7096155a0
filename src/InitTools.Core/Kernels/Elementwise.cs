using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>A function of one number, written once for all lanes.</summary>
internal interface IUnaryOperation
{
    /// <summary>The function's value in every lane.</summary>
    public T Invoke<T>(T value)
        where T : struct, ILanes<T>;
}

/// <summary>A function of two numbers, written once for all lanes.</summary>
internal interface IBinaryOperation
{
    /// <summary>The function's value in every lane.</summary>
    public T Invoke<T>(T left, T right)
        where T : struct, ILanes<T>;
}

/// <summary>
/// Loops that apply a function to every element. Each result depends on its own element alone, and a function gives
/// the same bits in every kind of lanes, so that all kernels agree.
/// </summary>
internal static class Elementwise
{
    /// <summary>destination[i] = operation(source[i]); both may be the same memory.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: lengths differ.</exception>
    public static void Map<TOperation, T>(TOperation operation, ReadOnlySpan<T> source, Span<T> destination)
        where TOperation : struct, IUnaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireEqualLengths(source.Length, destination.Length);
        var work = new MapWork<TOperation, T>(operation, source, destination);
        LaneDispatch.Run<MapWork<TOperation, T>, T>(ref work);
    }

    /// <summary>destination[i] = operation(source[i], destination[i]).</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: lengths differ.</exception>
    public static void Update<TOperation, T>(TOperation operation, ReadOnlySpan<T> source, Span<T> destination)
        where TOperation : struct, IBinaryOperation
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        RequireEqualLengths(source.Length, destination.Length);
        var work = new UpdateWork<TOperation, T>(operation, source, destination);
        LaneDispatch.Run<UpdateWork<TOperation, T>, T>(ref work);
    }

    private static void RequireEqualLengths(int source, int destination)
    {
        if (source != destination)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"The source has {source} elements and the destination {destination}; they must have as many.",
                destination);
        }
    }

    private readonly ref struct MapWork<TOperation, T>(
        TOperation operation,
        ReadOnlySpan<T> source,
        Span<T> destination) : ILaneWork
        where TOperation : struct, IUnaryOperation
        where T : unmanaged
    {
        private readonly TOperation _operation = operation;
        private readonly ReadOnlySpan<T> _source = source;
        private readonly Span<T> _destination = destination;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            TOperation operation = _operation;
            ref TElement from = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetReference(_source));
            ref TElement to = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetReference(_destination));
            nint length = _source.Length;
            nint i = 0;
            for (; i <= length - TLanes.Count; i += TLanes.Count)
            {
                TLanes.Store(operation.Invoke(TLanes.Load(ref from, i)), ref to, i);
            }

            for (; i < length; i++)
            {
                TTail.Store(operation.Invoke(TTail.Load(ref from, i)), ref to, i);
            }
        }
    }

    private readonly ref struct UpdateWork<TOperation, T>(
        TOperation operation,
        ReadOnlySpan<T> source,
        Span<T> destination) : ILaneWork
        where TOperation : struct, IBinaryOperation
        where T : unmanaged
    {
        private readonly TOperation _operation = operation;
        private readonly ReadOnlySpan<T> _source = source;
        private readonly Span<T> _destination = destination;

        [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
        public void Run<TLanes, TTail, TElement>()
            where TLanes : struct, ILanes<TLanes, TElement>
            where TTail : struct, ILanes<TTail, TElement>
            where TElement : unmanaged
        {
            TOperation operation = _operation;
            ref TElement from = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetReference(_source));
            ref TElement to = ref Unsafe.As<T, TElement>(ref MemoryMarshal.GetReference(_destination));
            nint length = _source.Length;
            nint i = 0;
            for (; i <= length - TLanes.Count; i += TLanes.Count)
            {
                TLanes.Store(operation.Invoke(TLanes.Load(ref from, i), TLanes.Load(ref to, i)), ref to, i);
            }

            for (; i < length; i++)
            {
                TTail.Store(operation.Invoke(TTail.Load(ref from, i), TTail.Load(ref to, i)), ref to, i);
            }
        }
    }
}
