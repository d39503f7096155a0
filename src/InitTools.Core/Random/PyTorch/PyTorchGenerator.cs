namespace InitTools;

/// <summary>PyTorch's CPU generator: MT19937 seeded with the low 32 bits of the seed.</summary>
internal sealed class PyTorchGenerator : SequentialGenerator
{
    // From as many rows on, later versions of PyTorch draw the lots of a permutation from 64 bits.
    private const long PermutationRows = uint.MaxValue / 20;

    public override string Name => "PyTorch";

    public override (WeightLaw Law, SequentialElements Elements) Open(
        Initializer initializer, TensorGeometry geometry, Seed seed, DrawPosition position, DType dtype)
    {
        if (initializer is not SparseInitializer sparse)
        {
            return base.Open(initializer, geometry, seed, position, dtype);
        }

        WeightLaw law = sparse.GetLaw(geometry);
        long rows = geometry.Shape[0];
        if (rows >= PermutationRows)
        {
            throw NotReproduced(
                initializer, $"its versions permute {PermutationRows} rows and more in different ways.");
        }

        SequentialElements normals = OpenIndependent(
            seed, position, new NormalDistribution(0, sparse.StandardDeviation), dtype, geometry.Shape.Count);
        return (law, new PyTorchSparse(normals, (uint)seed.Value, rows, geometry.Shape[1], sparse.ZerosOf(rows)));
    }

    /// <summary>
    /// The parameters of <c>torch.nn.init</c>: xavier's standard deviation is gain sqrt(2 / (fan_in + fan_out)),
    /// kaiming's gain / sqrt(fan), and a uniform law's bound sqrt 3 times that, each step rounded to double.
    /// </summary>
    protected override Distribution GetDistribution(Initializer initializer, Fans? fans)
    {
        Distribution? distribution = (initializer as ElementwiseInitializer)?.GetDistribution(fans);
        if (initializer is VarianceScaling scaling && distribution is UniformDistribution or NormalDistribution)
        {
            double deviation = StandardDeviation(initializer, scaling, fans!.Value);
            double bound = Math.Sqrt(3.0) * deviation;
            return distribution is UniformDistribution
                ? new UniformDistribution(-bound, bound)
                : new NormalDistribution(0, deviation);
        }

        return distribution switch
        {
            ConstantDistribution or UniformDistribution or NormalDistribution => distribution,
            TruncatedNormalDistribution => throw NotReproduced(
                initializer,
                "PyTorch's trunc_normal_ goes through the C library's erfinv, whose bits differ from machine to "
                + "machine. kaiming_normal_, xavier_normal_ and normal_ are untruncated in PyTorch and are reproduced; "
                + $"generator {WeightTensor.GeneratorName} draws truncated normals."),
            _ when initializer is OrthogonalInitializer => throw NotReproduced(
                initializer,
                "PyTorch makes it through LAPACK, whose bits differ from machine to machine. Generator "
                + $"{WeightTensor.GeneratorName} makes it with bits of its own."),
            _ => throw NotReproduced(
                initializer,
                "it reproduces the constant, uniform, untruncated normal and sparse weights of torch.nn.init, and "
                + $"takes given ones from files. Generator {WeightTensor.GeneratorName} makes it."),
        };
    }

    protected override SequentialElements OpenDraws(
        Seed seed, DrawPosition position, Distribution distribution, bool isDouble, long count)
    {
        PyTorchDraws draws = new((uint)seed.Value, position, isDouble, count);
        return distribution switch
        {
            UniformDistribution uniform => new PyTorchUniform(draws, uniform.Minimum, uniform.Maximum),
            NormalDistribution normal when count < NormalBlocksWork.BlockLength =>
                new PyTorchFewNormals(draws, normal.Mean, normal.StandardDeviation),
            NormalDistribution normal => new PyTorchNormal(draws, normal.Mean, normal.StandardDeviation),
            _ => throw new ArgumentOutOfRangeException(nameof(distribution), distribution, null),
        };
    }

    private double StandardDeviation(Initializer initializer, VarianceScaling scaling, Fans fans)
    {
        // Squaring a gain and taking the root gives the gain back.
        double gain = Math.Sqrt(scaling.Scale);
        return scaling.Mode switch
        {
            FanMode.FanAvg => gain * Math.Sqrt(2.0 / ((double)fans.FanIn + fans.FanOut)),
            FanMode.FanIn => gain / Math.Sqrt(fans.FanIn),
            FanMode.FanOut => gain / Math.Sqrt(fans.FanOut),
            _ => throw NotReproduced(
                initializer,
                "torch.nn.init has the modes fan_in and fan_out (kaiming) and fan_avg (xavier) only."),
        };
    }
}
