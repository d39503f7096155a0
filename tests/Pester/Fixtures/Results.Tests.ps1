Describe 'Results' {
    It 'passes' { 1 | Should -Be 1 }

    It 'fails' { 1 | Should -Be 2 }

    It 'is skipped' { Set-ItResult -Skipped -Because 'of the reason' }
}
