using Xunit;

namespace InitTools.Formats.Tests.Onnx;

public class OnnxFileTests
{
    private static readonly double[] s_values = [1, -2.5, 0.15625, 0, 65280, -0.0];

    private static readonly Dictionary<string, DType> s_types = new()
    {
        ["float"] = DType.Float32,
        ["float16"] = DType.Float16,
        ["bfloat16"] = DType.BFloat16,
        ["double"] = DType.Float64,
    };

    [Theory]
    [InlineData("typed.onnx", "float float16 bfloat16 double", "int64 string")]
    [InlineData("raw.onnx", "float float16 bfloat16 double", "bool empty")]
    [InlineData("external.onnx", "float float16 double", "")]
    [InlineData("sparse.onnx", "float", "sparse")]
    public void What_ONNX_wrote_is_read_to_the_bit(string name, string weights, string others)
    {
        TensorFileContents contents = TensorFile.Open(TestData.PathOf($"onnx/{name}"));

        Assert.Equal(
            others.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(),
            contents.Tensors.Where(tensor => !tensor.IsWeight).Select(tensor => tensor.Name).Order());
        foreach (string weight in weights.Split(' '))
        {
            StoredTensor stored = contents.Tensors.Single(tensor => tensor.Name == weight);
            WeightTensor tensor = stored.ToWeightTensor();

            Assert.Equal(("2x3", s_types[weight]), (tensor.Shape, tensor.GetDType()));
            Assert.Equal(s_values.Length * DTypes.SizeOf(tensor.GetDType()), stored.Bytes);
            Assert.Equal(
                s_values.Select(BitConverter.DoubleToInt64Bits),
                tensor.ToArray<double>().Select(BitConverter.DoubleToInt64Bits));
            Assert.Equal(s_values[4], tensor[1, 1]);
        }
    }

    [Fact]
    public void A_single_number_becomes_a_vector_of_one() => Assert.Equal(
        [0.5],
        TensorFile.Open(TestData.PathOf("onnx/raw.onnx")).Tensors.Single(tensor => tensor.Name == "scalar")
            .ToWeightTensor().ToArray<double>());

    [Fact]
    public void Texts_of_the_model_are_its_metadata() => Assert.Equal(
        "é", TensorFile.Open(TestData.PathOf("onnx/typed.onnx")).Metadata["recipe"]);

    [Fact]
    public void A_network_of_PyTorch_has_its_weights()
    {
        TensorFileContents contents = TensorFile.Open(TestData.PathOf("onnx/dense.onnx"));

        Assert.Equal(
            ["0.weight", "0.bias", "2.weight", "2.bias"], contents.Tensors.Select(tensor => tensor.Name));
        foreach (StoredTensor stored in contents.Tensors)
        {
            WeightTensor expected =
                TensorFile.Open(TestData.PathOf($"onnx/dense.{stored.Name}.npy")).Tensors[0].ToWeightTensor();
            WeightTensor actual = stored.ToWeightTensor();
            Assert.Equal((expected.Shape, Layout.OI), (actual.Shape, actual.GetLayout()));
            Assert.Equal(expected.ToArray<float>(), actual.ToArray<float>());
        }
    }

    [Fact]
    public void Numbers_may_be_packed_in_pieces_or_not_at_all()
    {
        byte[] floats = OnnxBytes.Message(
            (8, "f"), (1, OnnxBytes.Packed(1, 4)), (2, 1L), (4, 1.5f), (4, Bytes(2.5f, -0.0f)), (4, 4f));
        byte[] doubles = OnnxBytes.Message((10, 0.1), (8, "d"), (1, 2L), (2, 11L), (10, 0.2));
        byte[] halves = OnnxBytes.Message(
            (8, "h"), (1, 3L), (2, 10L), (5, 0x3C00L), (5, OnnxBytes.Packed(0x8000)), (5, 0xFFFFL));
        using TemporaryDirectory directory = new();
        string path = directory.PathOf("pieces.onnx");
        File.WriteAllBytes(path, OnnxBytes.Model(floats, doubles, halves));

        Dictionary<string, WeightTensor> weights =
            TensorFile.Open(path).Tensors.ToDictionary(tensor => tensor.Name, tensor => tensor.ToWeightTensor());

        Assert.Equal([1.5f, 2.5f, -0.0f, 4f], weights["f"].ToArray<float>());
        Assert.Equal("1x4", weights["f"].Shape);
        Assert.Equal([0.1, 0.2], weights["d"].ToArray<double>());
        Assert.Equal([1f, -0.0f, float.NaN], weights["h"].ToArray<float>());
    }

    [Theory]
    [InlineData("MatMul", 0L, Layout.IO)]
    [InlineData("Gemm", 0L, Layout.IO)]
    [InlineData("Gemm", 1L, Layout.OI)]
    [InlineData("Conv", 0L, Layout.OI)]
    [InlineData("ConvTranspose", 0L, null)]
    public void A_node_says_which_axes_are_inputs(string operation, long transposed, Layout? layout)
    {
        byte[] node = OnnxBytes.Message(
            (1, "x"),
            (1, "w"),
            (1, "b"),
            (2, "y"),
            (4, operation),
            (5, OnnxBytes.Message((1, "transA"), (3, 1L - transposed))),
            (5, OnnxBytes.Message((1, "transB"), (3, transposed))));
        byte[] weight = OnnxBytes.Message((8, "w"), (1, 1L), (1, 1L), (2, 1L), (9, Bytes(1f)));
        byte[] other = OnnxBytes.Message((8, "x"), (1, 1L), (1, 1L), (2, 1L), (9, Bytes(1f)));
        using TemporaryDirectory directory = new();
        string path = directory.PathOf("m.onnx");
        File.WriteAllBytes(path, OnnxBytes.Message((7, OnnxBytes.Message((5, weight), (5, other), (1, node)))));

        Assert.Equal([layout, null], TensorFile.Open(path).Tensors.Select(tensor => tensor.Layout));

        // Two nodes that differ say nothing.
        byte[] opposite = OnnxBytes.Message(
            (1, "x"), (1, "w"), (4, layout == Layout.OI ? "MatMul" : "Conv"));
        File.WriteAllBytes(
            path, OnnxBytes.Message((7, OnnxBytes.Message((1, node), (1, opposite), (5, weight), (5, other)))));
        Assert.Equal(layout is null ? Layout.OI : null, TensorFile.Open(path).Tensors[0].Layout);
    }

    [Fact]
    public void A_model_is_listed_without_its_values_being_read()
    {
        // A sparse file of 4 GiB: reading it would take seconds and its bytes.
        using TemporaryDirectory directory = new();
        string path = directory.PathOf("large.onnx");
        File.WriteAllBytes(
            path,
            OnnxBytes.Model(OnnxBytes.Message(
                (8, "w"),
                (1, 1L << 30),
                (2, 1L),
                (14, 1L),
                (13, OnnxBytes.Message((1, "location"), (2, "large.bin"))))));
        using (FileStream values = File.Create(directory.PathOf("large.bin")))
        {
            values.SetLength(1L << 32);
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        WeightTensor weights = TensorFile.Open(path).Tensors.Single().ToWeightTensor();

        Assert.Equal(1L << 30, weights.Count);
        Assert.Equal(0, weights[(1L << 30) - 1]);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 1_000_000);
    }

    [Fact]
    public void Values_are_read_through_links_within_the_folder_and_from_folders_in_it()
    {
        using TemporaryDirectory directory = new();
        Directory.CreateDirectory(directory.PathOf("data"));
        File.WriteAllBytes(directory.PathOf("data/w.bin"), Bytes(0, 3f));
        File.CreateSymbolicLink(directory.PathOf("linked.bin"), "data/w.bin");
        foreach (string location in (string[])["data/w.bin", "linked.bin"])
        {
            string path = directory.PathOf("m.onnx");
            File.WriteAllBytes(
                path,
                OnnxBytes.Model(OnnxBytes.Message(
                    (8, "w"),
                    (1, 1L),
                    (2, 1L),
                    (14, 1L),
                    (13, OnnxBytes.Message((1, "location"), (2, location))),
                    (13, OnnxBytes.Message((1, "offset"), (2, "4"))))));
            Assert.Equal([3f], TensorFile.Open(path).Tensors.Single().ToWeightTensor().ToArray<float>());
        }
    }

    private static byte[] Bytes(params float[] values) => [.. values.SelectMany(BitConverter.GetBytes)];
}
