using Xunit;

namespace InitTools.Formats.Tests.Files;

public sealed class TensorFileSourceTests : IDisposable
{
    private static readonly float[] s_values = [1, 2, 3, 4, 5, 6];

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("w.npy", null)]
    [InlineData("w.npy", "w")]
    [InlineData("w.npz", "fc1.weight")]
    [InlineData("w.safetensors", "fc1.weight")]
    public void Every_format_gives_the_values_of_a_tensor(string file, string? tensor)
    {
        Write(file, Given("fc1.weight", "2x3"), Given("fc1.bias", "6"));
        Assert.Equal(s_values, Create("2x3", Text(file, tensor)).ToArray<float>());
    }

    [Theory]
    [InlineData("onnx/dense.onnx", "0.weight", Layout.IO)]
    [InlineData("onnx/dense.onnx", "0.weight", Layout.OI)]
    [InlineData("safetensors/torch.safetensors", "bfloat16", Layout.IO)]
    [InlineData("safetensors/torch.safetensors", "bfloat16", Layout.OI)]
    public void A_matrix_is_read_in_the_layout_that_the_file_says(string file, string name, Layout layout)
    {
        string path = TestData.PathOf(file);
        WeightTensor stored = TensorFile.Open(path).Tensors.Single(tensor => tensor.Name == name).ToWeightTensor();
        WeightTensor wanted = stored.WithLayout(layout);
        WeightTensor made = WeightTensor.Create(
            Options(wanted.Shape, Parse(Text(path, name))) with { Layout = layout });

        Assert.Equal(Layout.OI, stored.GetLayout());
        Assert.Equal(wanted.ToArray<float>(), made.ToArray<float>());
    }

    [Theory]
    [InlineData("w.npz", "fc1.wieght", ErrorId.TensorNotFound, "tensor 'fc1.wieght'; it has 'fc1.weight', 'fc1.bias'.")]
    [InlineData("w.npz", null, ErrorId.TensorNotFound, "holds several tensors; say which one")]
    [InlineData("many.npz", "x", ErrorId.TensorNotFound, "'t9' and 2 more.")]
    [InlineData("none.npz", "x", ErrorId.InvalidFile, "there is no such file")]
    [InlineData("w.txt", null, ErrorId.InvalidFile, "has the extension '.txt'")]
    [InlineData("m.init.json", "fc1.weight", ErrorId.InvalidFile, "holds recipes, and FromFile reads values")]
    [InlineData("w.npy", "fc1.weight", ErrorId.TensorNotFound, "it has 'w'.")]
    public void What_is_not_there_is_one_clear_error(string file, string? tensor, ErrorId id, string says)
    {
        Write("w.npz", Given("fc1.weight", "2x3"), Given("fc1.bias", "6"));
        Write("w.npy", Given("fc1.weight", "2x3"));
        Write("many.npz", [.. Enumerable.Range(0, 12).Select(number => Given($"t{number}", "6"))]);
        InitToolsException error = Assert.Throws<InitToolsException>(() => Create("2x3", Text(file, tensor)));
        Assert.Equal(id, error.ErrorId);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_malformed_file_is_named()
    {
        string path = _directory.PathOf("w.npy");
        File.WriteAllText(path, "import os");
        Assert.Contains(
            $"'{path}': ",
            Assert.Throws<InvalidDataException>(() => Create("2x3", "FromFile(w.npy)")).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Integers_are_no_weights() => Assert.Equal(
        ErrorId.UnknownDType,
        Assert.Throws<InitToolsException>(
            () => Create("2x3", Text(TestData.PathOf("npy/int64.npy"), null))).ErrorId);

    [Fact]
    public void The_header_alone_is_read_until_values_are_asked_for()
    {
        Write("w.npy", Given("w", "2x3"));
        string path = _directory.PathOf("w.npy");
        WeightTensor tensor = Create("2x3", "FromFile(w.npy)");
        byte[] bytes = File.ReadAllBytes(path);
        bytes[^1] ^= 1;
        File.WriteAllBytes(path, bytes);
        File.SetLastWriteTimeUtc(path, DateTime.UtcNow.AddDays(1));
        Assert.Contains(
            "has changed since it was opened",
            Assert.Throws<InvalidDataException>(() => tensor.ToArray()).Message,
            StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w.npy")]
    [InlineData("./w.npy")]
    [InlineData(@".\sub\w.npy")]
    [InlineData("sub/w.npy")]
    public void A_recipe_in_a_file_reads_files_beside_it(string name)
    {
        Directory.CreateDirectory(_directory.PathOf("sub"));
        Write("w.npy", Given("w", "2x3"));
        Write("sub/w.npy", Given("w", "2x3"));
        Write("m.init.json", Create("2x3", Text(name.Replace('\\', '/'), null)));
        string path = _directory.PathOf("m.init.json");
        File.WriteAllText(path, File.ReadAllText(path).Replace(
            name.Replace('\\', '/'), name.Replace(@"\", @"\\", StringComparison.Ordinal), StringComparison.Ordinal));

        Assert.Equal(s_values, Read("m.init.json").ToArray<float>());
    }

    [Fact]
    public void A_link_out_of_the_folder_is_not_followed()
    {
        using TemporaryDirectory other = new();
        TensorFile.Write(other.PathOf("w.npy"), [Given("w", "2x3")], false, new ParallelOptions());
        File.CreateSymbolicLink(_directory.PathOf("w.npy"), other.PathOf("w.npy"));
        WeightTensor tensor = Create("2x3", "FromFile(w.npy)");

        Assert.Equal(s_values, tensor.ToArray<float>());
        Assert.Contains(
            "FromFile names 'w.npy'",
            Assert.Throws<InitToolsException>(() => Write("m.init.json", tensor)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Recipes_alone_are_written_only_where_they_are_read()
    {
        using TemporaryDirectory other = new();
        Write("w.npy", Given("w", "2x3"));
        WeightTensor tensor = Create("2x3", "FromFile(w.npy)");
        string path = other.PathOf("m.init.json");

        InitToolsException error = Assert.Throws<InitToolsException>(
            () => TensorFile.Write(path, [tensor], false, new ParallelOptions()));
        Assert.Equal(ErrorId.InvalidFile, error.ErrorId);
        Assert.False(File.Exists(path));
    }

    [Theory]
    [InlineData("'/etc/w.npy'", "FromFile names '/etc/w.npy'")]
    [InlineData("'../w.npy'", "FromFile names '../w.npy'")]
    [InlineData("'m.safetensors'", "FromFile names 'm.safetensors'")]
    [InlineData("'none.npy'", "there is no such file")]
    public void A_checkpoint_is_read_without_the_files_that_its_recipes_name(string path, string says)
    {
        TensorFile.Write(
            _directory.PathOf("m.safetensors"),
            [WeightTensor.Create(Options("2x3", Initializer.Parse($"FromFile({path})", files: new Anything())))],
            false,
            new ParallelOptions());
        WeightTensor read = Read("m.safetensors");

        Assert.Equal(s_values, read.ToArray<float>());
        WeightTensor recipe = read.GetRecipe()!;
        Assert.StartsWith("FromFile(path=", recipe.Initializer, StringComparison.Ordinal);
        Assert.Contains(
            says, Assert.Throws<InitToolsException>(() => recipe.ToArray()).Message, StringComparison.Ordinal);
        Write("again.safetensors", read);
        Assert.Equal(recipe.Initializer, Read("again.safetensors").GetRecipe()!.Initializer);
    }

    [Fact]
    public void The_recipe_of_a_checkpoint_makes_its_values_again()
    {
        Write("w.npy", Given("w", "2x3"));
        Write("m.safetensors", Create("2x3", "FromFile(w.npy)").WithLayout(Layout.OI));
        WeightTensor read = Read("m.safetensors");
        Assert.Equal(read.ToArray<float>(), read.GetRecipe()!.ToArray<float>());
    }

    [Fact]
    public void An_architecture_reads_files_beside_it()
    {
        Write("w.npy", Given("w", "2x3"));
        string path = _directory.PathOf("a.csv");
        File.WriteAllText(path, "FanIn,FanOut,Initializer\n2,3,FromFile(w.npy)\n");
        Assert.Equal(s_values, TensorsOf(path).Weight!.ToArray<float>());

        File.WriteAllText(path, "FanIn,FanOut,Initializer\n2,3,FromFile('/etc/w.npy')\n");
        Assert.Contains(
            "FromFile names '/etc/w.npy'",
            Assert.Throws<InitToolsException>(() => TensorsOf(path)).Message,
            StringComparison.Ordinal);
    }

    private static LayerTensors TensorsOf(string path)
    {
        ArchitectureDescription description = ArchitectureFile.Read(path);
        Architecture architecture = description.ReadArchitecture(Activation.Parse("relu"), Layout.IO);
        return description.CreateTensors(
            architecture, Initializer.Parse("Zeros"), null, null, new Seed(1), DType.Float32, Layout.IO).Single();
    }

    private static WeightTensor Given(string name, string shape) => WeightTensor.FromArray(name, shape, s_values);

    private static string Text(string path, string? tensor) =>
        $"FromFile('{path}'{(tensor is null ? "" : $", '{tensor}'")})";

    private static WeightTensorOptions Options(string shape, Initializer initializer) => new()
    {
        Name = "fc1.weight",
        Shape = TensorShape.Parse(shape),
        Initializer = initializer,
        Seed = new Seed(1),
    };

    private Initializer Parse(string expression) =>
        Initializer.Parse(expression, files: new TensorFileSource(_directory.PathOf));

    private WeightTensor Create(string shape, string expression) =>
        WeightTensor.Create(Options(shape, Parse(expression)));

    private void Write(string file, params WeightTensor[] tensors) => TensorFile.Write(
        _directory.PathOf(file),
        file.EndsWith(".npy", StringComparison.Ordinal) ? tensors[..1] : tensors,
        true,
        new ParallelOptions());

    private WeightTensor Read(string file) =>
        TensorFile.Open(_directory.PathOf(file)).Tensors.Single().ToWeightTensor();

    /// <summary>A source that has the values of any path.</summary>
    private sealed class Anything : ITensorFileSource
    {
        public bool IsDeferred => false;

        public Func<HeldValues> Find(string path, string? tensor) => () =>
            new HeldValues(new TensorShape(2, 3), new NpyValues());
    }

    private sealed class NpyValues : IElementReader
    {
        public DType DType => DType.Float32;

        public long Count => s_values.Length;

        public void Read(Memory<byte> destination, long start, ParallelOptions options) =>
            System.Runtime.InteropServices.MemoryMarshal.AsBytes(s_values.AsSpan((int)start))[..destination.Length]
                .CopyTo(destination.Span);
    }
}
