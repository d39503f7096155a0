using System.Globalization;

namespace InitTools.Analysis;

/// <summary>The rows that are passed through a network, and the gradients that come back.</summary>
internal static class InputBatch
{
    private const string RowsStream = "rows";
    private const string InputStream = "input";
    private const string OutputStream = "output";

    /// <summary>The law of a drawn batch where none is given, and of drawn gradients: N(0, 1).</summary>
    public static Initializer StandardNormal { get; } = Initializer.Parse("RandomNormal(stddev=1)");

    /// <summary>The batch that the options ask for.</summary>
    /// <param name="data">Rows to choose from, or null to draw them.</param>
    /// <param name="distribution">The law of drawn rows, or null for N(0, 1).</param>
    /// <param name="batchSize">How many rows, or null for all, or the default of drawn ones.</param>
    /// <param name="width">The network's inputs.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="purpose">The purpose of the stream: the batch's, or a replicate's.</param>
    /// <param name="parallelOptions">Threads and cancellation.</param>
    public static DataSet Create(
        DataSet? data,
        Initializer? distribution,
        int? batchSize,
        int width,
        Seed seed,
        StreamPurpose purpose,
        ParallelOptions parallelOptions)
    {
        if (data is null)
        {
            return Draw(
                InputStream,
                distribution ?? StandardNormal,
                batchSize ?? LayerVarianceOptions.DefaultDrawnRows,
                width,
                seed,
                purpose,
                parallelOptions);
        }

        return batchSize is null || batchSize == data.RowCount
            ? data
            : data.TakeRows(RowOrder.Shuffle(data.RowCount, StreamKey.Create(seed, purpose, RowsStream))
                .AsSpan(0, batchSize.Value));
    }

    /// <summary>A gradient with respect to the outputs, drawn from N(0, 1).</summary>
    public static DataSet DrawGradient(
        int rowCount,
        int width,
        Seed seed,
        StreamPurpose purpose,
        ParallelOptions parallelOptions) =>
        Draw(OutputStream, StandardNormal, rowCount, width, seed, purpose, parallelOptions);

    /// <summary>Checks that data, distribution and batch size are such that <see cref="Create"/> can follow.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: both data and a distribution; <see cref="ErrorId.FanUndefined"/>: a
    /// distribution that needs fans; <see cref="ErrorId.EmptyBatch"/>: no rows; <see cref="ErrorId.BatchTooLarge"/>:
    /// more rows than the data have; <see cref="ErrorId.ShapeMismatch"/>: another width than the network's.
    /// </exception>
    public static void Validate(DataSet? data, Initializer? distribution, int? batchSize, int width)
    {
        if (data is not null && distribution is not null)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"Both data and the input distribution '{distribution}' were given; give one of them.",
                distribution.ToString());
        }

        if (distribution is { NeedsFans: true })
        {
            throw new InitToolsException(
                ErrorId.FanUndefined,
                $"The input distribution '{distribution}' depends on fans, which inputs do not have; accepted are " +
                "initializers that need none, such as RandomNormal(stddev=1) or Constant(value=1).",
                distribution.ToString());
        }

        if (batchSize < 1)
        {
            throw new InitToolsException(
                ErrorId.EmptyBatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A batch of {batchSize} rows is empty; it has 1 row or more."),
                batchSize);
        }

        if (data is not null && batchSize > data.RowCount)
        {
            throw new InitToolsException(
                ErrorId.BatchTooLarge,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"A batch of {batchSize} rows was asked for; there are {data.RowCount} to choose from."),
                batchSize);
        }

        if (data is not null && data.ColumnCount != width)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The data have {data.ColumnCount} input columns and the first layer takes {width}; exclude " +
                    $"columns that are no inputs, or change the network."),
                data.ColumnCount);
        }
    }

    // Always drawn in Float32, so that both precisions meet the same numbers.
    private static DataSet Draw(
        string stream,
        Initializer distribution,
        int rowCount,
        int width,
        Seed seed,
        StreamPurpose purpose,
        ParallelOptions parallelOptions)
    {
        WeightTensor tensor = WeightTensor.Create(new WeightTensorOptions
        {
            Name = stream,
            Shape = new TensorShape(rowCount, width),
            Initializer = distribution,
            Seed = seed,
            Purpose = purpose,
        });
        return new DataSet(
            [.. Enumerable.Range(1, width).Select(column => column.ToString(CultureInfo.InvariantCulture))],
            rowCount,
            tensor.ToArray<double>(parallelOptions));
    }
}
