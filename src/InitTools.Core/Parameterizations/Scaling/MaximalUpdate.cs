namespace InitTools;

/// <summary>Which optimizer learning rates are for.</summary>
internal enum StepKind
{
    /// <summary>Adam and its kin, whose steps do not depend on the gradient's size.</summary>
    Adam,

    /// <summary>Gradient descent.</summary>
    Sgd,
}

/// <summary>
/// The maximal update parameterization: what is tuned at a base width holds at every width. With r the fan_in over the
/// base width (of input weights and biases the fan_out over the base width), the tables 3, 8 and 9 of the paper, which
/// say the same of a network in three ways:
/// <code>
///          input, biases                   output                     hidden
/// table    variance  multiplier sgd  adam  variance  mult. sgd  adam  variance multiplier sgd adam
/// 3        1/n       1          r    1     1/(n r)   1     1/r  1/r   1/n      1          1   1/r
/// 8        1/n       1          r    1     r/n       1/r   r    1     1/n      1          1   1/r
/// 9        1/(n r)   sqrt r     1    1/sqrt r  1/n   1/sqrt r  1  1/sqrt r  1/n  1        1   1/r
/// </code>
/// where n is fan_in and every variance is times scale. At the base width r is 1, and all are the standard
/// parameterization.
/// </summary>
/// <param name="baseWidth">The base width, in units.</param>
/// <param name="table">3, 8 or 9.</param>
/// <param name="optimizer">Which columns of learning rates hold.</param>
/// <param name="scale">The factor on every variance.</param>
internal sealed class MaximalUpdate(long baseWidth, int table, StepKind optimizer, double scale) : Parameterization
{
    public static NamedValue<StepKind> Optimizers { get; } = new(
        "optimizer",
        ErrorId.InvalidArgument,
        ("adam", StepKind.Adam), ("sgd", StepKind.Sgd), ("adamw", StepKind.Adam));

    public override string Name => "MuP";

    public override IReadOnlyList<TensorRule> Apply(IReadOnlyList<NetworkTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        IReadOnlyList<TensorRole> roles = TensorRoles.TellAll(tensors);
        HashSet<string> outputs = [.. tensors.Where((_, i) => roles[i] == TensorRole.Output)
            .Select(tensor => TensorNames.LayerOf(tensor.Tensor.Name))];
        return [.. tensors.Zip(roles, (tensor, role) => role is TensorRole.Bias or TensorRole.Scale
            ? VectorRule(tensor, role, outputs.Contains(TensorNames.LayerOf(tensor.Tensor.Name)))
            : MatrixRule(tensor, role))];
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        yield return ("base", ExpressionNode.Format(baseWidth));
        if (table != MaximalUpdateDefinition.DefaultTable)
        {
            yield return ("table", ExpressionNode.Format(table));
        }

        if (optimizer != StepKind.Adam)
        {
            yield return ("optimizer", Optimizers.NameOf(optimizer));
        }

        if (scale != 1)
        {
            yield return ("scale", ExpressionNode.Format(scale));
        }
    }

    private TensorRule VectorRule(NetworkTensor tensor, TensorRole role, bool isOfOutput)
    {
        // The outputs of a network do not grow with its width, and neither does their bias.
        double ratio = isOfOutput ? 1 : (double)tensor.Tensor.GetShape().Count / baseWidth;
        (_, double multiplier, double learningRate) = InputRow(ratio);
        return new TensorRule(
            Initializer.Parse(role == TensorRole.Bias ? "Zeros" : "Ones"),
            role == TensorRole.Bias ? multiplier : 1,
            learningRate);
    }

    private TensorRule MatrixRule(NetworkTensor tensor, TensorRole role)
    {
        Fans fans = tensor.RequireFans(this);
        double ratio = (double)(role == TensorRole.Input ? fans.FanOut : fans.FanIn) / baseWidth;
        (double variance, double multiplier, double learningRate) = role switch
        {
            TensorRole.Input => InputRow(ratio),
            TensorRole.Output => OutputRow(ratio),
            _ => (1, 1, optimizer == StepKind.Sgd ? 1 : 1 / ratio),
        };
        return new TensorRule(
            Initializer.Parse(
                $"VarianceScaling(scale={ExpressionNode.Format(scale * variance)}, mode=fan_in, distribution=normal)"),
            multiplier,
            learningRate);
    }

    private (double Variance, double Multiplier, double LearningRate) InputRow(double ratio) =>
        (table, optimizer) switch
        {
            (9, StepKind.Sgd) => (1 / ratio, Math.Sqrt(ratio), 1),
            (9, _) => (1 / ratio, Math.Sqrt(ratio), 1 / Math.Sqrt(ratio)),
            (_, StepKind.Sgd) => (1, 1, ratio),
            _ => (1, 1, 1),
        };

    private (double Variance, double Multiplier, double LearningRate) OutputRow(double ratio) =>
        (table, optimizer) switch
        {
            (3, _) => (1 / ratio, 1, 1 / ratio),
            (8, StepKind.Sgd) => (ratio, 1 / ratio, ratio),
            (8, _) => (ratio, 1 / ratio, 1),
            (_, StepKind.Sgd) => (1, 1 / Math.Sqrt(ratio), 1),
            _ => (1, 1 / Math.Sqrt(ratio), 1 / Math.Sqrt(ratio)),
        };
}

/// <summary>
/// Parameters: base (256), the width at which learning rates are tuned, in units; table (3), or 8 or 9; optimizer
/// (adam), or sgd; scale (1), a factor on every variance, above 0 and without unit.
/// </summary>
internal sealed class MaximalUpdateDefinition : ParameterizationDefinition
{
    public const int DefaultTable = 3;

    public override string Name => "MuP";

    public override IReadOnlyList<string> Aliases => ["mu_parameterization", "maximal_update"];

    public override string Formula =>
        "w ~ N(0, scale / fan_in), output weights w ~ N(0, scale base / fan_in^2) (table 3); with the multipliers on "
        + "outputs and learning rates that -Plan shows";

    public override string Variance => "scale / fan_in, output weights scale base / fan_in^2";

    public override string Purpose => "Learning rates tuned on a narrow network hold for a wide one.";

    public override string Reference => "Yang et al. 2022, Tensor Programs V, arXiv:2203.03466, tables 3, 8 and 9";

    public override Parameterization Bind(ArgumentReader arguments)
    {
        long baseWidth = WholeNumber(arguments, "base", 256, 1);
        long table = WholeNumber(arguments, "table", DefaultTable, 3);
        string? optimizer = arguments.Word("optimizer", "adam");
        double scale = arguments.Positive("scale", 1);
        return table is 3 or 8 or 9
            ? new MaximalUpdate(
                baseWidth,
                (int)table,
                optimizer is null ? StepKind.Adam : MaximalUpdate.Optimizers.Parse(optimizer),
                scale)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{Name}: table is {table}; 3, 8 or 9 is accepted.",
                table);
    }
}
