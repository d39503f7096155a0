BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $digits = Get-RepositoryPath 'tests/data/digits.csv'
}

Describe 'Measure-LayerVariance' {
    Context 'binding' {
        It 'measures the stack of -Width, one object per layer' {
            $layers = Measure-LayerVariance 64,32,10 tanh -Initializer GlorotNormal -Seed 1
            $layers.Layer | Should -Be 1, 2
            $layers.Name | Should -Be 'layer1', 'layer2'
            $layers.FanIn | Should -Be 64, 32
            $layers.FanOut | Should -Be 32, 10
            $layers.Activation | Should -Be 'tanh', 'tanh'
            $layers.Initializer | Should -Be 'GlorotNormal', 'GlorotNormal'
        }

        It 'has relu and GlorotUniform where nothing else is said' {
            $layer = Measure-LayerVariance 8,4 -Seed 1
            $layer.Activation | Should -Be 'relu'
            $layer.Initializer | Should -Be 'GlorotUniform'
        }

        It 'takes data as <Case>' -ForEach @(
            @{ Case = 'the path of a CSV file'; Data = { $digits } }
            @{ Case = 'a path with wildcards'; Data = { $digits.Replace('digits.csv', 'dig*.csv') } }
            @{ Case = 'a file'; Data = { Get-Item $digits } }
            @{ Case = 'the rows of Import-Csv'; Data = { Import-Csv $digits } }
        ) {
            $expected = Measure-LayerVariance 64,16 -Data $digits -ExcludeColumn digit -Seed 4
            $measured = Measure-LayerVariance 64,16 -Data (& $Data) -ExcludeColumn DIGIT -Seed 4
            $measured.PreActivationVariance | Should -Be $expected.PreActivationVariance
            $measured.GradientVariance | Should -Be $expected.GradientVariance
        }

        It 'takes data from TestDrive:, relative to Get-Location' {
            Copy-Item $digits TestDrive:/digits.csv
            Push-Location TestDrive:/
            try {
                (Measure-LayerVariance 64,16 -Data digits.csv -ExcludeColumn digit -Seed 4).Layer | Should -Be 1
            }
            finally {
                Pop-Location
            }
        }

        It 'takes lists and two-dimensional arrays' {
            $array = [double[, ]]::new(3, 2)
            $rows = @(, @(1.5, 2)), @(, @(-3, 4)), @(, @(5, 6)) | ForEach-Object { , @($_[0]) }
            $value = 1.5, 2, -3, 4, 5, 6
            for ($i = 0; $i -lt 6; $i++) { $array[[int][Math]::Floor($i / 2), ($i % 2)] = $value[$i] }
            $objects = @{ a = '1.5'; b = 2 }, @{ a = -3; b = '4' }, @{ a = 5; b = 6 } |
                ForEach-Object { [pscustomobject] @{ a = $_.a; b = $_.b } }
            $expected = (Measure-LayerVariance 2,3 -Data $objects -Seed 1).PreActivationVariance
            (Measure-LayerVariance 2,3 -Data $array -Seed 1).PreActivationVariance | Should -Be $expected
            (Measure-LayerVariance 2,3 -Data $rows -Seed 1).PreActivationVariance | Should -Be $expected
        }

        It 'refuses data that are not finite, counted and named, unless they are allowed: <Case>' -ForEach @(
            @{ Case = 'objects'; Data = { [pscustomobject] @{ a = 'nan'; b = 1 }, [pscustomobject] @{ a = 2; b = '-inf' } } }
            @{ Case = 'a matrix'; Data = {
                    $matrix = [double[, ]]::new(2, 2)
                    $matrix[0, 0], $matrix[0, 1], $matrix[1, 0], $matrix[1, 1] =
                        [double]::NaN, 1, 2, [double]::NegativeInfinity
                    , $matrix } }
            @{ Case = 'a file'; Data = { Set-Content TestDrive:/nan.csv "a,b`nnan,1`n2,-inf"; 'TestDrive:/nan.csv' } }
        ) {
            $rows = & $Data
            { Measure-LayerVariance 2,3 -Data $rows -Seed 1 } |
                Should -Throw '*Row 1*NaN*' -ErrorId 'InvalidCell*'
            $layer = Measure-LayerVariance 2,3 -Data $rows -AllowNonFinite -Seed 1
            $layer.Verdict | Should -Be NonFinite
            $layer.FirstNonFiniteLayer | Should -Be 1
        }

        It 'says what -AllowNonFinite is for' {
            { Measure-LayerVariance 2,3 -AllowNonFinite } | Should -Throw '*they need -Data*'
        }

        It 'takes the gradient of the output' {
            $data = [pscustomobject] @{ a = 1; b = 2 }, [pscustomobject] @{ a = 2; b = -1 }
            $gradient = [pscustomobject] @{ y = 0.5 }, [pscustomobject] @{ y = -0.5 }
            $layer = Measure-LayerVariance 2,1 linear -Data $data -Standardize None -OutputGradient $gradient -Seed 1
            $layer.GradientVariance | Should -Be 0.25
        }
    }

    Context 'results' {
        It 'shows the lecture''s example: 250 ones through N(0, 1) have variance 250, and sigmoid saturates' {
            $ones = @{ InputDistribution = 'Constant(1)'; BatchSize = 1 }
            $layer = Measure-LayerVariance 250,100000 sigmoid -Initializer 'RandomNormal(stddev=1)' @ones -Seed 1
            # 5 standard errors over 100000 units: sqrt(2/n) of the variance, sqrt(p(1-p)/n) of the share.
            [Math]::Abs($layer.PreActivationVariance / 250 - 1) | Should -BeLessThan (5 * [Math]::Sqrt(2 / 100000))
            $standardError = [Math]::Sqrt(0.7713 * 0.2287 / 100000)
            [Math]::Abs($layer.SaturatedFraction - 0.771341) | Should -BeLessThan (5 * $standardError)
            $layer.PerUnitVariance | Should -BeNullOrEmpty
            $layer.Verdict | Should -Be 'Saturated'
            $layer.Reason | Should -Match '77\.\d %'
        }

        It 'has one more reason to prefer He behind relu: its second moment stays, Glorot''s halves' {
            $stack = @{ Width = @(64) * 11; Activation = 'relu'; Data = $digits; ExcludeColumn = 'digit'; Seed = 1 }
            $he = Measure-LayerVariance @stack -Initializer HeNormal
            $glorot = Measure-LayerVariance @stack -Initializer GlorotNormal
            $he[-1].Verdict | Should -Be 'Healthy'
            $glorot[-1].Verdict | Should -Be 'Vanishing'
            $ratio = $glorot[-1].ExpectedSecondMoment / $glorot[0].ExpectedSecondMoment
            [Math]::Abs($ratio * [Math]::Pow(2, 9) - 1) | Should -BeLessThan 1e-12
            [Math]::Abs($he[-1].ExpectedSecondMoment / $he[0].ExpectedSecondMoment - 1) | Should -BeLessThan 1e-12
        }

        It 'calls zeros and constants symmetric; gradients of hidden zeros are zero with tanh, not with sigmoid' {
            $tanh = Measure-LayerVariance 64,32,32,10 tanh -Initializer Zeros -Seed 1
            $tanh[0].Verdict | Should -Be 'Symmetric'
            $tanh[0].WeightGradientVariance | Should -Be 0
            $sigmoid = Measure-LayerVariance 64,32,10 sigmoid -Initializer Zeros -Seed 1
            $sigmoid[1].WeightGradientVariance | Should -BeGreaterThan 0
            $sigmoid[0].DistinctUnits | Should -Be 1
            (Measure-LayerVariance 64,32,10 relu -Initializer 'Constant(0.5)' -Seed 1)[0].Verdict |
                Should -Be 'Symmetric'
        }

        It 'moves its verdict with the thresholds' {
            $relu = @{ Width = 64, 64, 64, 64; Activation = 'relu'; Initializer = 'LecunNormal'; Seed = 1 }
            (Measure-LayerVariance @relu)[0].Verdict | Should -Be 'Healthy'
            (Measure-LayerVariance @relu -StackFactor 2)[0].Verdict | Should -Be 'Vanishing'
            (Measure-LayerVariance @relu -LayerFactor 1.2)[0].Verdict | Should -Be 'Vanishing'
            $tanh = @{ Width = 64, 64; Activation = 'tanh'; Initializer = 'RandomNormal(stddev=0.3)'; Seed = 1 }
            (Measure-LayerVariance @tanh -SaturatedFraction 0.9).Verdict | Should -Be 'Healthy'
            (Measure-LayerVariance @tanh -SaturatedFraction 0.1).Verdict | Should -Be 'Saturated'
        }

        It 'has the same figures whatever -ThrottleLimit says' {
            $stack = @{ Width = 64, 128, 10; Data = $digits; ExcludeColumn = 'digit'; Seed = 4 }
            $one = Measure-LayerVariance @stack -ThrottleLimit 1 | ConvertTo-Json
            $two = Measure-LayerVariance @stack -ThrottleLimit 2 | ConvertTo-Json
            $two | Should -Be $one
        }

        It 'keeps a stack finite in -Precision Double that overflows in Single' {
            $width = @(64) + (1..60 | ForEach-Object { 64 })
            $single = Measure-LayerVariance $width relu -Initializer 'RandomNormal(stddev=1)' -Seed 1
            $double = Measure-LayerVariance $width relu -Initializer 'RandomNormal(stddev=1)' -Seed 1 -Precision Double
            $single[0].Verdict | Should -Be 'NonFinite'
            $double[0].Verdict | Should -Be 'Exploding'
        }
    }

    Context 'pipeline' {
        It 'measures piped tensors like the stack of the same seed' {
            $stack = @{ Width = 64, 32, 10; Initializer = 'HeNormal'; Bias = 'RandomNormal(stddev=0.1)'; Seed = 6 }
            $expected = Measure-LayerVariance @stack -Activation relu | ConvertTo-Json
            New-InitWeights @stack |
                Measure-LayerVariance -Activation relu -Seed 6 | ConvertTo-Json | Should -Be $expected
        }

        It 'joins a bias that comes before its weight' {
            $tensors = New-InitWeights -Width 8,4,2 -Bias Ones -Seed 6
            $expected = $tensors | Measure-LayerVariance -Seed 6 | ConvertTo-Json
            $tensors[1, 0, 3, 2] | Measure-LayerVariance -Seed 6 | ConvertTo-Json | Should -Be $expected
        }

        It 'takes layer objects, each with its activation and its initializer' {
            $layers = @{ FanIn = 8; FanOut = 4; Activation = 'tanh' }, @{ FanIn = 4; FanOut = 2; Initializer = 'Ones' } |
                Measure-LayerVariance -Activation selu -Initializer LecunNormal -Seed 1
            $layers.Activation | Should -Be 'tanh', 'selu'
            $layers.Initializer | Should -Be 'LecunNormal', 'Ones'
        }

        It 'takes weights in PyTorch''s layout' {
            $layers = New-InitWeights 32,64 kaiming_normal_ -Seed 1 -Name fc | Measure-LayerVariance -Seed 1
            $layers.FanIn, $layers.FanOut | Should -Be 64, 32
        }

        It 'filters with Where-Object, groups, sorts' {
            $data = @{ Data = $digits; ExcludeColumn = 'digit' }
            $layers = Measure-LayerVariance 64,64,64,10 sigmoid -Initializer 'RandomNormal(stddev=1)' @data -Seed 1
            @($layers | Where-Object Verdict -NE Healthy).Layer | Should -Contain 1
            ($layers | Sort-Object GradientRatio)[0].Layer | Should -Be 1
            ($layers | Group-Object Verdict).Count | Should -Not -BeNullOrEmpty
        }
    }
}
