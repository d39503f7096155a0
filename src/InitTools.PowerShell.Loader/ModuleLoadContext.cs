using System.Reflection;
using System.Runtime.Loader;

namespace InitTools.PowerShell;

/// <summary>
/// The load context of InitTools.Analysis and InitTools.Formats, and of the packages they use, so that another module's
/// MathNet.Numerics of another version cannot clash with ours. The cmdlets and InitTools.Core are in the default
/// context: there PowerShell loads a binary module fastest, and scripts find <c>[InitTools.WeightTensor]</c>.
/// </summary>
internal sealed class ModuleLoadContext : AssemblyLoadContext
{
    private const string CoreAssemblyName = "InitTools.Core";

    private static readonly Lazy<ModuleLoadContext> s_instance = new(Create);

    private readonly string _folder;

    private ModuleLoadContext(string folder)
        : base("InitTools") => _folder = folder;

    /// <summary>From now on the assemblies of the module are found, by the cmdlets too.</summary>
    public static void Register() => _ = s_instance.Value;

    /// <summary>
    /// A file beside the cmdlets is loaded here; all else (InitTools.Core, the runtime, PowerShell) is null, which
    /// leaves it to the default context.
    /// </summary>
    protected override Assembly? Load(AssemblyName assemblyName)
    {
        ArgumentNullException.ThrowIfNull(assemblyName);
        string path = PathOf(assemblyName);
        return assemblyName.Name != CoreAssemblyName && File.Exists(path) ? LoadFromAssemblyPath(path) : null;
    }

    private static ModuleLoadContext Create()
    {
        ModuleLoadContext context = new(Path.GetDirectoryName(typeof(ModuleLoadContext).Assembly.Location)!);
        Default.Resolving += (_, assemblyName) => assemblyName.Name switch
        {
            CoreAssemblyName => Default.LoadFromAssemblyPath(context.PathOf(assemblyName)),
            "InitTools.Analysis" or "InitTools.Formats" => context.LoadFromAssemblyName(assemblyName),
            _ => null,
        };
        return context;
    }

    private string PathOf(AssemblyName assemblyName) => Path.Combine(_folder, $"{assemblyName.Name}.dll");
}
