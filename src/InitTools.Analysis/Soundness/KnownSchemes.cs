namespace InitTools.Analysis;

/// <summary>
/// The initializations that frameworks and papers give a tensor of some role and shape, in the order in which they are
/// named where several are the same law.
/// </summary>
internal static class KnownSchemes
{
    private const string TorchDefault = "PyTorch's default of Linear and convolutions";

    // LSTM, GRU and plain recurrent layers.
    private static readonly int[] s_gates = [4, 3, 1];

    // By the fans, so that what is near one of them is sound as well.
    private static readonly Entry[] s_byFans =
    [
        new("GlorotUniform", "Keras's default"),
        new("LecunNormal", "Flax's default"),
        new("kaiming_uniform_(a=2.23606797749979)", TorchDefault, InitTools.Convention.PyTorch),
        new("HeNormal"), new("HeUniform"), new("HeNormal(distribution=normal)"),
        new("GlorotNormal"), new("GlorotNormal(distribution=normal)"),
        new("LecunUniform"), new("LecunNormal(distribution=normal)"),
        new("GlorotUniform(gain=pytorch(tanh))"), new("GlorotNormal(gain=pytorch(tanh), distribution=normal)"),
        new("GlorotUniform(gain=pytorch(relu))"), new("GlorotNormal(gain=pytorch(relu), distribution=normal)"),
        new("HeUniform(gain=pytorch(tanh))"), new("HeNormal(gain=pytorch(tanh), distribution=normal)"),
        new("HeUniform(gain=pytorch(selu))"), new("HeNormal(gain=pytorch(selu), distribution=normal)"),
    ];

    // In a matrix they are those of the other layout; a kernel has a third number, its receptive field.
    private static readonly Entry[] s_byFanOut =
    [
        new("HeNormal(mode=fan_out, distribution=normal)"), new("HeNormal(mode=fan_out)"),
        new("HeUniform(mode=fan_out)"),
    ];

    private static readonly Entry[] s_sines =
    [
        new("SIREN", "a hidden layer of sines"), new("SIREN(layer=first)", "the first layer of sines"),
    ];

    private static readonly Entry[] s_transformers =
    [
        new("RandomNormal(stddev=0.02)", "GPT-2 and BERT"), new("TruncatedNormal(stddev=0.02)", "vision transformers"),
    ];

    private static readonly Entry[] s_embeddings =
    [
        new("RandomNormal(stddev=1)", "PyTorch's default of Embedding"),
        new("RandomUniform(minimum=-0.05, maximum=0.05)", "Keras's default of Embedding"),
        new("VarianceScaling(scale=1, mode=fan_out, distribution=normal)", "Flax's default of Embed"),
    ];

    private static readonly Entry[] s_names =
    [
        new("RandomNormal(stddev=1)"), new("RandomNormal(stddev=0.05)"), new("RandomNormal(stddev=0.01)"),
        new("RandomUniform(minimum=-0.05, maximum=0.05)"), new("RandomUniform(minimum=-1, maximum=1)"),
        new("RandomUniform(minimum=0, maximum=1)"), new("RandomUniform(minimum=0, maximum=0.01)"),
        new("TruncatedNormal(stddev=0.05)"), new("TruncatedNormal(stddev=1)"), new("TruncatedNormal(stddev=0.01)"),
    ];

    /// <summary>The schemes of a weight or an embedding.</summary>
    /// <param name="tensor">The tensor.</param>
    /// <param name="residualBranches">The branches that add to a residual stream of its network, or 0.</param>
    public static IReadOnlyList<KnownScheme> Of(TestedTensor tensor, int residualBranches)
    {
        List<KnownScheme> schemes = [];
        if (tensor.Recipe?.GetInitializer() is { } own
            && tensor.LawOf(own, tensor.Layout) is Distribution { StandardDeviation: > 0 } law)
        {
            // A rule that follows the fans, such as one of a parameterization, is a scheme as good as those below.
            SchemeStanding standing = own.NeedsFans ? SchemeStanding.Sound : SchemeStanding.Name;
            schemes.Add(new KnownScheme(own, tensor.Layout, law, "", standing));
        }

        bool isEmbedding = tensor.Role == WeightRole.Embedding;
        foreach (double bound in RecurrentBounds(tensor))
        {
            Add([UniformEntry(bound, "PyTorch's default of recurrent layers")], SchemeStanding.Measure);
        }

        Add(isEmbedding ? s_embeddings : [], SchemeStanding.Measure);
        Add(s_byFans, SchemeStanding.Measure);
        Add(tensor.Shape.Rank > 2 || tensor.IsLayoutKnown ? s_byFanOut : [], SchemeStanding.Measure);
        Add(s_transformers, isEmbedding ? SchemeStanding.Measure : SchemeStanding.Sound);
        Add(s_sines, SchemeStanding.Sound);
        if (residualBranches > 0)
        {
            string stddev = ExpressionText(0.02 / Math.Sqrt(residualBranches));
            Add([new Entry($"RandomNormal(stddev={stddev})", "GPT-2's residual projections")], SchemeStanding.Sound);
        }

        Add(s_names, SchemeStanding.Name);
        return schemes;

        void Add(IEnumerable<Entry> entries, SchemeStanding standing)
        {
            foreach (Entry entry in entries)
            {
                foreach (Layout layout in entry.Initializer.NeedsFans ? tensor.Layouts : [tensor.Layout])
                {
                    if (tensor.LawOf(entry.Initializer, layout) is Distribution found)
                    {
                        schemes.Add(new KnownScheme(entry.Initializer, layout, found, entry.Use, standing));
                    }
                }
            }
        }
    }

    /// <summary>1/sqrt(hidden) of recurrent layers, whose tensors are one, three or four gates of units.</summary>
    public static IEnumerable<double> RecurrentBounds(TestedTensor tensor)
    {
        string name = tensor.Names.OwnName;
        bool isRecurrent = name.Contains("_ih", StringComparison.Ordinal)
            || name.Contains("_hh", StringComparison.Ordinal)
            || name.Contains("_hr", StringComparison.Ordinal);
        return isRecurrent
            ? s_gates.Where(gates => tensor.Shape[0] % gates == 0)
                .Select(gates => 1 / Math.Sqrt(tensor.Shape[0] / gates))
            : [];
    }

    private static Entry UniformEntry(double bound, string use) =>
        new($"RandomUniform(minimum={ExpressionText(-bound)}, maximum={ExpressionText(bound)})", use);

    private static string ExpressionText(double number) =>
        number.ToString("G9", System.Globalization.CultureInfo.InvariantCulture);

    private sealed class Entry(string expression, string use = "", Convention? convention = null)
    {
        public Initializer Initializer { get; } = Initializer.Parse(expression, convention);

        public string Use { get; } = use;
    }
}
