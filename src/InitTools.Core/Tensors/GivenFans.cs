namespace InitTools;

/// <summary>Fans that the caller gives instead of leaving them to the shape.</summary>
public static class GivenFans
{
    /// <summary>The fans, or null where neither is given.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ParameterConflict"/>: only one is given; <see cref="ErrorId.InvalidShape"/>: one below 1.
    /// </exception>
    public static Fans? Of(long? fanIn, long? fanOut)
    {
        if (fanIn is null && fanOut is null)
        {
            return null;
        }

        if (fanIn is not long inputs || fanOut is not long outputs)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{(fanIn is null ? "FanOut" : "FanIn")} is given without {(fanIn is null ? "FanIn" : "FanOut")}; "
                + "the two are given together.",
                fanIn ?? fanOut);
        }

        if (inputs < 1 || outputs < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidShape,
                $"FanIn {inputs} and FanOut {outputs} were given; both are whole numbers of 1 or more.",
                Math.Min(inputs, outputs));
        }

        return new Fans(inputs, outputs, FanRule.Given);
    }
}
