using System.Text;
using Xunit;

namespace InitTools.Formats.Tests.Npy;

public class NpyHeaderTests
{
    [Fact]
    public void Header_of_a_matrix_is_the_bytes_that_NumPy_writes()
    {
        byte[] expected = TestData.BytesOf("npy/float32-c-v1.npy")[..128];

        Assert.Equal(expected, new NpyHeader("<f4", false, [2, 3]).ToBytes());
    }

    [Theory]
    [InlineData("<f2", false, new long[] { 5 }, "{'descr': '<f2', 'fortran_order': False, 'shape': (5,), }")]
    [InlineData("<f8", true, new long[] { 784, 256 }, "{'descr': '<f8', 'fortran_order': True, 'shape': (784, 256), }")]
    [InlineData("<f4", false, new long[] { 3, 4, 9 }, "{'descr': '<f4', 'fortran_order': False, 'shape': (3, 4, 9), }")]
    public void Header_follows_the_definition(string descr, bool fortranOrder, long[] shape, string text)
    {
        byte[] bytes = new NpyHeader(descr, fortranOrder, shape).ToBytes();

        Assert.Equal([0x93, .. "NUMPY"u8, 1, 0], bytes[..8]);
        Assert.Equal(bytes.Length - 10, bytes[8] + 256 * bytes[9]);
        Assert.Equal(0, bytes.Length % 64);
        Assert.Equal(text.PadRight(bytes.Length - 11) + "\n", Encoding.ASCII.GetString(bytes[10..]));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1_000_000_007)]
    [InlineData(long.MaxValue)]
    public void Header_reads_back(long dimension)
    {
        var header = new NpyHeader("<f4", true, [dimension, 1]);

        NpyHeader read = NpyHeader.Read(new MemoryStream(header.ToBytes()));

        Assert.Equal(("<f4", true), (read.Descr, read.FortranOrder));
        Assert.Equal([dimension, 1], read.Shape);
    }

    [Theory]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2L, 3L)}")]
    [InlineData("{\"shape\":(2,3,),\"fortran_order\":False,\"descr\":\"<f4\",}")]
    [InlineData("  {  'descr'\t: '<f4' , 'fortran_order' : False , 'shape' : ( 2 , 3 ) , }  \n")]
    public void Other_spellings_of_the_same_dictionary_are_read(string text)
    {
        NpyHeader header = NpyHeader.Read(new MemoryStream(NpyBytes.WithHeader(text)));

        Assert.Equal("<f4", header.Descr);
        Assert.Equal([2, 3], header.Shape);
    }

    [Theory]
    [InlineData("", 10, "'{'")]
    [InlineData("{'descr': '<f4', 'fortran_order': False}", 50, "'shape' is missing")]
    [InlineData("{'descr': '<f4', 'descr': '<f8'}", 27, "stands twice")]
    [InlineData("{'descr': '<f4', 'order': False}", 27, "'order'")]
    [InlineData("{'descr': __import__('os'), }", 20, "quoted text")]
    [InlineData("{'descr': [('x', '<f4')], }", 20, "structured")]
    [InlineData("{'fortran_order': 0, }", 28, "True or False")]
    [InlineData("{'shape': (-2, 3), }", 21, "dimension")]
    [InlineData("{'shape': (9223372036854775808, 1), }", 21, "63 bits")]
    [InlineData("{'shape': (2.5, 1), }", 22, "')'")]
    [InlineData("{'shape': 5, }", 20, "'('")]
    [InlineData("{'descr': '<f4', 'fortran_order': False, 'shape': (2, 3)} x", 68, "closing brace")]
    [InlineData("{'descr': '<f4", 20, "quoted text")]
    public void Malformed_dictionary_is_named_with_its_offset(string text, int offset, string problem)
    {
        InvalidDataException error = Assert.Throws<InvalidDataException>(
            () => NpyHeader.Read(new MemoryStream(NpyBytes.WithHeader(text))));

        Assert.Contains($"at byte {offset}:", error.Message, StringComparison.Ordinal);
        Assert.Contains(problem, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Header_of_4_GiB_is_refused_before_memory_is_taken()
    {
        byte[] bytes = [0x93, .. "NUMPY"u8, 2, 0, 0xFF, 0xFF, 0xFF, 0xFF, .. "{}"u8];

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => NpyHeader.Read(new MemoryStream(bytes)));

        Assert.Contains("at byte 8: a header of 4294967295 bytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    public void Other_versions_are_refused(byte major)
    {
        byte[] bytes = TestData.BytesOf("npy/float32-c-v1.npy");
        bytes[6] = major;

        InvalidDataException error = Assert.Throws<InvalidDataException>(() => NpyHeader.Read(new MemoryStream(bytes)));

        Assert.Contains($"at byte 6: version {major}.0", error.Message, StringComparison.Ordinal);
    }
}
