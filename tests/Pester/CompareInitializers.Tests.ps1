BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $digits = Get-RepositoryPath 'tests/data/digits.csv'
}

Describe 'Compare-Initializers' {
    Context 'binding' {
        It 'does what a newcomer types first' {
            $ranked = Compare-Initializers 64,64,64,10 relu
            $ranked.Count | Should -BeGreaterThan 6
            $ranked[0].Initializer | Should -BeLike 'He*'
            ($ranked | Where-Object Initializer -EQ 'Zeros').Verdict | Should -Be 'Symmetric'
            ($ranked | Where-Object Initializer -EQ 'RandomNormal(stddev=1)').Verdict | Should -Be 'Exploding'
        }

        It 'takes candidates as a list and as one text' {
            $seeds = @{ Seed = 1; SeedCount = 2 }
            $expressions = 'HeNormal', 'RandomNormal(mean=0,stddev=1)', 'lecun_uniform'
            $list = Compare-Initializers 16,16,4 tanh -Initializer $expressions @seeds
            $text = Compare-Initializers 16,16,4 tanh -Initializer ($expressions -join ',') @seeds
            $list.Initializer | Sort-Object | Should -Be 'HeNormal', 'LecunUniform', 'RandomNormal(stddev=1)'
            $text | ConvertTo-Json | Should -Be ($list | ConvertTo-Json)
        }

        It 'takes the architecture from the pipeline, tensors or layers' {
            $candidate = @{ Initializer = 'HeNormal'; Seed = 3; SeedCount = 2 }
            $tensors = New-InitWeights -Width 16,16,4 -Activation tanh -Seed 1 | Compare-Initializers @candidate
            $layers = @{ FanIn = 16; FanOut = 16; Activation = 'tanh' }, @{ FanIn = 16; FanOut = 4 } |
                Compare-Initializers -Activation tanh @candidate
            $width = Compare-Initializers 16,16,4 tanh @candidate
            $layers | ConvertTo-Json | Should -Be ($width | ConvertTo-Json)
            $tensors.Depth | Should -Be 2
            $tensors.Activation | Should -Be 'tanh'
        }
    }

    Context 'results' {
        It 'ranks by the deviation, which is the sum of its parts' {
            $ranked = Compare-Initializers 64,64,64,64,10 tanh -Data $digits -Target digit -Seed 1 -SeedCount 3
            $rank = $ranked | ForEach-Object Rank
            $rank | Should -Be ([int[]] ($rank | Sort-Object))
            $ranked.Deviation | Should -Be ([double[]] ($ranked.Deviation | Sort-Object))
            foreach ($row in $ranked | Where-Object { [double]::IsFinite($_.Deviation) }) {
                $sum = [Math]::Abs([Math]::Log($row.ForwardFactor)) + [Math]::Abs([Math]::Log($row.BackwardFactor)) +
                    [Math]::Abs([Math]::Log($row.FirstLayerFactor)) / $row.Depth +
                    $row.SaturatedFraction + $row.DeadFraction
                [Math]::Abs($sum - $row.Deviation) | Should -BeLessThan 1e-9 -Because $row.Initializer
            }
        }

        It 'repeats itself to the last bit for one seed, whatever -ThrottleLimit says' {
            $arguments = @{ Width = 32, 32, 10; Initializer = 'HeNormal', 'GlorotUniform'; Seed = 11; SeedCount = 2 }
            $one = Compare-Initializers @arguments -ThrottleLimit 1 | ConvertTo-Json
            Compare-Initializers @arguments -ThrottleLimit 2 | ConvertTo-Json | Should -Be $one
            $arguments.Seed = 12
            Compare-Initializers @arguments | ConvertTo-Json | Should -Not -Be $one
        }

        It 'trains: He learns the digits through ten relu layers, zeros stay at ln 10' {
            $width = @(64) + @(64) * 9 + 10
            $training = @{ Data = $digits; Target = 'digit'; EpochCount = 5; LearningRate = 0.05; HoldOut = 297 }
            $ranked = Compare-Initializers $width relu -Initializer HeNormal, Zeros -Train @training -SeedCount 1 -Seed 1
            $he = $ranked | Where-Object Initializer -EQ 'HeNormal'
            $zeros = $ranked | Where-Object Initializer -EQ 'Zeros'
            $he.LowestLoss | Should -BeLessThan 0.5
            $he.HeldOutAccuracy | Should -BeGreaterThan 0.8
            [Math]::Abs($zeros.LowestLoss - [Math]::Log(10)) | Should -BeLessThan 0.01
            $zeros.Verdict | Should -Be 'Symmetric'
            ($ranked | Out-String -Width 400) -split '\r?\n' | ForEach-Object Length | Measure-Object -Maximum |
                ForEach-Object Maximum | Should -BeLessOrEqual 120
            $ranked | Out-String -Width 120 | Should -Match 'LowestLoss'
            @($he.LossCurve()).Count | Should -Be 6
            $he.LossCurve()[0].Loss | Should -Be $he.InitialLoss
        }

        It 'sorts and selects like any objects' {
            # An array has a Rank of its own, so that the members' needs a pipeline.
            Compare-Initializers 16,16,4 -Seed 1 -SeedCount 1 | Sort-Object Deviation | Select-Object -First 3 |
                ForEach-Object Rank | Should -Be 1, 2, 3
        }
    }
}
