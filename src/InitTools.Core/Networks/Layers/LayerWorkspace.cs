using System.Numerics;

namespace InitTools;

/// <summary>What the layers of a pass share: threads and cancellation, and memory for one layer at a time.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
/// <param name="options">The number of threads, and cancellation.</param>
internal sealed class LayerWorkspace<T>(ParallelOptions options)
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    private T[] _gathered = [];
    private T[] _arranged = [];
    private T[] _ones = [];

    /// <summary>The number of threads, and cancellation.</summary>
    public ParallelOptions Options => options;

    /// <summary>Memory for values gathered from a layer's input.</summary>
    public Memory<T> Gathered(int length) => Resize(ref _gathered, length);

    /// <summary>Memory for a layer's weights, or their gradient, in another order.</summary>
    public Memory<T> Arranged(int length) => Resize(ref _arranged, length);

    /// <summary>So many ones.</summary>
    public ReadOnlySpan<T> Ones(int length)
    {
        if (_ones.Length < length)
        {
            _ones = new T[length];
            _ones.AsSpan().Fill(T.One);
        }

        return _ones.AsSpan(0, length);
    }

    /// <summary>The beginning of a buffer, which is made anew where it is too short.</summary>
    public static Memory<T> Resize(ref T[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new T[length];
        }

        return buffer.AsMemory(0, length);
    }
}
