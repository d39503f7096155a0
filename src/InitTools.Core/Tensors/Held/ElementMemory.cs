using System.Buffers;
using System.Runtime.InteropServices;

namespace InitTools;

/// <summary>Bytes seen as the elements that they hold.</summary>
/// <typeparam name="T">The type of the elements.</typeparam>
/// <param name="bytes">A whole number of elements.</param>
internal sealed class ElementMemory<T>(Memory<byte> bytes) : MemoryManager<T>
    where T : unmanaged
{
    public override Span<T> GetSpan() => MemoryMarshal.Cast<byte, T>(bytes.Span);

    public override unsafe MemoryHandle Pin(int elementIndex = 0)
    {
        MemoryHandle handle = bytes.Pin();
        return new MemoryHandle((T*)handle.Pointer + elementIndex, pinnable: new Pinned(handle));
    }

    public override void Unpin()
    {
        // Each pin has a handle of its own, which undoes it.
    }

    protected override void Dispose(bool disposing)
    {
        // The bytes belong to the caller.
    }

    private sealed class Pinned(MemoryHandle handle) : IPinnable
    {
        public MemoryHandle Pin(int elementIndex) => throw new NotSupportedException("It is pinned already.");

        public void Unpin() => handle.Dispose();
    }
}
