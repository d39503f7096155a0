BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
}

Describe 'Get-Initializer' {
    It 'lists the whole catalogue by name' {
        $names = (Get-Initializer).Name
        $names | Should -Be ([string[]] ($names | Sort-Object))
        'Constant', 'GlorotNormal', 'GlorotUniform', 'HeNormal', 'HeUniform', 'LecunNormal', 'LecunUniform', 'Ones',
        'RandomNormal', 'RandomUniform', 'TruncatedNormal', 'VarianceScaling', 'Zeros' | Should -BeIn $names
    }

    It 'fills every column but the limit, which a normal law does not have' {
        foreach ($initializer in Get-Initializer) {
            foreach ($property in $initializer.PSObject.Properties | Where-Object Name -NotIn 'Limit', 'Parameters') {
                $property.Value | Should -Not -BeNullOrEmpty -Because "$($initializer.Name).$($property.Name)"
            }
        }

        (Get-Initializer RandomNormal).Limit | Should -BeNullOrEmpty
        (Get-Initializer GlorotUniform).Limit | Should -Be 'sqrt(6 / (fan_in + fan_out))'
    }

    It 'finds <Name> by any framework''s spelling' -ForEach @(
        @{ Spelling = 'he_normal'; Name = 'HeNormal' }
        @{ Spelling = 'kaiming_normal_'; Name = 'HeNormal' }
        @{ Spelling = 'xavier_uniform'; Name = 'GlorotUniform' }
        @{ Spelling = 'XAVIERUNIFORM'; Name = 'GlorotUniform' }
        @{ Spelling = 'trunc_normal_'; Name = 'TruncatedNormal' }
    ) {
        (Get-Initializer $Spelling).Name | Should -Be $Name
    }

    It 'finds by wildcards in names and spellings' {
        (Get-Initializer 'He*').Name | Should -Be 'HeNormal', 'HeUniform'
        (Get-Initializer '*kaiming*').Name | Should -Be 'HeNormal', 'HeUniform'
    }

    It 'takes names from the pipeline and goes on behind one that is unknown' {
        $result = Get-CommandError { 'Zeros', 'he_norml', 'Ones' | Get-Initializer }
        $result.Output.Name | Should -Be 'Zeros', 'Ones'
        $result.FullId | Should -Be 'UnknownInitializer,InitTools.PowerShell.Commands.GetInitializerCommand'
        $result.Category | Should -Be 'ObjectNotFound'
        $result.Message | Should -Match "did you mean 'HeNormal'"
    }
}
