# What a lecture (C1-C22, C56), interview notes (C23-C48, C55, C57) and a summary page (C44, C49-C54) say of
# initialization, run. Each test is one claim; it asserts what holds, which is not always what is said.
BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-Module (Join-Path $PSScriptRoot 'Support/Claims.psm1') -Force -ErrorAction Stop
    Import-InitTools

    # The lecture's example: 250 inputs of 1 into many units.
    $example = @{ Width = '250,10000'; InputDistribution = 'Constant(1)'; BatchSize = 1; Seed = 1; Activation = 'sigmoid' }
    $naive = Measure-LayerVariance @example -Initializer 'RandomNormal(stddev=1)'
    $scaled = Measure-LayerVariance @example -Initializer LecunNormal

    # Training, for the claims about learning: six layers over real digits.
    $training = @{
        Data = Get-RepositoryPath 'tests/data/digits.csv'; Target = 'digit'; Train = $true; Seed = 1; SeedCount = 1
        Width = '64,64,64,64,64,10'
    }
    $tanh = Compare-Initializers @training -Activation tanh -EpochCount 6 -Initializer GlorotUniform,
        'VarianceScaling(scale=0.333333333333, distribution=uniform)', Zeros, 'Constant(0.5)'
    $relu = Compare-Initializers @training -Activation relu -EpochCount 2 -Initializer HeNormal,
        'RandomNormal(stddev=1)', 'RandomNormal(stddev=0.01)', Zeros, Ones
    $sigmoid = Compare-Initializers @training -Activation sigmoid -EpochCount 20 -Initializer GlorotUniform,
        'GlorotUniform(gain=4)'
    $chance = [Math]::Log(10)
}

AfterAll {
    Save-ClaimTable
}

Describe 'Claims' {
    It 'C1: weights are random numbers, one for each connection, made when a network is built' {
        $weight = New-InitWeights 250,1 'RandomNormal(stddev=1)' -Seed 1
        $weight.Count | Should -Be 250
        @($weight.ToArray() | Sort-Object -Unique).Count | Should -Be 250
        Complete-Claim C1 'true' '{0} weights for 250x1, all different' $weight.Count
    }

    It 'C2: weights are typically drawn from N(0, 1)' {
        $defaults = Get-Initializer RandomNormal
        $defaults.Parameters | Should -Match 'stddev=0.05'
        $plan = 'KerasDense', 'TorchLinear', 'FlaxDense' | ForEach-Object {
            New-InitWeights 250,250 -Parameterization $_ -Plan | Select-Object -First 1
        }
        $plan.StdDev | ForEach-Object { $_ | Should -BeLessThan 0.07 }
        (New-InitWeights 250,250 -Parameterization TorchEmbedding -Plan).StdDev | Should -Be 1
        Complete-Claim C2 'false: of the frameworks'' defaults only PyTorch''s Embedding is N(0, 1)' `
            'standard deviations of 250x250 in Keras, PyTorch, Flax: {0}, {1}, {2}' $plan.StdDev
    }

    It 'C3: with 250 inputs of 1, the sum has the variance 250' {
        [Math]::Abs($naive.PreActivationVariance - 250) | Should -BeLessThan (5 * 250 * [Math]::Sqrt(2 / 10000))
        Complete-Claim C3 'true' 'variance {0} over 10000 units' $naive.PreActivationVariance
    }

    It 'C4: that is a standard deviation of 15.811' {
        $law = New-InitWeights 250,1 'RandomNormal(stddev=1)' -Plan
        $expected = [Math]::Sqrt($law.FanIn * $law.Variance)
        $expected | Should -BeGreaterThan 15.8113
        $expected | Should -BeLessThan 15.8114
        Complete-Claim C4 'true' 'sqrt(250) = {0}, measured {1}' $expected, ([Math]::Sqrt($naive.PreActivationVariance))
    }

    It 'C5: the sum is normal around 0 and much broader than N(0, 1)' {
        [Math]::Abs($naive.PreActivationMean) | Should -BeLessThan (5 * [Math]::Sqrt(250 / 10000))
        $wide = 1..10000 | ForEach-Object -Begin {
            $sums = (New-InitWeights 10000 'RandomNormal(stddev=15.8113883008)' -Seed 2).ToArray()
        } -Process { if ([Math]::Abs($sums[$_ - 1]) -gt 1) { 1 } }
        [Math]::Abs(@($wide).Count / 10000 - 0.949571) |
            Should -BeLessThan (5 * [Math]::Sqrt(0.949571 * 0.050429 / 10000))
        Complete-Claim C5 'true' 'mean {0}; beyond 1 in size: {1} of the units' `
            $naive.PreActivationMean, (@($wide).Count / 10000)
    }

    It 'C6: the variance of a sum of independent terms is the sum of their variances' {
        # The inputs have no variance at all, and yet Var(z) = 250: it is their second moment that counts.
        $naive.ExpectedSecondMoment | Should -Be 250
        $scaled.ExpectedSecondMoment | Should -BeGreaterThan 0.999999
        $centred = Measure-LayerVariance -Width 250,10000 -Initializer 'RandomNormal(stddev=1)' -BatchSize 1 -Seed 1 `
            -InputDistribution 'Constant(0)'
        $centred.PreActivationVariance | Should -Be 0
        Complete-Claim C6 'true if the inputs count by E[x^2], not by Var(x)' `
            'inputs all 1, of variance 0: expected {0}; inputs all 0: {1}' $naive.ExpectedSecondMoment,
            $centred.PreActivationVariance
    }

    It 'C7: sigmoid turns most such sums into 0 or 1' {
        [Math]::Abs($naive.SaturatedFraction - 0.771341) |
            Should -BeLessThan (5 * [Math]::Sqrt(0.771341 * 0.228659 / 10000))
        $scaled.SaturatedFraction | Should -BeLessThan 0.001
        Complete-Claim C7 'true' 'outside [0.01, 0.99]: {0} at variance 250, {1} at variance 1' `
            $naive.SaturatedFraction, $scaled.SaturatedFraction
    }

    It 'C8: a saturated unit hardly changes when weights are adjusted' {
        $map = [InitTools.VarianceMap]::new([InitTools.Activation]::Parse('sigmoid'), 1, 0)
        $narrow = $map.Chi(1)
        $broad = $map.Chi(250)
        [Math]::Abs($narrow - 0.0448362414) | Should -BeLessThan 1e-9
        $broad | Should -BeLessThan ($narrow / 5)
        Complete-Claim C8 'true' 'squared slope of sigmoid, on average: {0} at variance 1, {1} at 250' $narrow, $broad
    }

    It 'C9: it contributes to vanishing and exploding gradients' {
        $exploding = Get-Propagation tanh 256 5
        [Math]::Abs($exploding.Gradient / 49394.02 - 1) | Should -BeLessThan 1e-6
        $measured = Measure-LayerVariance -Width 256,256,256,256,256,256 -Activation tanh -Seed 1 `
            -Initializer 'RandomNormal(stddev=1)'
        $measured[0].Verdict | Should -Be 'Exploding'
        Complete-Claim C9 'true: with N(0, 1) they explode although the units are saturated' `
            'tanh, width 256, 5 layers: gradient variance times {0}' $exploding.Gradient
    }

    It 'C10: the trouble is a variance of the sum far from 1' {
        $layer = (Get-Propagation sigmoid 1 30)
        [Math]::Abs($layer.SecondMoment - 0.2646869) | Should -BeLessThan 1e-6
        $layer.Gradient | Should -BeLessThan 1e-37
        Complete-Claim C10 'true, but not enough: gradients have a condition of their own' `
            'sigmoid with 1/n keeps the second moment {0}; gradients after 30 layers: {1}' $layer.SecondMoment, $layer.Gradient
    }

    It 'C11: the variance of a weight should be 1/n, n weights into the unit' {
        [Math]::Abs($scaled.PreActivationVariance - 1) | Should -BeLessThan (5 * [Math]::Sqrt(2 / 10000))
        (New-InitWeights 250,1 lecun_normal -Plan).Variance | Should -BeGreaterThan 0.00399999
        Complete-Claim C11 'true for the example' 'LeCun: variance of the sum {0}' $scaled.PreActivationVariance
    }

    It 'C12: numbers of N(0, 1) times sqrt(1/n) have it' {
        $unit = (New-InitWeights 250,40 'RandomNormal(stddev=1)' -Seed 3 -DType Float64).ToArray()
        $lecun = (New-InitWeights 250,40 'LecunNormal(distribution=normal)' -Seed 3 -DType Float64).ToArray()
        $factor = [Math]::Sqrt(1 / 250)
        $worst = 0.0
        for ($i = 0; $i -lt $unit.Count; $i++) {
            $worst = [Math]::Max($worst, [Math]::Abs($lecun[$i] - $unit[$i] * $factor))
        }

        $worst | Should -BeLessThan 1e-15
        Complete-Claim C12 'true, weight by weight' 'one seed, {0} weights: none differs by 1e-15' $unit.Count
    }

    It 'C13: that is called Xavier or Glorot initialization' {
        $glorot = (New-InitWeights 250,1 xavier_normal -Plan).Variance
        [Math]::Abs($glorot - 2 / 251) | Should -BeLessThan 1e-15
        (Get-Initializer xavier_normal).Name | Should -Be 'GlorotNormal'
        (Get-Initializer lecun_normal).Variance | Should -Be '1 / fan_in'
        Complete-Claim C13 'ambiguous: 1/n is LeCun''s, and Caffe''s "xavier"; Glorot and Bengio have 2/(n_in + n_out)' `
            '250x1: {0} and {1}' 0.004, $glorot
    }

    It 'C14: for relu the ideal is 2/n' {
        $he = Get-Propagation relu 2 50
        $lecun = Get-Propagation relu 1 50
        [Math]::Abs($he.SecondMoment - 2) | Should -BeLessThan 1e-9
        [Math]::Abs($lecun.SecondMoment / 1.776357e-15 - 1) | Should -BeLessThan 1e-5
        Complete-Claim C14 'true' 'second moment after 50 layers: {0} with 2/n, {1} with 1/n' $he.SecondMoment,
            $lecun.SecondMoment
    }

    It 'C15: first suggested was 2/n_in + n_out' {
        $variance = (New-InitWeights 250,1 GlorotNormal -Plan).Variance
        [Math]::Abs($variance - 0.0079681275) | Should -BeLessThan 1e-9
        Complete-Claim C15 'false: parentheses are missing, it is 2/(n_in + n_out)' '250x1: {0}, and read as it stands {1}' `
            $variance, (2 / 250 + 1)
    }

    It 'C16: n_in counts the weights into a unit, n_out those out of it' {
        $dense = New-InitWeights 784,256 HeNormal -Plan
        $dense.FanIn, $dense.FanOut | Should -Be 784, 256
        $convolution = New-InitWeights 3,3,8,16 HeNormal -Plan
        $convolution.FanIn, $convolution.FanOut | Should -Be 72, 144
        Complete-Claim C16 'true; for a convolution, times the size of its kernel' '3x3 kernel, 8 to 16 channels: {0} and {1}' `
            $convolution.FanIn, $convolution.FanOut
    }

    It 'C17: initialization is a matter of each layer' {
        $plan = New-InitWeights -Width 5,16,32,2 -Initializer GlorotUniform -Plan
        foreach ($pair in @(0, 0.3086067), @(1, 0.204124145), @(2, 0.242535625)) {
            [Math]::Abs($plan[$pair[0]].StdDev - $pair[1]) | Should -BeLessThan 1e-7
        }

        Complete-Claim C17 'true' 'standard deviations of 5, 16, 32, 2: {0}, {1}, {2}' $plan.StdDev
    }

    It 'C18: glorot_uniform is the uniform version, glorot_normal the normal one' {
        $uniform = New-InitWeights 784,256 glorot_uniform -Plan
        $normal = New-InitWeights 784,256 glorot_normal -Plan
        [Math]::Abs($uniform.Variance - $normal.Variance) | Should -BeLessThan 1e-15
        [Math]::Abs($uniform.Limit - 0.0759554525) | Should -BeLessThan 1e-9
        [Math]::Abs($normal.Limit / $normal.StdDev - 2.2736944687) | Should -BeLessThan 1e-6
        Complete-Claim C18 'true: one variance, two limits' '784x256: limits {0} and {1}' $uniform.Limit, $normal.Limit
    }

    It 'C19: Keras gives a Dense layer glorot_uniform' {
        $plan = New-InitWeights 784,256 -Parameterization KerasDense -Plan
        $plan.Initializer | Should -Be 'GlorotUniform', 'Zeros'
        Complete-Claim C19 'true' 'limit of 784x256: {0}' $plan[0].Limit
    }

    It 'C20: and a convolution as well' {
        $plan = New-InitWeights 3,3,3,64 -Parameterization KerasConv -Plan
        $plan[0].Initializer | Should -Be 'GlorotUniform'
        [Math]::Abs($plan[0].Limit - [Math]::Sqrt(6 / (27 + 576))) | Should -BeLessThan 1e-15
        Complete-Claim C20 'true' 'limit of 3x3x3x64: {0}' $plan[0].Limit
    }

    It 'C21: a model of 5 inputs, 16 and 32 relu units and 2 softmax outputs' {
        $plan = New-InitWeights -Width 5,16,32,2 -Parameterization KerasDense -Plan
        ($plan | Measure-Object Count -Sum).Sum | Should -Be 706
        $limits = @($plan | Where-Object Initializer -EQ GlorotUniform).Limit
        foreach ($pair in @(0, 0.534522484), @(1, 0.353553391), @(2, 0.420084025)) {
            [Math]::Abs($limits[$pair[0]] - $pair[1]) | Should -BeLessThan 1e-8
        }

        Complete-Claim C21 'true' '706 parameters; limits {0}, {1}, {2}' $limits
    }

    It 'C22: initialization decides how well and how fast a network learns' {
        $he = $relu | Where-Object Initializer -EQ HeNormal
        $small = $relu | Where-Object Initializer -EQ 'RandomNormal(stddev=0.01)'
        $he.FinalLoss | Should -BeLessThan ($chance - 0.8)
        $small.FinalLoss | Should -BeGreaterThan 2.25
        Complete-Claim C22 'true' 'five relu layers, digits, two epochs: loss {0} with He, {1} with N(0, 0.01^2)' `
            $he.FinalLoss, $small.FinalLoss
    }

    It 'C23: gradients vanish, that is weights go to 0' {
        $layers = New-InitWeights -Width 64,64,64,64,64,64 -Initializer GlorotUniform -Activation sigmoid -Seed 1 |
            Measure-LayerVariance -Seed 1
        $layers[0].Verdict | Should -Be 'Vanishing'
        $layers[0].GradientRatio | Should -BeLessThan 1e-4
        [Math]::Abs($layers[0].WeightVariance * 64 - 1) | Should -BeLessThan 0.1
        Complete-Claim C23 'false: gradients go to 0, and weights stay where they are' `
            'gradient variance of layer 1 over that of layer 5: {0}; n Var(w): {1}' $layers[0].GradientRatio,
            ($layers[0].WeightVariance * 64)
    }

    It 'C24: gradients explode, that is weights go to infinity' {
        $large = $relu | Where-Object Initializer -EQ 'RandomNormal(stddev=1)'
        $large.InitialLoss | Should -BeGreaterThan 1000
        $large.Diverged | Should -Be 1
        Complete-Claim C24 'true: gradients first, then the weights' 'N(0, 1), five relu layers: loss {0} at the start, then not finite' `
            $large.InitialLoss
    }

    It 'C25: learning is slow, stuck in poor local minima' {
        $small = $relu | Where-Object Initializer -EQ 'RandomNormal(stddev=0.01)'
        [Math]::Abs($small.InitialLoss - $chance) | Should -BeLessThan 0.001
        [Math]::Abs($small.FinalLoss - $chance) | Should -BeLessThan 0.05
        Complete-Claim C25 'true of the slowness; it is a plateau at the loss of guessing, ln 10' 'loss {0}, then {1}' `
            $small.InitialLoss, $small.FinalLoss
    }

    It 'C26: with identical weights all units learn the same' {
        $layers = Measure-LayerVariance -Width 3,4,4,2 -Initializer 'Constant(0.5)' -Activation tanh -Seed 1
        $layers[0].DistinctUnits | Should -Be 1
        $layers[0].Verdict | Should -Be 'Symmetric'
        $constant = $tanh | Where-Object Initializer -EQ 'Constant(value=0.5)'
        $constant.Symmetric | Should -BeTrue
        $constant.FinalLoss | Should -BeGreaterThan 2
        Complete-Claim C26 'true' 'distinct units of layer 1: {0}; loss after training {1}' $layers[0].DistinctUnits,
            $constant.FinalLoss
    }

    It 'C27: a good start breaks symmetry and keeps signals and gradients in range' {
        $layers = Measure-LayerVariance -Width 256,256,256,256,256 -Initializer HeNormal -Activation relu -Seed 1
        $layers.Verdict | Should -Be (@('Healthy') * 4)
        $layers[0].DistinctUnits | Should -Be 256
        Complete-Claim C27 'true, and these are three figures' 'He, relu: {0} distinct units, second moment times {1}, gradient times {2}' `
            $layers[0].DistinctUnits, ($layers[3].PreActivationSecondMoment / $layers[0].PreActivationSecondMoment),
            $layers[0].GradientRatio
    }

    It 'C28: with zeros the units are identical' {
        $layers = Measure-LayerVariance -Width 64,64,64,10 -Initializer Zeros -Activation sigmoid -Seed 1
        $layers[0].DistinctUnits | Should -Be 1
        Complete-Claim C28 'true' 'distinct units of 64: {0}' $layers[0].DistinctUnits
    }

    It 'C29: with zeros nothing learns, the weights are 0 for ever' {
        $stack = @{ Width = '64,64,64,10'; Initializer = 'Zeros'; Seed = 1 }
        $still = Measure-LayerVariance @stack -Activation tanh
        $still.WeightGradientVariance | ForEach-Object { $_ | Should -Be 0 }
        $moving = Measure-LayerVariance @stack -Activation sigmoid
        $moving[-1].WeightGradientVariance | Should -BeGreaterThan 0
        $settings = $training.Clone()
        $settings.Width = '64,10'
        $regression = Compare-Initializers @settings -Activation linear -EpochCount 2 -Initializer Zeros
        $regression.FinalLoss | Should -BeLessThan ($chance - 0.5)
        Complete-Claim C29 'false in general: true of tanh and relu; sigmoid''s output weights move, and one layer learns' `
            'variance of the last weights'' gradient: tanh {0}, sigmoid {1}; one layer from zeros: loss {2}' `
            $still[-1].WeightGradientVariance, $moving[-1].WeightGradientVariance, $regression.FinalLoss
    }

    It 'C30: with a constant every unit of a layer has the same gradient for ever' {
        $layers = New-InitWeights -Width 3,4,4,2 -Initializer 'Constant(0.5)' -Bias Zeros |
            Measure-LayerVariance -Activation tanh -Seed 1
        $layers[0].DistinctUnits, $layers[1].DistinctUnits | Should -Be 1, 1
        $broken = @{ Name = 'a'; FanIn = 3; FanOut = 4; Initializer = 'Constant(0.5)' },
            @{ Name = 'b'; FanIn = 4; FanOut = 2; Initializer = 'GlorotUniform' } | New-InitWeights -Seed 1 |
            Measure-LayerVariance -Activation tanh -Seed 1
        $broken[0].Verdict | Should -Not -Be 'Healthy'
        Complete-Claim C30 'true if weights out of the units are equal as well' 'distinct units of both hidden layers: {0} and {1}' `
            $layers[0].DistinctUnits, $layers[1].DistinctUnits
    }

    It 'C31: a constant is as bad as zero' {
        $zeros = $tanh | Where-Object Initializer -EQ Zeros
        $constant = $tanh | Where-Object Initializer -EQ 'Constant(value=0.5)'
        $glorot = $tanh | Where-Object Initializer -EQ GlorotUniform
        $constant.FinalLoss | Should -BeGreaterThan ($glorot.FinalLoss + 1)
        $zeros.FinalLoss | Should -BeGreaterThan ($glorot.FinalLoss + 1)
        $still = Measure-LayerVariance -Width 64,64,10 -Initializer Zeros -Activation tanh -Seed 1
        $moving = Measure-LayerVariance -Width 64,64,10 -Initializer 'Constant(0.05)' -Activation tanh -Seed 1
        $still[0].WeightGradientVariance | Should -Be 0
        $moving[0].WeightGradientVariance | Should -BeGreaterThan 0
        Complete-Claim C31 'true of what is learnt; but a constant has gradients, as a network one unit wide' `
            'loss: zeros {0}, constant {1}, Glorot {2}' $zeros.FinalLoss, $constant.FinalLoss, $glorot.FinalLoss
    }

    It 'C32: a constant of 0.01 is too small, signals vanish' {
        $factors = 50, 128, 256 | ForEach-Object {
            $layers = Measure-LayerVariance -Width "$_,$_,$_,$_" -Initializer 'Constant(0.01)' -Activation relu `
                -InputDistribution 'Constant(1)' -BatchSize 2 -Seed 1
            $layers[1].PreActivationMean / $layers[0].PreActivationMean
        }
        foreach ($pair in @(0, 0.5), @(1, 1.28), @(2, 2.56)) {
            [Math]::Abs($factors[$pair[0]] - $pair[1]) | Should -BeLessThan 1e-4
        }

        Complete-Claim C32 'true for fewer than 100 inputs; the factor of a layer is n c' 'widths 50, 128, 256: {0}, {1}, {2}' $factors
    }

    It 'C33: a constant of 2 is too large, signals explode' {
        $layers = Measure-LayerVariance -Width 128,128,128 -Initializer 'Constant(2)' -Activation relu `
            -InputDistribution 'Constant(1)' -BatchSize 2 -Seed 1
        $factor = $layers[1].PreActivationMean / $layers[0].PreActivationMean
        $factor | Should -Be 256
        Complete-Claim C33 'true' 'width 128: a factor of {0} per layer' $factor
    }

    It 'C34: weights are small random numbers, scaled by the size of the layer' {
        $plan = 64, 256, 1024 | ForEach-Object { New-InitWeights $_,$_ HeNormal -Plan }
        $plan | ForEach-Object { [Math]::Abs($_.Variance * $_.FanIn - 2) | Should -BeLessThan 1e-12 }
        Complete-Claim C34 'true' 'He''s standard deviation at 64, 256, 1024: {0}, {1}, {2}' $plan.StdDev
    }

    It 'C35: too small and signals vanish, too large and gradients explode' {
        $small = Get-Propagation relu 0.0256 10
        $large = Get-Propagation relu 256 10
        [Math]::Abs($small.SecondMoment / 2.361183e-19 - 1) | Should -BeLessThan 1e-6
        [Math]::Abs($large.Gradient / 1.180592e21 - 1) | Should -BeLessThan 1e-6
        Complete-Claim C35 'true' 'ten relu layers of 256: second moment {0} with N(0, 0.01^2), gradient {1} with N(0, 1)' `
            $small.SecondMoment, $large.Gradient
    }

    It 'C36: Xavier is the default of Keras, as GlorotUniform' {
        (Get-Initializer xavier_uniform).Name | Should -Be 'GlorotUniform'
        $weight = New-InitWeights 784,256 -Plan
        $weight.Initializer | Should -Be 'GlorotUniform'
        Complete-Claim C36 'true' 'limit of 784x256: {0}' $weight.Limit
    }

    It 'C37: Xavier is N(0, sqrt(2/(n_in + n_out)))' {
        $weight = New-InitWeights 256,256 GlorotNormal -Plan
        [Math]::Abs($weight.StdDev - 0.0625) | Should -BeLessThan 1e-15
        $misread = Get-Propagation linear (256 * 0.0625) 2
        [Math]::Abs($misread.SecondMoment - 256) | Should -BeLessThan 1e-9
        Complete-Claim C37 'ambiguous: the second slot is the standard deviation here' `
            'width 256: standard deviation {0}; read as a variance, a layer multiplies by {1}' $weight.StdDev, 16
    }

    It 'C38: Xavier is best for sigmoid and tanh' {
        $flat = $sigmoid | Where-Object Initializer -EQ GlorotUniform
        $steep = $sigmoid | Where-Object Initializer -EQ 'GlorotUniform(gain=4)'
        $flat.FinalLoss | Should -BeGreaterThan 2.2
        $steep.FinalLoss | Should -BeLessThan ($flat.FinalLoss - 0.5)
        $he = Get-Propagation tanh 2 30
        $glorot = Get-Propagation tanh 1 30
        $score = { param($p) [Math]::Abs([Math]::Log($p.SecondMoment)) + [Math]::Abs([Math]::Log($p.Gradient)) }
        (& $score $he) | Should -BeLessThan (& $score $glorot)
        Complete-Claim C38 'not as measured: sigmoid needs the gain 4, and tanh keeps its variance better with 2/n' `
            'five sigmoid layers, twenty epochs: loss {0}, with the gain 4 {1}; tanh, 30 layers, |ln q| + |ln G|: {2}, with 2/n {3}' `
            $flat.FinalLoss, $steep.FinalLoss, (& $score $glorot), (& $score $he)
    }

    It 'C39: Glorot keeps the variance of activations the same through all layers' {
        $map = Get-Propagation tanh 1 10
        [Math]::Abs($map.SecondMoment - 0.05801185) | Should -BeLessThan 1e-7
        $weight = New-InitWeights 784,256 GlorotNormal -Plan
        $factor = $weight.FanIn * $weight.Variance
        [Math]::Abs($factor - 1.5076923) | Should -BeLessThan 1e-6
        Complete-Claim C39 'true of linear layers of one width' 'tanh: 1 falls to {0} in ten layers; 784 to 256: a factor of {1}' `
            $map.SecondMoment, $factor
    }

    It 'C40: the uniform range is scaled by sqrt(1/(n_in + n_out))' {
        $right = New-InitWeights 256,256 GlorotUniform -Plan
        $limit = [Math]::Sqrt(1 / 512).ToString('R', [cultureinfo]::InvariantCulture)
        $said = New-InitWeights 256,256 "RandomUniform(-$limit, $limit)" -Plan
        [Math]::Abs($right.Variance / $said.Variance - 6) | Should -BeLessThan 1e-9
        Complete-Claim C40 'false: the limit is sqrt(6/(n_in + n_out))' 'its variance would be a sixth: {0} for {1}' `
            $said.Variance, $right.Variance
    }

    It 'C41: the uniform range is +-sqrt(6)/sqrt(n_in + n_out)' {
        $weight = New-InitWeights 256,256 GlorotUniform -Plan
        [Math]::Abs($weight.Limit - 0.108253175) | Should -BeLessThan 1e-9
        [Math]::Abs($weight.Limit * $weight.Limit / 3 - 2 / 512) | Should -BeLessThan 1e-15
        Complete-Claim C41 'true' '256x256: limit {0}, variance {1}' $weight.Limit, $weight.Variance
    }

    It 'C42: the normal version is N(0, 1/(n_in + n_out))' {
        $said = Get-Propagation linear 0.5 11
        $first = Get-Propagation linear 0.5 1
        [Math]::Abs($first.SecondMoment / $said.SecondMoment - 1024) | Should -BeLessThan 1e-9
        Complete-Claim C42 'false: half the variance that it should have' 'ten linear layers lose a factor of {0}' `
            ($first.SecondMoment / $said.SecondMoment)
    }

    It 'C43: He is N(0, sqrt(2/n_in))' {
        $weight = New-InitWeights 256,256 HeNormal -Plan
        [Math]::Abs($weight.StdDev - [Math]::Sqrt(2 / 256)) | Should -BeLessThan 1e-15
        $misread = 256 * $weight.StdDev
        [Math]::Abs($misread - 22.627417) | Should -BeLessThan 1e-5
        (Get-Propagation relu $misread 30).SecondMoment | Should -BeGreaterThan 1e30
        Complete-Claim C43 'ambiguous: the second slot is the standard deviation here' `
            'width 256: standard deviation {0}; read as a variance, n Var(w) = {1} for 2' $weight.StdDev, $misread
    }

    It 'C44: He is N(0, 2/n_in), its uniform version U(+-sqrt(6/n_in))' {
        $normal = New-InitWeights 784,256 HeNormal -Plan
        $uniform = New-InitWeights 784,256 HeUniform -Plan
        [Math]::Abs($normal.Variance - 2 / 784) | Should -BeLessThan 1e-15
        [Math]::Abs($uniform.Limit - 0.0874817765) | Should -BeLessThan 1e-9
        Complete-Claim C44 'true: the second slot is the variance, as is said there' '784x256: variance {0}, limit {1}' `
            $normal.Variance, $uniform.Limit
    }

    It 'C45: He is best for relu and leaky relu' {
        $growth = 0.01, 0.2, 0.25 | ForEach-Object {
            $slope = $_.ToString([cultureinfo]::InvariantCulture)
            (Get-Propagation "leaky_relu($slope)" 2 50).Gradient
        }
        foreach ($pair in @(0, 1.005012), @(1, 7.106683), @(2, 20.7)) {
            [Math]::Abs($growth[$pair[0]] / $pair[1] - 1) | Should -BeLessThan 0.002
        }

        Complete-Claim C45 'true; exact for a slope a is 2/(1 + a^2)' 'plain He, 50 layers, slopes 0.01, 0.2, 0.25: {0}, {1}, {2}' $growth
    }

    It 'C46: relu sets negatives to 0 and makes signals smaller, which He makes good' {
        $layers = Measure-LayerVariance -Width 512,512,512,512 -Initializer HeNormal -Activation relu -Seed 1
        [Math]::Abs($layers[0].ZeroFraction - 0.5) | Should -BeLessThan 0.02
        $half = $layers[0].ActivationSecondMoment / $layers[0].PreActivationSecondMoment
        [Math]::Abs($half - 0.5) | Should -BeLessThan 0.05
        Complete-Claim C46 'true' 'zeros {0}, second moment times {1}, after He of three layers {2}' $layers[0].ZeroFraction,
            $half, ($layers[2].PreActivationSecondMoment / $layers[0].PreActivationSecondMoment)
    }

    It 'C47: take he_normal, and he_uniform for a reason such as quantization' {
        $laws = 'HeUniform', 'HeNormal', 'HeNormal(distribution=normal)' |
            ForEach-Object { New-InitWeights 256,256 $_ -Plan }
        $laws.Variance | ForEach-Object { [Math]::Abs($_ - 2 / 256) | Should -BeLessThan 1e-15 }
        [Math]::Abs($laws[0].Limit / $laws[0].StdDev - 1.7320508) | Should -BeLessThan 1e-6
        [Math]::Abs($laws[1].Limit / $laws[1].StdDev - 2.2736945) | Should -BeLessThan 1e-6
        $laws[2].Limit | Should -BeNullOrEmpty
        Complete-Claim C47 'an opinion: the variance is the same, what differs is the largest weight' `
            'limits in standard deviations: uniform {0}, Keras''s normal {1}, PyTorch''s none' `
            ($laws[0].Limit / $laws[0].StdDev), ($laws[1].Limit / $laws[1].StdDev)
    }

    It 'C48: zeros and ones do not learn, too large crashes, too small stalls' {
        $find = { param($name) $relu | Where-Object Initializer -EQ $name }
        (& $find Zeros).Verdict, (& $find Ones).Verdict | Should -Be 'Symmetric', 'Symmetric'
        (& $find 'RandomNormal(stddev=1)').Verdict | Should -Be 'Exploding'
        (& $find 'RandomNormal(stddev=0.01)').Verdict | Should -Be 'Vanishing'
        (& $find HeNormal).Rank | Should -Be 1
        [Math]::Abs((& $find Zeros).FinalLoss - $chance) | Should -BeLessThan 0.05
        Complete-Claim C48 'true' 'relu, two epochs: loss from zeros {0}, too small {1}, He {2}; too large is not finite' `
            (& $find Zeros).FinalLoss, (& $find 'RandomNormal(stddev=0.01)').FinalLoss, (& $find HeNormal).FinalLoss
    }

    It 'C49: a proper start makes learning faster' {
        $glorot = $tanh | Where-Object Initializer -EQ GlorotUniform
        $third = $tanh | Where-Object Initializer -Like 'VarianceScaling*'
        $glorot.FinalLoss | Should -BeLessThan ($third.FinalLoss / 1.5)
        Complete-Claim C49 'true' 'five tanh layers, six epochs: loss {0} with Glorot, {1} with U(+-1/sqrt n)' `
            $glorot.FinalLoss, $third.FinalLoss
    }

    It 'C50: random initialization is U(-a, a) or N(0, sigma^2)' {
        $uniform = New-InitWeights 100,100 RandomUniform -Minimum -0.2 -Maximum 0.2 -Plan
        $normal = New-InitWeights 100,100 RandomNormal -StdDev 0.2 -Plan
        [Math]::Abs($uniform.Variance - 0.04 / 3) | Should -BeLessThan 1e-15
        [Math]::Abs($normal.Variance - 0.04) | Should -BeLessThan 1e-15
        Complete-Claim C50 'true' 'a = sigma = 0.2: variances {0} and {1}' $uniform.Variance, $normal.Variance
    }

    It 'C51: zeros lead to symmetry' {
        $comparison = Compare-Initializers -Width 64,64,64,10 -Activation tanh -Initializer Zeros, GlorotUniform -Seed 1 -SeedCount 1
        ($comparison | Where-Object Initializer -EQ Zeros).Verdict | Should -Be 'Symmetric'
        ($comparison | Where-Object Initializer -EQ GlorotUniform).Symmetric | Should -BeFalse
        Complete-Claim C51 'true' 'verdict Symmetric, rank {0} of 2' ($comparison | Where-Object Initializer -EQ Zeros).Rank
    }

    It 'C52: LeCun is N(0, 1/n_in), designed for SELU' {
        [Math]::Abs((New-InitWeights 256,256 LecunNormal -Plan).Variance - 1 / 256) | Should -BeLessThan 1e-15
        $selu = Get-Propagation selu 1 20
        [Math]::Abs($selu.SecondMoment - 1) | Should -BeLessThan 1e-9
        [Math]::Abs($selu.Gradient / [Math]::Pow(1.0715749925, 20) - 1) | Should -BeLessThan 1e-7
        (Get-Initializer LecunNormal).Reference | Should -Match '1998'
        Complete-Claim C52 'true of the formula; it is of 1998, SELU of 2017 was designed for it' `
            'SELU, 20 layers: second moment {0}, gradient {1}' $selu.SecondMoment, $selu.Gradient
    }

    It 'C53: there is a best initializer for each activation' {
        $best = foreach ($pair in @('relu', 2), @('leaky_relu(0.01)', 2), @('linear', 1), @('selu', 1)) {
            $scores = 1, 2 | ForEach-Object {
                $p = Get-Propagation $pair[0] $_ 10
                [Math]::Abs([Math]::Log($p.SecondMoment)) + [Math]::Abs([Math]::Log($p.Gradient))
            }
            $scores[$pair[1] - 1] | Should -BeLessThan $scores[2 - $pair[1]]
            $scores[$pair[1] - 1]
        }
        $best[0] | Should -BeLessThan 0.7
        Complete-Claim C53 'true of relu and leaky relu (He), linear and selu (LeCun); weak for tanh and sigmoid, see C38' `
            '|ln q| + |ln G| over ten layers: {0}, {1}, {2}, {3}' $best
    }

    It 'C54: gradients are stable where the initializer fits the activation' {
        $activation = [InitTools.Activation]::Parse('tanh')
        [Math]::Abs($activation.ForwardGain - 1.592537) | Should -BeLessThan 1e-6
        [Math]::Abs($activation.BackwardGain - 1.467414) | Should -BeLessThan 1e-6
        Complete-Claim C54 'true with a condition of its own: n Var(w) E[slope^2] = 1' `
            'tanh: gain {0} keeps signals, {1} gradients; PyTorch has {2}' $activation.ForwardGain, $activation.BackwardGain, (5 / 3)
    }

    It 'C55: in Keras they are HeNormal(), he_normal, he_uniform, GlorotUniform(), glorot_uniform, glorot_normal' {
        $names = 'HeNormal()', 'he_normal', 'he_uniform', 'GlorotUniform()', 'glorot_uniform', 'glorot_normal'
        $read = $names | ForEach-Object { (New-InitWeights 3,4 $_ -Plan).Initializer }
        $read | Should -Be 'HeNormal', 'HeNormal', 'HeUniform', 'GlorotUniform', 'GlorotUniform', 'GlorotNormal'
        Complete-Claim C55 'true' '{0} names read' $names.Count
    }

    It 'C56: n is the number of weights from the layer before' {
        $kernel = New-InitWeights 3,3,64,128 HeNormal -Plan
        $kernel.FanIn | Should -Be 576
        [Math]::Abs($kernel.Variance - 2 / 576) | Should -BeLessThan 1e-15
        Complete-Claim C56 'true; for a convolution channels times kernel' '3x3 kernel over 64 channels: n = {0}' $kernel.FanIn
    }

    It 'C57: weights are usually drawn from a Gaussian or a uniform law' {
        $values = New-InitWeights 1000,100 he_normal -Seed 1
        $statistics = $values.GetStatistics()
        $largest = [Math]::Max([Math]::Abs($statistics.Minimum), $statistics.Maximum) / $values.StdDev
        $largest | Should -BeLessOrEqual 2.2736945
        $largest | Should -BeGreaterThan 2.27
        Complete-Claim C57 'true; but Keras''s normal is cut at 2.2737 standard deviations' `
            'largest of {0} weights: {1} standard deviations' $values.Count, $largest
    }
}
