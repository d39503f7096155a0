using System.Text.Json.Nodes;
using Xunit;

namespace InitTools.Formats.Tests.Recipes;

public sealed class RecipeFileTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public void Two_layers_take_a_few_hundred_bytes_and_a_line_for_each_tensor()
    {
        string path = Write("m.init.json", Stack());

        Assert.Equal(
            """
            {
              "layout": "IO",
              "dType": "Float32",
              "generator": "Philox4x32-10",
              "seed": 42,
              "version": 1,
              "tensors": [
                {"name": "fc1.weight", "shape": "784x256", "initializer": "HeNormal", "activation": "relu"},
                {"name": "fc2.weight", "shape": "256x10", "initializer": "RandomNormal(stddev=0.01)"}
              ]
            }

            """.ReplaceLineEndings("\n"),
            File.ReadAllText(path));
    }

    public static TheoryData<string> Kinds => [.. AllKinds.Keys];

    private static Dictionary<string, WeightTensorOptions> AllKinds { get; } = new()
    {
        ["plain"] = Options("fc1.weight", "12x5"),
        ["another stream"] = Options("b", "7") with { Stream = "a \"quoted\" text, é" },
        ["slice"] = Options("w", "40x30") with { Offset = 17, Count = 300, DType = DType.Float64 },
        ["largest seed"] = Options("w", "9x9") with { Seed = new Seed(ulong.MaxValue), DType = DType.BFloat16 },
        ["fans of its layer"] = Options("w", "50") with { Fans = new Fans(50, 20, FanRule.Given) },
        ["grouped"] = Options("w", "3x3x4x8") with { Fans = new Fans(36, 36, FanRule.Grouped) },
        ["PyTorch's layout"] = Options("w", "8x3x3x3") with { Layout = Layout.OI, DType = DType.Float16 },
        ["PyTorch's generator"] = Options("w", "9x9") with
        {
            Generator = RandomGenerator.PyTorch,
            Draw = new DrawPosition(130, 128),
            Initializer = Initializer.Parse("RandomNormal"),
        },
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public void A_recipe_makes_the_file_that_the_tensor_itself_makes(string kind)
    {
        WeightTensor[] tensors = [WeightTensor.Create(AllKinds[kind]), WeightTensor.Create(Options("other", "2x3"))];
        string direct = Write("direct.safetensors", tensors);
        string recipe = Write("m.init.json", tensors);
        string made = Write("made.safetensors", Read(recipe));
        string again = Write("again.init.json", Read(direct));

        Assert.Equal(File.ReadAllBytes(direct), File.ReadAllBytes(made));
        Assert.Equal(File.ReadAllText(recipe), File.ReadAllText(again));
        Assert.Equal(
            tensors.Select(tensor => tensor.ToArray<double>()),
            Read(direct).Select(tensor => tensor.GetRecipe()!.ToArray<double>()));
    }

    [Fact]
    public void Weights_turned_for_PyTorch_are_turned_again_by_whoever_makes_them()
    {
        WeightTensor[] turned = [.. Stack().Select(tensor => tensor.WithLayout(Layout.OI))];
        string direct = Write("direct.safetensors", turned);
        WeightTensor[] recipes = Read(Write("m.init.json", turned));
        WeightTensor[] read = Read(direct);

        Assert.Equal(File.ReadAllBytes(direct), File.ReadAllBytes(Write("made.safetensors", recipes)));
        Assert.All(read, tensor => Assert.Equal("OI", tensor.Layout));
        Assert.Equal("relu", read[0].Activation);
        Assert.Equal(read[0].ToArray<float>(), read[0].GetRecipe()!.ToArray<float>());
        Assert.Equal(("784x256", "HeNormal"), (
            read[0].GetRecordedRecipe()!.Recipe.Shape, read[0].GetRecordedRecipe()!.Recipe.Initializer));

        // Turned back, they are what was drawn.
        Assert.Equal(Stack()[0].ToArray<float>(), read[0].WithLayout(Layout.IO).GetRecipe()!.ToArray<float>());
    }

    [Fact]
    public void Layouts_of_one_file_may_differ()
    {
        WeightTensor[] tensors =
        [
            WeightTensor.Create(Options("a", "3x4")),
            WeightTensor.Create(Options("b", "3x4") with { Layout = Layout.OI }),
            WeightTensor.Create(Options("c", "3x4")).WithLayout(Layout.OI),
            WeightTensor.FromArray("d", "1x2", new float[] { 1, 2 }, "OI"),
            WeightTensor.FromArray("e", "1x2", new float[] { 1, 2 }),
        ];

        WeightTensor[] read = Read(Write("w.safetensors", tensors));
        Assert.Equal(["IO", "OI", "OI", "OI", "IO"], read.Select(tensor => tensor.Layout));
        Assert.Equal([true, true, true, false, false], read.Select(tensor => tensor.GetRecipe() is not null));
    }

    [Fact]
    public void Tensors_keep_their_order()
    {
        WeightTensor[] tensors =
            [WeightTensor.Create(Options("w10", "2x2")), WeightTensor.Create(Options("w9", "2x2"))];

        Assert.Equal(
            ["w10", "w9"],
            new WeightImport().Read(Write("m.init.json", tensors)).Weights.Select(tensor => tensor.Name));
    }

    [Fact]
    public void Values_of_an_array_have_no_recipe()
    {
        string path = _directory.PathOf("m.init.json");
        WeightTensor held = WeightTensor.FromArray("w", "2", new float[] { 1, 2 });

        Assert.Equal(
            ErrorId.ValuesNotHeld,
            Assert.Throws<InitToolsException>(
                () => TensorFile.Write(path, [held], false, new ParallelOptions())).ErrorId);
        Assert.Empty(_directory.FileNames);
    }

    [Fact]
    public void Another_layout_than_the_recipes_is_refused() => Assert.Equal(
        ErrorId.ParameterConflict,
        Assert.Throws<InitToolsException>(
            () => new WeightImport { Layout = Layout.OI }.Read(Write("m.init.json", Stack())))
            .ErrorId);

    [Theory]
    [InlineData("", "not JSON", 0)]
    [InlineData("[]", "an object was expected", 0)]
    [InlineData("""{"seed":1}""", "'tensors' is missing", 9)]
    [InlineData("""{"tensors":[],"tensors":[]}""", "stands twice", 14)]
    [InlineData("""{"tensors":[1]}""", "an object was expected", 12)]
    [InlineData("""{"tensors":[{}]}""", "a name of its own", 12)]
    [InlineData("""{"tensors":[{"name":"a"},{"name":"a"}]}""", "a name of its own", 25)]
    [InlineData("""{"tensors":[{"name":"a","name":"a"}]}""", "'name' stands twice", 24)]
    [InlineData("""{"tensors":[{"name":["a"]}]}""", "a text or a number", 20)]
    [InlineData("""{"tensors":[{"name":"a"}]}""", "'initializer' is missing", 12)]
    [InlineData("""{"tensors":[{"name":"a","initializer":"HeNrmal"}],"seed":1,"version":1,"layout":"IO","dType":"Float32"}""",
        "property Shape", 12)]
    [InlineData("""{"tensors":[{"name":"a","initializer":"HeNrmal","shape":"2x2"}],"seed":1,"version":1,"layout":"IO","dType":"Float32"}""",
        "did you mean 'HeNormal'", 12)]
    [InlineData("""{"tensors":[{"name":"a","initializer":"HeNormal","shape":"2x2","sed":3}],"seed":1,"version":1,"layout":"IO","dType":"Float32"}""",
        "'sed' is none of", 12)]
    [InlineData("""{"tensors":[]}x""", "not JSON", 14)]
    public void A_malformed_file_is_refused_with_the_offset(string json, string problem, int position)
    {
        string path = _directory.PathOf("m.init.json");
        File.WriteAllText(path, json);
        string message = Assert.Throws<InvalidDataException>(() => TensorFile.Open(path)).Message;

        Assert.Contains(problem, message, StringComparison.Ordinal);
        Assert.Contains(FormattableString.Invariant($"at byte {position}:"), message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_recipe_of_another_version_is_refused_and_its_values_are_read()
    {
        string path = Write("w.safetensors", Stack());
        byte[] bytes = File.ReadAllBytes(path);
        ReadOnlySpan<byte> version = "version\\\":1"u8;
        bytes[bytes.AsSpan().IndexOf(version) + version.Length - 1] = (byte)'7';
        File.WriteAllBytes(path, bytes);
        WeightTensor read = Read(path)[0];

        Assert.Equal(Stack()[0].ToArray<float>(), read.ToArray<float>());
        Assert.Equal(
            ErrorId.UnsupportedVersion, Assert.Throws<InitToolsException>(() => read.GetRecipe()).ErrorId);
    }

    [Fact]
    public void Seeds_that_doubles_do_not_keep_are_texts()
    {
        WeightTensor tensor = WeightTensor.Create(Options("w", "2x2") with { Seed = new Seed(ulong.MaxValue) });
        JsonNode json = JsonNode.Parse(File.ReadAllText(Write("m.init.json", [tensor])))!;

        Assert.Equal("18446744073709551615", json["seed"]!.GetValue<string>());
    }

    private static WeightTensor[] Stack() =>
    [
        WeightTensor.Create(Options("fc1.weight", "784x256") with { Activation = Activation.Parse("relu") }),
        WeightTensor.Create(Options("fc2.weight", "256x10") with
        {
            Initializer = Initializer.Parse("RandomNormal(stddev=0.01)"),
        }),
    ];

    private static WeightTensorOptions Options(string name, string shape) => new()
    {
        Name = name,
        Shape = TensorShape.Parse(shape),
        Initializer = Initializer.Parse(shape.Contains('x', StringComparison.Ordinal) ? "HeNormal" : "RandomNormal"),
        Seed = new Seed(42UL),
    };

    private static WeightTensor[] Read(string path) =>
        [.. TensorFile.Open(path).Tensors.Select(tensor => tensor.ToWeightTensor())];

    private string Write(string name, IReadOnlyList<WeightTensor> tensors)
    {
        string path = _directory.PathOf(name);
        TensorFile.Write(path, tensors, force: false, new ParallelOptions());
        return path;
    }
}
