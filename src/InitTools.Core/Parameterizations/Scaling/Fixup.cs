namespace InitTools;

/// <summary>
/// Fixup: residual networks without normalization. With L residual branches of m weights each, the weights of a branch
/// are He's times L^(-1/(2m-2)), its last weight and the network's output are 0, biases are 0 and scales 1, and all
/// other weights are He's. Branches are told by names: the weights that stand in one block, such as
/// <c>layer1.0.conv1</c> and <c>layer1.0.conv2</c>, without those of its shortcut.
/// </summary>
/// <param name="mode">Whose fan He's variance divides by.</param>
internal sealed class Fixup(FanMode mode) : Parameterization
{
    private static readonly string[] s_shortcuts = ["downsample", "shortcut", "skip"];

    public override string Name => "Fixup";

    public override IReadOnlyList<TensorRule> Apply(IReadOnlyList<NetworkTensor> tensors)
    {
        ArgumentNullException.ThrowIfNull(tensors);
        IReadOnlyList<TensorRole> roles = TensorRoles.TellAll(tensors);
        ILookup<string, NetworkTensor> branches = tensors.Where(IsInBranch).ToLookup(tensor => tensor.BlockName);
        if (branches.Count == 0)
        {
            throw new InitToolsException(
                ErrorId.RoleUnknown,
                $"Fixup scales residual branches, and none of the {tensors.Count} tensors stands in one; a branch is "
                + "the weights of one block, such as block1.conv1.weight and block1.conv2.weight.");
        }

        return [.. tensors.Zip(roles, (tensor, role) => new TensorRule(
            InitializerOf(tensor, role, branches.Count, [.. branches[tensor.BlockName]])))];
    }

    protected override IEnumerable<(string Name, string Value)> CanonicalArguments()
    {
        if (mode != FanMode.FanIn)
        {
            yield return ("mode", FanModes.Spellings.NameOf(mode));
        }
    }

    private Initializer InitializerOf(NetworkTensor tensor, TensorRole role, int branchCount, NetworkTensor[] branch)
    {
        if (!tensor.IsMatrix)
        {
            return Initializer.Parse(tensor.IsBias ? "Zeros" : "Ones");
        }

        bool isInBranch = IsInBranch(tensor);
        if (isInBranch ? ReferenceEquals(tensor, branch[^1]) : role == TensorRole.Output)
        {
            return Initializer.Parse("Zeros");
        }

        // The last of m weights is 0, so that m is 2 or more here.
        string gain = isInBranch
            ? $"gain={ExpressionNode.Format(GainOf(branchCount, branch.Length))}, "
            : "";
        return Initializer.Parse($"HeNormal({gain}mode={FanModes.Spellings.NameOf(mode)}, distribution=normal)");
    }

    private static double GainOf(int branchCount, int weightCount) => SignificantDigits.Round(
        Math.Sqrt(2) * PositivePower.Of(branchCount, -1.0 / (2 * weightCount - 2)));

    private static bool IsInBranch(NetworkTensor tensor) => tensor.IsMatrix
        && tensor.BlockName.Length > 0
        && !s_shortcuts.Any(word => TensorNames.LayerOf(tensor.Tensor.Name)
            .Contains(word, StringComparison.OrdinalIgnoreCase));
}

/// <summary>Parameter: mode (fan_in), as in He's paper, or fan_out as in the authors' code.</summary>
internal sealed class FixupDefinition : ParameterizationDefinition
{
    public override string Name => "Fixup";

    public override string Formula =>
        "in L residual branches of m weights w ~ N(0, 2 L^(-1/(m-1)) / fan_in), the last of each and the output 0; all "
        + "others w ~ N(0, 2 / fan_in)";

    public override string Variance => "2 L^(-1/(m-1)) / fan_in";

    public override string Purpose => "Residual networks of any depth without normalization.";

    public override string Reference => "Zhang, Dauphin, Ma 2019, Fixup initialization, arXiv:1901.09321";

    public override Parameterization Bind(ArgumentReader arguments)
    {
        string? mode = arguments.Word("mode", FanModes.Spellings.NameOf(FanMode.FanIn));
        return new Fixup(mode is null ? FanMode.FanIn : FanModes.Spellings.Parse(mode));
    }
}
