namespace InitTools;

/// <summary>
/// One clear error: the message says what was wrong, the value received and what is accepted;
/// <see cref="ErrorId"/> is its stable name.
/// </summary>
public sealed class InitToolsException : ArgumentException
{
    /// <summary>Makes the error.</summary>
    /// <param name="errorId">Its stable name.</param>
    /// <param name="message">What was wrong, the value received, what is accepted.</param>
    /// <param name="value">The offending value (never a large array), or null.</param>
    /// <param name="innerException">The cause, or null.</param>
    public InitToolsException(ErrorId errorId, string message, object? value = null, Exception? innerException = null)
        : base(message, innerException)
    {
        ErrorId = errorId;
        Value = value;
    }

    /// <summary>The error's stable name.</summary>
    public ErrorId ErrorId { get; }

    /// <summary>The offending value, or null.</summary>
    public object? Value { get; }
}
