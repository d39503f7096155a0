<#
.SYNOPSIS
The time of (New-InitWeights 8192,8192).ToArray() in PowerShell against the library call that allocates and fills the
same array, in turn; medians and their ratio.
.PARAMETER Round
How often each is timed.
#>
[CmdletBinding()]
param([int] $Round = 9)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
Import-Module (Get-Item "$PSScriptRoot/../output/InitTools/*/InitTools.psd1")
$options = [System.Threading.Tasks.ParallelOptions]::new()
$key = [InitTools.StreamKey]::Create(
    [InitTools.Seed]::new([uint64]42), [InitTools.StreamPurpose]::Weights, 'weight')
$limit = [Math]::Sqrt(6 / (8192 + 8192))

$cmdlet = { $a = (New-InitWeights 8192,8192 -Seed 42 -Name weight).ToArray() }
$library = {
    $a = [GC]::AllocateUninitializedArray[float](8192 * 8192, $false)
    [InitTools.Kernels.RandomFill]::Uniform([Memory[float]]$a, $key, 0, -$limit, $limit, $options)
}

function Measure-Median {
    <#
    .SYNOPSIS
    The median time of each of several scripts, in milliseconds.
    .PARAMETER Script
    The scripts.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [scriptblock[]] $Script)

    $times = foreach ($_ in $Script) { , [System.Collections.Generic.List[double]]::new() }
    for ($i = 0; $i -le $Round; $i++) {
        for ($s = 0; $s -lt $Script.Count; $s++) {
            [GC]::Collect()
            $start = [Diagnostics.Stopwatch]::GetTimestamp()
            . $Script[$s]
            # The first round compiles.
            if ($i) { $times[$s].Add([Diagnostics.Stopwatch]::GetElapsedTime($start).TotalMilliseconds) }
            $a = $null
        }
    }
    foreach ($list in $times) { ($list | Sort-Object)[$list.Count -shr 1] }
}

$first, $second = Measure-Median $cmdlet, $library
'New-InitWeights and ToArray {0:F1} ms, library call {1:F1} ms, ratio {2:F2}' -f $first, $second, ($first / $second)
