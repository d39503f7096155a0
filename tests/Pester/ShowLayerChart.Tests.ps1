BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $layers = Measure-LayerVariance 16,16,16,4 tanh -BatchSize 32 -Seed 1
    $comparison = Compare-Initializers 16,16,16,4 -Initializer HeNormal, Zeros -BatchSize 8 -SeedCount 2 -Seed 1
}

Describe 'Show-LayerChart' {
    Context 'charts' {
        It 'draws signal and gradient with a mark for each of three layers, and explains the mark' {
            $lines = @($layers | Show-LayerChart)
            $lines | Should -BeOfType [string]
            $lines[0] | Should -Be 'Network 16, 16 x 2, 4 with tanh'
            $lines -match '^Second moment by layer' | Should -HaveCount 1
            $lines -match '^Gradient variance by layer' | Should -HaveCount 1
            [regex]::Matches($lines -join '', '\u25CF').Count | Should -Be 7
            $lines -match '^\u25CF GlorotUniform  Healthy' | Should -HaveCount 1
        }

        It 'draws one series for each initializer of a comparison, a dead one at zero' {
            $lines = @($comparison | Show-LayerChart)
            $lines -match '^\u25CF HeNormal +Healthy' | Should -HaveCount 1
            $lines -match '^\u25CB Zeros +Symmetric' | Should -HaveCount 1
            $lines -match '^ +0 \u2524 .*\u25CB.*\u25CB' | Should -HaveCount 2
        }

        It 'draws measurements of one network in one chart' {
            $other = Measure-LayerVariance 16,16,16,4 tanh -Initializer Orthogonal -BatchSize 32 -Seed 1
            $lines = @($layers + $other | Show-LayerChart)
            $lines -match '^Network' | Should -HaveCount 1
            $lines -match '^[\u25CF\u25CB] (GlorotUniform|Orthogonal) ' | Should -HaveCount 2
        }

        It 'draws a histogram of each layer: <_>' -ForEach 'PreActivationHistogram', 'activationhistogram' {
            $lines = @($layers | Show-LayerChart $_)
            $lines -match '^\d layer\d +-[\d.]+ [ \u2581-\u2588]+ [\d.]+$' | Should -HaveCount 3
        }

        It 'is as wide and as high as it is told to be' {
            $lines = @($layers | Show-LayerChart -ChartWidth 40 -ChartHeight 5)
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 40
            @($lines -match '[\u2524\u2502]').Count | Should -Be 10
        }

        It 'says no more than text, which goes to a file as it is' {
            $layers | Show-LayerChart -ChartWidth 80 | Set-Content TestDrive:/chart.txt
            Get-Content TestDrive:/chart.txt -Raw | Should -Not -Match "`e"
        }
    }

    Context 'errors' {
        It '<Id>: <Case>' -ForEach @(
            @{ Case = 'another kind of object'; Id = 'InvalidArgument'; Command = { New-InitWeights 2,3 | Show-LayerChart } }
            @{ Case = 'some layers of a measurement'; Id = 'LayerMismatch'; Command = { $layers[0] | Show-LayerChart } }
            @{ Case = 'findings'; Id = 'InvalidArgument'
                Command = { New-InitWeights 8,8 Zeros | Test-InitWeights | Show-LayerChart } }
            @{ Case = 'an unknown kind'; Id = 'InvalidArgument'; Command = { $layers | Show-LayerChart Pie } }
            @{ Case = 'a histogram of a comparison'; Id = 'InvalidArgument'
                Command = { $comparison | Show-LayerChart ActivationHistogram } }
            @{ Case = 'a chart too wide'; Id = 'InvalidArgument'; Command = { $layers | Show-LayerChart -ChartWidth 121 } }
        ) {
            $result = Get-CommandError $Command
            $result.Error | Should -HaveCount 1
            $result.FullId | Should -Be "$Id,InitTools.PowerShell.Commands.ShowLayerChartCommand"
            $result.Output | Should -BeNullOrEmpty
        }
    }
}
