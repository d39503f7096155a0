<#
.SYNOPSIS
What the suites share: the module as it was built, where the data are, and bytes to compare.
#>
Set-StrictMode -Version Latest

$root = (Resolve-Path -LiteralPath (Join-Path $PSScriptRoot '../../..')).Path
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $root 'module/InitTools.psd1')

function Get-ModuleFolder {
    <#
    .SYNOPSIS
    The folder of the module that the build laid out.
    #>
    [CmdletBinding()]
    param()

    Join-Path $root "output/InitTools/$($manifest.ModuleVersion)"
}

function Get-RepositoryPath {
    <#
    .SYNOPSIS
    The path of a file of the repository.
    .PARAMETER Path
    The path relative to its root.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    Join-Path $root $Path
}

function Import-InitTools {
    <#
    .SYNOPSIS
    Imports the module under test for the whole session.
    #>
    [CmdletBinding()]
    param()

    Import-Module -Name (Join-Path (Get-ModuleFolder) 'InitTools.psd1') -Global -ErrorAction Stop
}

function Get-DocumentedExample {
    <#
    .SYNOPSIS
    The blocks of PowerShell of a page, each with the block of text behind it, which is what it prints.
    .PARAMETER Path
    The page, in Markdown.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Path)

    $page = Get-Content -Raw -LiteralPath $Path
    foreach ($block in [regex]::Matches($page, '(?s)```powershell\n(?<code>.*?)```\n\n```text\n(?<output>.*?)```')) {
        @{
            Page   = [IO.Path]::GetFileNameWithoutExtension($Path)
            Line   = $page.Substring(0, $block.Index).Split("`n").Count
            Code   = $block.Groups['code'].Value
            Output = Format-Output $block.Groups['output'].Value
        }
    }
}

function Invoke-Example {
    <#
    .SYNOPSIS
    What an example prints on 120 columns without colours.
    .PARAMETER Code
    The example.
    .PARAMETER Location
    The folder to run it in; an empty one of its own where none is given.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Code, [string] $Location)

    $rendering = $PSStyle.OutputRendering
    $own = $Location ? $null :
        (New-Item -ItemType Directory (Join-Path ([IO.Path]::GetTempPath()) ([IO.Path]::GetRandomFileName())))
    Push-Location ($own ?? $Location)
    try {
        $PSStyle.OutputRendering = 'PlainText'
        Format-Output (& ([scriptblock]::Create($Code)) | Out-String -Width 120)
    }
    finally {
        Pop-Location
        $PSStyle.OutputRendering = $rendering
        if ($own) {
            Remove-Item -LiteralPath $own -Recurse
        }
    }
}

function Format-Output {
    <#
    .SYNOPSIS
    Printed text without blanks at the ends of lines and empty lines around it.
    .PARAMETER Text
    The text.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [AllowEmptyString()] [string] $Text)

    (($Text -split '\r?\n').TrimEnd() -join "`n").Trim("`n")
}

function Get-TensorHash {
    <#
    .SYNOPSIS
    SHA-256 of a tensor's values.
    .PARAMETER Tensor
    The tensor.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory, ValueFromPipeline)] [InitTools.WeightTensor] $Tensor)

    process {
        $values = $Tensor.ToArray()
        $bytes = [byte[]]::new([Buffer]::ByteLength($values))
        [Buffer]::BlockCopy($values, 0, $bytes, 0, $bytes.Length)
        [Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes))
    }
}

function Get-CommandError {
    <#
    .SYNOPSIS
    What a command came to: its output, and its errors as id, category, message and target, terminating or not.
    .PARAMETER Command
    The command.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [scriptblock] $Command)

    $records = @()
    $output = [Collections.Generic.List[object]]::new()
    try {
        & $Command 2>&1 | ForEach-Object { $output.Add($_) }
    }
    catch {
        $records += $_
    }

    $records += @($output | Where-Object { $_ -is [Management.Automation.ErrorRecord] })
    [pscustomobject] @{
        Output  = @($output | Where-Object { $_ -isnot [Management.Automation.ErrorRecord] })
        Error   = $records
        Id      = @($records | ForEach-Object { $_.FullyQualifiedErrorId.Split(',')[0] }) -join ','
        FullId  = @($records | ForEach-Object { $_.FullyQualifiedErrorId }) -join ' '
        Category = @($records | ForEach-Object { $_.CategoryInfo.Category }) -join ','
        Message = @($records | ForEach-Object { $_.Exception.Message }) -join "`n"
    }
}

function Invoke-PowerShell {
    <#
    .SYNOPSIS
    Runs a script in a fresh PowerShell process and gives its output lines; fails where the script does.
    .PARAMETER Script
    The script. $module is the path of the manifest under test, $pester that of the Pester that runs.
    #>
    [CmdletBinding()]
    param([Parameter(Mandatory)] [string] $Script)

    $prologue = "`$ErrorActionPreference = 'Stop'; `$module = '$(Join-Path (Get-ModuleFolder) 'InitTools.psd1')'; " +
        "`$pester = '$(Join-Path (Get-Module Pester).ModuleBase 'Pester.psd1')'; "
    # A pwsh that is a dotnet tool is a library run by dotnet.
    $executable = [Environment]::ProcessPath
    $library = if ([IO.Path]::GetFileNameWithoutExtension($executable) -eq 'dotnet') { Join-Path $PSHOME 'pwsh.dll' }
    $output = & $executable @($library) -NoProfile -NonInteractive -Command ($prologue + $Script) 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "pwsh ended with ${LASTEXITCODE}: $output"
    }

    $output
}
