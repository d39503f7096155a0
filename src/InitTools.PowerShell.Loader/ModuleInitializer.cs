using System.ComponentModel;
using System.Management.Automation;

namespace InitTools.PowerShell;

/// <summary>What PowerShell runs at every import, before it looks at the cmdlets.</summary>
/// <remarks>
/// A script module would say the same in a few lines, and would take longer to be compiled than all else of the import.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ModuleInitializer : IModuleAssemblyInitializer
{
    private const string AssertionScript = "Assert-SoundInitialization.ps1";

    /// <inheritdoc/>
    public void OnImport()
    {
        ModuleLoadContext.Register();

        // Should -BeSoundlyInitialized is there where Pester was loaded before this module. Import-Module InitTools
        // -Force in a suite's BeforeAll sees to that, whatever the session imported first.
        if (AppDomain.CurrentDomain.GetAssemblies().Any(assembly => assembly.GetName().Name == "Pester"))
        {
            AddAssertion();
        }
    }

    private static void AddAssertion()
    {
        string folder = Path.GetDirectoryName(typeof(ModuleInitializer).Assembly.Location)!;
        using var shell = System.Management.Automation.PowerShell.Create(RunspaceMode.CurrentRunspace);
        try
        {
            shell.AddCommand(Path.Combine(folder, "..", AssertionScript), useLocalScope: true).Invoke();
        }
        catch (RuntimeException exception)
        {
            // An execution policy may forbid scripts, which is no reason to do without the cmdlets. There is no other
            // way to the host from here.
            shell.Commands.Clear();
            shell.AddScript("$Host.UI.WriteWarningLine($args[0])", useLocalScope: true)
                .AddArgument($"Should -BeSoundlyInitialized is not there: {exception.Message}")
                .Invoke();
        }
    }
}
