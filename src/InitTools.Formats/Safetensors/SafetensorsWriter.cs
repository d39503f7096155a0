using System.Buffers.Binary;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace InitTools.Formats;

/// <summary>
/// Writes tensors as a safetensors file. The header follows from names, shapes and types alone, and values are made as
/// they are written, one tensor behind the other in the order given.
/// </summary>
/// <remarks>Source: the format's description in the safetensors project.</remarks>
public static class SafetensorsWriter
{
    // Where values begin, so that a reader may map them into memory.
    private const int Alignment = 8;

    private static readonly JsonWriterOptions s_json = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <summary>
    /// What stands before the values: the header's length and the header, blanks up to a multiple of 8.
    /// </summary>
    /// <param name="tensors">The tensors; a slice becomes a vector of its elements.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: two tensors of one name, or one called <c>__metadata__</c>;
    /// <see cref="ErrorId.AllocationTooLarge"/>: more bytes than a file has, or a header longer than is read.
    /// </exception>
    /// <exception cref="InvalidDataException">The recipe that came with imported values is malformed.</exception>
    public static byte[] HeaderOf(IReadOnlyList<WeightTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        TensorNaming.RequireDistinct(tensors, SafetensorsReader.MetadataKey);
        using MemoryStream bytes = new();
        bytes.Write(stackalloc byte[SafetensorsReader.PrefixLength]);
        using (Utf8JsonWriter json = new(bytes, s_json))
        {
            json.WriteStartObject();
            json.WriteStartObject(SafetensorsReader.MetadataKey);
            if (tensors.All(tensor => tensor.GetLayout() == Layout.OI))
            {
                json.WriteString(SafetensorsReader.FormatKey, SafetensorsReader.PyTorchFormat);
            }

            json.WriteString(SafetensorsReader.RecipeKey, RecipeDocument.Of(tensors).ToText(hasLines: false));
            json.WriteEndObject();
            long begin = 0;
            foreach (WeightTensor tensor in tensors)
            {
                begin = WriteEntry(json, tensor, begin);
            }

            json.WriteEndObject();
        }

        while (bytes.Length % Alignment != 0)
        {
            bytes.WriteByte((byte)' ');
        }

        byte[] header = bytes.ToArray();
        int length = header.Length - SafetensorsReader.PrefixLength;
        if (length > SafetensorsReader.MaximumHeaderLength)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                $"The header of {tensors.Count} tensors has {length} bytes; at most "
                + $"{SafetensorsReader.MaximumHeaderLength} are read.",
                tensors.Count);
        }

        BinaryPrimitives.WriteInt64LittleEndian(header, length);
        return header;
    }

    /// <summary>Writes the header and the values.</summary>
    /// <param name="stream">Where they go.</param>
    /// <param name="tensors">The tensors.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the number of elements written so far, or null.</param>
    /// <exception cref="InitToolsException">As <see cref="HeaderOf"/>.</exception>
    public static void Write(
        Stream stream,
        IReadOnlyList<WeightTensor> tensors,
        ParallelOptions options,
        IProgress<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        stream.Write(HeaderOf(tensors));
        long written = 0;
        foreach (WeightTensor tensor in tensors)
        {
            tensor.WriteTo(stream, options, OffsetProgress.Behind(written, progress));
            written += tensor.Count;
        }
    }

    private static long WriteEntry(Utf8JsonWriter json, WeightTensor tensor, long begin)
    {
        int size = DTypes.SizeOf(tensor.GetDType());
        if (tensor.Count > (long.MaxValue - begin) / size)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge, $"'{tensor.Name}' ends beyond 2^63-1 bytes.", tensor.Shape);
        }

        long end = begin + tensor.Count * size;
        json.WriteStartObject(tensor.Name);
        json.WriteString("dtype", SafetensorsTypes.NameOf(tensor.GetDType()));
        json.WriteStartArray("shape");
        bool isWhole = tensor.Count == tensor.GetShape().Count;
        foreach (long dimension in isWhole ? tensor.GetShape().Dimensions : [tensor.Count])
        {
            json.WriteNumberValue(dimension);
        }

        json.WriteEndArray();
        json.WriteStartArray("data_offsets");
        json.WriteNumberValue(begin);
        json.WriteNumberValue(end);
        json.WriteEndArray();
        json.WriteEndObject();
        return end;
    }
}
