using System.Globalization;

namespace InitTools;

/// <summary>One value of an expression as it was written, before it means anything.</summary>
/// <param name="Position">Where it starts in the text, counted from 0.</param>
public abstract record ExpressionNode(int Position)
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
/// <param name="Position">Where it starts.</param>
public sealed record NumberNode(double Value, int Position) : ExpressionNode(Position)
{
    /// <summary>The number as it was written.</summary>
    public string Text { get; init; } = Format(Value);

    /// <inheritdoc/>
    public override string ToString() => Format(Value);
}

/// <summary>A list such as <c>(3, 3)</c>.</summary>
/// <param name="Items">Its values.</param>
/// <param name="Position">Where it starts.</param>
public sealed record ListNode(IReadOnlyList<ExpressionNode> Items, int Position) : ExpressionNode(Position)
{
    /// <inheritdoc/>
    public override string ToString() => $"({string.Join(", ", Items)})";
}

/// <summary>
/// A word such as <c>fan_in</c>, a name with arguments such as <c>leaky_relu(0.2)</c>, or a text in quotes.
/// </summary>
/// <param name="Name">The name, without the module path that may stand before it.</param>
/// <param name="Arguments">Positional arguments first, then named ones.</param>
/// <param name="Position">Where it starts.</param>
public sealed record CallNode(string Name, IReadOnlyList<ArgumentNode> Arguments, int Position)
    : ExpressionNode(Position)
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
/// <param name="Position">Where it starts.</param>
public sealed record ArgumentNode(string? Key, ExpressionNode Value, int Position)
{
    /// <inheritdoc/>
    public override string ToString() => Key is null ? Value.ToString() : $"{Key}={Value}";
}
