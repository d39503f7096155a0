# The cmdlets live in a load context of their own; InitTools.psd1 has loaded the two assemblies that do not.
# Nothing here may call a command of Microsoft.PowerShell.Utility or Management: loading those costs 120 ms.
$commandModule = Import-Module -Assembly ([InitTools.PowerShell.ModuleLoadContext]::CommandAssembly) -PassThru

# Without this, a second Import-Module -Force finds the inner module still loaded and exports no cmdlet.
$ExecutionContext.SessionState.Module.OnRemove = { Remove-Module -ModuleInfo $commandModule -Force }

# Should -BeSoundlyInitialized is there where Pester was loaded before this module. Import-Module InitTools -Force in a
# suite's BeforeAll sees to that, whatever the session imported first.
if (Get-Module Pester) {
    . $PSScriptRoot/Assert-SoundInitialization.ps1
}
