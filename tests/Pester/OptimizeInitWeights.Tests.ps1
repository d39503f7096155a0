BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $digits = @{ Data = Get-RepositoryPath 'tests/data/digits.csv'; ExcludeColumn = 'digit'; Seed = 1 }
}

Describe 'Optimize-InitWeights' {
    It 'brings every layer of <Activation> to unit variance on real data, as Measure-LayerVariance sees it' -ForEach @(
        @{ Activation = 'relu'; Initializer = 'HeNormal' }
        @{ Activation = 'sigmoid'; Initializer = 'RandomNormal(stddev=1)' }
        @{ Activation = 'gelu'; Initializer = 'RandomUniform(-0.01, 0.01)' }
    ) {
        $stack = @{ Width = (@(64) * 8 + 10); Activation = $Activation; Initializer = $Initializer; Bias = 'Zeros' }
        $weights = New-InitWeights @stack -Seed 3 | Optimize-InitWeights @digits
        foreach ($layer in $weights | Measure-LayerVariance @digits) {
            [Math]::Abs([Math]::Sqrt($layer.PreActivationVariance) - 1) | Should -BeLessThan 1e-3
        }
    }

    It 'brings convolutions to unit variance, by <Way>' -ForEach @(
        @{ Way = 'a file of layers'; Network = { @{ Architecture = Get-RepositoryPath 'docs/architectures/lenet.csv' } }
            Layers = { Import-Csv (Get-RepositoryPath 'docs/architectures/lenet.csv') } }
        @{ Way = 'the shape of an example'; Network = { @{ InputShape = 3, 9, 9 } }; Layers = {
                [pscustomobject] @{ Name = 'a'; Shape = '3x3x3x8' }, [pscustomobject] @{ Name = 'b'; Shape = '3x3x8x4' } } }
    ) {
        $network = & $Network
        $weights = & $Layers | New-InitWeights -Bias 'RandomNormal(stddev=0.1)' -Seed 3 |
            Optimize-InitWeights @network -BatchSize 32 -Seed 1
        $measured = $weights | Measure-LayerVariance @network -BatchSize 32 -Seed 1 | Where-Object FanIn
        $measured.Count | Should -BeGreaterThan 1
        foreach ($layer in $measured) {
            [Math]::Abs([Math]::Sqrt($layer.PreActivationVariance) - 1) | Should -BeLessThan 1e-3
        }
    }

    It 'keeps order, name, shape, layout, element type, activation, seed and biases' {
        $stack = @{ Width = '64,32,10'; Activation = 'tanh'; Layout = 'OI'; DType = 'BFloat16'; Bias = 'LecunNormal' }
        $before = New-InitWeights @stack -Seed 3
        $after = $before | Optimize-InitWeights @digits
        $same = 'Name', 'Shape', 'Layout', 'DType', 'Activation', 'FanIn', 'FanOut', 'Seed', 'Stream', 'Version'
        $after | Select-Object $same | ConvertTo-Json | Should -Be ($before | Select-Object $same | ConvertTo-Json)
        $after[1].Initializer | Should -Be $before[1].Initializer
        $after[0].Initializer | Should -Match '^LSUV\(initializer=GlorotUniform, factor=[\d.]+\)$'
    }

    It 'makes recipes: the same bytes behind <Way>' -ForEach @(
        @{ Way = 'Export-Csv'; Carry = { $input | Export-Csv TestDrive:/w.csv; Import-Csv TestDrive:/w.csv } }
        @{ Way = 'ConvertTo-Json'; Carry = { $input | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'Export-Clixml'; Carry = { $input | Export-Clixml TestDrive:/w.xml; Import-Clixml TestDrive:/w.xml } }
    ) {
        $weights = New-InitWeights -Width 64,32,10 -Initializer kaiming_normal_ -DType Float16 -Seed 3 |
            Optimize-InitWeights @digits
        $weights | & $Carry | New-InitWeights | Get-TensorHash | Should -Be ($weights | Get-TensorHash)
    }

    It 'takes recipes from text and values that a script holds' {
        $row = New-InitWeights -Width 64,8 -Seed 3 | ConvertTo-Csv | ConvertFrom-Csv
        $held = [InitTools.WeightTensor]::FromArray('top.weight', '8x4', [float[]] (1..32))
        $weights = $row, $held | Optimize-InitWeights @digits -Activation tanh
        $weights[1].Initializer | Should -Match '^LSUV\(initializer=FromArray, factor='
        $weights[1].Seed | Should -BeNullOrEmpty
        $factor = [double] ($weights[1].Initializer -replace '.*factor=|\)')
        [Math]::Abs($weights[1][7,3] / (32 * $factor) - 1) | Should -BeLessThan 1e-6
    }

    It 'says what it did' {
        $said = New-InitWeights -Width 64,10 -Initializer HeNormal -Seed 3 |
            Optimize-InitWeights @digits -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }
        "$said" | Should -Match 'layer1: standard deviation 1\.\d+, rescaled 1 times, (1|1\.0000\d+|0\.9999\d+)\.'
    }

    It 'replaces weights by orthonormal ones on request' {
        $weights = New-InitWeights -Width 64,64,10 Zeros -Seed 3 | Optimize-InitWeights @digits -Orthonormal
        $weights.Initializer | Should -Match '^LSUV\(initializer=Orthogonal, factor='
    }

    It 'refuses <Issue>' -ForEach @(
        @{ Issue = 'a layer whose outputs do not vary'; Command = {
                New-InitWeights -Width 64,10 -Initializer Zeros | Optimize-InitWeights @digits }
            Id = 'UnitVarianceOutOfReach'; Category = 'InvalidData'; Mentions = "layer 1 'layer1'" }
        @{ Issue = 'biases that vary more than 1'; Command = {
                New-InitWeights -Width 64,10 -Bias 'RandomNormal(stddev=3)' -Seed 1 | Optimize-InitWeights @digits }
            Id = 'UnitVarianceOutOfReach'; Category = 'InvalidData'; Mentions = 'biases alone' }
        @{ Issue = 'an impossible tolerance'; Command = {
                New-InitWeights -Width 64,10 | Optimize-InitWeights @digits -Tolerance 0 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'tolerance is 0' }
        @{ Issue = 'no attempt'; Command = {
                New-InitWeights -Width 64,10 | Optimize-InitWeights @digits -AttemptLimit 0 }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'attempts is 0' }
        @{ Issue = 'data of another width'; Command = { New-InitWeights -Width 63,10 | Optimize-InitWeights @digits }
            Id = 'ShapeMismatch'; Category = 'InvalidData'; Mentions = '64 input columns' }
        @{ Issue = 'what is no tensor'; Command = { 'layer' | Optimize-InitWeights @digits }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = "'layer' is not a weight tensor" }
        @{ Issue = 'LSUV without a batch'; Command = { New-InitWeights 3,4 LSUV }
            Id = 'InvalidArgument'; Category = 'InvalidArgument'; Mentions = 'Optimize-InitWeights' }
    ) {
        $result = Get-CommandError $Command
        $result.Id | Should -Be $Id
        $result.Category | Should -Be $Category
        $result.Message | Should -Match $Mentions
        $result.Output | Should -BeNullOrEmpty
    }
}
