BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
}

Describe 'New-InitWeights' {
    Context 'binding' {
        It 'takes a shape as <Text>' -ForEach @(
            @{ Text = 'a list'; Shape = @(784, 256) }
            @{ Text = 'a text with x'; Shape = '784x256' }
            @{ Text = 'a text with commas'; Shape = '784,256' }
            @{ Text = 'a text with brackets'; Shape = '(784, 256)' }
            @{ Text = 'doubles without a fraction'; Shape = @(784.0, 256.0) }
        ) {
            (New-InitWeights $Shape -Seed 1).Shape | Should -Be '784x256'
        }

        It 'does what a newcomer types first' {
            $tensor = New-InitWeights 784,256 he_normal
            $tensor.Initializer | Should -Be 'HeNormal'
            [Math]::Abs($tensor.StdDev * [Math]::Sqrt(784 / 2) - 1) | Should -BeLessThan 1e-12
        }

        It 'makes one tensor of rank 4 of four numbers, and says so' {
            $output = New-InitWeights 64,64,64,10 -Seed 1 -Verbose 4>&1
            @($output | Where-Object { $_ -is [InitTools.WeightTensor] }).Shape | Should -Be '64x64x64x10'
            ($output | Where-Object { $_ -is [Management.Automation.VerboseRecord] }) -join ' ' |
                Should -Match 'rank 4.*fan_in 262144, fan_out 40960'
        }

        It 'draws GlorotUniform, the default of Keras, where no initializer is named' {
            (New-InitWeights 3,4 -Seed 1).Initializer | Should -Be 'GlorotUniform'
        }

        It 'reads the seed <Seed> as <Value>' -ForEach @(
            @{ Seed = 0; Value = 0 }
            @{ Seed = -1; Value = [ulong]::MaxValue }
            @{ Seed = [ulong]::MaxValue; Value = [ulong]::MaxValue }
            @{ Seed = [long]::MinValue; Value = 9223372036854775808 }
            @{ Seed = '18446744073709551615'; Value = [ulong]::MaxValue }
            @{ Seed = [bigint]::Parse('9223372036854775808'); Value = 9223372036854775808 }
            @{ Seed = 5.0; Value = 5 }
            @{ Seed = 1e18; Value = 1000000000000000000 }
            @{ Seed = [decimal] '7.00'; Value = 7 }
        ) {
            (New-InitWeights 3,4 -Seed $Seed).Seed | Should -Be ([ulong] $Value)
        }

        It 'draws a seed below 2^53 for the whole call and reports it' {
            $tensors = New-InitWeights -Width 5,6,7
            $tensors[0].Seed | Should -BeLessThan ([ulong] 9007199254740992)
            $tensors[1].Seed | Should -Be $tensors[0].Seed
            (New-InitWeights 3,4).Seed | Should -Not -Be $tensors[0].Seed
        }

        It 'reads -<Parameter> as a part of the expression' -ForEach @(
            @{ Parameter = 'StdDev'; Value = 0.5; Initializer = 'RandomNormal'; Expected = 'RandomNormal(stddev=0.5)' }
            @{ Parameter = 'StdDev'; Value = '0.5'; Initializer = 'RandomNormal'
                Expected = 'RandomNormal(stddev=0.5)' }
            @{ Parameter = 'Mean'; Value = 2; Initializer = 'RandomNormal(stddev=1)'
                Expected = 'RandomNormal(mean=2, stddev=1)' }
            @{ Parameter = 'Value'; Value = 0.25; Initializer = 'Constant'; Expected = 'Constant(value=0.25)' }
            @{ Parameter = 'Maximum'; Value = 3; Initializer = 'RandomUniform(minimum=1)'
                Expected = 'RandomUniform(minimum=1, maximum=3)' }
            @{ Parameter = 'Minimum'; Value = -3; Initializer = 'RandomUniform(maximum=1)'
                Expected = 'RandomUniform(minimum=-3, maximum=1)' }
            @{ Parameter = 'Scale'; Value = 3; Initializer = 'VarianceScaling'; Expected = 'VarianceScaling(scale=3)' }
            @{ Parameter = 'Mode'; Value = 'fan_out'; Initializer = 'HeNormal'; Expected = 'HeNormal(mode=fan_out)' }
            @{ Parameter = 'Distribution'; Value = 'uniform'; Initializer = 'VarianceScaling'
                Expected = 'VarianceScaling(distribution=uniform)' }
            @{ Parameter = 'Gain'; Value = 'relu'; Initializer = 'GlorotUniform'
                Expected = 'GlorotUniform(gain=1.41421356237)' }
            @{ Parameter = 'Gain'; Value = 2; Initializer = 'GlorotUniform'; Expected = 'GlorotUniform(gain=2)' }
        ) {
            $shorthand = @{ $Parameter = $Value }
            (New-InitWeights 3,4 $Initializer -Seed 1 @shorthand).Initializer | Should -Be $Expected
        }

        It 'reads -NegativeSlope where the spelling has one' {
            (New-InitWeights 4,3 kaiming_uniform_ -NegativeSlope 1 -Seed 1).Variance | Should -Be (1 / 3)
        }

        It 'completes <Parameter> with names' -ForEach @(
            @{ Parameter = 'Initializer'; Word = 'HeN'; Expected = 'HeNormal' }
            @{ Parameter = 'Activation'; Word = 'leaky'; Expected = 'leaky_relu' }
            @{ Parameter = 'Mode'; Word = 'fan_g'; Expected = 'fan_geo_avg' }
            @{ Parameter = 'Distribution'; Word = 'trunc'; Expected = 'truncated_normal' }
            @{ Parameter = 'DType'; Word = 'BF'; Expected = 'BFloat16' }
            @{ Parameter = 'Layout'; Word = 'O'; Expected = 'OI' }
            @{ Parameter = 'Convention'; Word = 'Py'; Expected = 'PyTorch' }
        ) {
            $line = "New-InitWeights 3,4 -$Parameter $Word"
            (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Be $Expected
        }
    }

    Context 'results' {
        It 'has the limits of Keras''s example: 5-16-32-2, 706 parameters with biases' {
            $tensors = New-InitWeights -Width 5,16,32,2 -Bias zeros -Seed 1
            $weights = $tensors | Where-Object Name -Like '*.weight'
            $weights.Name | Should -Be 'layer1.weight', 'layer2.weight', 'layer3.weight'
            $weights.Limit | ForEach-Object { $_.ToString('F6', [cultureinfo]::InvariantCulture) } |
                Should -Be '0.534522', '0.353553', '0.420084'
            ($tensors | Measure-Object Count -Sum).Sum | Should -Be 706
        }

        It 'says variance and standard deviation, and both are right' {
            $tensor = New-InitWeights 784,256 glorot_normal -Seed 1
            [Math]::Abs($tensor.Variance * 1040 / 2 - 1) | Should -BeLessThan 1e-12
            [Math]::Abs($tensor.StdDev * [Math]::Sqrt(1040 / 2) - 1) | Should -BeLessThan 1e-12
            $values = $tensor.ToArray()
            $sum = 0.0
            foreach ($value in $values) { $sum += $value * $value }
            # The kurtosis of a normal law cut at two standard deviations is 2.3655: 5 standard errors of the variance.
            $tolerance = 5 * [Math]::Sqrt(1.3655 / $values.Length)
            $sum / $values.Length / $tensor.Variance | Should -BeGreaterThan (1 - $tolerance)
            $sum / $values.Length / $tensor.Variance | Should -BeLessThan (1 + $tolerance)
        }

        It 'reads the fans of <Shape> in <Layout>: <FanIn> and <FanOut>' -ForEach @(
            @{ Shape = '3x4'; Layout = 'IO'; FanIn = 3; FanOut = 4 }
            @{ Shape = '3x4'; Layout = 'OI'; FanIn = 4; FanOut = 3 }
            @{ Shape = '3x3x8x16'; Layout = 'HWIO'; FanIn = 72; FanOut = 144 }
            @{ Shape = '16x8x3x3'; Layout = 'OIHW'; FanIn = 72; FanOut = 144 }
        ) {
            $tensor = New-InitWeights $Shape -Layout $Layout -Seed 1
            $tensor.FanIn, $tensor.FanOut | Should -Be $FanIn, $FanOut
        }

        It 'takes the layout of PyTorch for its names where one bare shape is given, and only there' {
            (New-InitWeights 3,4 kaiming_normal_ -Seed 1).Layout | Should -Be 'OI'
            (New-InitWeights 3,4 kaiming_normal_ -Seed 1).Initializer | Should -Be 'HeNormal(distribution=normal)'
            (New-InitWeights 3,4 kaiming_normal_ -Seed 1 -Layout IO).Layout | Should -Be 'IO'
            (New-InitWeights 3,4 kaiming_normal_ -Seed 1 -Convention Keras).Layout | Should -Be 'IO'
            (New-InitWeights 3,4 he_normal -Seed 1 -Convention PyTorch).Layout | Should -Be 'OI'
            (New-InitWeights -Width 3,4 kaiming_normal_ -Seed 1).Layout | Should -Be 'IO'
            (@{ FanIn = 3; FanOut = 4 } | New-InitWeights -Initializer kaiming_normal_ -Seed 1).Layout | Should -Be 'IO'
        }

        It 'takes fans that the shape does not have' {
            $tensor = New-InitWeights 256 HeNormal -FanIn 784 -FanOut 256 -Seed 1
            [Math]::Abs($tensor.Variance * 784 / 2 - 1) | Should -BeLessThan 1e-12
            $tensor.FanRule | Should -Be 'Given'
        }

        It 'computes the fans of <Kind>: <FanIn> and <FanOut>, <Rule>' -ForEach @(
            @{ Kind = 'groups'; Shape = '4x1x3x3'; With = @{ Groups = 4; Layout = 'OI' }
                FanIn = 9; FanOut = 9; Rule = 'Grouped' }
            @{ Kind = 'groups as PyTorch has them'; Shape = '4x1x3x3'; With = @{ Groups = 4; Convention = 'PyTorch' }
                FanIn = 9; FanOut = 36; Rule = 'PyTorch' }
            @{ Kind = 'a depthwise kernel'; Shape = '3x3x8x2'; With = @{ Depthwise = $true }
                FanIn = 9; FanOut = 18; Rule = 'Depthwise' }
            @{ Kind = 'a transposed kernel'; Shape = '3x3x16x8'; With = @{ Transposed = $true }
                FanIn = 72; FanOut = 144; Rule = 'Transposed' }
            @{ Kind = 'an attention kernel'; Shape = '32x8x16'; With = @{ InputAxis = 0; OutputAxis = 1, 2 }
                FanIn = 32; FanOut = 128; Rule = 'Axes' }
            @{ Kind = 'experts side by side'; Shape = '8x32x64'; With = @{ BatchAxis = 0 }
                FanIn = 32; FanOut = 64; Rule = 'Axes' }
            @{ Kind = 'axes as Keras has them'; Shape = '3x3x8x16'
                With = @{ InputAxis = -2; OutputAxis = -1; Convention = 'Keras' }; FanIn = 8; FanOut = 16; Rule = 'Keras' }
        ) {
            $tensor = New-InitWeights $Shape -Seed 1 @With
            $tensor.FanIn, $tensor.FanOut, $tensor.FanRule | Should -Be $FanIn, $FanOut, $Rule
            $layer = $With.Clone()
            $layer.Shape = $Shape
            if (-not $With.ContainsKey('Convention')) { ($layer | New-InitWeights -Seed 1).FanRule | Should -Be $Rule }
            $again = $tensor | ConvertTo-Csv | ConvertFrom-Csv | New-InitWeights
            $again.FanIn, $again.FanOut, $again.FanRule | Should -Be $FanIn, $FanOut, $Rule
            $again | Get-TensorHash | Should -Be ($tensor | Get-TensorHash)
        }

        It 'says where depth makes the gain of the activation unstable' {
            $verbose = { param($Activation) New-InitWeights 3,4 -Activation $Activation -Seed 1 -Verbose 4>&1 | Out-String }
            & $verbose gelu | Should -Match 'gelu: the gain 1.53353 .* grows 1.144 times per layer'
            & $verbose tanh | Should -Not -Match 'not stably'
        }

        It 'gives elements by place, flat and by dimension' {
            $tensor = New-InitWeights 4,5 RandomNormal -Seed 3
            $values = $tensor.ToArray()
            $values.GetType() | Should -Be ([float[]])
            $tensor[2, 3] | Should -Be $values[13]
            $tensor[13] | Should -Be $values[13]
        }

        It 'makes a slice that equals the slice of the whole' {
            $whole = (New-InitWeights 40,50 RandomNormal -Seed 3).ToArray()
            $slice = New-InitWeights 40,50 RandomNormal -Seed 3 -Offset 700 -Count 130
            $slice.ToArray() | Should -Be $whole[700..829]
        }

        It 'has elements of type <DType>' -ForEach @(
            @{ DType = 'Float16'; Type = [float[]] }
            @{ DType = 'bf16'; Type = [float[]] }
            @{ DType = 'float32'; Type = [float[]] }
            @{ DType = 'double'; Type = [double[]] }
        ) {
            , (New-InitWeights 8,8 -Seed 1 -DType $DType).ToArray() | Should -BeOfType $Type
        }

        It 'keeps the values of a renamed tensor under -Stream' {
            $before = New-InitWeights 30,30 -Seed 5 -Name fc1
            $after = New-InitWeights 30,30 -Seed 5 -Name dense_1 -Stream 'fc1.weight'
            $other = New-InitWeights 30,30 -Seed 5 -Name dense_1
            $after | Get-TensorHash | Should -Be ($before | Get-TensorHash)
            $other | Get-TensorHash | Should -Not -Be ($before | Get-TensorHash)
        }

        It 'gives layers of one seed different values' {
            $tensors = New-InitWeights -Width 20,20,20 -Seed 5
            $tensors[0] | Get-TensorHash | Should -Not -Be ($tensors[1] | Get-TensorHash)
        }

        It 'has only scalars and short texts for properties' {
            $allowed = [string], [double], [long], [int], [ulong], [bool]
            foreach ($property in (New-InitWeights 3,4 -Seed 1 -Activation relu).PSObject.Properties) {
                $property.Name | Should -Not -BeLike 'Dimensions'
                if ($null -ne $property.Value) { $property.Value.GetType() | Should -BeIn $allowed -Because $property.Name }
            }
        }

        It 'says seed, kernel, threads and fans under -Verbose' {
            $text = (New-InitWeights 3,4 -Seed 42 -Verbose 4>&1 | Where-Object { $_ -is [Management.Automation.VerboseRecord] }) -join ' '
            $text | Should -Match 'Kernel (scalar|vector|vector512), up to \d+ threads'
            $text | Should -Match 'Seed 42'
            $text | Should -Match 'fan_in 3, fan_out 4'
        }
    }

    Context 'values of a file' {
        BeforeAll {
            New-Item -ItemType Directory TestDrive:/models | Out-Null
            $old = New-InitWeights -Width 5,3 HeNormal -Bias 'RandomNormal(stddev=1)' -Seed 1
            $old | Export-InitWeights TestDrive:/models/old.safetensors -Layout OI
            New-InitWeights 5,3 HeNormal -Seed 1 | Export-InitWeights "TestDrive:/models/it's, (a) w.npy"
            $hash = $old[0] | Get-TensorHash
            Push-Location TestDrive:/models
        }

        AfterAll {
            Pop-Location
        }

        It 'are found from the current location, on drives and by full paths: <Path>' -ForEach @(
            @{ Path = 'old.safetensors' }
            @{ Path = './old.safetensors' }
            @{ Path = '..\models\old.safetensors' }
            @{ Path = 'TestDrive:/models/old.safetensors' }
            @{ Path = '{0}/models/old.safetensors' }
        ) {
            $Path = $Path -f (Get-PSDrive TestDrive).Root
            $tensor = New-InitWeights 5,3 "FromFile('$Path', 'layer1.weight')"
            $tensor | Get-TensorHash | Should -Be $hash
            $tensor.Variance | Should -BeNullOrEmpty
        }

        It 'are a recipe whose text is quoted where it has to be' {
            $tensor = New-InitWeights 5,3 'FromFile("it''s, (a) w.npy")'
            $tensor.Initializer | Should -Be "FromFile(path='it''s, (a) w.npy')"
            New-InitWeights 5,3 $tensor.Initializer | Get-TensorHash | Should -Be $hash
            $tensor | ConvertTo-Csv | ConvertFrom-Csv | New-InitWeights | Get-TensorHash | Should -Be $hash
            (New-InitWeights 5,3 "FromFile(old.safetensors, layer1.weight)").Initializer |
                Should -Be 'FromFile(path=old.safetensors, tensor=layer1.weight)'
        }

        It 'keep the file they were found in when the location is another one' {
            $tensor = New-InitWeights 5,3 'FromFile(old.safetensors, layer1.weight)'
            Push-Location /
            try { $tensor | Get-TensorHash | Should -Be $hash } finally { Pop-Location }
        }

        It 'come in slices' {
            $whole = New-InitWeights 5,3 'FromFile(old.safetensors, layer1.weight)'
            $slice = New-InitWeights 5,3 'FromFile(old.safetensors, layer1.weight)' -Offset 4 -Count 3
            $slice.ToArray() | Should -Be $whole.ToArray()[4..6]
        }

        It 'are one initializer among others: of a bias, a map, a layer, a candidate' {
            (New-InitWeights -Width 5,3 -Bias 'FromFile(old.safetensors, layer1.bias)' -Seed 1)[1] |
                Get-TensorHash | Should -Be ($old[1] | Get-TensorHash)
            $map = [ordered] @{ 'layer1.*' = 'FromFile(old.safetensors, layer1.weight)'; '*' = 'Zeros' }
            $made = New-InitWeights -Width 5,3,4 -Map $map
            $made[0] | Get-TensorHash | Should -Be $hash
            $made[1].Initializer | Should -Be 'Zeros'
            [pscustomobject] @{ FanIn = 5; FanOut = 3; Initializer = 'FromFile(old.safetensors, layer1.weight)' } |
                New-InitWeights | Get-TensorHash | Should -Be $hash
            $lists = "FromFile('it''s, (a) w.npy'), HeNormal", 'Zeros'
            (Compare-Initializers 5,3 -Initializer $lists -Seed 1 -SeedCount 1).Initializer | Sort-Object |
                Should -Be "FromFile(path='it''s, (a) w.npy')", 'HeNormal', 'Zeros'
            (Measure-LayerVariance 5,3 -Initializer 'FromFile(old.safetensors, layer1.weight)').Initializer |
                Should -Be 'FromFile(path=old.safetensors, tensor=layer1.weight)'
        }

        It 'take no draws of a sequential generator' {
            $shared = @{ Generator = 'PyTorch'; Layout = 'IO'; Seed = 1 }
            $map = [ordered] @{ 'layer1.*' = 'FromFile(old.safetensors, layer1.weight)'; '*' = 'normal_' }
            $made = New-InitWeights -Width 5,3,4 -Map $map @shared
            $made[0] | Get-TensorHash | Should -Be $hash
            $made.DrawOffset | Should -Be 0, 0
        }

        It 'are refused where they do not fit: <Issue>' -ForEach @(
            @{ Issue = 'another shape'; Shape = '3x5'; Text = 'FromFile(old.safetensors, layer1.weight)'
                Id = 'ShapeMismatch'; Says = 'shape 3x5 in layout OI, which is 5x3 in IO; the tensor''s shape is 3x5\.' }
            @{ Issue = 'a layout that nothing says'; Shape = '3x5'; Text = 'FromFile("it''s, (a) w.npy")'
                Id = 'ShapeMismatch'; Says = '5x3; the tensor''s shape is 3x5\. Where .* layout=OI' }
            @{ Issue = 'no such tensor'; Shape = '5x3'; Text = 'FromFile(old.safetensors, fc1)'
                Id = 'TensorNotFound'; Says = "it has 'layer1.weight', 'layer1.bias'" }
            @{ Issue = 'one of several'; Shape = '5x3'; Text = 'FromFile(old.safetensors)'
                Id = 'TensorNotFound'; Says = 'say which one' }
            @{ Issue = 'no such file'; Shape = '5x3'; Text = 'FromFile(none.npy)'
                Id = 'InvalidFile'; Says = 'there is no such file' }
            @{ Issue = 'no path'; Shape = '5x3'; Text = 'FromFile'; Id = 'InvalidArgument'; Says = 'give the file' }
            @{ Issue = 'a path without quotes'; Shape = '5x3'; Text = 'FromFile(models/old.npz)'
                Id = 'MalformedExpression'; Says = 'a path stands in quotes' }
            @{ Issue = 'another provider'; Shape = '5x3'; Text = "FromFile('Env:/w.npy')"
                Id = 'InvalidFile'; Says = 'provider Environment' }
        ) {
            $result = Get-CommandError { New-InitWeights $Shape $Text }
            $result.Id | Should -Be $Id
            $result.Message | Should -Match $Says
            $result.Output | Should -HaveCount 0
        }
    }

    Context 'pipeline' {
        It 'takes the rows of a CSV file' {
            Set-Content TestDrive:/arch.csv -Value @'
Name,FanIn,FanOut,Activation,Initializer
fc1,784,256,relu,HeNormal
fc2,256,64,leaky_relu(0.2),
fc3,64,10,,"RandomNormal(mean=0, stddev=0.01)"
'@
            $tensors = Import-Csv TestDrive:/arch.csv | New-InitWeights -Seed 42 -Initializer LecunNormal
            $tensors.Name | Should -Be 'fc1.weight', 'fc2.weight', 'fc3.weight'
            $tensors.Shape | Should -Be '784x256', '256x64', '64x10'
            $tensors.Initializer | Should -Be 'HeNormal', 'LecunNormal', 'RandomNormal(stddev=0.01)'
            $tensors.Activation | Should -Be 'relu', 'leaky_relu(0.2)', $null
        }

        It 'takes hashtables and custom objects' {
            $tensors = @{ Name = 'conv'; Shape = 3, 3, 8, 16; DType = 'Float16' },
            [pscustomobject] @{ Name = 'head'; Shape = '16x10'; Layout = 'OI'; Bias = 'Ones' } | New-InitWeights -Seed 1
            $tensors.Name | Should -Be 'conv.weight', 'head.weight', 'head.bias'
            $tensors.Shape | Should -Be '3x3x8x16', '16x10', '16'
            $tensors.DType | Should -Be 'Float16', 'Float32', 'Float32'
        }

        It 'calls layers without a name by their place in the call' {
            (@{ FanIn = 2; FanOut = 3 }, @{ Name = 'fc'; FanIn = 3; FanOut = 4 }, @{ FanIn = 4; FanOut = 5 } |
                New-InitWeights -Seed 1).Name | Should -Be 'layer1.weight', 'fc.weight', 'layer3.weight'
        }

        It 'makes the values that the same layer has alone' {
            $piped = @{ Name = 'a'; FanIn = 9; FanOut = 9 }, @{ Name = 'b'; FanIn = 9; FanOut = 9 } |
                New-InitWeights -Seed 3
            New-InitWeights 9,9 -Name b -Seed 3 | Get-TensorHash | Should -Be ($piped[1] | Get-TensorHash)
        }

        It 'stops what is upstream when Select-Object has enough' {
            $made = 0
            $first = 1..1000 | ForEach-Object { $script:made = $_; @{ FanIn = $_; FanOut = 2 } } |
                New-InitWeights -Seed 1 |
                Select-Object -First 1
            $first.Shape | Should -Be '1x2'
            $script:made | Should -Be 1
        }

        It 'warns of two tensors of one name, which are equal' {
            @{ Name = 'a'; FanIn = 2; FanOut = 3 }, @{ Name = 'a'; FanIn = 2; FanOut = 3 } |
                New-InitWeights -Seed 1 -WarningVariable warnings -WarningAction SilentlyContinue | Should -HaveCount 2
            $warnings | Should -HaveCount 1
            $warnings[0].Message | Should -Match "'a.weight'"
        }

        It 'goes on behind an item that is wrong, and emits nothing for it' {
            $result = Get-CommandError {
                @{ Name = 'a'; FanIn = 2; FanOut = 3 }, @{ Name = 'b'; FanIn = 0; FanOut = 3 },
                @{ Name = 'c'; Shape = '2x3'; Initializer = 'Unheard' }, @{ Name = 'd'; FanIn = 3; FanOut = 1 } |
                    New-InitWeights -Seed 1
            }
            $result.Output.Name | Should -Be 'a.weight', 'd.weight'
            $result.Id | Should -Be 'InvalidShape,UnknownInitializer'
        }
    }
}
