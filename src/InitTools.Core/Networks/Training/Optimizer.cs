using System.Numerics;

namespace InitTools;

/// <summary>
/// How parameters follow their gradients, with all its settings: immutable, and written as an expression such as
/// <c>SGD(momentum=0.9)</c> or <c>Adam</c>.
/// </summary>
public abstract record Optimizer
{
    private static readonly Dictionary<string, Func<ArgumentReader, Optimizer>> s_readers =
        new(StringComparer.OrdinalIgnoreCase)
        {
            [Sgd.ExpressionName] = Sgd.Read,
            [Adam.ExpressionName] = Adam.Read,
        };

    /// <summary>The names accepted.</summary>
    public static IReadOnlyList<string> Names { get; } = [.. s_readers.Keys];

    /// <summary>Reads an expression.</summary>
    /// <param name="expression">SGD, SGD(momentum=0.9), Adam or Adam(beta1=0.9, beta2=0.999, epsilon=1e-8).</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownOptimizer"/>, <see cref="ErrorId.MalformedExpression"/>,
    /// <see cref="ErrorId.UnknownArgument"/>, <see cref="ErrorId.InvalidArgument"/>,
    /// <see cref="ErrorId.NonFiniteValue"/>.
    /// </exception>
    public static Optimizer Parse(string expression)
    {
        CallNode call = ExpressionParser.Parse(expression);
        if (!s_readers.TryGetValue(call.Name, out Func<ArgumentReader, Optimizer>? read))
        {
            throw new InitToolsException(
                ErrorId.UnknownOptimizer,
                $"'{call.Name}' is no known optimizer; did you mean '{NearestName.Of(call.Name, Names)}'? Accepted are "
                + $"{string.Join(", ", Names)}.",
                call.Name);
        }

        ArgumentReader arguments = new(call);
        Optimizer optimizer = read(arguments);
        arguments.Finish();
        return optimizer;
    }

    /// <summary>What is kept of one tensor from step to step.</summary>
    /// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
    /// <param name="length">The tensor's number of elements.</param>
    public abstract ParameterUpdate<T> Attach<T>(int length)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>;

    /// <summary>Reads a decay rate of an average: a number from 0 to below 1.</summary>
    private protected static double ReadDecay(ArgumentReader arguments, string owner, string name, double defaultValue)
    {
        double value = arguments.Number(name, defaultValue);
        return value is >= 0 and < 1
            ? value
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{owner}: {name} is {ExpressionNode.Format(value)}; a number from 0 to below 1 is accepted.",
                value);
    }
}

/// <summary>Moves one tensor against its gradient, step by step.</summary>
/// <typeparam name="T"><see cref="float"/> or <see cref="double"/>.</typeparam>
public abstract class ParameterUpdate<T>
    where T : unmanaged, IBinaryFloatingPointIeee754<T>
{
    /// <summary>One step.</summary>
    /// <param name="parameters">Weights or biases, changed in place.</param>
    /// <param name="gradient">dL/d(parameters): as many.</param>
    /// <param name="rate">The learning rate, rounded to the precision of the parameters.</param>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: lengths differ.</exception>
    public abstract void Apply(Span<T> parameters, ReadOnlySpan<T> gradient, double rate);
}
