using System.Globalization;

namespace InitTools;

/// <summary>The factor by which an activation asks weights to be larger: a number, or an activation's name.</summary>
internal static class Gain
{
    /// <summary>
    /// Reads the parameter <c>gain</c>. An activation's name stands for its forward gain 1/sqrt(E[phi(z)^2]), z ~ N(0,
    /// 1); under PyTorch's convention for the gain of PyTorch's own table. <c>forward(tanh)</c>, <c>backward(tanh)</c>
    /// and <c>pytorch(tanh)</c> name one of the three under any convention. A gain has no unit.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>; <see cref="ErrorId.InvalidArgument"/>: neither a number nor a name;
    /// <see cref="ErrorId.UnknownActivation"/>: no such activation, or none in PyTorch's table.
    /// </exception>
    public static double Read(
        ArgumentReader arguments, Reading reading, double defaultValue, params string[] aliases) =>
        arguments.Value("gain", ExpressionNode.Format(defaultValue), aliases) switch
        {
            null => defaultValue,
            NumberNode { Value: double number } node => double.IsFinite(number)
                ? number
                : throw new InitToolsException(
                    ErrorId.NonFiniteValue,
                    $"gain is {node}; a finite number or an activation's name is accepted.",
                    node.ToString()),
            CallNode { Name: var table, Arguments: [{ Key: null, Value: CallNode activation }] } when IsTable(table) =>
                OfTable(table, Activation.Parse(activation.ToString())),
            CallNode call when reading.Convention == Convention.PyTorch => OfPyTorch(Activation.Parse(call.ToString())),
            CallNode call => Activation.Parse(call.ToString()).ForwardGain,
            ExpressionNode node => throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"gain is '{node}'; a number, an activation's name, forward(name), backward(name) or pytorch(name) is "
                + "accepted.",
                node.ToString()),
        };

    /// <summary>
    /// The gains of <c>torch.nn.init.calculate_gain</c>: linear and sigmoid 1, tanh 5/3, relu sqrt 2, leaky_relu
    /// sqrt(2 / (1 + slope^2)), selu 3/4. It has no others, and neither has this.
    /// </summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.UnknownActivation"/>: any other.</exception>
    public static double OfPyTorch(Activation activation) => activation.Name switch
    {
        "linear" or "sigmoid" => 1,
        "tanh" => 5.0 / 3,
        "relu" => Math.Sqrt(2),
        "leaky_relu" => OfLeakyRelu(activation.Derivative(-1)),
        "selu" => 0.75,
        _ => throw new InitToolsException(
            ErrorId.UnknownActivation,
            $"PyTorch's table has no gain for '{activation}'; it has linear, sigmoid, tanh, relu, leaky_relu, selu. "
            + $"The forward gain is {activation.ForwardGain.ToString("G6", CultureInfo.InvariantCulture)}.",
            activation.ToString()),
    };

    private static bool IsTable(string name) => name.ToUpperInvariant() is "FORWARD" or "BACKWARD" or "PYTORCH";

    private static double OfTable(string table, Activation activation) => table.ToUpperInvariant() switch
    {
        "FORWARD" => activation.ForwardGain,
        "BACKWARD" => activation.BackwardGain,
        _ => OfPyTorch(activation),
    };

    /// <summary>sqrt(2 / (1 + slope^2)), which keeps the second moment behind a leaky relu.</summary>
    public static double OfLeakyRelu(double negativeSlope) => Math.Sqrt(2 / (1 + negativeSlope * negativeSlope));
}
