BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    $readme = Join-Path $PSScriptRoot '../../README.md'
    $examples = @(Get-DocumentedExample $readme)
    $count = ([regex]::Matches((Get-Content -Raw -LiteralPath $readme), '```powershell')).Count
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
}

Describe 'README' {
    It 'shows what each of at least five examples prints' -ForEach @{ Shown = $examples.Count; Count = $count } {
        $Shown | Should -Be $Count
        $Count | Should -BeGreaterOrEqual 5
    }

    It 'prints what it says: the example at line <Line>' -ForEach $examples {
        Invoke-Example $Code -Location (Get-RepositoryPath '.') | Should -BeExactly $Output
    }
}
