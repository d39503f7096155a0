BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    $page = Join-Path $PSScriptRoot '../../docs/architectures.md'
    $examples = @(Get-DocumentedExample $page)
    $files = @(Get-ChildItem (Join-Path $PSScriptRoot '../../docs/architectures') | ForEach-Object {
            @{ File = $_.Name; Text = Get-Content -Raw $_.FullName; Page = Get-Content -Raw $page }
        })
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $lenet = Get-RepositoryPath 'docs/architectures/lenet.csv'
    $transformer = Get-RepositoryPath 'docs/architectures/transformer-ffn.json'
}

Describe 'docs/architectures.md' {
    It 'prints what it says: the example at line <Line>' -ForEach $examples {
        Invoke-Example $Code -Location (Get-RepositoryPath '.') | Should -BeExactly $Output
    }

    It 'shows <File> as it is' -ForEach $files {
        $Page.Contains($Text) | Should -BeTrue
    }
}

Describe 'Layers of other kinds' {
    It 'are the same as a file, as rows of Import-Csv and as objects of JSON' {
        $file = Measure-LayerVariance -Architecture $lenet -BatchSize 8 -Seed 1
        $rows = Import-Csv $lenet | Measure-LayerVariance -BatchSize 8 -Seed 1
        $json = Import-Csv $lenet | ConvertTo-Json | ConvertFrom-Json | Measure-LayerVariance -BatchSize 8 -Seed 1
        $file.Kind | Should -Be Convolution, AveragePool, Convolution, AveragePool, Flatten, Dense, Dense, Dense
        $file.OutputShape | Should -Be 6x28x28, 6x14x14, 16x10x10, 16x5x5, 400, 120, 84, 10
        foreach ($other in $rows, $json) {
            $other.PreActivationSecondMoment | Should -Be $file.PreActivationSecondMoment
            $other.GradientVariance | Should -Be $file.GradientVariance
        }
    }

    It 'take weights of their own, in either layout' {
        $expected = Import-Csv $lenet | Measure-LayerVariance -Bias Zeros -BatchSize 8 -Seed 1
        $weights = Import-Csv $lenet | New-InitWeights -Bias Zeros -Seed 1
        $weights.Count | Should -Be 10
        foreach ($tensors in $weights, ($weights | ForEach-Object { $_.GetShape().Rank -gt 1 ? $_.WithLayout('OI') : $_ })) {
            $layers = $tensors | Measure-LayerVariance -Architecture $lenet -BatchSize 8 -Seed 1
            $layers.PreActivationSecondMoment | Should -Be $expected.PreActivationSecondMoment

            # The same numbers in another order, of which the moments are rounded otherwise.
            [Math]::Abs($layers.WeightGradientVariance[0] / $expected[0].WeightGradientVariance - 1) |
                Should -BeLessThan 1e-12
        }
    }

    It 'have the figures that PyTorch has of its own checkpoint: <_>' -ForEach lenet, feed-forward {
        $file = Get-RepositoryPath "tests/data/networks/$_"
        $layers = Import-InitWeights "$file.npz" -Layout OI |
            Measure-LayerVariance -Architecture "$file.csv" -Layout OI `
            -Data "$file-batch.npy" -Standardize None -OutputGradient "$file-gradient.npy"
        $expected = Import-Csv "$file-figures.csv"
        $layers.Name | Should -Be $expected.Name
        for ($l = 0; $l -lt $layers.Count; $l++) {
            foreach ($figure in 'PreActivationVariance', 'ActivationVariance', 'GradientVariance') {
                [Math]::Abs($layers[$l].$figure / [double] $expected[$l].$figure - 1) | Should -BeLessThan 1e-5
            }
        }
    }

    It 'have ones and zeros where they normalize' {
        $layers = Get-Content -Raw $transformer | ConvertFrom-Json
        $weights = $layers | New-InitWeights -Map '*.weight=HeNormal', 'norm2.weight=Constant(0.5)', '*=Zeros' -Seed 1
        $weights.Count | Should -Be 10
        ($weights | Where-Object Name -like norm*).ForEach({ "$($_.Name) $($_.Shape) $($_.Initializer)" }) |
            Should -Be @(
            'norm1.weight 64 Ones', 'norm1.bias 64 Zeros', 'norm2.weight 64 Constant(value=0.5)',
            'norm2.bias 64 Zeros', 'norm3.weight 64 Ones', 'norm3.bias 64 Zeros')
        ($weights | Where-Object Name -like *p*).Initializer | Select-Object -Unique | Should -Be HeNormal

        $measured = $weights | Measure-LayerVariance -Architecture $transformer -BatchSize 4 -Seed 1
        [Math]::Abs(($measured | Where-Object Name -eq norm2).PreActivationRms - 0.5) | Should -BeLessThan 1e-4
        foreach ($rule in 'TorchLinear', 'KerasDense', 'FlaxDense', 'MuP(base=32)') {
            ($layers | New-InitWeights -Parameterization $rule -Seed 1 | Where-Object Name -like norm1*).Initializer |
                Should -Be Ones, Zeros
        }

        { $layers | Select-Object -Skip 1 | New-InitWeights -Seed 1 -ErrorAction Stop } |
            Should -Throw "*channels the normalization 'norm1' has*kind Input*"
    }

    It 'have their own initializer, bias, activation' {
        $layers = @{ FanIn = 4; FanOut = 3; Initializer = 'Ones'; Bias = 'Constant(2)'; Activation = 'tanh' },
            @{ Kind = 'LayerNorm' }, @{ FanIn = 3; FanOut = 2 } |
            ForEach-Object { [pscustomobject] $_ } |
            Measure-LayerVariance -Initializer Zeros -InputDistribution 'Constant(1)' -Seed 1
        $layers.Name | Should -Be layer1, layer2, layer3
        $layers[0].PreActivationMean | Should -Be 6
        $layers.Activation | Should -Be tanh, linear, relu
        $layers.Initializer | Should -Be 'Ones', 'Ones', 'Zeros'
    }

    It 'leave figures empty that they do not have' {
        $layers = Measure-LayerVariance -Architecture $lenet -BatchSize 8 -Seed 1
        $pool = $layers | Where-Object Name -eq pool1
        $pool.FanIn, $pool.WeightVariance, $pool.WeightGradientVariance, $pool.DistinctUnits,
            $pool.ExpectedSecondMoment | Should -Be $null, $null, $null, $null, $null
        $pool.UnitCount | Should -Be 6
        ($layers | Where-Object Name -eq conv2).DistinctUnits | Should -Be 16
    }

    It 'normalize to second moment 1 at every position' {
        $layers = Measure-LayerVariance -Architecture $transformer -BatchSize 4 -Seed 1
        ($layers | Where-Object Kind -eq LayerNormalization).PreActivationSecondMoment |
            ForEach-Object { $_ | Should -BeGreaterThan 0.9999; $_ | Should -BeLessOrEqual 1 }
    }
}

Describe 'Layers that do not fit' {
    It 'name <Case>' -ForEach @(
        @{ Case = 'a layer that takes another shape'; Pattern = "*'fc'*16x4x4*Flatten*"; Layers = @(
                @{ Kind = 'Input'; Shape = '3x4x4' }, @{ Shape = '1x1x3x16' }, @{ Name = 'fc'; FanIn = 256; FanOut = 2 }) }
        @{ Case = 'channels'; Pattern = "*3x3 over 4 channels*3x8x8*"; Layers = @(
                @{ Kind = 'Input'; Shape = '3x8x8' }, @{ Shape = '3x3x4x16' }) }
        @{ Case = 'a window that is too large'; Pattern = "*no larger than the padded positions*"; Layers = @(
                @{ Kind = 'Input'; Shape = '3x2x2' }, @{ Shape = '5x5x3x16' }) }
        @{ Case = 'a skip of another shape'; Pattern = "*'b' puts out 5, and the skip from 'a'*has 4*"; Layers = @(
                @{ Name = 'a'; FanIn = 3; FanOut = 4 }, @{ Name = 'b'; FanIn = 4; FanOut = 5; Skip = 'a' }) }
        @{ Case = 'a skip from nowhere'; Pattern = "*skips from 'c'*earlier layer*"; Layers = @(
                @{ Name = 'a'; FanIn = 3; FanOut = 4 }, @{ Name = 'b'; FanIn = 4; FanOut = 4; Skip = 'c' }) }
        @{ Case = 'an unknown shape of the input'; Pattern = '*the shape of the input does not follow*'; Layers = @(
                @{ Shape = '3x3x4x16' }, @{ Kind = 'Flatten' }) }
        @{ Case = 'an input that does not stand first'; Pattern = '*Input, which stands first*'; Layers = @(
                @{ FanIn = 3; FanOut = 4 }, @{ Kind = 'Input'; Shape = '3' }) }
        @{ Case = 'a kind that is none'; Pattern = "*'Dens'*'Dense'*"; Layers = @(
                @{ Kind = 'Dens'; FanIn = 3; FanOut = 4 }, @{ Kind = 'Flatten' }) }
        @{ Case = 'a property of another kind'; Pattern = "*Flatten*Stride '2'*Convolution*"; Layers = @(
                @{ FanIn = 3; FanOut = 4 }, @{ Kind = 'Flatten'; Stride = 2 }) }
    ) {
        $objects = $Layers | ForEach-Object { [pscustomobject] $_ }
        { $objects | Measure-LayerVariance -Seed 1 -ErrorAction Stop } | Should -Throw -ExpectedMessage $Pattern
    }

    It 'name a column of a file that layers do not have' {
        Set-Content TestDrive:/net.csv "Name,FanIn,FanOut,Strid`na,3,4,1"
        { Measure-LayerVariance -Architecture TestDrive:/net.csv } | Should -Throw "*'Strid'*'Stride'*"
    }

    It 'list weights that are missing, too many or mis-shaped' {
        $weights = Import-Csv $lenet | New-InitWeights -Seed 1 | Where-Object Name -ne fc2.weight
        $weights += New-InitWeights 3,3 -Name other
        $weights[0] = New-InitWeights 3,3,1,6 -Name conv1
        $weights += New-InitWeights 7 Zeros -Name fc1.bias
        $problem = $null
        try { $weights | Measure-LayerVariance -Architecture $lenet } catch { $problem = $_ }
        $problem.FullyQualifiedErrorId | Should -BeLike 'LayerMismatch*'
        $lines = $problem.Exception.Message -split "`n"
        $lines[0] | Should -BeLike 'The weights do not match the architecture*'
        $lines[1] -split '\s+' | Should -Be problem, tensor, expected, given
        @($lines[2..5] | ForEach-Object { ($_ -split '\s+') -join ' ' } | Sort-Object) | Should -Be @(
            'extra other.weight none 3x3'
            'mis-shaped conv1.weight 5x5x1x6 3x3x1x6'
            'mis-shaped fc1.bias 120 7'
            'missing fc2.weight 120x84 none')
    }
}
