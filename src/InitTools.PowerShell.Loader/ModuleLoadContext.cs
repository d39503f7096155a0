using System.Reflection;
using System.Runtime.Loader;

namespace InitTools.PowerShell;

/// <summary>
/// The load context of the cmdlets, of InitTools.Analysis and InitTools.Formats, and of the packages they use, so that
/// another module's MathNet.Numerics of another version cannot clash with ours. InitTools.Core stays in the default
/// context, where scripts find <c>[InitTools.WeightTensor]</c>.
/// </summary>
/// <remarks>
/// It stands in an assembly of its own because it has to be in the default context itself and is no business of
/// InitTools.Core, which knows numbers and not who loads it.
/// </remarks>
public sealed class ModuleLoadContext : AssemblyLoadContext
{
    private const string CommandAssemblyName = "InitTools.PowerShell";

    private static readonly Lazy<Assembly> s_commandAssembly = new(LoadCommandAssembly);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base(CommandAssemblyName) => _folder = folder;

    /// <summary>The assembly of the cmdlets. A second import in the same process gets the one already loaded.</summary>
    public static Assembly CommandAssembly => s_commandAssembly.Value;

    /// <summary>
    /// InitTools.Core is the one already loaded; a file beside the cmdlets is loaded here; all else (the runtime,
    /// PowerShell) is null, which leaves it to the default context.
    /// </summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        Assembly core = typeof(InitToolsException).Assembly;
        if (assemblyName.Name == core.GetName().Name)
        {
            return core;
        }

        string path = Path.Combine(_folder, $"{assemblyName.Name}.dll");
        return File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static Assembly LoadCommandAssembly()
    {
        string folder = Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!;
        return new ModuleLoadContext(folder).LoadFromAssemblyName(new AssemblyName(CommandAssemblyName));
    }
}
