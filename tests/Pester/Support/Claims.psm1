<#
.SYNOPSIS
What the suite of claims needs: theory through depth, and the table in docs/claims.md, one row a claim, which the run
makes, with those that are not true as they are said in README. Where INITTOOLS_UPDATE_CLAIMS is set the run writes the
tables; otherwise a row that differs fails its test.
#>
Set-StrictMode -Version Latest

$root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../../..')).Path
$document = Join-Path $root 'docs/claims.md'
$readme = Join-Path $root 'README.md'
$readmeHead = "| what is said | what holds |`n|---|---|`n"
$suite = Join-Path $root 'tests/Pester/Claims.Tests.ps1'
$names = @{}
foreach ($match in [regex]::Matches((Get-Content -Raw -LiteralPath $suite), "It '(?<id>C\d+): (?<claim>[^']*)'")) {
    $names[$match.Groups['id'].Value] = $match.Groups['claim'].Value
}

$rows = [ordered] @{}
$readmeRows = [ordered] @{}

function Get-Propagation {
    <#
    .SYNOPSIS
    The second moment of the last layer's pre-activations and the factor on the gradient, in theory, of equal widths and
    inputs of second moment 1.
    .PARAMETER Activation
    The activation.
    .PARAMETER WeightVariance
    fan_in times the variance of a weight.
    .PARAMETER Depth
    The number of layers.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Activation,
        [Parameter(Mandatory)] [double] $WeightVariance,
        [Parameter(Mandatory)] [int] $Depth)

    $map = [InitTools.VarianceMap]::new([InitTools.Activation]::Parse($Activation), $WeightVariance, 0)
    $moment = $WeightVariance
    $gradient = $map.Chi($moment)
    for ($layer = 2; $layer -le $Depth; $layer++) {
        $moment = $map.Next($moment)
        $gradient *= $map.Chi($moment)
    }

    [pscustomobject] @{ SecondMoment = $moment; Gradient = $gradient }
}

function Format-Figure {
    <#
    .SYNOPSIS
    A number with four significant digits, the same on every culture.
    .PARAMETER Value
    The number.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [double] $Value)

    $Value.ToString('G4', [cultureinfo]::InvariantCulture)
}

function Complete-Claim {
    <#
    .SYNOPSIS
    Ends the test of a claim: its row stands in docs/claims.md, and in README where it is not true, as this run makes it.
    .PARAMETER Id
    C1 to C57.
    .PARAMETER Verdict
    What holds: true, or what instead.
    .PARAMETER Figure
    What was seen: a text, in which {0}, {1}, ... are the numbers of Value.
    .PARAMETER Value
    The numbers.
    #>
    [CmdletBinding()]
    param(
        [Parameter(Mandatory)] [string] $Id,
        [Parameter(Mandatory)] [string] $Verdict,
        [Parameter(Mandatory)] [string] $Figure,
        [double[]] $Value = @())

    $seen = $Figure -f @($Value | ForEach-Object { Format-Figure $_ })
    $row = "| $Id | $($names[$Id]) | $Verdict | $seen |"
    $rows[$Id] = $row
    $expected = @{ $document = $row }
    if ($Verdict -notmatch '^true|^an opinion') {
        $expected[$readme] = $readmeRows[$Id] = "| $($names[$Id]) | $Verdict |"
    }

    if (-not $env:INITTOOLS_UPDATE_CLAIMS) {
        foreach ($file in $expected.Keys) {
            @(Get-Content -LiteralPath $file) -ccontains $expected[$file] | Should -BeTrue -Because (
                "$file is to have the row '$($expected[$file])'; tests/Pester/Support/Update-Claims.ps1 writes it")
        }
    }
}

function Save-ClaimTable {
    <#
    .SYNOPSIS
    Writes the tables, where they were asked for.
    #>
    [CmdletBinding()]
    param()

    if ($env:INITTOOLS_UPDATE_CLAIMS) {
        $lines = @(
            '# What is said of initialization, and what holds'
            ''
            'Fifty-seven statements from a lecture, from interview notes and from a summary page, each run by a test of'
            '`tests/Pester/Claims.Tests.ps1`. Made by that run; a row that differs from what is measured fails its test.'
            ''
            '| id | what is said | what holds | seen |'
            '|---|---|---|---|'
        ) + $rows.Values
        [IO.File]::WriteAllText($document, ($lines -join "`n") + "`n")
        $text = [IO.File]::ReadAllText($readme)
        $start = $text.IndexOf($readmeHead) + $readmeHead.Length
        $end = $text.IndexOf("`n`n", $start - 1)
        [IO.File]::WriteAllText(
            $readme, $text.Substring(0, $start) + ($readmeRows.Values -join "`n") + $text.Substring($end))
    }
}

Export-ModuleMember -Function Get-Propagation, Format-Figure, Complete-Claim, Save-ClaimTable
