BeforeDiscovery {
    # Issue: what was wrong; Mentions: what the message must show of the value received and of what is accepted.
    $cases = @(
        @{ Issue = 'a zero dimension'; Command = { New-InitWeights 0,5 }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = 'dimension 0', '1 or more' }
        @{ Issue = 'a negative dimension'; Command = { New-InitWeights '3x-2' }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = 'dimension -2' }
        @{ Issue = 'a shape that is none'; Command = { New-InitWeights 'wide' }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = "'wide'", '784x256' }
        @{ Issue = 'a broken dimension'; Command = { New-InitWeights 1.5,2 }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = '1\.5' }
        @{ Issue = 'a width that is none'; Command = { New-InitWeights -Width '64,x' }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = "'x'" }
        @{ Issue = 'one width'; Command = { Measure-LayerVariance 64 }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = '64', 'two widths' }
        @{ Issue = 'a width of zero'; Command = { Compare-Initializers 64,0,10 }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = "'0'", 'from 1' }
        @{ Issue = 'more elements than 63 bits count'; Command = { New-InitWeights '4000000000x4000000000' }
            Id = 'AllocationTooLarge'; Category = 'LimitsExceeded'; Mentions = '4000000000x4000000000' }
        @{ Issue = 'more elements than memory holds'; Command = { Measure-LayerVariance 1000000,1000000 }
            Id = 'AllocationTooLarge'; Category = 'LimitsExceeded'; Mentions = '1000000000000 weights', 'at most' }
        @{ Issue = 'a rank without fans'; Command = { New-InitWeights 5 HeNormal }
            Id = 'FanUndefined'; Category = 'InvalidArgument'; Mentions = 'HeNormal', 'rank 2 or more' }
        @{ Issue = 'an unknown initializer'; Command = { New-InitWeights 3,4 he_norml }
            Id = 'UnknownInitializer'; Category = 'ObjectNotFound'; Mentions = "'he_norml'", "'HeNormal'" }
        @{ Issue = 'an unknown candidate'; Command = { Compare-Initializers 3,4 -Initializer Zeros, glorot }
            Id = 'UnknownInitializer'; Category = 'ObjectNotFound'; Mentions = "'glorot'" }
        @{ Issue = 'an unknown activation'; Command = { Measure-LayerVariance 3,4 rellu }
            Id = 'UnknownActivation'; Category = 'ObjectNotFound'; Mentions = "'rellu'", "'relu'" }
        @{ Issue = 'an unknown mode'; Command = { New-InitWeights 3,4 HeNormal -Mode fan_inn }
            Id = 'UnknownMode'; Category = 'ObjectNotFound'; Mentions = "'fan_inn'", "'fan_in'" }
        @{ Issue = 'an unknown distribution'; Command = { New-InitWeights 3,4 HeNormal -Distribution gauss }
            Id = 'UnknownDistribution'; Category = 'ObjectNotFound'; Mentions = "'gauss'", 'truncated_normal' }
        @{ Issue = 'an unknown layout'; Command = { New-InitWeights 3,4 -Layout OHWI }
            Id = 'UnknownLayout'; Category = 'ObjectNotFound'; Mentions = "'OHWI'", 'IO, OI' }
        @{ Issue = 'an unknown element type'; Command = { New-InitWeights 3,4 -DType float33 }
            Id = 'UnknownDType'; Category = 'ObjectNotFound'; Mentions = "'float33'", "'Float32'" }
        @{ Issue = 'an unknown convention'; Command = { New-InitWeights 3,4 -Convention Kera }
            Id = 'UnknownConvention'; Category = 'ObjectNotFound'; Mentions = "'Kera'", "'Keras'" }
        @{ Issue = 'an unknown standardization'
            Command = { Measure-LayerVariance 64,4 -Data $digits -Standardize Globally }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = "'Globally'", "'Global'" }
        @{ Issue = 'an unknown precision'; Command = { Measure-LayerVariance 64,4 -Precision Triple }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = "'Triple'", 'Single, Double' }
        @{ Issue = 'a malformed expression'; Command = { New-InitWeights 3,4 'RandomNormal(stddev=0.1' }
            Id = 'MalformedExpression'; Category = 'InvalidArgument'; Mentions = 'position 24' }
        @{ Issue = 'an argument that the initializer does not have'; Command = { New-InitWeights 3,4 Zeros -StdDev 1 }
            Id = 'UnknownArgument'; Category = 'InvalidArgument'; Mentions = 'stddev', 'none' }
        @{ Issue = 'a seed within an expression'; Command = { New-InitWeights 3,4 'HeNormal(seed=1)' }
            Id = 'UnknownArgument'; Category = 'InvalidArgument'; Mentions = 'seed' }
        @{ Issue = 'a negative standard deviation'; Command = { New-InitWeights 3,4 RandomNormal -StdDev -1 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'stddev is -1', '0 or more' }
        @{ Issue = 'a minimum above the maximum'; Command = { New-InitWeights 3,4 RandomUniform -Minimum 2 -Maximum 1 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = '2', '1' }
        @{ Issue = 'NaN'; Command = { New-InitWeights 3,4 RandomNormal -StdDev ([double]::NaN) }
            Id = 'NonFiniteValue'; Category = 'InvalidArgument'; Mentions = 'stddev', 'finite' }
        @{ Issue = 'infinity'; Command = { New-InitWeights 3,4 Constant -Value ([double]::PositiveInfinity) }
            Id = 'NonFiniteValue'; Category = 'InvalidArgument'; Mentions = 'value', 'finite' }
        @{ Issue = 'a broken seed'; Command = { New-InitWeights 3,4 -Seed 1.5 }
            Id = 'InvalidSeed'; Category = 'InvalidArgument'; Mentions = "'1.5'", 'whole number' }
        @{ Issue = 'a seed beyond 64 bits'; Command = { New-InitWeights 3,4 -Seed 18446744073709551616 }
            Id = 'InvalidSeed'; Category = 'InvalidArgument'; Mentions = '18446744073709551616', '2\^64-1' }
        @{ Issue = 'a seed that is no number'; Command = { Measure-LayerVariance 3,4 -Seed '1,5' }
            Id = 'InvalidSeed'; Category = 'InvalidArgument'; Mentions = "'1,5'" }
        @{ Issue = 'no seed'; Command = { Compare-Initializers 3,4 -Seed $null }
            Id = 'InvalidSeed'; Category = 'InvalidArgument'; Mentions = "''" }
        @{ Issue = 'one fan of two'; Command = { New-InitWeights 5 HeNormal -FanIn 3 }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = 'FanIn', 'FanOut' }
        @{ Issue = 'a slice outside the tensor'; Command = { New-InitWeights 3,4 -Offset 12 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'Offset 12', '0 to 11' }
        @{ Issue = 'a layer without widths'; Command = { @{ Name = 'fc1' } | New-InitWeights }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = "'fc1'", 'FanIn and FanOut' }
        @{ Issue = 'no layer'; Command = { 17 | New-InitWeights }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = "'17'", 'not a layer' }
        @{ Issue = 'a width of text that PowerShell would read as another number'
            Command = { [pscustomobject] @{ FanIn = '1,5'; FanOut = 2 } | New-InitWeights }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = "'1,5'" }
        @{ Issue = 'layers that do not chain'
            Command = { @(New-InitWeights 3,4 -Name a; New-InitWeights 5,6 -Name b) | Measure-LayerVariance }
            Id = 'LayerMismatch'; Category = 'InvalidData'; Mentions = "'a'", "'b'", '5 inputs', 'puts out 4' }
        @{ Issue = 'a layer of rank 4'; Command = { New-InitWeights 3,3,4,4 -Seed 1 | Measure-LayerVariance }
            Id = 'InvalidShape'; Category = 'InvalidArgument'; Mentions = '3x3 over 4 channels', 'InputShape' }
        @{ Issue = 'a bias without a weight'
            Command = { New-InitWeights -Width 3,4 -Bias zeros | Select-Object -Last 1 | Measure-LayerVariance }
            Id = 'LayerMismatch'; Category = 'InvalidData'; Mentions = 'layer1.bias', 'layer1.weight' }
        @{ Issue = 'data of another width'; Command = { Measure-LayerVariance 63,4 -Data $digits -ExcludeColumn digit }
            Id = 'ShapeMismatch'; Category = 'InvalidData'; Mentions = '64', '63' }
        @{ Issue = 'a cell that is no number'; Command = { Measure-LayerVariance 2,4 -Data TestDrive:/bad.csv }
            Id = 'InvalidCell'; Category = 'InvalidData'; Mentions = 'Row 2', "'b'", "'1;5'" }
        @{ Issue = 'a cell of text that PowerShell would read as another number'
            Command = { Measure-LayerVariance 2,4 -Data ([pscustomobject] @{ a = 1; b = '1,5' }) }
            Id = 'InvalidCell'; Category = 'InvalidData'; Mentions = 'Row 1', "'b'", "'1,5'" }
        @{ Issue = 'a missing cell'
            Command = { Measure-LayerVariance 2,4 -Data @{ a = 1; b = 2 }, @{ a = 1 } }
            Id = 'InvalidCell'; Category = 'InvalidData'; Mentions = 'Row 2', "'b'" }
        @{ Issue = 'a file without rows'; Command = { Measure-LayerVariance 2,4 -Data TestDrive:/empty.csv }
            Id = 'EmptyBatch'; Category = 'InvalidData'; Mentions = 'no rows' }
        @{ Issue = 'no objects'; Command = { Measure-LayerVariance 2,4 -Data @() }
            Id = 'EmptyBatch'; Category = 'InvalidData'; Mentions = 'no rows' }
        @{ Issue = 'an empty batch'
            Command = { Measure-LayerVariance 64,4 -Data $digits -ExcludeColumn digit -BatchSize 0 }
            Id = 'EmptyBatch'; Category = 'InvalidData'; Mentions = '0' }
        @{ Issue = 'more rows than there are'
            Command = { Measure-LayerVariance 64,4 -Data $digits -ExcludeColumn digit -BatchSize 1798 }
            Id = 'BatchTooLarge'; Category = 'InvalidData'; Mentions = '1798', '1797' }
        @{ Issue = 'a missing file'; Command = { Measure-LayerVariance 64,4 -Data TestDrive:/nothing.csv }
            Id = 'InvalidFile'; Category = 'ObjectNotFound'; Mentions = 'nothing.csv', 'no such file' }
        @{ Issue = 'a file of another kind'; Command = { Measure-LayerVariance 64,4 -Data TestDrive:/notes.txt }
            Id = 'InvalidFile'; Category = 'InvalidData'; Mentions = '\.txt', '\.npy' }
        @{ Issue = 'a malformed file'; Command = { Measure-LayerVariance 64,4 -Data TestDrive:/bad.npy }
            Id = 'InvalidFile'; Category = 'InvalidData'; Mentions = 'byte 0' }
        @{ Issue = 'a column to exclude that is not there'
            Command = { Measure-LayerVariance 64,4 -Data $digits -ExcludeColumn dgit }
            Id = 'ColumnNotFound'; Category = 'ObjectNotFound'; Mentions = "'dgit'", "'digit'" }
        @{ Issue = 'a column to exclude without data'; Command = { Measure-LayerVariance 64,4 -ExcludeColumn digit }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = '-Data' }
        @{ Issue = 'data and a law to draw them from'
            Command = { Measure-LayerVariance 64,4 -Data $digits -ExcludeColumn digit -InputDistribution Ones }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = @() }
        @{ Issue = 'a missing target'; Command = { Compare-Initializers 64,10 -Data $digits -Target digits -Train }
            Id = 'ColumnNotFound'; Category = 'ObjectNotFound'; Mentions = "'digits'", "'digit'" }
        @{ Issue = 'training without a target'
            Command = { Compare-Initializers 64,10 -Data $digits -ExcludeColumn digit -Train }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = @() }
        @{ Issue = 'a label out of range'
            Command = { Compare-Initializers 64,9 -Data $digits -Target digit -Train -EpochCount 1 }
            Id = 'LabelOutOfRange'; Category = 'InvalidData'; Mentions = '9', '0 to 8' }
        @{ Issue = 'a way to train without -Train'; Command = { Compare-Initializers 64,10 -LearningRate 0.1 }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = '-LearningRate', '-Train' }
        @{ Issue = 'no seeds'; Command = { Compare-Initializers 64,10 -SeedCount 0 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = '0' }
        @{ Issue = 'no epoch'; Command = { Compare-Initializers 64,10 -Data $digits -Target digit -Train -EpochCount 0 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = '0' }
        @{ Issue = 'a learning rate that is negative'
            Command = { Compare-Initializers 64,10 -Data $digits -Target digit -Train -LearningRate -1 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = '-1' }
        @{ Issue = 'a threshold that is none'; Command = { Measure-LayerVariance 64,4 -StackFactor 1 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'StackFactor', 'above 1' }
        @{ Issue = 'a number of threads that is none'; Command = { Measure-LayerVariance 64,4 -ThrottleLimit 0 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'ThrottleLimit is 0' }
        @{ Issue = 'a recipe of another version'
            Command = {
                New-InitWeights 2,3 -Seed 1 | Select-Object * | ForEach-Object { $_.Version = 2; $_ } | New-InitWeights
            }
            Id = 'UnsupportedVersion'; Category = 'InvalidData'; Mentions = 'version 2', 'version 1' }
        @{ Issue = 'a recipe and a seed as well'; Command = { New-InitWeights 2,3 -Seed 1 | New-InitWeights -Seed 2 }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = 'layer1.weight', '-Seed' }
        @{ Issue = 'a recipe and an initializer as well'
            Command = { New-InitWeights 2,3 -Seed 1 | New-InitWeights -Initializer Ones }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = '-Initializer' }
        @{ Issue = 'a weight to measure and an initializer as well'
            Command = { New-InitWeights 2,3 -Seed 1 | Measure-LayerVariance -Initializer Ones }
            Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = '-Initializer', 'layer1.weight' }
        @{ Issue = 'a recipe with a part missing'
            Command = { [pscustomobject] @{ Seed = 1; Stream = 's'; Version = 1; Name = 'a' } | New-InitWeights }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'Initializer', 'missing' }
    )
}

Describe 'Bad input' {
    BeforeAll {
        Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
        Import-InitTools
        $digits = Get-RepositoryPath 'tests/data/digits.csv'
        Set-Content TestDrive:/bad.csv -Value "a,b`n1,2`n3,1;5"
        Set-Content TestDrive:/empty.csv -Value 'a,b'
        Set-Content TestDrive:/notes.txt -Value 'a,b'
        Set-Content TestDrive:/bad.npy -Value 'not a NumPy file'
    }

    It 'is one clear error with a stable id: <Issue> is <Id>' -ForEach $cases {
        $result = Get-CommandError $Command
        $result.Error | Should -HaveCount 1
        $result.Id | Should -Be $Id
        $result.FullId | Should -Match '^\w+,InitTools\.PowerShell\.Commands\.\w+Command$'
        $result.Category | Should -Be $Category
        foreach ($text in $Mentions) { $result.Message | Should -Match $text }
        $result.Output | Should -HaveCount 0
    }

    It 'is the values of a tensor that no memory holds, whose recipe is sound' {
        $tensor = New-InitWeights 1000000,1000000 -Seed 1
        $tensor.Count | Should -Be 1000000000000
        { $tensor.ToArray() } | Should -Throw -ExpectedMessage '*1000000000000 elements*' -ErrorId 'InitToolsException'
    }

    It 'is refused by the binder where data are $null, as of a variable that was never set' {
        $result = Get-CommandError { Measure-LayerVariance 3,4 -Data $null }
        $result.Id | Should -Be 'ParameterArgumentValidationError'
        $result.Output | Should -HaveCount 0
    }

    It 'is refused by the binder where a number is none: <Parameter> <Value>' -ForEach @(
        @{ Parameter = 'StdDev'; Value = '1,5' }
        @{ Parameter = 'StdDev'; Value = 'wide' }
        @{ Parameter = 'Offset'; Value = 1.5 }
        @{ Parameter = 'Count'; Value = '1,000' }
    ) {
        $arguments = @{ $Parameter = $Value }
        $result = Get-CommandError { New-InitWeights 30,40 RandomNormal @arguments }
        $result.Id | Should -Be 'ParameterArgumentTransformationError'
        $result.Message | Should -Match ([regex]::Escape("$Value"))
        $result.Output | Should -HaveCount 0
    }

    It 'ends the script under $ErrorActionPreference = Stop' {
        { & { $ErrorActionPreference = 'Stop'; @{ FanIn = 0; FanOut = 1 }, @{ FanIn = 1; FanOut = 1 } | New-InitWeights } } |
            Should -Throw -ErrorId 'InvalidShape,InitTools.PowerShell.Commands.NewInitWeightsCommand'
    }

    It 'is a kernel that no machine has, where one is forced' {
        $env:INITTOOLS_KERNEL = 'avx1024'
        try {
            Invoke-PowerShell 'Import-Module $module; try { New-InitWeights 3,4 } catch { $_.FullyQualifiedErrorId; "$_" }' |
                Should -Match "KernelUnavailable,|'avx1024'.*scalar"
        }
        finally {
            $env:INITTOOLS_KERNEL = $null
        }
    }

    It 'has the offending value for its target, not a list' {
        (Get-CommandError { New-InitWeights 3,4 -Seed 1.5 }).Error[0].TargetObject | Should -Be '1.5'
        (Get-CommandError { New-InitWeights 3,4 he_norml }).Error[0].TargetObject | Should -Be 'he_norml'
    }
}
