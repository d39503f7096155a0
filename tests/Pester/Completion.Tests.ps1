BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools

    function Get-Completion {
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $Line)

        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }
}

Describe 'Completion' {
    It 'gives the initializers with their formulas' {
        $matches = Get-Completion 'New-InitWeights 3,4 Glorot'
        $matches.CompletionText | Should -Be 'GlorotNormal', 'GlorotUniform'
        $matches[1].ToolTip | Should -Match 'U\(\+-'
    }

    It 'gives the parameters behind an opening parenthesis, with their defaults' {
        $matches = Get-Completion "New-InitWeights 3,4 'RandomNormal("
        $matches.CompletionText | Should -Be "'RandomNormal(mean=", "'RandomNormal(stddev="
        $matches[1].ToolTip | Should -Be 'stddev=0.05 where none is given'
        (Get-Completion "New-InitWeights 3,4 'VarianceScaling(scale=2, mo").CompletionText |
            Should -Be "'VarianceScaling(scale=2, mode="
    }

    It 'gives the words that a parameter takes' {
        (Get-Completion "New-InitWeights 3,4 'VarianceScaling(mode=fan_g").CompletionText |
            Should -Be "'VarianceScaling(mode=fan_geo_avg)'"
        (Get-Completion "New-InitWeights 3,4 'HeNormal(gain=leaky").CompletionText |
            Should -Be "'HeNormal(gain=leaky_relu)'"
    }

    It 'gives the columns of the data for -<Parameter>' -ForEach @(
        @{ Command = 'Measure-LayerVariance 64,10'; Parameter = 'ExcludeColumn' }
        @{ Command = 'Compare-Initializers 64,10 -Train'; Parameter = 'Target' }
    ) {
        Set-Content (Join-Path $TestDrive 'rows.csv') "first,second one,class`n1,2,0"
        Push-Location TestDrive:
        try {
            (Get-Completion "$Command -Data rows.csv -$Parameter ").CompletionText |
                Should -Be 'first', "'second one'", 'class'
            (Get-Completion "$Command -Data rows.csv -$Parameter cl").CompletionText | Should -Be 'class'
        }
        finally {
            Pop-Location
        }
    }
}

Describe 'Wildcards' {
    It 'compares every initializer that matches' {
        $rows = Compare-Initializers 8,8,4 relu -Initializer He*, kaiming_n*_, Zeros -SeedCount 1 -Seed 1
        $rows.Initializer | Sort-Object |
            Should -Be 'HeNormal', 'HeNormal(distribution=normal)', 'HeUniform', 'Zeros'
    }

    It 'refuses a pattern that matches none' {
        (Get-CommandError { Compare-Initializers 8,4 relu -Initializer Hx* }).Id | Should -Be 'UnknownInitializer'
    }
}
