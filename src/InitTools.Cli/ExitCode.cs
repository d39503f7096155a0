namespace InitTools.Cli;

/// <summary>What the process says on leaving.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Success = 0;

    /// <summary>Something was found that was asked to fail.</summary>
    public const int Finding = 1;

    /// <summary>Bad input, described in one line on the error stream; nothing was written.</summary>
    public const int BadInput = 2;

    /// <summary>Stopped by Ctrl+C: 128 plus the number of the signal, as shells have it.</summary>
    public const int Interrupted = 130;
}
