using System.Globalization;

namespace InitTools;

/// <summary>
/// A default of torch.nn. What its module draws is said by <see cref="PyTorchModule"/>; here a parameter that stands
/// alone is matched with the parameter of a module of its size.
/// </summary>
internal abstract class TorchLayer : FrameworkLayer
{
    /// <summary>The initializer of a module's parameter.</summary>
    protected static Initializer Of(FormattableString call, string parameter) =>
        PyTorchModule.Parse(call.ToString(CultureInfo.InvariantCulture)).Parameters
            .First(p => p.Name.StartsWith(parameter, StringComparison.Ordinal)).Initializer;
}

/// <summary>What Linear and the convolutions have in common; the bias depends on the fan_in of its layer.</summary>
internal abstract class TorchFanInLayer : TorchLayer
{
    public override string Formula => "w ~ U(+-1 / sqrt(fan_in)), biases ~ U(+-1 / sqrt(fan_in))";

    public override string Variance => "1 / (3 fan_in)";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        Of($"Linear({tensor.RequireFans(parameterization).FanIn}, 1)", tensor.IsBias ? "bias" : "weight");
}

/// <summary>Linear.</summary>
internal sealed class TorchLinear : TorchFanInLayer
{
    public override string Name => "TorchLinear";

    public override string Purpose =>
        "What PyTorch gives a Linear layer of which nothing is said: a third of LeCun's variance, not He's.";

    public override string Reference => "PyTorch, torch.nn.Linear.reset_parameters";
}

/// <summary>Convolutions of one to three dimensions.</summary>
internal sealed class TorchConv : TorchFanInLayer
{
    public override string Name => "TorchConv";

    public override string Purpose =>
        "What PyTorch gives a convolution of which nothing is said: a third of LeCun's variance, not He's.";

    public override string Reference => "PyTorch, torch.nn.Conv2d.reset_parameters";
}

/// <summary>
/// What PyTorch's recurrent layers have in common: every parameter, biases too, from U(+-1/sqrt(hidden)).
/// </summary>
internal abstract class TorchRecurrentLayer : TorchLayer
{
    /// <summary>How many units' weights a packed parameter holds for each hidden unit.</summary>
    protected abstract int Gates { get; }

    public override string Formula => "w ~ U(+-1 / sqrt(hidden)), biases ~ U(+-1 / sqrt(hidden))";

    public override string Variance => "1 / (3 hidden)";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization)
    {
        // A projection (weight_hr) takes the hidden units in; all others have the gates' units as their outputs.
        bool isProjection = tensor.OwnName.Contains("_hr", StringComparison.Ordinal);
        long units = tensor.IsBias ? tensor.Tensor.GetShape().Count
            : isProjection ? tensor.RequireFans(parameterization).FanIn * Gates
            : tensor.RequireFans(parameterization).FanOut;
        return units % Gates == 0
            ? Of($"RNN(1, {units / Gates})", "weight")
            : throw new InitToolsException(
                ErrorId.InvalidShape,
                $"{Name}: '{tensor.Tensor.Name}' ({tensor.Tensor.Shape}) has {units} outputs, which are not {Gates} "
                + "gates of one size.",
                tensor.Tensor.Shape);
    }
}

/// <summary>RNN.</summary>
internal sealed class TorchRnn : TorchRecurrentLayer
{
    public override string Name => "TorchRNN";

    public override string Purpose => "What PyTorch gives an RNN of which nothing is said.";

    public override string Reference => "PyTorch, torch.nn.RNN";

    protected override int Gates => 1;
}

/// <summary>LSTM: four gates in one tensor; no unit forget bias.</summary>
internal sealed class TorchLstm : TorchRecurrentLayer
{
    public override string Name => "TorchLSTM";

    public override string Purpose => "What PyTorch gives an LSTM of which nothing is said.";

    public override string Reference => "PyTorch, torch.nn.LSTM";

    protected override int Gates => 4;
}

/// <summary>GRU: three gates in one tensor.</summary>
internal sealed class TorchGru : TorchRecurrentLayer
{
    public override string Name => "TorchGRU";

    public override string Purpose => "What PyTorch gives a GRU of which nothing is said.";

    public override string Reference => "PyTorch, torch.nn.GRU";

    protected override int Gates => 3;
}

/// <summary>Embedding: N(0, 1), whatever the width.</summary>
internal sealed class TorchEmbedding : TorchLayer
{
    public override string Name => "TorchEmbedding";

    public override bool HasBiases => false;

    public override string Formula => "w ~ N(0, 1)";

    public override string Variance => "1";

    public override string StandardDeviation => "1";

    public override string Purpose => "What PyTorch gives an Embedding of which nothing is said.";

    public override string Reference => "PyTorch, torch.nn.Embedding";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        tensor.IsBias ? Initializer.Parse("Zeros") : Of($"Embedding(1, 1)", "weight");
}
