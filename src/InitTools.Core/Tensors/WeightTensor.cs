using System.Runtime.CompilerServices;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// A recipe for initial weights: everything from which the same bytes can be made again, on any machine. Values are
/// made when they are asked for and are not held. Its properties are what a report, a CSV file or a checkpoint's
/// metadata needs; no property makes values. Values that came from elsewhere, an array or a file, are held or read
/// instead: such a tensor is no recipe, and what a recipe says of itself (initializer, seed, stream, version) is empty.
/// </summary>
public sealed class WeightTensor
{
    /// <summary>The version of the stream specification (docs/reproducibility.md) that this build follows.</summary>
    public const int SpecificationVersion = 1;

    /// <summary>The name of the generator that draws unless a framework's is asked for.</summary>
    public const string GeneratorName = "Philox4x32-10";

    // Large enough for all cores, small enough to stay in the cache of one.
    private const int ChunkLength = 1 << 18;

    private const string HeldName = "Held";

    // Arrays up to here are made without asking how much memory there is, which takes as long as making 50 numbers.
    private const int AlwaysAvailableBytes = 1 << 20;

    private readonly WeightTensorOptions _options;
    private readonly WeightLaw _law;
    private readonly IElementSource _elements;

    // Ten thousand small tensors in one call are over before the first-tier code of their making is compiled again.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private WeightTensor(WeightTensorOptions options, Fans? fans, long count)
    {
        _options = options;
        Fans = fans;
        Count = count;
        TensorGeometry geometry = new(options.Shape, options.Layout, fans);
        if (SequentialGenerator.Of(options.Generator) is SequentialGenerator generator
            && options.Initializer is not HeldInitializer)
        {
            (_law, _elements) = generator.Open(
                options.Initializer, geometry, options.Seed, options.Draw, options.DType);
        }
        else
        {
            _law = options.Initializer.GetLaw(geometry);
            _elements = options.Initializer.OpenElements(
                geometry,
                StreamKey.Create(options.Seed, options.Purpose, options.Stream ?? options.Name));
        }

        RequireRepresentable(_law, options);
    }

    /// <summary>The tensor's name, such as <c>fc1.weight</c>.</summary>
    public string Name => _options.Name;

    /// <summary>The dimensions, such as <c>784x256</c>; of the whole tensor, also where this is a slice.</summary>
    public string Shape => _options.Shape.ToString();

    /// <summary>Which axes are inputs and outputs: <c>IO</c> or <c>OI</c>.</summary>
    public string Layout => Layouts.Spellings.NameOf(_options.Layout);

    /// <summary>The type of the elements: <c>Float16</c>, <c>BFloat16</c>, <c>Float32</c> or <c>Float64</c>.</summary>
    public string DType => DTypes.Spellings.NameOf(_options.DType);

    /// <summary>The canonical expression of the initializer; empty where values were imported.</summary>
    public string Initializer => HasImportedValues() ? "" : _options.Initializer.ToString();

    /// <summary>The activation behind the tensor's layer, or empty.</summary>
    public string? Activation => _options.Activation?.ToString();

    /// <summary>Connections into one output unit, or empty where the shape has no fans.</summary>
    public long? FanIn => Fans?.FanIn;

    /// <summary>Connections out of one input unit, or empty where the shape has no fans.</summary>
    public long? FanOut => Fans?.FanOut;

    /// <summary>How the fans came about.</summary>
    public string FanRule => (Fans?.Rule ?? InitTools.FanRule.None).ToString();

    /// <summary>The variance that the initializer promises; empty where values are given.</summary>
    public double? Variance => Promise?.Variance;

    /// <summary>The standard deviation that the initializer promises: the square root of Variance.</summary>
    public double? StdDev => Promise?.StandardDeviation;

    /// <summary>The largest |w| there can be, or empty where there is no limit.</summary>
    public double? Limit => Promise?.Limit;

    /// <summary>The random generator: Philox4x32-10, PyTorch or NumPy; empty where values are held.</summary>
    public string Generator => IsHeld ? "" : RandomGenerators.Spellings.NameOf(_options.Generator);

    /// <summary>The seed; empty where values are held.</summary>
    public ulong? Seed => IsHeld ? null : _options.Seed.Value;

    /// <summary>
    /// The text that names the stream; the tensor's name unless another was given. Empty where the generator is
    /// sequential and has no streams, and where values are held.
    /// </summary>
    public string Stream => IsSequential || IsHeld ? "" : _options.Stream ?? _options.Name;

    /// <summary>The index of the first element in the whole tensor; 0 unless this is a slice.</summary>
    public long Offset => _options.Offset;

    /// <summary>The number of elements.</summary>
    public long Count { get; }

    /// <summary>
    /// Where the draws of a sequential generator stood when the tensor's turn came, in words since seeding: 32-bit ones
    /// for PyTorch, 64-bit ones for NumPy. Empty where the generator is not sequential.
    /// </summary>
    public long? DrawOffset => IsSequential ? _options.Draw.Offset : null;

    /// <summary>
    /// The earlier draw of a sequential generator whose second half comes first, as <see cref="DrawPosition.Carried"/>
    /// has it, or empty.
    /// </summary>
    public long? CarriedDraw => IsSequential ? _options.Draw.Carried : null;

    /// <summary>The version of the stream specification; empty where values are held.</summary>
    public int? Version => IsHeld ? null : SpecificationVersion;

    // The values are from elsewhere, and the properties do not say where.
    private bool IsHeld => _options.Initializer.HoldsValues;

    private WeightLaw? Promise => _law.IsPromise ? _law : null;

    private bool IsSequential => _options.Generator != RandomGenerator.Philox;

    private Fans? Fans { get; }

    /// <summary>Makes the recipe.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.FanUndefined"/>: the initializer needs fans and the shape has none;
    /// <see cref="ErrorId.InvalidArgument"/>: the slice does not lie inside the tensor, the name is empty, or the
    /// generator does not make such a tensor; <see cref="ErrorId.ParameterConflict"/>: a stream or a slice of a
    /// sequential generator.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static WeightTensor Create(WeightTensorOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (options.Name.Length == 0)
        {
            throw new InitToolsException(ErrorId.InvalidArgument, "The name of a tensor is empty; give it a name.");
        }

        RequireWhole(options);
        long total = options.Shape.Count;
        if (options.Offset < 0 || options.Offset >= total)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"Offset {options.Offset} is outside the tensor {options.Shape}; 0 to {total - 1} is accepted.",
                options.Offset);
        }

        long count = options.Count ?? total - options.Offset;
        if (count < 1 || count > total - options.Offset)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"Count {count} is outside the tensor {options.Shape} from offset {options.Offset} on; "
                + $"1 to {total - options.Offset} is accepted.",
                count);
        }

        Fans? fans = options.Fans ?? InitTools.Fans.Of(options.Shape, options.Layout);
        return new WeightTensor(options, fans, count);
    }

    /// <summary>A tensor of values that come from elsewhere and are read when they are asked for.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape, of as many elements as there are.</param>
    /// <param name="values">The values; their type is the tensor's.</param>
    /// <param name="layout">Which axes are inputs and outputs.</param>
    /// <param name="activation">The activation behind its layer, or null.</param>
    /// <param name="recipe">
    /// Finds the recipe that came with the values (<see cref="GetRecordedRecipe"/>), or null.
    /// </param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ShapeMismatch"/>: more or fewer values; <see cref="ErrorId.InvalidArgument"/>: no name.
    /// </exception>
    public static WeightTensor Hold(
        string name,
        TensorShape shape,
        IElementReader values,
        Layout layout = InitTools.Layout.IO,
        Activation? activation = null,
        Func<RecordedRecipe?>? recipe = null)
    {
        ArgumentNullException.ThrowIfNull(values);
        HeldValues held = new(shape, values);
        return Hold(name, held, layout, values.DType, activation, null, recipe);
    }

    /// <summary>A tensor of the values of an array, of which a copy is held.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="shape">Its shape, such as 784x256.</param>
    /// <param name="values">A one-dimensional array of float, double or Half, in row-major order.</param>
    /// <param name="layout">Which axes are inputs and outputs: IO or OI.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ShapeMismatch"/>: more or fewer values than the shape has;
    /// <see cref="ErrorId.InvalidArgument"/>: another kind of array.
    /// </exception>
    public static WeightTensor FromArray(string name, string shape, Array values, string layout = "IO")
    {
        ArgumentNullException.ThrowIfNull(values);
        var dimensions = TensorShape.Parse(shape);
        return Create(new WeightTensorOptions
        {
            Name = name,
            Shape = dimensions,
            Initializer = FromArrayDefinition.Of(dimensions, values),
            Seed = default,
            Layout = Layouts.Spellings.Parse(layout),
            DType = ArrayElements.TypeOf(values),
        });
    }

    /// <summary>
    /// The same weights with their axes in another layout: (kernel..., in, out) becomes (out, in, kernel...), and back.
    /// A bias has one axis and is as it was. Turned weights are made from this tensor, and are no recipe themselves.
    /// </summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>: a slice of a weight.</exception>
    public WeightTensor WithLayout(Layout layout)
    {
        if (layout == _options.Layout)
        {
            return this;
        }

        TensorShape shape = _options.Shape;
        bool isTurned = shape.Rank > 1;
        if (isTurned && Count != shape.Count)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"{Name} is a slice, elements {Offset} to {Offset + Count - 1} of {shape}; only whole tensors take "
                + "another layout.",
                Shape);
        }

        HeldValues held = new(isTurned ? shape : new TensorShape(Count), GetElements(), Promise, _options.Layout);
        return Hold(
            Name,
            held.In(layout),
            layout,
            _options.DType,
            _options.Activation,
            Fans is { Rule: InitTools.FanRule.Given } ? Fans : null,
            () => GetRecordedRecipe()?.Turned());
    }

    /// <summary>True where the values were imported, as from a file, and are not made by an initializer.</summary>
    public bool HasImportedValues() => IsHeld && _options.Initializer.Name == HeldName;

    /// <summary>
    /// A tensor that makes the same values in the same order: the tensor itself, or, where values were imported, what
    /// came with them and says how they were made; null where nothing did. Whether it makes these values is for the
    /// caller to compare.
    /// </summary>
    /// <inheritdoc cref="GetRecordedRecipe"/>
    public WeightTensor? GetRecipe() => IsHeld ? GetRecordedRecipe()?.ToStored() : this;

    /// <summary>
    /// The recipe that came with imported or turned values, in the layout in which it draws them; the tensor itself
    /// where it is one, and null where nothing came with them.
    /// </summary>
    /// <exception cref="InvalidDataException">What came with the values is malformed.</exception>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnsupportedVersion"/>: it was made by a version that this build does not have.
    /// </exception>
    public RecordedRecipe? GetRecordedRecipe() =>
        IsHeld ? _options.RecordedRecipe?.Invoke() : new RecordedRecipe(this, _options.Layout);

    /// <summary>What the tensor was made from; with another name or seed it makes another tensor.</summary>
    public WeightTensorOptions GetOptions() => _options;

    /// <summary>The dimensions.</summary>
    public TensorShape GetShape() => _options.Shape;

    /// <summary>Which axes are inputs and outputs.</summary>
    public Layout GetLayout() => _options.Layout;

    /// <summary>The type of the elements.</summary>
    public DType GetDType() => _options.DType;

    /// <summary>The initializer.</summary>
    public Initializer GetInitializer() => _options.Initializer;

    /// <summary>The activation behind the tensor's layer, or null.</summary>
    public Activation? GetActivation() => _options.Activation;

    /// <summary>The fans, or null where the shape has none.</summary>
    public Fans? GetFans() => Fans;

    /// <summary>
    /// What the initializer promises of one element; where values are given, what they are, which reads them all.
    /// </summary>
    public WeightLaw GetLaw() => _law;

    /// <summary>
    /// Where the draws of a sequential generator stand behind this tensor: where the next one begins. Takes as long as
    /// making the values where NumPy draws normal numbers, as it rejects some; null where the generator is not
    /// sequential. Values that are given take no draws.
    /// </summary>
    public DrawPosition? FindNextDraw(CancellationToken cancellation = default) => _elements switch
    {
        SequentialElements drawn => drawn.FindEnd(cancellation),
        _ => IsSequential ? _options.Draw : null,
    };

    /// <summary>
    /// The elements in row-major order: <c>double[]</c> for Float64, otherwise <c>float[]</c>, which holds every
    /// Float16 and BFloat16 value exactly.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.AllocationTooLarge"/>: more than an array holds.
    /// </exception>
    public Array ToArray() => _options.DType == InitTools.DType.Float64 ? ToArray<double>() : ToArray<float>();

    /// <summary>
    /// The elements in row-major order as <c>float</c> or <c>double</c>, whatever the tensor's own type.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.AllocationTooLarge"/>: more than an array holds.
    /// </exception>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public T[] ToArray<T>(ParallelOptions? options = null)
        where T : unmanaged
    {
        long bytes = Count > Array.MaxLength ? long.MaxValue : Count * Unsafe.SizeOf<T>();
        if (bytes > AlwaysAvailableBytes && bytes > GC.GetGCMemoryInfo().TotalAvailableMemoryBytes)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                $"{Name} has {Count} elements; an array holds at most {Array.MaxLength}, and memory "
                + $"{GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / Unsafe.SizeOf<T>()}. Take slices, or write a "
                + "file.",
                Shape);
        }

        T[] values = GC.AllocateUninitializedArray<T>((int)Count);
        CopyTo(values, options ?? new ParallelOptions());
        return values;
    }

    /// <summary>
    /// The first elements in row-major order, as many as the destination holds, as <c>float</c> or <c>double</c>.
    /// </summary>
    /// <typeparam name="T">float or double.</typeparam>
    /// <param name="destination">Where they go; no longer than the tensor.</param>
    /// <param name="options">The number of threads, and cancellation.</param>
    public void CopyTo<T>(T[] destination, ParallelOptions options)
        where T : unmanaged
    {
        if (destination is float[] singles)
        {
            CopyTo(singles, 0, options);
        }
        else if (destination is double[] doubles)
        {
            CopyTo(doubles, 0, options);
        }
        else
        {
            throw new NotSupportedException($"Elements are float or double, not {typeof(T).Name}.");
        }
    }

    /// <summary>Elements <paramref name="start"/> and on of this slice, as many as the destination holds.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void CopyTo(Memory<float> destination, long start, ParallelOptions options)
    {
        RequireRange(start, destination.Length);
        switch (_options.DType)
        {
            case InitTools.DType.Float32:
                _elements.Fill(destination, Offset + start, options);
                break;
            case InitTools.DType.Float64:
                Convert<double, float>(_elements.Fill, destination, start, options, x => (float)x);
                break;
            case InitTools.DType.Float16:
                Convert<Half, float>(_elements.Fill, destination, start, options, x => (float)x);
                break;
            default:
                Convert<ushort, float>(_elements.FillBFloat16, destination, start, options, BFloat16Bits.Widen);
                break;
        }
    }

    /// <inheritdoc cref="CopyTo(Memory{float}, long, ParallelOptions)"/>
    public void CopyTo(Memory<double> destination, long start, ParallelOptions options)
    {
        RequireRange(start, destination.Length);
        switch (_options.DType)
        {
            case InitTools.DType.Float32:
                Convert<float, double>(_elements.Fill, destination, start, options, x => x);
                break;
            case InitTools.DType.Float64:
                _elements.Fill(destination, Offset + start, options);
                break;
            case InitTools.DType.Float16:
                Convert<Half, double>(_elements.Fill, destination, start, options, x => (double)x);
                break;
            default:
                Convert<ushort, double>(
                    _elements.FillBFloat16, destination, start, options, x => BFloat16Bits.Widen(x));
                break;
        }
    }

    /// <summary>Writes the elements in their own type, little-endian, in row-major order, in chunks.</summary>
    /// <param name="stream">Where they go.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <param name="progress">Told the number of elements written so far.</param>
    public void WriteTo(Stream stream, ParallelOptions options, IProgress<long>? progress = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(options);
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Tensors are written on little-endian machines only.");
        }

        ChunkedCopy.Run(GetElements(), stream, options, progress);
    }

    /// <summary>The elements in their own type, as a reader.</summary>
    internal IElementReader GetElements() => new TensorElements(_elements, _options.DType, Offset, Count);

    /// <summary>Mean, population variance and extremes of the elements as they are, not as theory has them.</summary>
    public Moments GetStatistics(ParallelOptions? options = null) =>
        Moments.Of(CopyTo, Count, options ?? new ParallelOptions());

    /// <summary>
    /// One element: by one index into the elements, or by one index for each dimension of the whole tensor.
    /// </summary>
    public double this[params long[] index]
    {
        get
        {
            ArgumentNullException.ThrowIfNull(index);
            double[] value = new double[1];
            CopyTo(value, index.Length == 1 ? index[0] : PositionOf(index), new ParallelOptions());
            return value[0];
        }
    }

    /// <summary>One element of a matrix. PowerShell does not pass several indices to a parameter array.</summary>
    public double this[long first, long second] => this[[first, second]];

    /// <summary>One element of a tensor of rank 3.</summary>
    public double this[long first, long second, long third] => this[[first, second, third]];

    /// <summary>One element of a tensor of rank 4.</summary>
    public double this[long first, long second, long third, long fourth] => this[[first, second, third, fourth]];

    /// <inheritdoc/>
    public override string ToString() => $"{Name} {Shape} {Initializer}";

    /// <summary>
    /// Fails where a weight would be infinite, because the element type does not reach as far as the law.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RequireRepresentable(WeightLaw law, WeightTensorOptions options)
    {
        if (!law.IsPromise)
        {
            // What is given is checked value by value, where it is read.
            return;
        }

        double maximum = DTypes.MaximumOf(options.DType);
        double arithmeticMaximum = options.DType == InitTools.DType.Float64 ? double.MaxValue : float.MaxValue;
        double largest = law.Limit ?? law.Reach;
        if (!(largest <= maximum) || !(law.Reach <= arithmeticMaximum))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{options.Initializer} reaches {ExpressionNode.Format(Math.Max(largest, law.Reach))}, and numbers of "
                + $"{DTypes.Spellings.NameOf(options.DType)} end at {ExpressionNode.Format(maximum)}.",
                options.Initializer.ToString());
        }
    }

    private delegate void Filler<T>(Memory<T> destination, long offset, ParallelOptions options);

    private void Convert<TSource, TTarget>(
        Filler<TSource> fill,
        Memory<TTarget> destination,
        long start,
        ParallelOptions options,
        Func<TSource, TTarget> convert)
    {
        TSource[] chunk = new TSource[Math.Min(ChunkLength, destination.Length)];
        while (destination.Length > 0)
        {
            Memory<TSource> source = chunk.AsMemory(0, Math.Min(chunk.Length, destination.Length));
            fill(source, Offset + start, options);
            Span<TTarget> target = destination.Span;
            for (int i = 0; i < source.Length; i++)
            {
                target[i] = convert(source.Span[i]);
            }

            destination = destination[source.Length..];
            start += source.Length;
        }
    }

    private static WeightTensor Hold(
        string name,
        HeldValues held,
        Layout layout,
        DType dtype,
        Activation? activation,
        Fans? fans,
        Func<RecordedRecipe?>? recipe) =>
        Create(new WeightTensorOptions
        {
            Name = name,
            Shape = held.Shape,
            Initializer = new HeldInitializer(HeldName, [], () => held),
            Seed = default,
            Layout = layout,
            DType = dtype,
            Activation = activation,
            Fans = fans,
            RecordedRecipe = recipe,
        });

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void RequireWhole(WeightTensorOptions options)
    {
        string? part = options.Stream is not null ? nameof(options.Stream)
            : options.Offset != 0 ? nameof(options.Offset)
            : options.Count is long count && count != options.Shape.Count ? nameof(options.Count)
            : null;
        if (options.Generator != RandomGenerator.Philox && part is not null)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{part} was given with generator {RandomGenerators.Spellings.NameOf(options.Generator)}, which draws "
                + "one number after the other: it has no streams, and a tensor is made whole. Leave it out, or take "
                + $"generator {GeneratorName}.",
                part);
        }
    }

    private long PositionOf(long[] index)
    {
        TensorShape shape = _options.Shape;
        if (index.Length != shape.Rank)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"{index.Length} indices were given for a tensor of rank {shape.Rank} ({shape}).",
                Shape);
        }

        long position = 0;
        for (int axis = 0; axis < index.Length; axis++)
        {
            if (index[axis] < 0 || index[axis] >= shape[axis])
            {
                throw new InitToolsException(
                    ErrorId.InvalidArgument,
                    $"Index {index[axis]} is outside dimension {axis} of {shape}; 0 to {shape[axis] - 1} is accepted.",
                    index[axis]);
            }

            position = position * shape[axis] + index[axis];
        }

        return position - Offset;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void RequireRange(long start, int length)
    {
        if (start < 0 || length > Count - start)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"Elements {start} to {start + length - 1} are not all in {Name}, which has {Count} from offset "
                + $"{Offset} on.",
                start);
        }
    }
}
