namespace InitTools;

/// <summary>
/// <c>sparse_</c>: the elements of <c>normal_</c>, and behind their draws one <c>randperm(rows)</c> for each column,
/// whose first places name the rows that become 0. A permutation takes a word for every row but the last: step i
/// exchanges the places i and i + word mod (rows - i).
/// </summary>
/// <param name="normals">The elements before any is made 0.</param>
/// <param name="seed">The low 32 bits of the seed.</param>
/// <param name="rows">The rows of the matrix.</param>
/// <param name="columns">Its columns.</param>
/// <param name="zeros">How many zeros each column has.</param>
internal sealed class PyTorchSparse(SequentialElements normals, uint seed, long rows, long columns, long zeros)
    : SequentialElements
{
    private const int BitsOfWord = 64;

    // One bit an element, set where it is 0; made at the first use.
    private ulong[]? _zeros;

    protected override void Read(Span<float> destination, long start, CancellationToken cancellation)
    {
        Read(normals, destination, start, cancellation);
        Thin(destination, start, cancellation);
    }

    protected override void Read(Span<double> destination, long start, CancellationToken cancellation)
    {
        Read(normals, destination, start, cancellation);
        Thin(destination, start, cancellation);
    }

    protected override DrawPosition End(CancellationToken cancellation)
    {
        DrawPosition lots = normals.FindEnd(cancellation);
        return lots with { Offset = lots.Offset + (columns * (rows - 1)) };
    }

    private void Thin<T>(Span<T> elements, long start, CancellationToken cancellation)
        where T : struct
    {
        ulong[] bits = _zeros ??= DrawZeros(cancellation);
        for (int i = 0; i < elements.Length; i++)
        {
            long element = start + i;
            if ((bits[element / BitsOfWord] >> (int)(element % BitsOfWord) & 1) != 0)
            {
                elements[i] = default;
            }
        }
    }

    private ulong[] DrawZeros(CancellationToken cancellation)
    {
        ulong[] bits = new ulong[(rows * columns + BitsOfWord - 1) / BitsOfWord];
        DrawPosition lots = normals.FindEnd(cancellation);
        PyTorchDraws draws = new(seed, lots, isDouble: false, columns * (rows - 1));
        MersenneTwister twister = draws.SeekNumber(0, cancellation);
        int[] order = new int[rows];
        for (long column = 0; column < columns; column++)
        {
            cancellation.ThrowIfCancellationRequested();
            for (int i = 0; i < order.Length; i++)
            {
                order[i] = i;
            }

            Permute(order, twister);
            for (int place = 0; place < zeros; place++)
            {
                long element = (order[place] * columns) + column;
                bits[element / BitsOfWord] |= 1UL << (int)(element % BitsOfWord);
            }
        }

        draws.Leave();
        return bits;
    }

    private static void Permute(Span<int> order, MersenneTwister twister)
    {
        for (int done = 0; done < order.Length - 1;)
        {
            foreach (uint word in twister.Take(Math.Min(MersenneTwister.MaximumTake, order.Length - 1 - done)))
            {
                int other = done + (int)(MersenneTwister.Temper(word) % (uint)(order.Length - done));
                (order[done], order[other]) = (order[other], order[done]);
                done++;
            }
        }
    }
}
