namespace InitTools.Formats;

/// <summary>Values of a tensor that stand in a field of numbers, packed or one by one.</summary>
/// <param name="number">The field.</param>
internal sealed class OnnxNumbers(int number)
{
    private long _start;
    private int _pieces;

    /// <summary>The field.</summary>
    public int Field { get; } = number;

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>Takes note of the field that a walk is at, and passes over it.</summary>
    public void Add(ProtobufReader reader)
    {
        switch (Field)
        {
            case OnnxField.FloatData or OnnxField.DoubleData:
                (long start, long count) = reader.SkipNumbers(SizeOf(Field));
                _start = start;
                Count += count;
                break;
            case OnnxField.StringData:
                reader.Skip();
                Count++;
                break;
            default:
                foreach (long _ in reader.ReadInt64s())
                {
                    Count++;
                }

                break;
        }

        _pieces++;
    }

    /// <summary>The values, from the file where they stand one behind the other, and otherwise gathered.</summary>
    /// <param name="model">The file.</param>
    /// <param name="dtype">Their type.</param>
    /// <param name="tensor">The tensor.</param>
    public IElementReader Open(FileIdentity model, DType dtype, OnnxTensor tensor) =>
        _pieces == 1 && Field is OnnxField.FloatData or OnnxField.DoubleData
            ? new FileElements(model, _start, dtype, Count)
            : new OnnxGatheredElements(model, tensor.Start, tensor.End, Field, dtype, Count);

    /// <summary>The bytes of a number of fixed width.</summary>
    private static int SizeOf(int field) => field == OnnxField.FloatData ? sizeof(float) : sizeof(double);
}
