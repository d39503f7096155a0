namespace InitTools;

/// <summary>What Flax's layers have in common: lecun_normal, biases 0.</summary>
internal abstract class FlaxLayer : FrameworkLayer
{
    public override string Formula => "w ~ N(0, s^2) cut at +-2 s, s = sqrt(1 / fan_in) / 0.8796, biases 0";

    public override string Variance => "1 / fan_in";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        Initializer.Parse(tensor.IsBias ? "Zeros" : "LecunNormal");
}

/// <summary>Dense and DenseGeneral.</summary>
internal sealed class FlaxDense : FlaxLayer
{
    public override string Name => "FlaxDense";

    public override string Purpose => "What Flax gives a Dense layer of which nothing is said.";

    public override string Reference => "Flax, flax.linen.Dense";
}

/// <summary>Convolutions.</summary>
internal sealed class FlaxConv : FlaxLayer
{
    public override string Name => "FlaxConv";

    public override string Purpose => "What Flax gives a convolution of which nothing is said.";

    public override string Reference => "Flax, flax.linen.Conv";
}

/// <summary>What Flax's recurrent cells have in common: orthogonal weights between units.</summary>
internal abstract class FlaxRecurrentLayer : FlaxLayer
{
    public override string Formula => base.Formula + "; weights between units orthogonal";

    public override string Variance => "1 / fan_in, weights between units 1 / max(rows, columns)";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        tensor.IsMatrix && IsRecurrent(tensor)
            ? Initializer.Parse("Orthogonal")
            : base.InitializerOf(tensor, parameterization);
}

/// <summary>LSTM cells; no unit forget bias.</summary>
internal sealed class FlaxLstm : FlaxRecurrentLayer
{
    public override string Name => "FlaxLSTM";

    public override string Purpose => "What Flax gives an LSTM cell of which nothing is said; its forget bias is 0.";

    public override string Reference => "Flax, flax.linen.LSTMCell";
}

/// <summary>GRU cells.</summary>
internal sealed class FlaxGru : FlaxRecurrentLayer
{
    public override string Name => "FlaxGRU";

    public override string Purpose => "What Flax gives a GRU cell of which nothing is said.";

    public override string Reference => "Flax, flax.linen.GRUCell";
}

/// <summary>
/// Embed: <c>variance_scaling(1.0, 'fan_in', 'normal', out_axis=0)</c> of entries x features, whose fan_in is the
/// number of features.
/// </summary>
internal sealed class FlaxEmbed : FlaxLayer
{
    public override string Name => "FlaxEmbed";

    public override IReadOnlyList<string> Aliases => ["flax_embedding"];

    public override bool HasBiases => false;

    public override string Formula => "w ~ N(0, 1 / features)";

    public override string Variance => "1 / features";

    public override string Purpose => "What Flax gives an Embed of which nothing is said.";

    public override string Reference => "Flax, flax.linen.Embed";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        tensor.IsBias
            ? base.InitializerOf(tensor, parameterization)
            : Initializer.Parse("VarianceScaling(scale=1, mode=fan_out, distribution=normal)");
}
