BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $folder = Get-ModuleFolder
}

Describe 'The module' {
    Context 'as it was laid out' {
        It 'has the name and the identity of the product' {
            $manifest = Test-ModuleManifest -Path (Join-Path $folder 'InitTools.psd1')
            $manifest.Name | Should -Be 'InitTools'
            $manifest.Guid | Should -Be '59792420-40e8-40ca-8eca-c297549d4346'
            $manifest.CompatiblePSEditions | Should -Be 'Core'
            Split-Path $folder -Leaf | Should -Be $manifest.Version.ToString()
        }

        It 'exports the cmdlets, which all have approved verbs, and nothing else' {
            $module = Get-Module InitTools
            $declared = foreach ($type in (Get-Command New-InitWeights).ImplementingType.Assembly.GetExportedTypes()) {
                $attribute = $type.GetCustomAttributes([Management.Automation.CmdletAttribute], $false)
                if ($attribute) { "$($attribute[0].VerbName)-$($attribute[0].NounName)" }
            }
            $module.ExportedCommands.Keys | Sort-Object | Should -Be @($declared | Sort-Object)
            $module.ExportedCmdlets.Count | Should -Be $module.ExportedCommands.Count
            $module.ExportedCmdlets.Values.Verb | Should -BeIn (Get-Verb).Verb
        }

        It 'ships no System.Management.Automation, whose types would have a second identity' {
            Get-ChildItem (Join-Path $folder 'bin') -Filter 'System.Management.Automation*' | Should -BeNullOrEmpty
        }

        It 'ships only its own assemblies and the packages that they use' {
            $names = (Get-ChildItem (Join-Path $folder 'bin') -Filter '*.dll').BaseName
            $names | Should -Contain 'InitTools.Core'
            $names | Should -Contain 'InitTools.PowerShell'
            $names | Where-Object { $_ -like 'Microsoft.*' -or $_ -like 'xunit*' } | Should -BeNullOrEmpty
        }
    }

    Context 'as it is loaded' {
        It 'has what the cmdlets use, and its packages, in a load context of their own' {
            $contexts = Invoke-PowerShell @'
Import-Module $module
$null = Measure-LayerVariance 8,8 -Seed 1
[AppDomain]::CurrentDomain.GetAssemblies() | ForEach-Object {
    $name = $_.GetName().Name
    if ($name -like 'InitTools.*' -or $name -eq 'MathNet.Numerics') {
        "$name $([Runtime.Loader.AssemblyLoadContext]::GetLoadContext($_).Name)"
    }
} | Sort-Object
'@
            $contexts | Should -Be @(
                'InitTools.Analysis InitTools'
                'InitTools.Core Default'
                'InitTools.Formats InitTools'
                'InitTools.PowerShell Default'
                'InitTools.PowerShell.Loader Default'
                'MathNet.Numerics InitTools')
        }

        It 'names its types in scripts right after import' {
            Invoke-PowerShell 'Import-Module $module; [InitTools.WeightTensor]::SpecificationVersion' | Should -Be '1'
        }

        It 'has its cmdlets after two more imports with -Force, and after removal and import' {
            Invoke-PowerShell @'
Import-Module $module
Import-Module $module -Force
Import-Module $module -Force
(New-InitWeights 3,4 -Seed 1).Shape
Remove-Module InitTools
@(Get-Module | Where-Object Name -like 'InitTools*').Count
Import-Module $module
(Get-Initializer he_normal).Name
'@ | Should -Be @('3x4', '0', 'HeNormal')
        }

        It 'loads nothing of PowerShell''s own modules, which would cost more than itself' {
            Invoke-PowerShell 'Import-Module $module; (Get-Module).Name -join " "' | Should -Be 'InitTools'
        }

        It 'works in two runspaces at once' {
            $manifest = Join-Path $folder 'InitTools.psd1'
            $hashes = 1..2 | ForEach-Object -Parallel {
                Import-Module $using:manifest
                (New-InitWeights 100,100 HeNormal -Seed 7).ToArray() -join ' '
            }
            $hashes.Count | Should -Be 2
            $hashes[0] | Should -Be $hashes[1]
        }

        It 'uses its own packages where another module has loaded others of the same names' {
            $csv = Get-RepositoryPath 'tests/data/digits.csv'
            Invoke-PowerShell @"
`$foreign = New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName()))
`$names = (Get-ChildItem (Join-Path (Split-Path `$module) 'bin') -Filter *.dll).BaseName -notlike 'InitTools.*'
foreach (`$name in `$names) {
    Add-Type -OutputAssembly (Join-Path `$foreign "`$name.dll") -TypeDefinition @'
[assembly: System.Reflection.AssemblyVersion("0.0.1.0")]
public static class Foreign { }
'@
    [void][Reflection.Assembly]::LoadFrom((Join-Path `$foreign "`$name.dll"))
}
`$names.Count -gt 0
Import-Module `$module
(Measure-LayerVariance 64,10 -Data '$csv' -ExcludeColumn digit -Seed 1).Layer
Remove-Item `$foreign -Recurse
"@ | Should -Be @('True', '1')
        }
    }
}
