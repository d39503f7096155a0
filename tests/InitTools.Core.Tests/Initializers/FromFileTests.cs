using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>What the initializer makes of the tensors that a source finds.</summary>
public class FromFileTests
{
    private static readonly float[] s_values = [1, 2, 3, 4, 5, 6];

    [Fact]
    public void The_values_are_those_of_the_file_and_the_text_is_the_recipe()
    {
        WeightTensor tensor = Create("2x3", "FromFile('w.npz', 'fc1.weight')");

        Assert.Equal(s_values, tensor.ToArray<float>());
        Assert.Equal(("FromFile(path=w.npz, tensor=fc1.weight)", 1UL, 1), (
            tensor.Initializer, tensor.Seed, tensor.Version));
        Assert.Null(tensor.Variance);
        Assert.Equal(35.0 / 12, tensor.GetLaw().Variance, 1e-12);

        var texts = RecipeText.Write(tensor).ToDictionary();
        Assert.Equal(s_values, RecipeText.Read(texts.GetValueOrDefault, new Source()).ToArray<float>());
    }

    [Fact]
    public void A_slice_reads_its_elements() =>
        Assert.Equal([3, 4], Create("2x3", "FromFile(w.npy)", describe: tensor => tensor with { Offset = 2, Count = 2 })
            .ToArray<float>());

    [Theory]
    [InlineData(DType.Float16, 0.0999755859375)]
    [InlineData(DType.BFloat16, 0.10009765625)]
    [InlineData(DType.Float32, 0.10000000149011612)]
    [InlineData(DType.Float64, 0.1)]
    public void Values_are_rounded_once_to_the_type_of_the_tensor(DType dtype, double rounded)
    {
        Source source = new(ArrayElements: [0.1]) { Shape = new TensorShape(1) };
        WeightTensor tensor = Create("1", "FromFile(w.npy)", source, tensor => tensor with { DType = dtype });
        Assert.Equal([rounded], tensor.ToArray<double>());
    }

    // Row-major 1 2 3 / 4 5 6, turned: 1 4 / 2 5 / 3 6.
    [Theory]
    [InlineData("2x3", Layout.IO, null, "", false)]
    [InlineData("2x3", Layout.OI, null, "", false)]
    [InlineData("2x3", Layout.OI, Layout.OI, "", false)]
    [InlineData("3x2", Layout.IO, Layout.OI, "", true)]
    [InlineData("3x2", Layout.OI, Layout.IO, "", true)]
    [InlineData("3x2", Layout.IO, null, ", layout=OI", true)]
    [InlineData("2x3", Layout.OI, Layout.IO, ", layout=OI", false)]
    public void A_layout_that_is_known_turns_the_axes(
        string shape, Layout layout, Layout? stored, string argument, bool isTurned)
    {
        WeightTensor tensor = Create(
            shape,
            $"FromFile(w.npy{argument})",
            new Source { Layout = stored },
            tensor => tensor with { Layout = layout });
        Assert.Equal(isTurned ? [1, 4, 2, 5, 3, 6] : s_values, tensor.ToArray<float>());
    }

    [Theory]
    [InlineData("6", null, "holds 6 values of the shape 2x3; the tensor's shape is 6.")]
    [InlineData("3x2", null, "the tensor's shape is 3x2. Where the values are in layout OI, say so: layout=OI.")]
    [InlineData("2x3", Layout.OI, "of the shape 2x3 in layout OI, which is 3x2 in IO; the tensor's shape is 2x3.")]
    public void Another_shape_is_refused_with_both(string shape, Layout? stored, string says) => Assert.Contains(
        says,
        Errors.Expect(
            ErrorId.ShapeMismatch, () => Create(shape, "FromFile(w.npy)", new Source { Layout = stored })).Message,
        StringComparison.Ordinal);

    [Fact]
    public void Nothing_is_opened_before_a_tensor_is_made_and_a_path_is_found_at_once()
    {
        Source source = new();
        Initializer initializer = Initializer.Parse("FromFile(w.npz, fc1.weight)", files: source);
        Assert.Equal(("w.npz", "fc1.weight", 0), (source.Path, source.Tensor, source.Opened));
        Create("2x3", initializer);
        Create("2x3", initializer);
        Assert.Equal(1, source.Opened);
    }

    [Fact]
    public void A_recipe_beside_values_opens_its_file_when_values_are_asked_for()
    {
        Source source = new() { IsDeferred = true, Layout = Layout.OI };
        WeightTensor tensor = Create("2x3", "FromFile(w.npy)", source);
        Assert.Equal(("FromFile(path=w.npy)", 0), (tensor.Initializer, source.Opened));
        Errors.Expect(ErrorId.ShapeMismatch, () => tensor.ToArray());
        Assert.Equal(1, source.Opened);
    }

    [Theory]
    [InlineData("FromFile", ErrorId.InvalidArgument, "has no path; give the file")]
    [InlineData("FromFile(w.npy)", ErrorId.ValuesNotHeld, "reads the file 'w.npy', and no files are read here")]
    public void Without_a_path_or_files_there_are_no_values(
        string expression, ErrorId id, string says) => Assert.Contains(
        says,
        Errors.Expect(id, () => Create("2x3", Initializer.Parse(expression))).Message,
        StringComparison.Ordinal);

    [Theory]
    [InlineData(RandomGenerator.PyTorch)]
    [InlineData(RandomGenerator.NumPy)]
    public void A_sequential_generator_draws_nothing_for_given_values(RandomGenerator generator)
    {
        WeightTensor given = Create("2x3", "FromFile(w.npy)");
        WeightTensor normal = Create("4x4", Initializer.Parse("RandomNormal"));
        IReadOnlyList<WeightTensor> drawn = new DrawSequence(generator, new Seed(1)).Draw([normal, given, normal]);
        IReadOnlyList<WeightTensor> alone = new DrawSequence(generator, new Seed(1)).Draw([normal, normal]);

        Assert.Equal(s_values, drawn[1].ToArray<float>());
        Assert.Equal(alone[1].DrawOffset, drawn[1].DrawOffset);
        Assert.Equal(alone[1].ToArray<float>(), drawn[2].ToArray<float>());
    }

    [Theory]
    [InlineData("Orthogonal", "LAPACK")]
    [InlineData("Identity", "it reproduces the constant, uniform, untruncated normal and sparse weights")]
    [InlineData("LSUV(FromFile(w.npy), 2)", "takes given ones from files")]
    public void What_PyTorch_does_not_draw_is_refused_for_its_own_reason(string expression, string says)
    {
        InitToolsException error = Errors.Expect(
            ErrorId.InvalidArgument,
            () => Create("2x3", expression, describe: tensor => tensor with { Generator = RandomGenerator.PyTorch }));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    private static WeightTensor Create(
        string shape,
        string expression,
        Source? source = null,
        Func<WeightTensorOptions, WeightTensorOptions>? describe = null) =>
        Create(shape, Initializer.Parse(expression, files: source ?? new Source()), describe);

    private static WeightTensor Create(
        string shape, Initializer initializer, Func<WeightTensorOptions, WeightTensorOptions>? describe = null)
    {
        WeightTensorOptions options = new()
        {
            Name = "w",
            Shape = TensorShape.Parse(shape),
            Initializer = initializer,
            Seed = new Seed(1),
        };
        return WeightTensor.Create(describe is null ? options : describe(options));
    }

    /// <summary>A source of one tensor, which counts how often it is opened.</summary>
    private sealed record Source(double[]? ArrayElements = null) : ITensorFileSource
    {
        public TensorShape Shape { get; init; } = new(2, 3);

        public Layout? Layout { get; init; }

        public bool IsDeferred { get; init; }

        public string? Path { get; private set; }

        public string? Tensor { get; private set; }

        public int Opened { get; private set; }

        public Func<HeldValues> Find(string path, string? tensor)
        {
            (Path, Tensor) = (path, tensor);
            return () =>
            {
                Opened++;
                return new HeldValues(
                    Shape, InitTools.ArrayElements.Of(ArrayElements ?? (Array)s_values), Layout: Layout);
            };
        }
    }
}
