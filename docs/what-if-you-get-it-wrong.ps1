<#
.SYNOPSIS
Runs the comparisons of what-if-you-get-it-wrong.md on the module in output/ and writes the page.
.DESCRIPTION
Every figure of the page comes from these runs, which have fixed seeds: the same build writes the same page. They take
some minutes.
.PARAMETER Path
The page to write.
#>
[CmdletBinding(SupportsShouldProcess)]
param(
    [string] $Path = (Join-Path $PSScriptRoot 'what-if-you-get-it-wrong.md')
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

$root = Split-Path $PSScriptRoot
Import-Module (Get-ChildItem (Join-Path $root 'output/InitTools/*/InitTools.psd1')).FullName
$digits = @{
    Data = Join-Path $root 'tests/data/digits.csv'
    Target = 'digit'
    Train = $true
    HoldOut = 297
    Seed = 1
}

function Get-Width {
    <#
    .SYNOPSIS
    The widths of a deep network over the digits.
    .PARAMETER Depth
    Its hidden layers.
    #>
    [CmdletBinding()]
    [OutputType([int[]])]
    param([int] $Depth)

    @(64) * $Depth + 10
}

function Format-Figure {
    <#
    .SYNOPSIS
    A number with three significant digits, the same on every culture.
    .PARAMETER Value
    The number, or nothing.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param($Value)

    $invariant = [cultureinfo]::InvariantCulture
    if ($null -eq $Value) { '-' }
    elseif ([double]::IsPositiveInfinity($Value)) { 'infinite' }
    else { ([double] $Value).ToString('g3', $invariant) }
}

function Format-Share {
    <#
    .SYNOPSIS
    A share in percent.
    .PARAMETER Value
    The share, or nothing.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param($Value)

    if ($null -eq $Value) { '-' } else { ([double] $Value).ToString('0.0 %', [cultureinfo]::InvariantCulture) }
}

function Format-Comparison {
    <#
    .SYNOPSIS
    A comparison as a table, best deviation first.
    .PARAMETER Row
    A row of the comparison.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(ValueFromPipeline)] $Row)

    begin {
        '| rank | initializer | deviation | forward | backward | saturated | rate | final loss | held-out accuracy | ' +
            'diverged | verdict |'
        '|---|---|---|---|---|---|---|---|---|---|---|'
    }
    process {
        $deviation = Format-Figure $Row.Deviation
        if ($null -ne $Row.DeviationStandardError) { $deviation += " +- $(Format-Figure $Row.DeviationStandardError)" }
        $cells = @(
            $Row.Rank
            "``$($Row.Initializer)``"
            $deviation
            Format-Figure $Row.ForwardFactor
            Format-Figure $Row.BackwardFactor
            Format-Share $Row.SaturatedFraction
            Format-Figure $Row.LearningRate
            Format-Figure $Row.FinalLoss
            Format-Share $Row.HeldOutAccuracy
            "$($Row.Diverged) of $($Row.Seeds)"
            $Row.Verdict
        )
        "| $($cells -join ' | ') |"
    }
}

function Format-Paragraph {
    <#
    .SYNOPSIS
    A text as lines of at most 120 columns, broken at spaces outside of code.
    .PARAMETER Text
    The text, in one line.
    .PARAMETER Indent
    What stands before every line but the first, so that they belong to one item of a list.
    #>
    [CmdletBinding()]
    [OutputType([string])]
    param([Parameter(Mandatory)] [string] $Text, [string] $Indent = '')

    $line = ''
    foreach ($word in [regex]::Matches($Text, '(?:`[^`]*`|[^ `])+').Value) {
        if ($line.Trim().Length -gt 0 -and $line.Length + 1 + $word.Length -gt 120) {
            $line
            $line = $Indent + $word
        }
        else {
            $line = $line.Length -eq 0 ? $word : "$line $word"
        }
    }

    $line
}

$findings = @(
    @{
        Title = 'The classic mistakes: five layers of relu'
        Text = 'Zeros and constants leave all units of a layer one unit: the loss stays at ln 10 = 2.30. N(0, 1) is ' +
            'too large by a factor of 5.7 in each layer, and leaves the numbers in the first steps. N(0, 0.01^2) is ' +
            'too small, and learns nothing.'
        Width = Get-Width 5
        Activation = 'relu'
        Initializer = 'HeNormal', 'Zeros', 'Constant(0.01)', 'RandomNormal(stddev=1)', 'RandomNormal(stddev=0.01)'
        Options = @{}
    }
    @{
        Title = 'He trains 30 layers of relu, 1/n does not'
        Text = 'relu halves the second moment. Half of it thirty times over is 1e-9, and so is the gradient: ' +
            'LeCun''s 1/n and Glorot''s 2/(n_in + n_out) stay at ln 10.'
        Width = Get-Width 30
        Activation = 'relu'
        Initializer = 'HeNormal', 'GlorotUniform', 'LecunNormal'
        Options = @{ SeedCount = 3 }
    }
    @{
        Title = 'U(+-1/sqrt n) stalls tanh'
        Text = 'The bound 1/sqrt n looks like a standard deviation and is not one: the variance is 1/(3n), a third ' +
            'of what tanh needs, and the loss has hardly begun to fall when Glorot''s is down.'
        Width = Get-Width 5
        Activation = 'tanh'
        Initializer = 'GlorotUniform', 'RandomUniform(minimum=-0.125, maximum=0.125)'
        Options = @{ SeedCount = 3 }
    }
    @{
        Title = 'Sigmoid needs gain 4'
        Text = 'The slope of sigmoid is 1/4 at most, so that a gradient loses most of its variance in every layer ' +
            'unless weights are four times as wide. A large learning rate makes up for a part: each initializer is ' +
            'shown at the best of 0.01, 0.03, 0.1 and 0.3, and that is 0.3 for all of them.'
        Width = Get-Width 5
        Activation = 'sigmoid'
        Initializer = 'GlorotUniform(gain=4)', 'GlorotUniform', 'HeNormal', 'RandomNormal(stddev=1)'
        Options = @{ SeedCount = 3; LearningRate = 0.01, 0.03, 0.1, 0.3 }
    }
    @{
        Title = 'On tanh He beats Glorot by variance, and orthogonal beats both on held-out data'
        Text = 'Textbooks give tanh to Glorot. With inputs of second moment 1 the squashing of tanh takes part of ' +
            'the variance in every layer, so that the larger 2/n keeps signal and gradient better: the columns ' +
            'forward and backward say so. What a network makes of rows that it has not seen is another question: ' +
            'there orthogonal weights, all of whose singular values are one, come first.'
        Width = Get-Width 30
        Activation = 'tanh'
        Initializer = 'HeNormal', 'GlorotUniform', 'Orthogonal', 'LecunNormal'
        Options = @{ SeedCount = 3; EpochCount = 20 }
    }
)

# How far the ranking can be trusted: many networks, each candidate at its best rate.
$candidates = 'HeNormal', 'GlorotUniform', 'LecunNormal', 'Orthogonal', 'GlorotUniform(gain=2.5)',
    'GlorotUniform(gain=4)', 'RandomNormal(stddev=1)', 'RandomNormal(stddev=0.01)'
$networks = foreach ($activation in 'relu', 'tanh', 'sigmoid', 'selu', 'gelu', 'softsign') {
    foreach ($depth in 4, 10, 30) { @{ Activation = $activation; Depth = $depth } }
}

$candidateNames = @($candidates | ForEach-Object { "``$_``" }) -join ', '
$lines = [Collections.Generic.List[string]]::new()
$lines.AddRange([string[]] @(
        '# What if you get it wrong?'
        ''
        Format-Paragraph ('Real runs on 1797 handwritten digits: 1500 rows to learn from, 297 held out, layers of 64 ' +
            'units, mini-batches of 50. Deviation, by which initializers are ranked, is measured before any ' +
            'training; 0 is perfect. The last columns say what training came to. Losses and accuracies are medians ' +
            'over the seeds. Everything on this page was printed by `docs/what-if-you-get-it-wrong.ps1`.')
        ''
    ))
foreach ($finding in $findings) {
    Write-Verbose $finding.Title
    $options = $finding.Options
    $rows = Compare-Initializers $finding.Width $finding.Activation -Initializer $finding.Initializer @digits @options
    $lines.Add("## $($finding.Title)")
    $lines.Add('')
    $lines.AddRange([string[]] @(Format-Paragraph $finding.Text))
    $lines.Add('')
    $lines.AddRange([string[]] @($rows | Format-Comparison))
    $lines.Add('')
    foreach ($row in $rows) {
        $lines.AddRange([string[]] @(Format-Paragraph "- ``$($row.Initializer)``: $($row.Reason)" -Indent '  '))
    }

    $lines.Add('')
}

$lines.AddRange([string[]] @(
        '## How far the ranking can be trusted'
        ''
        Format-Paragraph ("Eighteen networks, two seeds, 15 epochs, and eight candidates: $candidateNames, each " +
            'candidate at the best of the learning rates 0.003, 0.01, 0.03 and 0.1. The first place is what ' +
            'measuring alone says; beside it is the candidate that was best on held-out rows, and the accuracy of ' +
            'both.')
        ''
        '| activation | layers | first by deviation | its accuracy | best on held-out rows | its accuracy |'
        '|---|---|---|---|---|---|'
    ))
$behind = [Collections.Generic.List[double]]::new()
foreach ($network in $networks) {
    Write-Verbose "$($network.Depth) layers of $($network.Activation)"
    $rows = Compare-Initializers (Get-Width $network.Depth) $network.Activation -Initializer $candidates @digits `
        -SeedCount 2 -EpochCount 15 -LearningRate 0.003, 0.01, 0.03, 0.1
    $first = @($rows)[0]
    $best = $rows | Sort-Object HeldOutAccuracy -Descending -Stable | Select-Object -First 1
    $behind.Add($best.HeldOutAccuracy - $first.HeldOutAccuracy)
    $lines.Add("| $($network.Activation) | $($network.Depth) | ``$($first.Initializer)`` | " +
        "$(Format-Share $first.HeldOutAccuracy) | ``$($best.Initializer)`` | $(Format-Share $best.HeldOutAccuracy) |")
}

$near = @($behind | Where-Object { $_ -le 0.03 }).Count
$lines.AddRange([string[]] @(
        ''
        Format-Paragraph ("In $near of $($networks.Count) networks the first place is within three points of the " +
            'best accuracy that any candidate reaches. The ranking says which initializer hands on signals and ' +
            'gradients. Where none does, as on 30 layers of sigmoid, the first of a bad lot is still bad: the ' +
            'verdict, and not the rank, says that.')
    ))

if ($PSCmdlet.ShouldProcess($Path, 'Write what the runs gave')) {
    Set-Content -LiteralPath $Path -Value $lines
}
