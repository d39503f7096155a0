<#
.SYNOPSIS
Writes what their examples print into README and the pages of the help, after a change that is meant to show there.
.DESCRIPTION
Every block of PowerShell that has a block of text behind it is run on the module in output/.
#>
[CmdletBinding(SupportsShouldProcess)]
param()

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'

Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1')
Import-InitTools
$rooted = @('README.md', 'docs/architectures.md' | ForEach-Object { Get-Item (Get-RepositoryPath $_) })
$pages = $rooted + @(Get-ChildItem (Get-RepositoryPath 'docs/en-US') -Filter *.md)
foreach ($page in $pages) {
    $text = Get-Content -Raw -LiteralPath $page.FullName
    foreach ($example in Get-DocumentedExample $page.FullName) {
        $printed = Invoke-Example $example.Code -Location ($page -in $rooted ? (Get-RepositoryPath '.') : $null)
        $start = $text.IndexOf('```text', $text.IndexOf($example.Code)) + '```text'.Length + 1
        $text = $text.Substring(0, $start) + $printed + "`n" + $text.Substring($text.IndexOf('```', $start))
    }

    if ($PSCmdlet.ShouldProcess($page.FullName, 'Write what the examples print')) {
        Set-Content -NoNewline -LiteralPath $page.FullName -Value $text
    }
}
