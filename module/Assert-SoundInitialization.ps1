<#
.SYNOPSIS
The operator Should -BeSoundlyInitialized of Pester 5. An import of the module runs this file where Pester is loaded.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest

function Assert-SoundInitialization {
    <#
    .SYNOPSIS
    Asserts that weights are a sound beginning of training; where they are not, the message is the findings.
    .PARAMETER ActualValue
    Weight tensors, files or their paths.
    .PARAMETER Negate
    Set by Should -Not.
    .PARAMETER FailOn
    The least severity that fails: Information, Warning or Error.
    .PARAMETER Regenerate
    Also proves that values are what their recipes make.
    .PARAMETER Because
    Why it has to be so.
    .PARAMETER CallerSessionState
    Given by Pester.
    #>
    [CmdletBinding()]
    param(
        $ActualValue,
        [switch] $Negate,
        [string] $FailOn = 'Warning',
        [switch] $Regenerate,
        [string] $Because,
        $CallerSessionState)

    $order = 'Information', 'Warning', 'Error'
    if ($FailOn -notin $order) {
        throw [ArgumentException] "-FailOn is '$FailOn'; Information, Warning or Error is accepted."
    }

    $findings = $ActualValue | Test-InitWeights -Regenerate:$Regenerate -ErrorAction Stop
    $least = [array]::FindIndex($order, [Predicate[string]] { param($name) $name -eq $FailOn })
    $failing = @($findings | Where-Object { $order.IndexOf([string] $_.Severity) -ge $least })
    $succeeded = ($failing.Count -eq 0) -ne $Negate
    $reason = if ($Because) { ", because $($Because -replace '^because\s+')" }
    $message = if ($succeeded) {
        ''
    }
    elseif ($Negate) {
        "Expected weights that are not a sound initialization$reason, but nothing of severity $FailOn or more was " +
            'found.'
    }
    else {
        $lines = foreach ($finding in $failing) {
            "$finding $($finding.Advice)".TrimEnd()
        }
        "Expected a sound initialization$reason, but found:`n$($lines -join "`n")"
    }

    [pscustomobject] @{ Succeeded = $succeeded; FailureMessage = $message }
}

foreach ($pester in Get-Module Pester) {
    if ($pester.ExportedFunctions.ContainsKey('Add-ShouldOperator')) {
        & $pester.ExportedFunctions['Add-ShouldOperator'] -Name BeSoundlyInitialized `
            -InternalName Assert-SoundInitialization -Test ${function:Assert-SoundInitialization} -SupportsArrayInput
    }
}
