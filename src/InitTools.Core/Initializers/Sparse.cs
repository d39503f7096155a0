namespace InitTools;

/// <summary>
/// N(0, stddev^2) with exactly ceil(sparsity * rows) zeros in every column of the matrix, at rows drawn by lot (Martens
/// 2010; PyTorch). Columns are those of the matrix as it stands: a unit's incoming weights in layout IO, an input's
/// outgoing ones in OI. Shapes: rank 2.
/// </summary>
/// <param name="sparsity">The share of zeros, from 0 to 1.</param>
/// <param name="standardDeviation">That of what is drawn, in the unit of w.</param>
internal sealed class SparseInitializer(double sparsity, double standardDeviation) : Initializer
{
    public override string Name => "Sparse";

    /// <summary>The standard deviation of what is drawn, before any of it becomes 0.</summary>
    public double StandardDeviation => standardDeviation;

    /// <summary>The zeros of a column of so many rows.</summary>
    public long ZerosOf(long rows) => (long)Math.Ceiling(sparsity * rows);

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidShape"/>: the rank is not 2.
    /// </exception>
    public override WeightLaw GetLaw(TensorGeometry geometry)
    {
        ArgumentNullException.ThrowIfNull(geometry);
        if (geometry.Shape.Rank != 2)
        {
            throw NotMade(geometry, "it is a matrix, of rank 2");
        }

        long rows = geometry.Shape[0];
        NormalDistribution drawn = new(0, standardDeviation);
        return new StructuredLaw(0, drawn.Variance * (rows - ZerosOf(rows)) / rows, null, drawn.Reach);
    }

    internal override IElementSource OpenElements(TensorGeometry geometry, StreamKey key) => new SparseElements(
        geometry.Shape[0],
        geometry.Shape[1],
        ZerosOf(geometry.Shape[0]),
        new NormalDistribution(0, standardDeviation),
        key);

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments() =>
        [("sparsity", ExpressionNode.Format(sparsity)), ("stddev", ExpressionNode.Format(standardDeviation))];
}

/// <summary>
/// The normal draws of the tensor's stream, and on the stream of its part <c>zeros</c> the lots: in column c the rows
/// begin in their order; step i, from rows - 1 down to rows - zeros, exchanges places i and j =
/// floor(u (i + 1) / 2^64), where u is made of words 0 (low) and 1 of counter c rows + i. The rows in the last places
/// are zero.
/// </summary>
internal sealed class SparseElements(long rows, long columns, long zeros, Distribution drawn, StreamKey key)
    : WholeElements(rows * columns)
{
    private readonly StreamKey _lots = key.Part("zeros");

    protected override void Make(Memory<float> destination, ParallelOptions options)
    {
        drawn.Fill(destination, key, 0, options);
        Thin(destination.Span, options);
    }

    protected override void Make(Memory<double> destination, ParallelOptions options)
    {
        drawn.Fill(destination, key, 0, options);
        Thin(destination.Span, options);
    }

    private void Thin<T>(Span<T> elements, ParallelOptions options)
        where T : struct
    {
        int[] order = [.. Enumerable.Range(0, (int)rows)];
        int[] column = new int[order.Length];
        for (long c = 0; c < columns; c++)
        {
            options.CancellationToken.ThrowIfCancellationRequested();
            order.CopyTo(column, 0);
            for (long i = rows - 1; i >= rows - zeros; i--)
            {
                (uint low, uint high, _, _) = Philox4x32.Block((ulong)(c * rows + i), _lots);
                long j = (long)Math.BigMul((ulong)high << 32 | low, (ulong)i + 1, out _);
                (column[i], column[j]) = (column[j], column[i]);
                elements[(int)(column[i] * columns + c)] = default;
            }
        }
    }
}

/// <summary>
/// PyTorch's <c>sparse_</c>, whose sparsity has no default. Keras and JAX have no such initializer.
/// </summary>
/// <remarks>
/// Parameters: sparsity (0.1), a share from 0 to 1; stddev (0.01), as PyTorch's, in the unit of w.
/// </remarks>
internal sealed class SparseDefinition : InitializerDefinition
{
    public override string Name => "Sparse";

    public override FrameworkNames Names => new() { PyTorch = ["sparse_"], Others = ["sparse"] };

    public override string Formula =>
        "w ~ N(0, stddev^2), then exactly ceil(sparsity rows) zeros in each column at random rows; rank 2 only";

    public override string Variance => "stddev^2 (1 - ceil(sparsity rows) / rows)";

    public override string Purpose => "Units that see few inputs, so that their sums saturate less and differ more.";

    public override string Law => "normal, and zeros at random places";

    public override string Keeps => "nothing: E[z^2] of a linear layer is fan_in variance times that of its inputs";

    public override string Reference => "Martens 2010, Deep learning via Hessian-free optimization, ICML";

    /// <inheritdoc/>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: sparsity is not from 0 to 1, or stddev is below 0.
    /// </exception>
    public override Initializer Bind(ArgumentReader arguments, Reading reading)
    {
        double sparsity = arguments.Number("sparsity", 0.1);
        if (sparsity is < 0 or > 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: sparsity is {ExpressionNode.Format(sparsity)}; a share of zeros from 0 to 1 is accepted.",
                sparsity);
        }

        return new SparseInitializer(sparsity, arguments.NonNegative("stddev", 0.01, "std"));
    }
}
