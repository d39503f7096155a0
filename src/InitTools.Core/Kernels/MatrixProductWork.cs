using System.Buffers;
using System.Runtime.CompilerServices;
using InitTools.Kernels.Lanes;

namespace InitTools.Kernels;

/// <summary>A pinned matrix: element (i, j) is at i * RowStride + j * ColumnStride.</summary>
internal readonly unsafe struct StridedMatrix<T>(T* origin, nint rowStride, nint columnStride)
    where T : unmanaged
{
    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    public T* At(nint row, nint column) => origin + row * RowStride + column * ColumnStride;
}

/// <summary>The blocks of one matrix product, packed and multiplied.</summary>
/// <remarks>
/// Outermost, C is cut in regions and k in blocks, so that the packed panels of a block stay bounded and, split in
/// tiles, in the second-level cache. Within a k block, first all panels are packed, then all tiles of C are computed;
/// threads share both kinds of work. Every tile is written by one thread, and k blocks follow one another.
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
    private const int DepthBlock = 512;
    private const int RegionRows = 14 * 6 * 24;
    private const int RegionColumns = 2048;
    private const int TilePanelsDown = 8;
    private const int TilePanelsAcross = 8;

    private readonly StridedMatrix<T> _left = left;
    private readonly StridedMatrix<T> _right = right;
    private readonly StridedMatrix<T> _result = result;
    private readonly int _rows = rows;
    private readonly int _columns = columns;
    private readonly int _depth = depth;
    private readonly bool _accumulate = accumulate;
    private readonly ParallelOptions _options = options;

    public void Run<TLanes, TTail, TElement>()
        where TLanes : struct, ILanes<TLanes, TElement>
        where TTail : struct, ILanes<TTail, TElement>
        where TElement : unmanaged
    {
        int panelRows = PanelRows<TLanes>();
        int panelColumns = 2 * TLanes.Count;
        int depthBlock = Math.Min(_depth, DepthBlock);
        int leftLength = RoundUp(Math.Min(_rows, RegionRows), panelRows) * depthBlock;
        int rightLength = RoundUp(Math.Min(_columns, RegionColumns), panelColumns) * depthBlock;
        T[] buffer = ArrayPool<T>.Shared.Rent(leftLength + rightLength);
        fixed (T* packed = buffer)
        {
            for (int column = 0; column < _columns; column += RegionColumns)
            {
                for (int row = 0; row < _rows; row += RegionRows)
                {
                    for (int k = 0; k < _depth; k += DepthBlock)
                    {
                        var block = new Block(
                            row,
                            Math.Min(RegionRows, _rows - row),
                            column,
                            Math.Min(RegionColumns, _columns - column),
                            k,
                            Math.Min(DepthBlock, _depth - k),
                            packed,
                            packed + leftLength);
                        MultiplyBlock<TLanes, TElement>(block);
                    }
                }
            }
        }

        ArrayPool<T>.Shared.Return(buffer);
    }

    private static int PanelRows<TLanes>()
        where TLanes : struct, ILanes<TLanes> => TLanes.Count * sizeof(T) >= 64 ? 14 : 6;

    private static int RoundUp(int value, int multiple) => Panels(value, multiple) * multiple;

    private static int Panels(int value, int multiple) => (value + multiple - 1) / multiple;

    private void MultiplyBlock<TLanes, TElement>(Block block)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        int panelRows = PanelRows<TLanes>();
        int panelColumns = 2 * TLanes.Count;
        int panelsDown = Panels(block.Rows, panelRows);
        int panelsAcross = Panels(block.Columns, panelColumns);
        int tilesDown = Panels(panelsDown, TilePanelsDown);
        int tilesAcross = Panels(panelsAcross, TilePanelsAcross);
        long size = (long)block.Rows * block.Columns * block.Depth;
        MatrixProductWork<T> work = this;
        ParallelWork.ForEach(panelsDown + panelsAcross, size, _options, panel =>
        {
            if (panel < panelsDown)
            {
                work.PackLeft(block, panel, panelRows);
            }
            else
            {
                work.PackRight(block, panel - panelsDown, panelColumns);
            }
        });
        ParallelWork.ForEach(tilesDown * tilesAcross, size, _options, tile =>
            work.MultiplyTile<TLanes, TElement>(block, tile % tilesDown, tile / tilesDown));
    }

    private void PackLeft(Block block, int panel, int panelRows)
    {
        int first = panel * panelRows;
        PanelPacking.Pack(
            _left.At(block.Row + first, block.FirstDepth),
            _left.RowStride,
            _left.ColumnStride,
            Math.Min(panelRows, block.Rows - first),
            panelRows,
            block.Depth,
            block.PackedLeft + (nint)first * block.Depth);
    }

    private void PackRight(Block block, int panel, int panelColumns)
    {
        int first = panel * panelColumns;
        PanelPacking.Pack(
            _right.At(block.FirstDepth, block.Column + first),
            _right.ColumnStride,
            _right.RowStride,
            Math.Min(panelColumns, block.Columns - first),
            panelColumns,
            block.Depth,
            block.PackedRight + (nint)first * block.Depth);
    }

    private void MultiplyTile<TLanes, TElement>(Block block, int tileDown, int tileAcross)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        int panelRows = PanelRows<TLanes>();
        int panelColumns = 2 * TLanes.Count;
        int endRow = Math.Min(block.Rows, (tileDown + 1) * TilePanelsDown * panelRows);
        int endColumn = Math.Min(block.Columns, (tileAcross + 1) * TilePanelsAcross * panelColumns);
        bool continues = _accumulate || block.FirstDepth > 0;
        T* edge = stackalloc T[14 * 2 * TLanes.Count];
        for (int j = tileAcross * TilePanelsAcross * panelColumns; j < endColumn; j += panelColumns)
        {
            for (int i = tileDown * TilePanelsDown * panelRows; i < endRow; i += panelRows)
            {
                T* target = _result.At(block.Row + i, block.Column + j);
                T* a = block.PackedLeft + (nint)i * block.Depth;
                T* b = block.PackedRight + (nint)j * block.Depth;
                int validRows = Math.Min(panelRows, block.Rows - i);
                int validColumns = Math.Min(panelColumns, block.Columns - j);
                if (validRows == panelRows && validColumns == panelColumns)
                {
                    MultiplyPanels<TLanes, TElement>(block.Depth, a, b, target, _result.RowStride, continues);
                    continue;
                }

                // A block that C does not fill is computed beside it.
                if (continues)
                {
                    CopyLines(target, _result.RowStride, edge, panelColumns, validRows, validColumns);
                }

                MultiplyPanels<TLanes, TElement>(block.Depth, a, b, edge, panelColumns, continues);
                CopyLines(edge, panelColumns, target, _result.RowStride, validRows, validColumns);
            }
        }
    }

    private static void MultiplyPanels<TLanes, TElement>(
        int depth,
        T* left,
        T* right,
        T* result,
        nint resultStride,
        bool continues)
        where TLanes : struct, ILanes<TLanes, TElement>
        where TElement : unmanaged
    {
        if (PanelRows<TLanes>() == 14)
        {
            MatrixMicrokernel.Rows14<TLanes, TElement>(
                depth, (TElement*)left, (TElement*)right, (TElement*)result, resultStride, continues);
        }
        else
        {
            MatrixMicrokernel.Rows6<TLanes, TElement>(
                depth, (TElement*)left, (TElement*)right, (TElement*)result, resultStride, continues);
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

    // A region of C and a stretch of k, with room for their packed panels.
    private readonly struct Block(
        int row,
        int rows,
        int column,
        int columns,
        int firstDepth,
        int depth,
        T* packedLeft,
        T* packedRight)
    {
        public int Row { get; } = row;

        public int Rows { get; } = rows;

        public int Column { get; } = column;

        public int Columns { get; } = columns;

        public int FirstDepth { get; } = firstDepth;

        public int Depth { get; } = depth;

        public T* PackedLeft { get; } = packedLeft;

        public T* PackedRight { get; } = packedRight;
    }
}
