using System.Globalization;

namespace InitTools;

/// <summary>One value of an expression as it was written, before it means anything.</summary>
public abstract record ExpressionNode
{
    /// <summary>
    /// A number in the form that every expression prints: shortest text that reads back as the same double.
    /// </summary>
    public static string Format(double number) =>
        number.ToString("R", CultureInfo.InvariantCulture).Replace('E', 'e');
}

/// <summary>
/// A number such as <c>-0.5</c> or <c>1e-3</c>; also <c>nan</c> and <c>inf</c>, which no parameter accepts.
/// </summary>
/// <param name="Value">The number.</param>
public sealed record NumberNode(double Value) : ExpressionNode
{
    /// <summary>What to say where a decimal comma has parted a number.</summary>
    internal const string DecimalPointAdvice = "a number has a decimal point, whatever the culture";

    /// <summary>The number as it was written.</summary>
    public string Text { get; init; } = Format(Value);

    /// <inheritdoc/>
    public override string ToString() => Format(Value);
}

/// <summary>A list such as <c>(3, 3)</c>.</summary>
/// <param name="Items">Its values.</param>
public sealed record ListNode(IReadOnlyList<ExpressionNode> Items) : ExpressionNode
{
    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", Items)})";
}

/// <summary>
/// A word such as <c>fan_in</c>, a name with arguments such as <c>leaky_relu(0.2)</c>, or a text in quotes.
/// </summary>
/// <param name="Name">The name, without the module path that may stand before it.</param>
/// <param name="Arguments">Positional arguments first, then named ones.</param>
public sealed record CallNode(string Name, IReadOnlyList<ArgumentNode> Arguments) : ExpressionNode
{
    /// <summary>
    /// The word as it was written, without quotes: what a path or another text has to be, dots and all.
    /// </summary>
    public string Text { get; init; } = Name;

    /// <inheritdoc/>
    public override string ToString() =>
        Arguments.Count == 0 ? ExpressionParser.Quote(Text) : $"{Name}({string.Join(", ", Arguments)})";
}

/// <summary>One argument of a call.</summary>
/// <param name="Key">Its name, or null where it is positional.</param>
/// <param name="Value">Its value.</param>
public sealed record ArgumentNode(string? Key, ExpressionNode Value)
{
    /// <inheritdoc/>
    public override string ToString() => Key is null ? Value.ToString() : $"{Key}={Value}";
}
