using InitTools.Core.Digests;
using InitTools.Kernels;
using Xunit;

namespace InitTools.Core.Tests.Reproducibility;

/// <summary>Every kernel, slice and number of threads gives the bytes of the scalar kernel.</summary>
public class KernelEqualityTests
{
    private static readonly StreamKey s_key = new(0x0123456789ABCDEF, 0xFEDCBA9876543210);

    public static TheoryData<string> Cases => [.. FillCase.All.Select(fill => fill.Name)];

    private static FillCase Case(string name) => FillCase.All.Single(fill => fill.Name == name);

    [Theory]
    [MemberData(nameof(Cases))]
    public void Every_kernel_equals_the_scalar_one_bit_for_bit(string name)
    {
        FillCase fill = Case(name);
        int[] lengths = [0, 1, 15, 16, 17, 33, 64, 65, 193, 4097];

        // The last ones stand where the low counter word overflows, and at the end of what an offset can be.
        long[] offsets = [0, 37, 4096 + 5, (1L << 34) - 100, (1L << 33) - 70, long.MaxValue - 5_000];
        foreach (long offset in offsets)
        {
            foreach (int length in lengths)
            {
                byte[] expected = Bytes(Kernel.Scalar, fill, offset, length);
                foreach (Kernel kernel in KernelSelection.Available)
                {
                    Assert.Equal(expected, Bytes(kernel, fill, offset, length));
                }
            }
        }
    }

    private static byte[] Bytes(Kernel kernel, FillCase fill, long offset, int length)
    {
        using IDisposable scope = KernelSelection.Use(kernel);
        return fill.OnThisThread(s_key, offset, length);
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void No_kernel_writes_outside_its_span(string name)
    {
        FillCase fill = Case(name);
        foreach (Kernel kernel in KernelSelection.Available)
        {
            using IDisposable scope = KernelSelection.Use(kernel);
            for (int before = 0; before < 20; before += 3)
            {
                foreach (int length in (int[])[0, 1, 63, 64, 65, 200, 4160])
                {
                    const int After = 130;
                    byte[] whole = fill.Within(s_key, before, before, length, After);
                    int start = before * fill.ElementSize;
                    int end = start + (length * fill.ElementSize);
                    Assert.True(whole.AsSpan(0, start).IndexOfAnyExcept((byte)0xA5) < 0);
                    Assert.True(whole.AsSpan(end).IndexOfAnyExcept((byte)0xA5) < 0);
                    Assert.Equal(fill.OnThisThread(s_key, before, length), whole[start..end]);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Any_slice_equals_the_same_part_of_the_whole(string name)
    {
        FillCase fill = Case(name);
        const int Length = 9000;
        byte[] whole = fill.OnThisThread(s_key, 0, Length);
        var random = new Random(5);
        for (int trial = 0; trial < 200; trial++)
        {
            int start = random.Next(Length);
            int count = random.Next(Length - start);
            byte[] slice = fill.OnThisThread(s_key, start, count);
            Assert.Equal(whole[(start * fill.ElementSize)..][..slice.Length], slice);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Threads_do_not_show(string name)
    {
        FillCase fill = Case(name);
        const int Length = 300_001;
        byte[] expected = fill.OnThisThread(s_key, 77, Length);
        foreach (int threads in (int[])[-1, 1, 2, 3, 7])
        {
            var options = new ParallelOptions { MaxDegreeOfParallelism = threads };
            Assert.Equal(expected, fill.OnThreads(s_key, 77, Length, options));
        }
    }
}
