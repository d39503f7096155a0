using InitTools.Formats.Tests.Npy;
using Xunit;

namespace InitTools.Formats.Tests.BadFiles;

public class NpyBadFileTests
{
    private const string Extension = ".npy";

    public static TheoryData<string, int, string> Headers { get; } = new()
    {
        { Header(), 7, "the file has 7 bytes of numbers; the shape (2) of '<f4'" },
        { Header(), 9, "the file has 9 bytes of numbers; the shape (2) of '<f4'" },
        { Header(shape: "()"), 8, "the file has 8 bytes of numbers; the shape () of '<f4'" },
        { Header(shape: "(-2,)"), 8, "a dimension, a whole number of 0 or more, was expected" },
        { Header(shape: "(2.0,)"), 8, "')' was expected" },
        { Header(shape: "('2',)"), 8, "a dimension, a whole number" },
        { Header(shape: "(9223372036854775808,)"), 8, "a dimension has more than 63 bits" },
        { Header(shape: "(4294967296, 4294967296)"), 8, "the shape (4294967296, 4294967296) of '<f4' does not have" },
        { Header(shape: "(4611686018427387906,)"), 8, "the shape (4611686018427387906) of '<f4' does not have" },
        { Header(shape: "((2,),)"), 8, "a dimension, a whole number" },
        { Header(shape: "(__import__('os').system('true'),)"), 8, "a dimension, a whole number" },
        { Header(shape: $"({string.Concat(Enumerable.Repeat("1,", 65))})"), 4, "more than 64 dimensions" },
        { Header(descr: "'<f3'"), 6, "the element type '<f3' is none of fixed-width numbers" },
        { Header(descr: "'|O'"), 8, "the element type '|O' is none" },
        { Header(descr: "'<U2'"), 16, "the element type '<U2' is none" },
        { Header(descr: "'<M8[ns]'"), 16, "the element type '<M8[ns]' is none" },
        { Header(descr: "''"), 8, "the element type '' is none" },
        { Header(descr: "'f'"), 8, "the element type 'f' is none" },
        { Header(descr: "'<f\u00E9'"), 8, "the element type '<f\u00E9' is none" },
        { Header(descr: "[('x', '<f4')]"), 8, "a structured element type" },
        { Header(descr: "__import__('os').system('true')"), 8, "a quoted text was expected" },
        { Header(descr: @"'\x3cf4'"), 8, "a quoted text without escapes" },
        { Header(order: "1"), 8, "True or False was expected" },
        { Header(order: "open('/etc/passwd')"), 8, "True or False was expected" },
        { "{'descr': '<f4', 'fortran_order': False}", 8, "the key 'shape' is missing" },
        { "{'descr': '<f4', 'shape': (2,)}", 8, "the key 'fortran_order' is missing" },
        { "{'shape': (2,), 'fortran_order': False}", 8, "the key 'descr' is missing" },
        { "{'descr': '<f4', 'descr': '<f8', 'fortran_order': False, 'shape': (1,)}", 8, "the key 'descr' stands twice" },
        { "{'descr': '<f4', 'fortran_order': False, 'shape': (2,), 'x': 1}", 8, "the key 'x' is not one of descr" },
        { Header() + "; import os", 8, "there is text after the closing brace" },
        { Header()[..^1], 8, "a quoted text was expected" },
        { "", 8, "'{' was expected" },
        { "{", 8, "a quoted text was expected" },
    };

    [Theory]
    [MemberData(nameof(Headers))]
    public void A_malformed_header_is_refused_with_the_place(string header, int numbers, string problem) =>
        AssertRefused(NpyBytes.WithHeader(header, new byte[numbers]), problem);

    [Theory]
    [InlineData(0, 0x92, "the file does not begin with")]
    [InlineData(6, 4, "version 4.0 is not one of")]
    [InlineData(7, 1, "version 1.1 is not one of")]
    [InlineData(9, 0xFF, "the file ends within its header")]
    public void A_malformed_beginning_is_refused(int place, byte value, string problem)
    {
        byte[] bytes = NpyBytes.WithHeader(Header(), new byte[8]);
        bytes[place] = value;
        AssertRefused(bytes, problem);
    }

    [Fact]
    public void A_header_beyond_the_file_or_the_limit_is_refused()
    {
        byte[] before = [0x93, .. "NUMPY"u8, 2, 0];
        AssertRefused([.. before, 0xFF, 0xFF, 0xFF, 0xFF], "a header of 4294967295 bytes is longer than the 65536");
        AssertRefused([.. before, 0x00, 0x00, 0x01, 0x00], "the file ends within its header");
        AssertRefused([.. before, 0x01, 0x00, 0x01, 0x00], "a header of 65537 bytes is longer");
    }

    [Fact]
    public void Truncation_anywhere_is_refused() =>
        FileOpening.AssertEveryTruncationRefused(Extension, NpyBytes.WithHeader(Header(), new byte[8]));

    [Fact]
    public void A_few_hundred_mutations_are_read_or_refused() => Mutate(500);

    [Fact]
    [Trait("Category", "Slow")]
    public void A_hundred_thousand_mutations_are_read_or_refused() => Mutate(100_000);

    private static void Mutate(int count) => FileMutation.OpenAll(
        Extension,
        [
            TestData.BytesOf("npy/float32-fortran-v1.npy"),
            TestData.BytesOf("npy/float64-big-endian.npy"),
            TestData.BytesOf("npy/float64-fortran-v3.npy"),
            TestData.BytesOf("npy/int64.npy"),
            TestData.BytesOf("npy/number.npy"),
            TestData.BytesOf("npy/no-rows.npy"),
        ],
        [
            "{", "}", "(", ")", "[", ",", ":", "'", "-", "0", "1", "9", "L", "True", "False", "None", "<f2", "|O",
            "descr", "shape",
            "fortran_order", "9223372036854775807", "\\", "lambda: 0", " ", "\n",
        ],
        count);

    private static string Header(string descr = "'<f4'", string order = "False", string shape = "(2,)") =>
        $"{{'descr': {descr}, 'fortran_order': {order}, 'shape': {shape}, }}";

    private static void AssertRefused(byte[] bytes, string problem) =>
        FileOpening.AssertRefused(Extension, bytes, problem);
}
