BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
}

Describe 'Get-Initializer' {
    It 'lists the whole catalogue by name' {
        $names = (Get-Initializer | Where-Object Kind -EQ Initializer).Name
        $names | Should -Be ([string[]] ($names | Sort-Object))
        'Constant', 'GlorotNormal', 'GlorotUniform', 'HeNormal', 'HeUniform', 'LecunNormal', 'LecunUniform', 'Ones',
        'RandomNormal', 'RandomUniform', 'TruncatedNormal', 'VarianceScaling', 'Zeros' | Should -BeIn $names
    }

    It 'fills every column but the limit, which a normal law does not have' {
        foreach ($initializer in Get-Initializer | Where-Object Kind -EQ Initializer) {
            foreach ($property in $initializer.PSObject.Properties | Where-Object Name -In 'Name', 'Kind', 'Aliases',
                'Formula', 'Variance', 'StdDev', 'Purpose', 'Reference') {
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

    It 'lists the parameterizations behind the initializers' {
        $parameterizations = Get-Initializer | Where-Object Kind -EQ Parameterization
        'GPT2', 'DeepNorm', 'Fixup', 'MuP', 'KerasDense', 'TorchLinear', 'FlaxDense' |
            Should -BeIn $parameterizations.Name
        (Get-Initializer gpt2).Formula | Should -Match 'sqrt|2 layers'
    }

    It 'fills in the figures of a shape' {
        $he = Get-Initializer he_uniform -Shape 784,256
        $he.FanIn, $he.FanOut | Should -Be 784, 256
        [Math]::Abs($he.ShapeVariance - 2 / 784) | Should -BeLessThan 1e-15
        [Math]::Abs($he.ShapeStdDev - 0.0505076272) | Should -BeLessThan 1e-9
        [Math]::Abs($he.ShapeLimit - 0.0874817765) | Should -BeLessThan 1e-9
    }

    It 'orders by theory: <First> is best for <Activation> over <Depth> layers' -ForEach @(
        @{ Activation = 'relu'; Depth = 30; First = 'He*'; SecondMoment = 2; Gradient = 1 }
        @{ Activation = 'selu'; Depth = 30; First = 'Lecun*|Glorot*|VarianceScaling'; SecondMoment = 1; Gradient = 7.955676 }
        @{ Activation = 'tanh'; Depth = 30; First = 'He*'; SecondMoment = 0.6179648; Gradient = 8.725326 }
    ) {
        $list = Get-Initializer -Activation $Activation -Depth $Depth | Where-Object Kind -EQ Initializer
        @($First -split '\|' | Where-Object { $list[0].Name -like $_ }).Count | Should -Be 1 -Because $list[0].Name
        [Math]::Abs($list[0].SecondMoment / $SecondMoment - 1) | Should -BeLessThan 1e-6
        [Math]::Abs($list[0].GradientFactor / $Gradient - 1) | Should -BeLessThan 1e-6
        $list[0].Reason | Should -Match "$Depth layers of $Activation"
        $deviations = @($list.Deviation | Where-Object { $null -ne $_ })
        $deviations | Should -Be ($deviations | Sort-Object)
    }

    It 'takes names from the pipeline and goes on behind one that is unknown' {
        $result = Get-CommandError { 'Zeros', 'he_norml', 'Ones' | Get-Initializer }
        $result.Output.Name | Should -Be 'Zeros', 'Ones'
        $result.FullId | Should -Be 'UnknownInitializer,InitTools.PowerShell.Commands.GetInitializerCommand'
        $result.Category | Should -Be 'ObjectNotFound'
        $result.Message | Should -Match "did you mean 'HeNormal'"
    }
}
