<#
.SYNOPSIS
Makes the three pages of this folder again, on the module in output/.
#>
[CmdletBinding()]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Split-Path (Split-Path $PSScriptRoot)
Import-Module (Get-ChildItem (Join-Path $root 'output/InitTools/*/InitTools.psd1')).FullName
Push-Location $root
try {
    Compare-Initializers 64,64,64,64,64,10 sigmoid -Data tests/data/digits.csv -ExcludeColumn digit -Seed 1 `
        -Initializer 'RandomNormal(stddev=1)', GlorotUniform, LecunNormal, 'GlorotUniform(gain=4)' |
        Export-InitReport docs/gallery/saturation.html -Title 'Sigmoid units in saturation' -Force
    Compare-Initializers (@(64) * 30 + 10) relu -Data tests/data/digits.csv -Target digit -Train -HoldOut 297 -Seed 1 `
        -Initializer HeNormal, GlorotUniform, LecunNormal -SeedCount 3 |
        Export-InitReport docs/gallery/relu30.html -Title '30 ReLU layers' -Force
    Compare-Initializers (@(64) * 10 + 10) tanh -Data tests/data/digits.csv -ExcludeColumn digit -Seed 1 |
        Export-InitReport docs/gallery/tanh10.html -Title 'A 10-layer tanh network' -Force
}
finally {
    Pop-Location
}
