BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $checkpoints = Get-RepositoryPath 'tests/data/checkpoints'
}

Describe 'Test-InitWeights' {
    Context 'results' {
        It 'gives one finding for each sound tensor, which says how it was made' {
            $found = New-InitWeights -Width 64, 48, 10 HeNormal -Bias Zeros -Seed 1 | Test-InitWeights
            $found.Tensor | Should -Be 'layer1.weight', 'layer1.bias', 'layer2.weight', 'layer2.bias'
            $found.Severity | Should -Be (@('Information') * 4)
            $found.DetectedInitializer | Should -Be 'HeNormal', 'Zeros', 'HeNormal', 'Zeros'
            $found.Role | Should -Be 'Weight', 'Bias', 'Weight', 'Bias'
        }

        It 'has scalars alone, which survive CSV' {
            $found = New-InitWeights -Width 64, 48 RandomNormal -Seed 1 | Test-InitWeights
            $row = $found | ConvertTo-Csv | ConvertFrom-Csv
            $row.Kind | Should -Be $found.Kind
            $row.Reason | Should -Be $found.Reason
        }

        It 'tests the tensors of a file as one network' {
            $found = Test-InitWeights (Join-Path $checkpoints 'torch-trained-sgd.safetensors')
            $found.Severity | Sort-Object -Unique | Should -Be 'Information'
            ($found | Where-Object Kind -eq Trained).Tensor | Should -Contain '0.weight'
            $found[0].Path | Should -BeLike '*torch-trained-sgd.safetensors'
        }

        It 'takes <Description>' -ForEach @(
            @{ Description = 'wildcards'; Command = { Test-InitWeights (Join-Path $checkpoints 'torch-l*.safetensors') } }
            @{ Description = 'files from the pipeline'; Command = {
                    Get-Item (Join-Path $checkpoints 'torch-layers.safetensors') | Test-InitWeights } }
            @{ Description = 'texts from the pipeline'; Command = {
                    Join-Path $checkpoints 'torch-layers.safetensors' | Test-InitWeights } }
            @{ Description = 'tensors of a file'; Command = {
                    Import-InitWeights (Join-Path $checkpoints 'torch-layers.safetensors') | Test-InitWeights } }
        ) {
            (& $Command | Where-Object Tensor -eq 'fc1.weight').DetectedInitializer |
                Should -BeLike 'HeUniform(gain=0.577*'
        }

        It 'tests the tensors that are named' {
            (Test-InitWeights (Join-Path $checkpoints 'torch-layers.safetensors') -Name fc1.*).Tensor |
                Should -Be 'fc1.weight', 'fc1.bias'
        }

        It 'colours severities as PowerShell does its own' {
            $rendering = $PSStyle.OutputRendering
            try {
                $PSStyle.OutputRendering = 'Ansi'
                $text = New-InitWeights 16, 16 Zeros -Seed 1 | Test-InitWeights | Out-String
            }
            finally {
                $PSStyle.OutputRendering = $rendering
            }

            $text.Contains("$($PSStyle.Formatting.Error)Error") | Should -BeTrue
        }
    }

    Context '-Quiet and -FailOn' {
        It 'is <Expected> for <Initializer> at <FailOn>' -ForEach @(
            @{ Initializer = 'HeNormal'; FailOn = 'Warning'; Expected = $true }
            @{ Initializer = 'HeNormal'; FailOn = 'Information'; Expected = $false }
            @{ Initializer = 'RandomNormal(stddev=0.6)'; FailOn = 'Warning'; Expected = $false }
            @{ Initializer = 'RandomNormal(stddev=0.6)'; FailOn = 'Error'; Expected = $true }
            @{ Initializer = 'Zeros'; FailOn = 'Error'; Expected = $false }
        ) {
            $answer = New-InitWeights -Width 64, 64 $Initializer -Seed 1 | Test-InitWeights -Quiet -FailOn $FailOn
            $answer | Should -BeOfType ([bool])
            $answer | Should -Be $Expected
        }

        It 'ends in an error where findings fail, behind the findings' {
            $result = Get-CommandError { New-InitWeights 16, 16 Zeros -Seed 1 | Test-InitWeights -FailOn Error }
            $result.Output.Kind | Should -Be 'AllZero'
            $result.FullId | Should -Be 'UnsoundWeights,InitTools.PowerShell.Commands.TestInitWeightsCommand'
            $result.Category | Should -Be 'InvalidData'
            (Get-CommandError { New-InitWeights 16, 16 HeNormal -Seed 1 | Test-InitWeights -FailOn Error }).Id |
                Should -BeNullOrEmpty
        }

        It 'is False for a file that cannot be read' {
            Set-Content TestDrive:/bad.safetensors 'nothing'
            $result = Get-CommandError { Test-InitWeights TestDrive:/bad.safetensors -Quiet }
            $result.Output | Should -Be $false
            $result.Id | Should -Be 'InvalidFile'
        }
    }

    Context '-Regenerate' {
        BeforeEach {
            Remove-Item TestDrive:/* -Recurse -Force
            New-InitWeights -Width 24, 16, 4 HeNormal -Bias Zeros -Seed 5 |
                Export-InitWeights TestDrive:/w.safetensors -Layout OI
        }

        It 'proves a file whose weights were turned when it was written' {
            $proof = Test-InitWeights TestDrive:/w.safetensors -Regenerate | Where-Object Kind -like Recipe*
            $proof.Kind | Should -Be (@('RecipeHolds') * 4)
            $proof.Figure | Should -Be 0, 0, 0, 0
        }

        It 'counts what was changed, and names the first' {
            $path = (Get-Item TestDrive:/w.safetensors).FullName
            $bytes = [IO.File]::ReadAllBytes($path)
            $start = 8 + [BitConverter]::ToInt64($bytes, 0)
            # Element 29 of the 16 x 24 weight: row 1, column 5.
            $bytes[$start + 4 * 29] = $bytes[$start + 4 * 29] -bxor 1
            [IO.File]::WriteAllBytes($path, $bytes)
            $broken = Test-InitWeights $path -Regenerate | Where-Object Kind -eq RecipeBroken
            $broken.Tensor | Should -Be 'layer1.weight'
            $broken.Severity | Should -Be 'Error'
            $broken.Figure | Should -Be 1
            $broken.Reason | Should -BeLike '*`[1, 5`]*'
            Test-InitWeights $path -Regenerate -Quiet | Should -BeFalse
            Test-InitWeights $path -Quiet | Should -BeTrue
        }

        It 'reads the files that recipes name in the folder of the file alone' {
            New-Item -ItemType Directory TestDrive:/model | Out-Null
            New-InitWeights 24,16 HeNormal -Seed 1 | Export-InitWeights TestDrive:/model/old.npy
            Copy-Item TestDrive:/model/old.npy TestDrive:/old.npy
            $folder = (Get-Item TestDrive:/model).FullName
            Push-Location TestDrive:/model
            try {
                foreach ($path in 'old.npy', '../old.npy', "$folder/old.npy") {
                    New-InitWeights 24,16 "FromFile('$path')" -Seed 1 | Export-InitWeights w.safetensors -Force
                    # Without the proof the recipe is not needed.
                    Test-InitWeights w.safetensors -Quiet | Should -BeTrue -Because $path
                    $result = Get-CommandError { Test-InitWeights w.safetensors -Regenerate }
                    if ($path -eq 'old.npy') {
                        $result.Output.Kind | Should -Contain RecipeHolds
                    }
                    else {
                        $result.Id | Should -Be InvalidFile
                        $result.Message | Should -BeLike "*FromFile names '$path'*make the tensor with New-InitWeights*"
                    }
                }
            }
            finally {
                Pop-Location
            }
        }
    }

    Context 'errors' {
        It 'takes no network without weights for a sound one' {
            (Get-CommandError { @() | Test-InitWeights -Quiet }).Id | Should -Be 'TensorNotFound'
        }

        It 'names the threshold that is none' {
            $result = Get-CommandError { New-InitWeights 16, 16 | Test-InitWeights -MeanShift -1 }
            $result.Id | Should -Be 'InvalidArgument'
            $result.Message | Should -BeLike '*MeanShift is -1*'
        }

        It 'names the severities' {
            $result = Get-CommandError { New-InitWeights 16, 16 | Test-InitWeights -FailOn Fatal }
            $result.Id | Should -Be 'InvalidArgument'
            $result.Message | Should -BeLike '*Warning*'
        }
    }

    Context 'completion' {
        It 'completes severities' {
            $line = 'Test-InitWeights a.safetensors -FailOn '
            [Management.Automation.CommandCompletion]::CompleteInput($line, $line.Length, $null).CompletionMatches.CompletionText |
                Should -Be 'Information', 'Warning', 'Error'
        }
    }
}

Describe 'Should -BeSoundlyInitialized' {
    It 'passes for sound weights and files' {
        New-InitWeights -Width 64, 48, 10 HeNormal -Seed 1 | Should -BeSoundlyInitialized
        Join-Path $checkpoints 'torch-layers.safetensors' | Should -BeSoundlyInitialized
        Get-Item (Join-Path $checkpoints 'torch-layers.safetensors') | Should -BeSoundlyInitialized
    }

    It 'fails with the findings as its message' {
        $failure = { New-InitWeights -Width 64, 48 Zeros -Seed 1 | Should -BeSoundlyInitialized -Because 'it is trained next' } |
            Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'PesterAssertionFailed*'
        $failure.Exception.Message |
            Should -BeLike '*a sound initialization, because it is trained next, but found:*Error: layer1.weight: Every element is 0*'
    }

    It 'takes -Not, -FailOn and -Regenerate' {
        New-InitWeights -Width 64, 48 Zeros -Seed 1 | Should -Not -BeSoundlyInitialized
        { New-InitWeights -Width 64, 48 HeNormal -Seed 1 | Should -Not -BeSoundlyInitialized } |
            Should -Throw '*nothing of severity*'
        New-InitWeights -Width 64, 64 'RandomNormal(stddev=0.6)' -Seed 1 | Should -BeSoundlyInitialized -FailOn Error
        New-InitWeights -Width 64, 48 HeNormal -Seed 1 | Should -BeSoundlyInitialized -Regenerate
        { Join-Path $checkpoints 'torch-layers.safetensors' | Should -BeSoundlyInitialized -Regenerate } |
            Should -Throw '*No recipe came with the values*'
    }

    It 'is there in a suite that imports with -Force, where the session imported the module before Pester' {
        Invoke-PowerShell @'
Import-Module $module
Import-Module $pester
$run = Invoke-Pester -PassThru -Output None -Container (New-PesterContainer -ScriptBlock {
    BeforeAll { Import-Module $module -Force }
    Describe 'weights' {
        It 'are sound' { New-InitWeights -Width 64, 48 HeNormal -Seed 1 | Should -BeSoundlyInitialized }
    }
})
"$($run.PassedCount) $($run.FailedCount)"
'@ | Should -Be '1 0'
    }

    It 'leaves imports alone where Pester is not loaded, and survives a second import' {
        Invoke-PowerShell @'
Import-Module $module
[bool] (Get-Module Pester)
(Get-Command -Module InitTools).Name -contains 'Test-InitWeights'
'@ | Should -Be 'False', 'True'
        Invoke-PowerShell @'
Import-Module $pester
Import-Module $module
Import-Module $module -Force
$run = Invoke-Pester -PassThru -Output None -Container (New-PesterContainer -ScriptBlock {
    Describe 'weights' {
        It 'are sound' { New-InitWeights -Width 64, 48 HeNormal -Seed 1 | Should -BeSoundlyInitialized }
        It 'are not' { New-InitWeights -Width 64, 48 Zeros -Seed 1 | Should -BeSoundlyInitialized }
    }
})
"$($run.PassedCount) $($run.FailedCount)"
'@ | Should -Be '1 1'
    }

    It 'is no reason to do without the cmdlets where its script does not run' {
        $copy = Join-Path $TestDrive 'InitTools'
        Copy-Item (Get-ModuleFolder) $copy -Recurse
        Set-Content (Join-Path $copy 'Assert-SoundInitialization.ps1') "throw 'scripts are forbidden'"
        Invoke-PowerShell @"
Import-Module `$pester
Import-Module '$copy/InitTools.psd1'
(New-InitWeights 3,4 -Seed 1).Shape
"@ | Should -Be 'WARNING: Should -BeSoundlyInitialized is not there: scripts are forbidden', '3x4'
    }
}
