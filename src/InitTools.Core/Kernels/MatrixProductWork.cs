using System.Buffers;
using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>The blocks of one matrix product, packed and multiplied.</summary>
/// <remarks>
/// Outermost, the columns of C and k are cut in regions, whose part of B is packed first, threads sharing its panels.
/// Then the region's rows are computed in tiles: a thread packs a tile's part of A, which its second-level cache holds,
/// and multiplies it by the panels of B one after the other. Every tile is written by one thread. What runs for each
/// block is optimized at its first call: a product has thousands of blocks, and may be the only one of a process.
/// </remarks>
internal readonly unsafe struct MatrixProductWork<T>(
    StridedMatrix<T> left,
    StridedMatrix<T> right,
    StridedMatrix<T> result,
    int rows,
    int columns,
    int depth,
    bool accumulate,
    ParallelOptions options) : ILaneWork
    where T : unmanaged
{
    private const int Alignment = 64;
    private const int RegionDepthInBytes = 4096;
    private const int RegionColumns = 2048;
    private const int TileRows = 60;

    // What is left of the rows below the last whole panel, where it is as few as this, takes a panel of its own.
    private const int LowPanelRows = 6;

    private readonly StridedMatrix<T> _left = left;
    private readonly StridedMatrix<T> _right = right;
    private readonly StridedMatrix<T> _result = result;
    private readonly int _rows = rows;
    private readonly int _columns = columns;
    private readonly int _depth = depth;
    private readonly bool _accumulate = accumulate;
    private readonly ParallelOptions _options = options;

    private static int RegionDepth => RegionDepthInBytes / sizeof(T);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Run<TLanes, TTail, TElement>()
        where TLanes : struct, ILanes<TLanes, TElement>
        where TTail : struct, ILanes<TTail, TElement>
        where TElement : unmanaged
    {
        int length = RoundUp(Math.Min(_columns, RegionColumns), PanelColumns<TLanes>()) * Math.Min(_depth, RegionDepth);
        T[] buffer = ArrayPool<T>.Shared.Rent(length + Alignment / sizeof(T));
        fixed (T* start = buffer)
        {
            T* packed = Align(start);
            for (int column = 0; column < _columns; column += RegionColumns)
            {
                for (int k = 0; k < _depth; k += RegionDepth)
                {
                    var region = new Region(
                        column,
                        Math.Min(RegionColumns, _columns - column),
                        k,
                        Math.Min(RegionDepth, _depth - k),
                        packed);
                    Multiply<TLanes, TElement>(region);
                }
            }
        }

        ArrayPool<T>.Shared.Return(buffer);
    }

    private static T* Align(T* start) => (T*)(((nint)start + Alignment - 1) & -Alignment);

    // 14 rows of two vectors leave three of the 32 registers of 512 bits, 6 rows two of the 16 of 256 bits.
    private static int PanelRows<TLanes>()
        where TLanes : struct, ILanes<TLanes> => TLanes.Count * sizeof(T) == 64 ? 14 : LowPanelRows;

    // Of the panel that begins where so many rows are left.
    private static int PanelRows<TLanes>(int rowsLeft)
        where TLanes : struct, ILanes<TLanes> => rowsLeft <= LowPanelRows ? LowPanelRows : PanelRows<TLanes>();

    private static int PanelColumns<TLanes>()
        where TLanes : struct, ILanes<TLanes> => 2 * TLanes.Count;

    private static int RoundUp(int value, int multiple) => Parts(value, multiple) * multiple;

    private static int Parts(int value, int multiple) => (value + multiple - 1) / multiple;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Multiply<TLanes, TElement>(Region region)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        int panelsDown = Parts(_rows, PanelRows<TLanes>());
        int panelsAcross = Parts(region.Columns, PanelColumns<TLanes>());
        int threads = ParallelWork.Threads(_options);
        int tilesDown = Math.Min(RoundUp(Parts(_rows, TileRows), threads), panelsDown);
        int tilesAcross = Math.Min(Parts(threads, tilesDown), panelsAcross);
        long size = (long)_rows * region.Columns * region.Depth;
        ParallelWork.ForEach(
            Parts(panelsAcross, PanelPacking.PanelsTogether), size, _options, new PackingWork<TLanes>(this, region));
        ParallelWork.ForEach(
            tilesDown * tilesAcross,
            size,
            _options,
            new TileWork<TLanes, TElement>(this, region, panelsDown, tilesDown, panelsAcross, tilesAcross, threads));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void PackRight<TLanes>(Region region, int piece)
        where TLanes : struct, ILanes<TLanes>
    {
        int first = piece * PanelPacking.PanelsTogether * PanelColumns<TLanes>();
        PanelPacking.PackPanels(
            _right.At(region.FirstDepth, region.Column + first),
            _right.ColumnStride,
            _right.RowStride,
            Math.Min(PanelColumns<TLanes>() * PanelPacking.PanelsTogether, region.Columns - first),
            PanelColumns<TLanes>(),
            region.Depth,
            region.PackedRight + (nint)first * region.Depth);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void MultiplyTile<TLanes, TElement>(Region region, Tile tile, CacheLines nextTile)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        int panelRows = PanelRows<TLanes>();
        int panelColumns = PanelColumns<TLanes>();
        int length = RoundUp(tile.Rows, panelRows) * region.Depth;
        T[] buffer = ArrayPool<T>.Shared.Rent(length + Alignment / sizeof(T));
        fixed (T* start = buffer)
        {
            T* packed = Align(start);
            int rowsLeft = tile.Rows % panelRows;
            int low = tile.EndRow - rowsLeft;
            PanelPacking.PackPanels(
                _left.At(tile.FirstRow, region.FirstDepth),
                _left.RowStride,
                _left.ColumnStride,
                low - tile.FirstRow,
                panelRows,
                region.Depth,
                packed);
            if (rowsLeft > 0)
            {
                PanelPacking.Pack(
                    _left.At(low, region.FirstDepth),
                    _left.RowStride,
                    _left.ColumnStride,
                    rowsLeft,
                    PanelRows<TLanes>(rowsLeft),
                    region.Depth,
                    packed + (nint)(low - tile.FirstRow) * region.Depth);
            }

            // Each block brings lines of the next panel of B or, when those are all there, of what the next tile packs.
            for (int j = tile.FirstColumn; j < tile.EndColumn; j += panelColumns)
            {
                // The next tile begins with the first panel again.
                int nextColumn = j + panelColumns < tile.EndColumn ? j + panelColumns : tile.FirstColumn;
                var nextPanel = CacheLines.Of(
                    region.PackedRight + (nint)nextColumn * region.Depth,
                    (nint)panelColumns * region.Depth * sizeof(T));
                int lastColumn = Math.Min(j + panelColumns, region.Columns) - 1;
                for (int i = tile.FirstRow; i < tile.EndRow; i += panelRows)
                {
                    T* panel = packed + (nint)(i - tile.FirstRow) * region.Depth;
                    int following = i + panelRows;
                    PrefetchRows(
                        _result.At(following, region.Column + lastColumn),
                        Math.Min(panelRows, tile.EndRow - following));
                    MultiplyBlock<TLanes, TElement>(
                        region, panel, i, j, ref nextPanel.IsEmpty ? ref nextTile : ref nextPanel);
                }
            }
        }

        ArrayPool<T>.Shared.Return(buffer);
    }

    // The lines of C's next block are a whole row apart, which the processor does not foresee. Where C is not aligned,
    // a row of the block is in two of them, the first of which came with the block to the left: the last element
    // counts.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void PrefetchRows(T* lastElement, int rows)
    {
        for (nint row = 0; row < rows; row++)
        {
            Cache.Prefetch(lastElement + row * _result.RowStride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void MultiplyBlock<TLanes, TElement>(Region region, T* left, int row, int column, ref CacheLines wanted)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        int height = PanelRows<TLanes>(_rows - row);
        LinesAhead ahead = wanted.Take(MatrixMicrokernel.Turns(height, region.Depth));
        int width = PanelColumns<TLanes>();
        bool continues = _accumulate || region.FirstDepth > 0;
        T* target = _result.At(row, region.Column + column);
        T* right = region.PackedRight + (nint)column * region.Depth;
        int validRows = Math.Min(height, _rows - row);
        int validColumns = Math.Min(width, region.Columns - column);
        if (validRows == height && validColumns == width)
        {
            MultiplyPanels<TLanes, TElement>(
                height, region.Depth, left, right, target, _result.RowStride, continues, ahead);
        }
        else
        {
            MultiplyBesides<TLanes, TElement>(
                region, left, right, target, height, validRows, validColumns, continues, ahead);
        }
    }

    // A block that C does not fill is computed beside it.
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void MultiplyBesides<TLanes, TElement>(
        Region region,
        T* left,
        T* right,
        T* target,
        int height,
        int validRows,
        int validColumns,
        bool continues,
        LinesAhead ahead)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        int width = PanelColumns<TLanes>();
        T* edge = stackalloc T[PanelRows<TLanes>() * width];
        if (continues)
        {
            CopyLines(target, _result.RowStride, edge, width, validRows, validColumns);
        }

        MultiplyPanels<TLanes, TElement>(height, region.Depth, left, right, edge, width, continues, ahead);
        CopyLines(edge, width, target, _result.RowStride, validRows, validColumns);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void MultiplyPanels<TLanes, TElement>(
        int height,
        int depth,
        T* left,
        T* right,
        T* result,
        nint resultStride,
        bool continues,
        LinesAhead ahead)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        if (height == 14)
        {
            MatrixMicrokernel.Rows14(depth, left, right, result, resultStride, continues, ahead);
        }
        else
        {
            MatrixMicrokernel.Rows6<TLanes, TElement>(
                depth,
                (TElement*)left,
                (TElement*)right,
                (TElement*)result,
                resultStride,
                continues,
                ahead);
        }
    }

    private static void CopyLines(T* source, nint sourceStride, T* target, nint targetStride, int lines, int length)
    {
        for (nint line = 0; line < lines; line++)
        {
            Unsafe.CopyBlockUnaligned(
                target + line * targetStride,
                source + line * sourceStride,
                (uint)(length * sizeof(T)));
        }
    }

    private readonly struct PackingWork<TLanes>(MatrixProductWork<T> work, Region region) : IPieceWork
        where TLanes : struct, ILanes<TLanes>
    {
        private readonly MatrixProductWork<T> _work = work;
        private readonly Region _region = region;

        public void Run(int piece) => _work.PackRight<TLanes>(_region, piece);
    }

    // Tiles differ by one panel at most.
    private readonly struct TileWork<TLanes, TElement>(
        MatrixProductWork<T> work,
        Region region,
        int panelsDown,
        int tilesDown,
        int panelsAcross,
        int tilesAcross,
        int threads) : IPieceWork
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        private readonly MatrixProductWork<T> _work = work;
        private readonly Region _region = region;

        public void Run(int piece)
        {
            // Threads that take tiles in turn are as fast as one another.
            int next = piece + threads;
            CacheLines nextTile = next < tilesDown * tilesAcross
                ? _work._left.LinesOf(TileOf(next).FirstRow, TileOf(next).Rows, _region.FirstDepth, _region.Depth)
                : CacheLines.None(_region.PackedRight);
            _work.MultiplyTile<TLanes, TElement>(_region, TileOf(piece), nextTile);
        }

        private Tile TileOf(int piece)
        {
            int down = piece % tilesDown;
            int across = piece / tilesDown;
            int panelRows = PanelRows<TLanes>();
            int panelColumns = PanelColumns<TLanes>();
            return new Tile(
                FirstPanel(panelsDown, down, tilesDown) * panelRows,
                Math.Min(_work._rows, FirstPanel(panelsDown, down + 1, tilesDown) * panelRows),
                FirstPanel(panelsAcross, across, tilesAcross) * panelColumns,
                Math.Min(_region.Columns, FirstPanel(panelsAcross, across + 1, tilesAcross) * panelColumns));
        }

        private static int FirstPanel(int panels, int tile, int tiles) => (int)((long)panels * tile / tiles);
    }

    // Rows of C, and columns from those of the region on.
    private readonly record struct Tile(int FirstRow, int EndRow, int FirstColumn, int EndColumn)
    {
        public int Rows => EndRow - FirstRow;

        public int Columns => EndColumn - FirstColumn;
    }

    // Columns of C and a stretch of k, with their packed panels of B.
    private readonly struct Region(int column, int columns, int firstDepth, int depth, T* packedRight)
    {
        public int Column { get; } = column;

        public int Columns { get; } = columns;

        public int FirstDepth { get; } = firstDepth;

        public int Depth { get; } = depth;

        public T* PackedRight { get; } = packedRight;
    }
}
