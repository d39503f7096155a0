BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $cmdlets = @(Get-Command -Module InitTools -CommandType Cmdlet | ForEach-Object { @{ Name = $_.Name } })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $module = Get-ModuleFolder
    Copy-Item (Get-RepositoryPath 'tests/data/digits.csv') TestDrive:/digits.csv
}

Describe 'The parameters of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name
        $parameters = $command.Parameters
    }

    It 'have -LiteralPath, which takes PSPath, where they have -Path' {
        if ($parameters.ContainsKey('Path')) {
            $parameters['LiteralPath'].Aliases | Should -Contain 'PSPath'
            $sets = $parameters['Path'].ParameterSets.Keys
            $parameters['LiteralPath'].ParameterSets.Keys | Should -Not -BeIn $sets
        }
    }

    It 'have -WhatIf, -Confirm and -Force where files are replaced' {
        $writes = $command.Verb -eq 'Export'
        foreach ($parameter in 'WhatIf', 'Confirm', 'Force') {
            $parameters.ContainsKey($parameter) | Should -Be $writes -Because $parameter
        }
    }

    It 'are in parameter sets that PowerShell can tell apart' {
        if ($command.ParameterSets.Count -gt 1) {
            $command.DefaultParameterSet | Should -Not -BeNullOrEmpty
        }
    }
}

Describe 'Paths' {
    BeforeAll {
        $folder = New-Item -ItemType Directory TestDrive:/deep/inner
        $tensors = New-InitWeights -Width 64,10 -Seed 1
        $expected = (Measure-LayerVariance 64,10 -Data TestDrive:/digits.csv -ExcludeColumn digit -Seed 1).PreActivationVariance
        [void] (New-PSDrive -Name Weights -PSProvider FileSystem -Root $folder.FullName -Scope Global)
    }

    AfterAll {
        Remove-PSDrive Weights -Scope Global
    }

    It 'are those of drives of PowerShell' {
        $tensors | Export-InitWeights Weights:/w.safetensors
        Copy-Item TestDrive:/digits.csv Weights:/digits.csv
        (Import-InitWeights Weights:/w.safetensors).Name | Should -Be $tensors.Name
        (Measure-LayerVariance 64,10 -Data Weights:/digits.csv -ExcludeColumn digit -Seed 1).PreActivationVariance |
            Should -Be $expected
        Join-Path $folder 'w.safetensors' | Should -Exist
    }

    It 'are relative to Get-Location, and not to the folder of the process' {
        Push-Location Weights:/
        try {
            $tensors | Export-InitWeights relative.safetensors
            (Import-InitWeights ./relative.safetensors).Name | Should -Be $tensors.Name
            (Measure-LayerVariance 64,10 -Data ../../digits.csv -ExcludeColumn digit -Seed 1).PreActivationVariance |
                Should -Be $expected
        }
        finally {
            Pop-Location
        }

        Join-Path $folder 'relative.safetensors' | Should -Exist
        Join-Path ([Environment]::CurrentDirectory) 'relative.safetensors' | Should -Not -Exist
    }

    It 'are those of ~' {
        $name = "~/inittools-$([guid]::NewGuid()).npy"
        try {
            $tensors | Export-InitWeights $name
            (Get-Item $name).Length | Should -BeGreaterThan 2560
        }
        finally {
            Remove-Item $name
        }
    }

    It 'come by property name from Get-Item, taken as they are written' {
        Copy-Item TestDrive:/digits.csv -Destination (Join-Path $TestDrive 'data [1].csv')
        $tensors | Export-InitWeights -LiteralPath 'TestDrive:/w [1].safetensors'
        (Get-Item -LiteralPath 'TestDrive:/w [1].safetensors' | Import-InitWeights).Name | Should -Be $tensors.Name
        (Import-InitWeights -LiteralPath 'TestDrive:/w [1].safetensors').Name | Should -Be $tensors.Name
        (Measure-LayerVariance 64,10 -Data (Get-Item -LiteralPath 'TestDrive:/data [1].csv') -ExcludeColumn digit -Seed 1).PreActivationVariance |
            Should -Be $expected
    }
}

Describe '-Verbose' {
    It 'says kernel, threads and seed: <Command>' -ForEach @(
        @{ Command = 'New-InitWeights 8,4' }
        @{ Command = 'Measure-LayerVariance 8,4' }
        @{ Command = 'Compare-Initializers 8,4 -SeedCount 1 -Initializer HeNormal' }
        @{ Command = 'New-InitWeights -Width 8,4 | Optimize-InitWeights' }
    ) {
        $output = & ([scriptblock]::Create("$Command -Seed 42 -Verbose")) 4>&1
        $said = "$($output | Where-Object { $_ -is [Management.Automation.VerboseRecord] })"
        $said | Should -Match 'Kernel (scalar|vector|vector512), up to \d+ threads'
        $said | Should -Match 'Seed 42\.'
    }

    It 'says the fans and the stream of a tensor, and that a list of four numbers is one tensor' {
        $said = New-InitWeights 3,3,4,8 -Seed 1 -Verbose 4>&1 | Out-String -Width 200
        $said | Should -Match 'rank 4.*fan_in 36, fan_out 72.*seed 1, stream'
    }

    It 'says that a seed was drawn' {
        $output = Measure-LayerVariance 8,4 -Verbose 4>&1
        $seed = ($output | Where-Object { $_ -isnot [Management.Automation.VerboseRecord] }).Seed
        "$output" | Should -Match "Seed $seed, drawn"
    }
}

Describe 'A script' {
    It 'runs under strict mode and $ErrorActionPreference = Stop, and shows its objects' {
        Invoke-PowerShell @'
Set-StrictMode -Version Latest
Import-Module $module
$tensors = New-InitWeights -Width 16,8,4 -Seed 1 -Bias Zeros
$layers = $tensors | Measure-LayerVariance -Seed 1
$comparison = Compare-Initializers 16,8,4 -SeedCount 1 -Seed 1
[void] ($tensors, $layers, $comparison, (Get-Initializer), ($layers | Show-LayerChart) | Out-String)
[void] ($layers | Format-Custom | Out-String)
[void] ($layers[0] | Format-List * | Out-String)
$layers.Count
'@ | Should -Be '2'
    }

    It 'is told by try and catch what went wrong' {
        $caught = try { New-InitWeights 3,4 he_norml } catch { $_ }
        $caught.FullyQualifiedErrorId |
            Should -Be 'UnknownInitializer,InitTools.PowerShell.Commands.NewInitWeightsCommand'
        $caught.CategoryInfo.Category | Should -Be 'ObjectNotFound'
        $caught.Exception.GetType().FullName | Should -Be 'InitTools.InitToolsException'
    }

    It 'goes on to the next item behind one that is wrong' {
        $result = Get-CommandError { @{ FanIn = 0; FanOut = 1 }, @{ FanIn = 2; FanOut = 1 } | New-InitWeights -Seed 1 }
        $result.Error | Should -HaveCount 1
        $result.Output.Shape | Should -Be '2x1'
    }
}

Describe 'Import' {
    It 'locks no file but assemblies' -Skip:(-not $IsLinux) {
        Invoke-PowerShell @'
Import-Module $module
[void] (New-InitWeights 3,4 -Seed 1 | Out-String)
$folder = Split-Path $module
Get-ChildItem /proc/self/fd | ForEach-Object { $_.LinkTarget } | Where-Object { "$_".StartsWith($folder) -and $_ -notlike '*.dll' }
[IO.File]::ReadAllLines('/proc/self/maps') | ForEach-Object { ($_ -split ' +', 6)[5] } |
    Where-Object { "$_".StartsWith($folder) -and $_ -notlike '*.dll' }
'end'
'@ | Should -Be 'end'
    }
}
