namespace InitTools;

/// <summary>What most layers of Keras have in common: glorot_uniform, biases 0.</summary>
internal abstract class KerasLayer : FrameworkLayer
{
    public override string Formula => "w ~ U(+-sqrt(6 / (fan_in + fan_out))), biases 0";

    public override string Variance => "2 / (fan_in + fan_out)";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        Initializer.Parse(tensor.IsBias ? "Zeros" : "GlorotUniform");
}

/// <summary>Dense and EinsumDense.</summary>
internal sealed class KerasDense : KerasLayer
{
    public override string Name => "KerasDense";

    public override string Purpose => "What Keras gives a Dense or EinsumDense layer of which nothing is said.";

    public override string Reference => "Keras 3, keras.layers.Dense";
}

/// <summary>Convolutions of one to three dimensions, transposed, depthwise and separable ones.</summary>
internal sealed class KerasConv : KerasLayer
{
    public override string Name => "KerasConv";

    public override string Purpose => "What Keras gives a convolution of which nothing is said.";

    public override string Reference => "Keras 3, keras.layers.Conv2D";
}

/// <summary>What Keras's recurrent layers have in common: kernel Glorot uniform, recurrent kernel orthogonal.</summary>
internal abstract class KerasRecurrentLayer : KerasLayer
{
    public override string Formula =>
        "kernel w ~ U(+-sqrt(6 / (fan_in + fan_out))) over all gates, recurrent_kernel orthogonal, biases 0";

    public override string Variance => "2 / (fan_in + fan_out), recurrent_kernel 1 / max(rows, columns)";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        tensor.IsMatrix && IsRecurrent(tensor)
            ? Initializer.Parse("Orthogonal")
            : base.InitializerOf(tensor, parameterization);
}

/// <summary>SimpleRNN.</summary>
internal sealed class KerasSimpleRnn : KerasRecurrentLayer
{
    public override string Name => "KerasSimpleRNN";

    public override string Purpose => "What Keras gives a SimpleRNN layer of which nothing is said.";

    public override string Reference => "Keras 3, keras.layers.SimpleRNN";
}

/// <summary>LSTM: biases 0 but for the forget gate's, which are 1 (unit_forget_bias).</summary>
internal sealed class KerasLstm : KerasRecurrentLayer
{
    public override string Name => "KerasLSTM";

    public override string Formula =>
        "kernel w ~ U(+-sqrt(6 / (fan_in + fan_out))) over all gates, recurrent_kernel orthogonal, biases of the "
        + "forget gate 1, all others 0";

    public override string Purpose => "What Keras gives an LSTM layer of which nothing is said.";

    public override string Reference => "Keras 3, keras.layers.LSTM";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        tensor.IsBias ? Initializer.Parse("LstmBias") : base.InitializerOf(tensor, parameterization);
}

/// <summary>GRU.</summary>
internal sealed class KerasGru : KerasRecurrentLayer
{
    public override string Name => "KerasGRU";

    public override string Purpose => "What Keras gives a GRU layer of which nothing is said.";

    public override string Reference => "Keras 3, keras.layers.GRU";
}

/// <summary>Embedding: uniform within 0.05 of 0, whatever the width.</summary>
internal sealed class KerasEmbedding : KerasLayer
{
    public override string Name => "KerasEmbedding";

    public override bool HasBiases => false;

    public override string Formula => "w ~ U[-0.05, 0.05)";

    public override string Variance => "1 / 1200";

    public override string Purpose => "What Keras gives an Embedding of which nothing is said.";

    public override string Reference => "Keras 3, keras.layers.Embedding";

    public override Initializer InitializerOf(NetworkTensor tensor, Parameterization parameterization) =>
        tensor.IsBias
            ? base.InitializerOf(tensor, parameterization)
            : Initializer.Parse("RandomUniform(minimum=-0.05, maximum=0.05)");
}
