<#
.SYNOPSIS
Runs the claims and writes what was seen to docs/claims.md.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$env:INITTOOLS_UPDATE_CLAIMS = '1'
try {
    Invoke-Pester -Path (Join-Path $PSScriptRoot '../Claims.Tests.ps1')
}
finally {
    $env:INITTOOLS_UPDATE_CLAIMS = $null
}
