<#
.SYNOPSIS
Runs Pester suites and writes one result per test as JSON, for the runner that reports them to `dotnet test`.
.DESCRIPTION
A suite that fails at discovery appears only among Pester's failed containers, and a BeforeAll that throws only among
its failed blocks; both are written as failed tests, so that neither can go unseen.
.PARAMETER Pester
The manifest of Pester 5.
.PARAMETER ResultPath
The JSON file to write.
.PARAMETER Path
The suites.
#>
[CmdletBinding()]
param(
    [Parameter(Mandatory)]
    [string] $Pester,

    [Parameter(Mandatory)]
    [string] $ResultPath,

    [Parameter(Mandatory, ValueFromRemainingArguments)]
    [string[]] $Path
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module -Name $Pester

$configuration = New-PesterConfiguration
$configuration.Run.Path = $Path
$configuration.Run.PassThru = $true
$configuration.Output.Verbosity = 'None'

# The suites run in strict mode, and see otherwise the preferences of a session that set none.
$run = & {
    $ErrorActionPreference = 'Continue'
    Invoke-Pester -Configuration $configuration
}

function Get-Message {
    <#
    .SYNOPSIS
    What errors say, and where they were.
    .PARAMETER ErrorRecord
    The errors.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowEmptyCollection()] [object] $ErrorRecord)

    $lines = foreach ($record in $ErrorRecord) {
        $record.Exception.Message
        $record.ScriptStackTrace -split '\r?\n' | Where-Object { $_ -notmatch '[\\/]Pester\.ps(m)?1:' }
    }

    $lines -join "`n"
}

$results = @(
    foreach ($test in $run.Tests) {
        [pscustomobject] @{
            Suite   = [IO.Path]::GetFileName($test.ScriptBlock.File)
            Name    = $test.ExpandedPath
            Result  = $test.Result
            Message = if ($test.Result -eq 'Passed') { '' } else { Get-Message $test.ErrorRecord }
        }
    }

    foreach ($container in $run.Containers) {
        $message = Get-Message $container.ErrorRecord
        if (-not $message -and $container.TotalCount -eq 0) {
            $message = 'The suite has no tests.'
        }

        if ($message) {
            [pscustomobject] @{
                Suite   = [IO.Path]::GetFileName($container.Item)
                Name    = 'discovery'
                Result  = 'Failed'
                Message = $message
            }
        }
    }

    foreach ($block in $run.FailedBlocks) {
        [pscustomobject] @{
            Suite   = [IO.Path]::GetFileName($block.BlockContainer.Item)
            Name    = "$($block.Path -join '.'), its BeforeAll or AfterAll"
            Result  = 'Failed'
            Message = Get-Message $block.ErrorRecord
        }
    }
)

ConvertTo-Json -InputObject $results -Depth 3 | Set-Content -LiteralPath $ResultPath -Encoding utf8NoBOM
