Describe 'A block whose BeforeAll throws' {
    BeforeAll { throw 'in BeforeAll' }

    It 'does not run its test' { 1 | Should -Be 1 }
}
