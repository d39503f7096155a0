using Xunit;
using static InitTools.Formats.Tests.Onnx.OnnxBytes;

namespace InitTools.Formats.Tests.BadFiles;

public class OnnxBadFileTests
{
    private const string Extension = ".onnx";

    // Fields of TensorProto.
    private const int Dims = 1;
    private const int DataType = 2;
    private const int FloatData = 4;
    private const int Int32Data = 5;
    private const int Name = 8;
    private const int RawData = 9;
    private const int ExternalData = 13;
    private const int DataLocation = 14;

    private const long Float = 1;
    private const long Float16 = 10;

    private static readonly Dictionary<string, (byte[] Bytes, string Problem)> s_files = new()
    {
        ["empty"] = ([], "the model has no graph"),
        ["no graph"] = (Message((1, 8L)), "the model has no graph"),
        ["text"] = ("Once upon a time"u8.ToArray(), "at byte 1"),
        ["graph beyond the file"] = (Model(Tensor())[..^1], "field 7 of ModelProto"),
        ["graph that is a number"] = (Message((7, 5L)), "field 7 of ModelProto: the wire type Varint"),
        ["field 0"] = ([0x00, 0x00], "the field 0 of wire type 0"),
        ["group"] = ([0x0B, 0x0C], "the field 1 of wire type 3"),
        ["number of eleven bytes"] = ([0x08, .. Enumerable.Repeat((byte)0xFF, 11)], "more than 10 bytes"),
        ["number without end"] = ([0x08, 0xFF], "the message ends within a number"),
        ["tensor beyond the graph"] = (
            Message((7, (byte[])[.. Message((5, Tensor()))[..^2]])), "field 5 of GraphProto"),
        ["length of 2^64-1"] = (
            [0x3A, .. Enumerable.Repeat((byte)0xFF, 9), 0x01], "18446744073709551615 bytes are said to follow"),
        ["name that is no UTF-8"] =
            (Model(Message((Name, (byte[])[0xFF, 0xFE]))), "field 8 of TensorProto: the text is not"),
        ["no name"] =
            (Model(Message((Dims, 1L), (DataType, Float), (RawData, new byte[4]))), "name: an initializer has none"),
        ["one name twice"] = (Model(Tensor(), Tensor()), "'w': name: it is the name of two"),
        ["negative dimension"] = (Model(Tensor(dimensions: [2, -1])), "field 1 of TensorProto: dims: -1 is negative"),
        ["overflow of elements"] = (
            Model(Tensor(dimensions: [1L << 32, 1L << 32])), "'w': dims: (4294967296, 4294967296) have more"),
        ["overflow of bytes"] = (
            Model(Tensor(dimensions: [1L << 62])), "'w': dims: the values have more than 2^63-1 bytes"),
        ["too few bytes"] = (Model(Tensor(dimensions: [3])), "'w': raw_data: (3) of FLOAT take 12 bytes; 8 are there"),
        ["too many bytes"] = (Model(Tensor(dimensions: [])), "'w': raw_data: () of FLOAT take 4 bytes; 8 are there"),
        ["many dimensions"] =
            (Model(Tensor(dimensions: [.. Enumerable.Repeat(1L, 65)])), "dims: more than 64 dimensions"),
        ["no type"] = (Model(Tensor(type: 0)), "'w': data_type: 0 is not one of 1 to 23"),
        ["unknown type"] = (Model(Tensor(type: 99)), "'w': data_type: 99 is not one of"),
        ["type beyond an int"] = (Model(Tensor(type: (1L << 32) + 1)), "'w': data_type: 4294967297 is not one of"),
        ["texts as bytes"] = (Model(Tensor(type: 8)), "'w': data_type: texts stand neither in"),
        ["numbers of another type"] = (
            Model(Tensor(type: Float16, values: (FloatData, new byte[8]))),
            "values of FLOAT16 do not stand in field 4"),
        ["too few numbers"] = (
            Model(Tensor(type: Float16, values: (Int32Data, Packed(1)))),
            "'w': dims: (2) of FLOAT16 take 2 numbers; 1 are"),
        ["no numbers"] = (
            Model(Message((Name, "w"), (Dims, 2L), (DataType, Float))),
            "'w': dims: (2) of FLOAT take 2 numbers; 0 are"),
        ["half a number"] = (
            Model(Tensor(values: (FloatData, new byte[7]))), "field 4 of TensorProto: 7 bytes are no whole number"),
        ["number beyond 16 bits"] = (
            Model(Tensor(type: Float16, values: (Int32Data, Packed(1, 65536)))),
            "field 5 of TensorProto: the number 65536"),
        ["bytes and numbers"] = (
            Model([.. Tensor(), .. Message((FloatData, new byte[8]))]),
            "'w': data_location: the values stand in several"),
        ["numbers in two fields"] = (
            Model(Message((FloatData, new byte[8]), (Int32Data, 1L))),
            "field 5 of TensorProto: values stand in field 4"),
        ["segment"] = (Model([.. Tensor(), .. Message((3, Message((1, 0L))))]), "a tensor in segments is not read"),
        ["unknown location"] = (Model([.. Tensor(), .. Message((DataLocation, 2L))]), "data_location: 2 is neither"),
        ["external without location"] = (Model(External()), "'w': external_data: the location is missing"),
        ["external twice"] = (Model(External(("location", "w.bin"), ("location", "v.bin"))), "'location' stands twice"),
        ["external and bytes"] = (
            Model([.. External(("location", "w.bin")), .. Message((RawData, new byte[8]))]), "stand in several places"),
        ["absolute path"] = (Model(External(("location", "/etc/hostname"))), "'/etc/hostname' is no path within"),
        ["parent"] = (Model(External(("location", "../w.bin"))), "'../w.bin' is no path within"),
        ["parent further on"] = (Model(External(("location", "a/../../w.bin"))), "'a/../../w.bin' is no path within"),
        ["backslashes"] = (Model(External(("location", @"..\w.bin"))), "is no path within"),
        ["drive"] = (Model(External(("location", "C:w.bin"))), "is no path within"),
        ["empty path"] = (Model(External(("location", ""))), "is no path within"),
        ["this folder"] = (Model(External(("location", "."))), "is no path within"),
        ["null character"] = (Model(External(("location", "w.bin\0"))), "is no path within"),
        ["link out of the folder"] = (Model(External(("location", "out.bin"))), "'out.bin' is no path within"),
        ["folder out of the folder"] =
            (Model(External(("location", "out/hostname"))), "'out/hostname' is no path within"),
        ["link to itself"] = (Model(External(("location", "circle.bin"))), "'circle.bin' is no path within"),
        ["offset beyond the file"] = (
            Model(External(("location", "w.bin"), ("offset", "9"))), "the offset 9 is beyond the 8 bytes of 'w.bin'"),
        ["length beyond the file"] = (
            Model(External(("location", "w.bin"), ("offset", "4"), ("length", "8"))), "8 bytes from 4 on pass the end"),
        ["length of another tensor"] = (
            Model(External(("location", "w.bin"), ("length", "4"))), "the tensor takes 8 bytes; 4 are there"),
        ["no length"] =
            (Model(External(("location", "w.bin"), ("offset", "4"))), "the tensor takes 8 bytes; 4 are there"),
        ["offset that is no number"] = (
            Model(External(("location", "w.bin"), ("offset", "-4"))), "the offset '-4' is not a whole number"),
        ["length without 63 bits"] = (
            Model(External(("location", "w.bin"), ("length", "9223372036854775808"))), "is not a whole number"),
        ["sparse without values"] = (Message((7, Message((15, Message((3, 2L)))))), "a sparse tensor has no values"),
        ["key of metadata twice"] = (
            [.. Model(Tensor()), .. Message((14, Message((1, "a"))), (14, Message((1, "a"))))],
            "the key 'a' stands twice"),
    };

    public static TheoryData<string> FileNames { get; } = [.. s_files.Keys];

    [Theory]
    [MemberData(nameof(FileNames))]
    public void A_malformed_model_is_refused_with_place_and_field(string name)
    {
        using TemporaryDirectory directory = new();
        File.WriteAllBytes(directory.PathOf("w.bin"), new byte[8]);
        File.CreateSymbolicLink(directory.PathOf("out.bin"), "/etc/hostname");
        Directory.CreateSymbolicLink(directory.PathOf("out"), "/etc");
        File.CreateSymbolicLink(directory.PathOf("circle.bin"), "circle.bin");
        (byte[] bytes, string problem) = s_files[name];

        FileOpening.AssertRefused(Extension, bytes, problem, directory);
    }

    [Fact]
    public void A_missing_file_of_values_is_named()
    {
        using TemporaryDirectory directory = new();
        string path = directory.PathOf("m" + Extension);
        File.WriteAllBytes(path, Model(External(("location", "gone.bin"))));

        var error = Assert.IsType<InitToolsException>(FileOpening.Read(path));

        Assert.Equal(ErrorId.InvalidFile, error.ErrorId);
        Assert.Contains("gone.bin' cannot be read: there is no such file", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Truncation_anywhere_is_refused() =>
        FileOpening.AssertEveryTruncationRefused(Extension, Model(Tensor()));

    [Theory]
    [InlineData("name", "1048577 bytes is longer than")]
    [InlineData("dimensions", "more than 64 dimensions")]
    [InlineData("nodes", "the model has no graph")]
    [InlineData("numbers", "take 2 numbers; 10000000 are there")]
    [InlineData("pieces", "take 2 numbers; 3000000 are there")]
    [InlineData("tensors", "more than 100000 initializers")]
    public void Megabytes_of_one_thing_are_refused(string thing, string problem)
    {
        byte[] bytes = thing switch
        {
            "name" => Model(Tensor(name: new string('x', 1_048_577))),
            "dimensions" => Model(Tensor(dimensions: [.. Enumerable.Repeat(1L, 5_000_000)])),
            "nodes" => [.. Enumerable.Repeat(Message((8, Array.Empty<byte>())), 5_000_000).SelectMany(field => field)],
            "numbers" => Model(Tensor(type: Float16, values: (Int32Data, new byte[10_000_000]))),
            "pieces" => Model(
                [.. Tensor(values: (FloatData, Array.Empty<byte>())),
                    .. Enumerable.Repeat(Message((FloatData, 1f)), 3_000_000).SelectMany(field => field)]),
            _ => Model([.. Enumerable.Range(0, 200_000)
                .Select(i => Message((Name, $"{i}"), (DataType, Float), (Dims, 0L)))]),
        };
        FileOpening.AssertRefused(Extension, bytes, problem);
    }

    [Fact]
    public void A_few_hundred_mutations_are_read_or_refused() => Mutate(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutations_are_read_or_refused() => Mutate(100_000);

    private static void Mutate(int count) => FileMutation.OpenAll(
        Extension,
        [
            TestData.BytesOf("onnx/typed.onnx"),
            TestData.BytesOf("onnx/raw.onnx"),
            TestData.BytesOf("onnx/sparse.onnx"),
            TestData.BytesOf("onnx/dense.onnx"),
        ],
        [
            "\u0008", "\u0010", "*", ":", "z", "\0", "\u007F", "\u0001", "location", "r", "p\u0001", "\u000B", "\u000C",
            "\u0009",
        ],
        count);

    private static byte[] Tensor(
        string name = "w", long[]? dimensions = null, long type = Float, (int Field, object Value)? values = null) =>
        Message([
            .. (dimensions ?? [2]).Select(dimension => (Dims, (object)dimension)),
            (DataType, type),
            (Name, name),
            values ?? (RawData, new byte[8]),
        ]);

    private static byte[] External(params (string Key, string Value)[] entries) => Message([
        (Dims, 2L),
        (DataType, Float),
        (Name, "w"),
        .. entries.Select(entry => (ExternalData, (object)Message((1, entry.Key), (2, entry.Value)))),
        (DataLocation, 1L),
    ]);
}
