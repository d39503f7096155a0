BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $manifest = Join-Path (Get-ModuleFolder) 'InitTools.psd1'
    Copy-Item (Get-RepositoryPath 'tests/data/digits.csv') TestDrive:/digits.csv
    Set-Content TestDrive:/arch.csv @(
        'Name,FanIn,FanOut,Activation,Initializer'
        'hidden1,64,32,relu,HeNormal'
        'hidden2,32,32,tanh,"RandomNormal(stddev=0.001)"'
        'logits,32,10,linear,LecunNormal'
    )
    Push-Location TestDrive:
}

AfterAll {
    Pop-Location
}

Describe 'A pipeline' {
    It 'goes from an architecture in a file to a report in a file' {
        Import-Csv arch.csv | New-InitWeights -Seed 1 |
            Measure-LayerVariance -Data digits.csv -ExcludeColumn digit | Export-Csv report.csv
        $report = Import-Csv report.csv
        $report.Name | Should -Be 'hidden1', 'hidden2', 'logits'
        $report.Activation | Should -Be 'relu', 'tanh', 'linear'
        $report.Initializer | Should -Be 'HeNormal', 'RandomNormal(stddev=0.001)', 'LecunNormal'
        [double]::Parse($report[0].PreActivationVariance, [cultureinfo]::InvariantCulture) | Should -BeGreaterThan 0
    }

    It 'finds what is wrong with Where-Object' {
        $layers = Import-Csv arch.csv | New-InitWeights -Seed 1 | Measure-LayerVariance -Seed 1
        @($layers | Where-Object Verdict -NE Healthy).Count | Should -Be 3
        $sound = Measure-LayerVariance 64,64,64,10 relu -Initializer HeNormal -Seed 1
        $sound | Where-Object Verdict -NE Healthy | Should -BeNullOrEmpty
    }

    It 'ranks with Sort-Object and Select-Object, and counts with Group-Object' {
        $comparison = Compare-Initializers (@(64) * 11) relu -SeedCount 2 -Seed 1
        $best = $comparison | Sort-Object Deviation | Select-Object -First 3
        $best[0].Rank | Should -Be 1
        $best.Initializer | Should -Contain 'HeNormal'
        $best.Initializer | Should -Contain 'HeUniform'
        $last = $comparison | Sort-Object Deviation -Descending | Select-Object -First 1
        $last.Deviation | Should -Be ([double]::PositiveInfinity)
        $groups = $comparison | Group-Object Verdict -NoElement
        ($groups | Measure-Object Count -Sum).Sum | Should -Be $comparison.Count
        $groups.Name | Should -Contain 'Symmetric'
    }

    It 'makes no more tensors than Select-Object -First wants' {
        $made = [Collections.Generic.List[int]]::new()
        $first = 1..1000 | ForEach-Object { $made.Add($_); @{ Name = "l$_"; FanIn = 4; FanOut = 4 } } |
            New-InitWeights -Seed 1 | Select-Object -First 1
        $first.Name | Should -Be 'l1.weight'
        $made.Count | Should -Be 1
    }

    It 'takes layers as <Kind>' -ForEach @(
        @{ Kind = 'hashtables'; Layers = { @{ Name = 'a'; FanIn = 8; FanOut = 4 }, @{ Name = 'b'; Shape = '4x2' } } }
        @{ Kind = 'ordered hashtables'
            Layers = { [ordered] @{ Name = 'a'; FanIn = 8; FanOut = 4 }, [ordered] @{ Name = 'b'; Shape = '4x2' } } }
        @{ Kind = 'custom objects'
            Layers = {
                [pscustomobject] @{ Name = 'a'; FanIn = 8; FanOut = 4 }
                [pscustomobject] @{ Name = 'b'; Shape = '4x2' }
            } }
        @{ Kind = 'JSON'
            Layers = { '[{"Name":"a","FanIn":8,"FanOut":4},{"Name":"b","Shape":[4,2]}]' | ConvertFrom-Json } }
    ) {
        $tensors = & $Layers | New-InitWeights -Seed 5 -Bias Zeros
        $tensors.Name | Should -Be 'a.weight', 'a.bias', 'b.weight', 'b.bias'
        $tensors.Shape | Should -Be '8x4', '4', '4x2', '2'
        $tensors[0] | Get-TensorHash | Should -Be (New-InitWeights 8,4 -Name a -Seed 5 | Get-TensorHash)
        @(& $Layers | Measure-LayerVariance -Seed 5).Name | Should -Be 'a', 'b'
    }

    It 'measures in a job what came from outside, and gives it back' {
        $tensors = New-InitWeights -Width 16,8,4 -Seed 3 -Initializer HeNormal
        $expected = ($tensors | Measure-LayerVariance -Seed 3).PreActivationVariance
        $job = Start-Job -WorkingDirectory $TestDrive -ArgumentList $manifest, $tensors {
            param($Manifest, $Tensors)
            Import-Module $Manifest
            $Tensors | New-InitWeights | Measure-LayerVariance -Seed 3
        }
        $measured = $job | Receive-Job -Wait -AutoRemoveJob
        $measured.PreActivationVariance | Should -Be $expected
        $measured[0].PSObject.TypeNames | Should -Contain 'Deserialized.InitTools.Analysis.LayerVariance'
        ($measured | Out-String -Width 120) | Should -Match '(?m)^ +2 layer2 '
    }

    It 'is deterministic under ForEach-Object -Parallel' {
        $parallel = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            (Measure-LayerVariance 32,32,8 tanh -Seed 9).GradientVariance -join ' '
        }
        $parallel | Sort-Object -Unique |
            Should -Be ((Measure-LayerVariance 32,32,8 tanh -Seed 9).GradientVariance -join ' ')
    }

    It 'makes one clear error of rows where the layers are given: <Command>' -ForEach @(
        @{ Command = 'Import-Csv digits.csv | Measure-LayerVariance -Width 64,10 -Seed 1' }
        @{ Command = 'Import-Csv digits.csv | Compare-Initializers 64,10 relu' }
        @{ Command = 'Import-Csv digits.csv | New-InitWeights 64,10' }
        @{ Command = 'Import-Csv digits.csv | New-InitWeights -Width 64,10' }
    ) {
        $result = Get-CommandError ([scriptblock]::Create($Command))
        $result.Id | Should -Be 'ParameterConflict'
        $result.Category | Should -Be 'InvalidOperation'
        $result.Message | Should -Match '-Data'
        $result.Output | Should -BeNullOrEmpty
    }

    It 'is none where a cmdlet stands within another command''s block' {
        (1, 2 | ForEach-Object { New-InitWeights 2,3 -Seed $_ }).Seed | Should -Be '1', '2'
    }
}
