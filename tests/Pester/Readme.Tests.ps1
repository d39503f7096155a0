BeforeDiscovery {
    # Every block of PowerShell in README, and the block of text behind it, which is what it prints.
    $readme = Get-Content -Raw -LiteralPath (Join-Path $PSScriptRoot '../../README.md')
    $blocks = [regex]::Matches($readme, '(?s)```powershell\n(?<code>.*?)```\n\n```text\n(?<output>.*?)```')
    $examples = foreach ($block in $blocks) {
        @{
            Line   = $readme.Substring(0, $block.Index).Split("`n").Count
            Code   = $block.Groups['code'].Value
            Output = $block.Groups['output'].Value
        }
    }

    $count = ([regex]::Matches($readme, '```powershell')).Count
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
}

Describe 'README' {
    It 'shows what each of at least five examples prints' -ForEach @{ Shown = @($examples).Count; Count = $count } {
        $Shown | Should -Be $Count
        $Count | Should -BeGreaterOrEqual 5
    }

    It 'prints what it says: the example at line <Line>' -ForEach $examples {
        Push-Location (Get-RepositoryPath '.')
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'PlainText'
            $printed = & ([scriptblock]::Create($Code)) | Out-String -Width 120
        }
        finally {
            $PSStyle.OutputRendering = $rendering
            Pop-Location
        }

        $lines = { param($text) (($text -split '\r?\n').TrimEnd() -join "`n").Trim("`n") }
        & $lines $printed | Should -BeExactly (& $lines $Output)
    }
}
