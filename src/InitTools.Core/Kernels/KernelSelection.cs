using System.Numerics;
using System.Runtime.Intrinsics;

namespace InitTools.Kernels;

/// <summary>
/// Chooses the kernel of this process: the widest one that the machine accelerates, or the one that the environment
/// variable <c>INITTOOLS_KERNEL</c> names (<c>scalar</c>, <c>vector</c> or <c>vector512</c>). A kernel that the machine
/// lacks is an error, never a fallback: who forces one wants to know what ran.
/// </summary>
public static class KernelSelection
{
    /// <summary>The environment variable that forces a kernel.</summary>
    public const string EnvironmentVariable = "INITTOOLS_KERNEL";

    private static readonly AsyncLocal<Kernel?> s_override = new();
    private static readonly Lazy<Kernel> s_selected = new(() => Parse(
        Environment.GetEnvironmentVariable(EnvironmentVariable)));

    /// <summary>The kernels that this machine accelerates, narrowest first; scalar is always among them.</summary>
    public static IReadOnlyList<Kernel> Available { get; } = FindAvailable();

    /// <summary>The kernel in use.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.KernelUnavailable"/>: the environment variable names a kernel that this machine lacks.
    /// </exception>
    public static Kernel Selected => s_override.Value ?? s_selected.Value;

    /// <summary>The name of the kernel in use, as <c>INITTOOLS_KERNEL</c> spells it.</summary>
    /// <exception cref="InitToolsException">As for <see cref="Selected"/>.</exception>
    public static string SelectedName => Name(Selected);

    /// <summary>
    /// Runs all that follows in this flow of control on one kernel, until the result is disposed. For tests that
    /// compare kernels within one process.
    /// </summary>
    internal static IDisposable Use(Kernel kernel)
    {
        RequireAvailable(kernel, Name(kernel));
        var scope = new Scope(s_override.Value);
        s_override.Value = kernel;
        return scope;
    }

    /// <summary>The kernel of an environment variable's text; null or empty selects the widest.</summary>
    internal static Kernel Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
        {
            return Available[^1];
        }

        foreach (Kernel kernel in Enum.GetValues<Kernel>())
        {
            if (text.Equals(Name(kernel), StringComparison.OrdinalIgnoreCase))
            {
                RequireAvailable(kernel, text);
                return kernel;
            }
        }

        throw Unavailable(text, "is no kernel");
    }

    private static string Name(Kernel kernel) => kernel switch
    {
        Kernel.Scalar => "scalar",
        Kernel.Vector => "vector",
        Kernel.Vector512 => "vector512",
        _ => throw new ArgumentOutOfRangeException(nameof(kernel), kernel, null),
    };

    private static void RequireAvailable(Kernel kernel, string text)
    {
        if (!Available.Contains(kernel))
        {
            throw Unavailable(text, "is a kernel that this machine does not accelerate");
        }
    }

    private static InitToolsException Unavailable(string text, string reason) => new(
        ErrorId.KernelUnavailable,
        $"'{text}' {reason}; {EnvironmentVariable} accepts here {string.Join(", ", Available.Select(Name))}.",
        text);

    // The vector form is some 45 times slower than the scalar one where Vector<T> is emulated; and a vector must not
    // exceed the 16 elements of the fills' rows.
    private static Kernel[] FindAvailable()
    {
        List<Kernel> kernels = [Kernel.Scalar];
        if (Vector.IsHardwareAccelerated && Vector<float>.Count <= 16)
        {
            kernels.Add(Kernel.Vector);
        }

        if (Vector512.IsHardwareAccelerated)
        {
            kernels.Add(Kernel.Vector512);
        }

        return [.. kernels];
    }

    private sealed class Scope(Kernel? previous) : IDisposable
    {
        public void Dispose() => s_override.Value = previous;
    }
}
