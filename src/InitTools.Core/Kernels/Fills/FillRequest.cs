namespace InitTools.Kernels.Fills;

/// <summary>What is to be filled with which elements of which stream, on this thread or on several.</summary>
internal readonly ref struct FillRequest<TElement>
    where TElement : unmanaged
{
    private readonly Span<TElement> _span;
    private readonly Memory<TElement> _memory;
    private readonly StreamKey _key;
    private readonly ulong _offset;
    private readonly ParallelOptions? _options;

    public FillRequest(Span<TElement> destination, StreamKey key, long offset)
    {
        _span = destination;
        _key = key;
        _offset = RequireNotNegative(offset);
    }

    public FillRequest(Memory<TElement> destination, StreamKey key, long offset, ParallelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _memory = destination;
        _key = key;
        _offset = RequireNotNegative(offset);
        _options = options;
    }

    /// <summary>Fills with numbers of the law.</summary>
    public void Draw<TLaw>(TLaw law)
        where TLaw : struct, ILaw
    {
        Kernel kernel = KernelSelection.Selected;
        if (_options is null)
        {
            StreamFill.Run(kernel, _span, _key, _offset, law);
        }
        else
        {
            StreamFill.Run(kernel, _memory, _key, _offset, law, _options);
        }
    }

    /// <summary>Fills with one number.</summary>
    public void Repeat(TElement number)
    {
        Span<TElement> destination = _options is null ? _span : _memory.Span;
        destination.Fill(number);
    }

    private static ulong RequireNotNegative(long offset) => offset >= 0
        ? (ulong)offset
        : throw new InitToolsException(
            ErrorId.InvalidArgument, $"The offset is {offset}; it is the index of an element, 0 or more.", offset);
}
