BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools

    function Get-Completion {
        <#
        .SYNOPSIS
        What the tab key offers at the end of a line.
        .PARAMETER Line
        The line.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $Line)

        (TabExpansion2 $Line $Line.Length).CompletionMatches
    }
}

BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $completed = foreach ($command in Get-Command -Module InitTools -CommandType Cmdlet) {
        foreach ($parameter in $command.Parameters.Values) {
            $completer = $parameter.Attributes |
                Where-Object { $_ -is [Management.Automation.ArgumentCompleterAttribute] } |
                    ForEach-Object { $_.Type.Name }
            # The columns of data have a test of their own.
            if ($completer -and $completer -ne 'ColumnCompleter') {
                @{ Command = $command.Name; Parameter = $parameter.Name }
            }
        }
    }
}

Describe 'Completion' {
    It 'explains each word it gives: <Command> -<Parameter>' -ForEach $completed {
        $words = @(Get-Completion "$Command -$Parameter ")
        $words.Count | Should -BeGreaterThan 1
        foreach ($word in $words) {
            $word.ToolTip | Should -Not -BeNullOrEmpty
            $word.ToolTip | Should -Not -Be $word.ListItemText
            (Get-Completion "$Command -$Parameter $($word.CompletionText)").CompletionText |
                Should -Contain $word.CompletionText
        }
    }

    It 'is there for <Parameter>' -ForEach @(
        @{ Parameter = 'Initializer' }, @{ Parameter = 'Activation' }, @{ Parameter = 'Mode' }, @{ Parameter = 'Layout' }
        @{ Parameter = 'DType' }, @{ Parameter = 'Convention' }
    ) {
        @(Get-Completion "New-InitWeights 3,4 -$Parameter ").Count | Should -BeGreaterThan 1
    }

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
            (Get-Completion "$Command -Data rows.csv -$Parameter cl").ToolTip | Should -Be 'column 3 of the data'
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
