using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace InitTools.Formats;

/// <summary>
/// Walks through the fields of protobuf messages in a file. What is not asked for is passed over without being read,
/// however large, and no length is believed before it is seen to lie within its message.
/// </summary>
/// <param name="stream">The file.</param>
/// <remarks>
/// Source: the description of protobuf's encoding. Google.Protobuf reads a message whole, or reads through all that it
/// passes over; models hold gigabytes, of which their names and shapes are some kilobytes. What runs for every field is
/// compiled once and fully: a hostile file has millions of them, read before a second tier would come.
/// </remarks>
internal sealed class ProtobufReader(FileStream stream)
{
    private const int BufferLength = 1 << 16;
    private const int LongestText = 1 << 20;
    private const int LongestVarint = 10;

    private static readonly UTF8Encoding s_utf8 =
        new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly byte[] _buffer = new byte[BufferLength];
    private long _bufferStart;
    private int _bufferedBytes;
    private int _next;

    private ProtobufMessage _message = new("ModelProto", stream.Length);
    private int _field;
    private WireType _type;

    private enum WireType
    {
        Varint = 0,
        Fixed64 = 1,
        Bytes = 2,
        Fixed32 = 5,
    }

    /// <summary>Where in the file the next byte is read.</summary>
    public long Position
    {
        get => _bufferStart + _next;
        set
        {
            if (value < _bufferStart || value > _bufferStart + _bufferedBytes)
            {
                (_bufferStart, _bufferedBytes) = (value, 0);
            }

            _next = (int)(value - _bufferStart);
        }
    }

    /// <summary>True where the field is so many bytes, which a repeated number may be or not.</summary>
    public bool IsBytes => _type == WireType.Bytes;

    /// <summary>Goes to the next field of a message; the one before must have been read or passed over.</summary>
    /// <returns>False at the end of the message.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool TryReadField(ProtobufMessage message, out int field)
    {
        _message = message;
        _field = field = 0;
        if (Position == message.End)
        {
            return false;
        }

        ulong tag = ReadVarint(message.End);
        _field = field = (int)Math.Min(tag >> 3, int.MaxValue);
        _type = (WireType)(tag & 7);
        if (field is 0 or int.MaxValue
            || _type is not (WireType.Varint or WireType.Fixed64 or WireType.Bytes or WireType.Fixed32))
        {
            throw Malformed($"the field {tag >> 3} of wire type {tag & 7} is none that is known");
        }

        return true;
    }

    /// <summary>The field as a message.</summary>
    public ProtobufMessage ReadMessage(string name) => new(name, ReadEnd());

    /// <summary>The field as text.</summary>
    public string ReadText()
    {
        long end = ReadEnd();
        if (end - Position > LongestText)
        {
            throw Malformed($"a text of {end - Position} bytes is longer than the {LongestText} that are read");
        }

        try
        {
            return s_utf8.GetString(ReadBytes((int)(end - Position)));
        }
        catch (DecoderFallbackException)
        {
            throw Malformed("the text is not UTF-8");
        }
    }

    /// <summary>The field as a whole number.</summary>
    public long ReadInt64()
    {
        Require(WireType.Varint);
        return (long)ReadVarint(_message.End);
    }

    /// <summary>The field as whole numbers, one or all that are packed in it.</summary>
    public WholeNumbers ReadInt64s() => IsBytes ? new WholeNumbers(this, ReadEnd()) : new WholeNumbers(ReadInt64());

    /// <summary>Passes over the field as numbers of fixed width, one or all that are packed in it.</summary>
    /// <param name="size">The bytes of a number: 4 or 8.</param>
    /// <returns>Where they begin, and how many they are.</returns>
    public (long Start, long Count) SkipNumbers(int size)
    {
        if (!IsBytes)
        {
            Require(size == sizeof(uint) ? WireType.Fixed32 : WireType.Fixed64);
        }

        (long start, long length) = Skip();
        return length % size == 0
            ? (start, length / size)
            : throw Malformed($"{length} bytes are no whole number of elements of {size} bytes");
    }

    /// <summary>Passes over the field.</summary>
    /// <returns>Where its content begins, and the bytes of it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public (long Start, long Length) Skip()
    {
        if (_type == WireType.Varint)
        {
            long first = Position;
            ReadVarint(_message.End);
            return (first, Position - first);
        }

        long end = _type switch
        {
            WireType.Fixed32 => EndOf(sizeof(uint)),
            WireType.Fixed64 => EndOf(sizeof(ulong)),
            _ => ReadEnd(),
        };
        long start = Position;
        Position = end;
        return (start, end - start);
    }

    /// <summary>The error of a file that is wrong at this place.</summary>
    public InvalidDataException Malformed(string problem) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"Not an ONNX model that is read here, at byte {Position}, field {_field} of {_message.Name}: {problem}."));

    private long ReadEnd()
    {
        Require(WireType.Bytes);
        return EndOf(ReadVarint(_message.End));
    }

    private long EndOf(ulong length) => length <= (ulong)(_message.End - Position)
        ? Position + (long)length
        : throw Malformed($"{length} bytes are said to follow, and the message has {_message.End - Position}");

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private ulong ReadVarint(long end)
    {
        ulong number = 0;
        for (int i = 0; i < LongestVarint; i++)
        {
            if (Position == end)
            {
                throw Malformed("the message ends within a number");
            }

            byte next = ReadByte();
            number |= (ulong)(next & 0x7F) << (7 * i);
            if (next < 0x80)
            {
                return number;
            }
        }

        throw Malformed($"a number has more than {LongestVarint} bytes");
    }

    private byte ReadByte()
    {
        if (_next == _bufferedBytes)
        {
            Fill();
        }

        return _buffer[_next++];
    }

    private void Fill()
    {
        (_bufferStart, _next) = (Position, 0);
        stream.Position = _bufferStart;
        _bufferedBytes = stream.ReadAtLeast(_buffer, 1, throwOnEndOfStream: false);
        if (_bufferedBytes == 0)
        {
            throw Malformed("the file ends here");
        }
    }

    private byte[] ReadBytes(int count)
    {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = ReadByte();
        }

        return bytes;
    }

    private void Require(WireType type)
    {
        if (_type != type)
        {
            throw Malformed($"the wire type {_type} stands where {type} was expected");
        }
    }

    /// <summary>Whole numbers of a field, each read when it is come to.</summary>
    public struct WholeNumbers
    {
        private readonly ProtobufReader? _reader;
        private readonly long _end;
        private bool _isLast;

        /// <summary>The numbers up to a place in the file.</summary>
        public WholeNumbers(ProtobufReader reader, long end) => (_reader, _end) = (reader, end);

        /// <summary>One number, which was read.</summary>
        public WholeNumbers(long number) => Current = number;

        /// <summary>The number.</summary>
        public long Current { get; private set; }

        /// <summary>For <c>foreach</c>.</summary>
        public readonly WholeNumbers GetEnumerator() => this;

        /// <summary>Goes to the next number.</summary>
        public bool MoveNext()
        {
            if (_reader is null)
            {
                bool isFirst = !_isLast;
                _isLast = true;
                return isFirst;
            }

            if (_reader.Position == _end)
            {
                return false;
            }

            Current = (long)_reader.ReadVarint(_end);
            return true;
        }
    }
}

/// <summary>A protobuf message, which is a part of a file.</summary>
/// <param name="Name">What it is called in the description of the format.</param>
/// <param name="End">Where it ends in the file.</param>
internal readonly record struct ProtobufMessage(string Name, long End);
