BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $manifest = Join-Path (Get-ModuleFolder) 'InitTools.psd1'
    $digits = Get-RepositoryPath 'tests/data/digits.csv'

    function Measure-Stop {
        <#
        .SYNOPSIS
        Starts a script in a runspace of its own, stops it after a while, and says how long it took to stop.
        .PARAMETER Script
        The script.
        .PARAMETER Seconds
        How long it runs before it is stopped.
        #>
        [CmdletBinding()]
        param(
            [Parameter(Mandatory)] [string] $Script,
            [double] $Seconds = 1
        )

        $shell = [powershell]::Create()
        try {
            [void] $shell.AddScript("Import-Module '$manifest'; $Script")
            $run = $shell.BeginInvoke()
            Start-Sleep -Seconds $Seconds
            $state = $shell.InvocationStateInfo.State
            $clock = [Diagnostics.Stopwatch]::StartNew()
            $shell.Stop()
            $clock.Stop()
            [pscustomobject] @{
                Before  = $state
                After   = $shell.InvocationStateInfo.State
                Seconds = $clock.Elapsed.TotalSeconds
                Errors  = $shell.Streams.Error.Count
                Run     = $run
            }
        }
        finally {
            $shell.Dispose()
        }
    }
}

Describe 'Ctrl+C' {
    # On a machine that does other work too a single stop may come late; the quickest of three shows what is possible.
    It 'stops <Case> within 0.2 s and without an error' -ForEach @(
        @{ Case = 'a measurement'
            Script = { "Measure-LayerVariance 4096,4096,4096,4096,4096 -Seed 1 -BatchSize 4096" } }
        @{ Case = 'a comparison'; Script = { "Compare-Initializers (@(512) * 21) -Seed 1 -SeedCount 100" } }
        @{ Case = 'training'
            Script = { "Compare-Initializers (@(64) * 30 + 10) -Data '$digits' -Target digit -Train -EpochCount 9999" } }
        @{ Case = "the search for where NumPy's draws end"
            Script = { "New-InitWeights -Width $(@(32768) * 6 -join ',') normal_ -Generator NumPy -Seed 1" } }
        @{ Case = 'rescaling by data'
            Script = { "New-InitWeights -Width $(@(4096) * 5 -join ',') | Optimize-InitWeights -BatchSize 4096 -Seed 1" } }
    ) {
        $stops = 1..3 | ForEach-Object { Measure-Stop (& $Script) }
        $stops.Before | Should -Be 'Running', 'Running', 'Running'
        $stops.After | Should -Be 'Stopped', 'Stopped', 'Stopped'
        ($stops.Errors | Measure-Object -Sum).Sum | Should -Be 0
        ($stops.Seconds | Measure-Object -Minimum).Minimum | Should -BeLessThan 0.2
        ($stops.Seconds | Measure-Object -Maximum).Maximum | Should -BeLessThan 2
    }

    It 'stops a file that is being written within 0.2 s, and leaves nothing of it' {
        $folder = (Get-PSDrive TestDrive).Root
        $stops = 1..3 | ForEach-Object {
            Measure-Stop "New-InitWeights 65536,65536 HeNormal | Export-InitWeights '$folder/large.npy'" -Seconds 0.7
        }
        $stops.Before | Should -Be 'Running', 'Running', 'Running'
        $stops.After | Should -Be 'Stopped', 'Stopped', 'Stopped'
        ($stops.Seconds | Measure-Object -Minimum).Minimum | Should -BeLessThan 0.2
        Get-ChildItem $folder -Force | Should -BeNullOrEmpty
    }
}

Describe 'Progress' {
    It 'is reported at most five times a second, only for work over a second, and is completed' {
        # Machines differ; the work has to be long enough to report.
        foreach ($epochCount in 5, 20, 80, 320) {
            $shell = [powershell]::Create()
            try {
                [void] $shell.AddScript(@"
Import-Module '$manifest'
`$data = @{ Data = '$digits'; Target = 'digit' }
Compare-Initializers (@(64) * 30 + 10) -Initializer HeNormal @data -Train -EpochCount $epochCount -SeedCount 4 -Seed 1
"@)
                $clock = [Diagnostics.Stopwatch]::StartNew()
                [void] $shell.Invoke()
                $clock.Stop()
                $records = @($shell.Streams.Progress)
            }
            finally {
                $shell.Dispose()
            }

            if ($clock.Elapsed.TotalSeconds -gt 2) { break }
        }

        $records.Count | Should -BeGreaterThan 1
        $records.Count | Should -BeLessOrEqual (5 * $clock.Elapsed.TotalSeconds + 1)
        $records[-1].RecordType | Should -Be 'Completed'
        $running = $records | Where-Object RecordType -EQ 'Processing'
        $running.PercentComplete | Should -Be ([int[]] ($running.PercentComplete | Sort-Object))
        $running[-1].SecondsRemaining | Should -BeGreaterOrEqual 0
    }

    It 'is silent for short work' {
        $shell = [powershell]::Create()
        try {
            [void] $shell.AddScript("Import-Module '$manifest'; Measure-LayerVariance 8,4 -Seed 1")
            [void] $shell.Invoke()
            @($shell.Streams.Progress | Where-Object Activity -Like 'Measuring*').Count | Should -Be 0
        }
        finally {
            $shell.Dispose()
        }
    }
}
