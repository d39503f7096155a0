BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
}

Describe 'New-InitWeights -Map' {
    It 'gives each tensor the initializer of the first pattern that matches' {
        $tensors = New-InitWeights -Width 784,256,10 -Seed 1 -Map ([ordered] @{
            '*.bias' = 'Zeros'; 'layer1*' = 'HeNormal'; '*' = 'GlorotUniform' })
        $tensors.Name | Should -Be 'layer1.weight', 'layer1.bias', 'layer2.weight', 'layer2.bias'
        $tensors.Initializer | Should -Be 'HeNormal', 'Zeros', 'GlorotUniform', 'Zeros'
    }

    It 'reads <What>' -ForEach @(
        @{ What = 'a list of texts'; Map = 'layer1*=HeNormal', '*=Zeros' }
        @{ What = 'a list of pairs'; Map = @(('layer1*', 'HeNormal'), ('*', 'Zeros')) }
        @{ What = 'a list of hashtables'; Map = @(@{ 'layer1*' = 'HeNormal' }, @{ '*' = 'Zeros' }) }
        @{ What = 'a hashtable without overlap'; Map = @{ 'layer1*' = 'HeNormal'; 'layer2*' = 'Zeros' } }
    ) {
        (New-InitWeights -Width 3,4,5 -Map $Map).Initializer | Should -Be 'HeNormal', 'Zeros'
    }

    It 'leaves the bytes of a tensor as they are with its initializer given alone' {
        $mapped = New-InitWeights 30,40 -Map '*=he_normal' -Seed 5
        $mapped | Get-TensorHash | Should -Be (New-InitWeights 30,40 he_normal -Seed 5 | Get-TensorHash)
    }

    It 'lets a layer''s own initializer hold, and -Initializer what no pattern matches' {
        $tensors = @{ Name = 'a'; FanIn = 3; FanOut = 4; Initializer = 'Ones' }, @{ Name = 'b'; FanIn = 4; FanOut = 5 },
            @{ Name = 'c'; FanIn = 5; FanOut = 6 } |
                New-InitWeights -Initializer Zeros -Map 'a*=HeNormal', 'b*=LecunNormal'
        $tensors.Initializer | Should -Be 'Ones', 'LecunNormal', 'Zeros'
    }

    It 'says clearly what is wrong: <Id>' -ForEach @(
        @{ Id = 'UnmatchedTensor'; Category = 'ObjectNotFound'; Mentions = 'layer2.weight'
            Command = { New-InitWeights -Width 3,4,5 -Map 'layer1*=HeNormal' } }
        @{ Id = 'AmbiguousMap'; Category = 'InvalidArgument'; Mentions = "'layer1\*'.*'\*'|'\*'.*'layer1\*'"
            Command = { New-InitWeights -Width 3,4,5 -Map @{ 'layer1*' = 'HeNormal'; '*' = 'Zeros' } } }
        @{ Id = 'MalformedExpression'; Category = 'InvalidArgument'; Mentions = 'conv\*'
            Command = { New-InitWeights -Width 3,4,5 -Map 'conv*' } }
        @{ Id = 'ParameterConflict'; Category = 'InvalidOperation'; Mentions = 'module'
            Command = { New-InitWeights -Module 'Linear(3, 4)' -Map '*=Zeros' } }
    ) {
        $result = Get-CommandError $Command
        $result.Id | Should -Be $Id
        $result.Category | Should -Be $Category
        $result.Message | Should -Match $Mentions
        $result.Output | Should -BeNullOrEmpty
    }
}

Describe 'New-InitWeights -Parameterization' {
    It 'makes what the framework''s own module makes, from one seed' {
        $module = New-InitWeights -Module 'Linear(784, 256)', 'Linear(256, 10)' -Generator PyTorch -Seed 42
        $layers = New-InitWeights -Width 784,256,10 -Parameterization TorchLinear -Generator PyTorch -Seed 42
        $layers.Name | Should -Be $module.Name
        $layers | Get-TensorHash | Should -Be ($module | Get-TensorHash)
    }

    It 'scales GPT-2''s residual projections, whatever the order of the pipeline' {
        $tensors = 'h.0.attn.c_proj.weight', 'h.0.attn.c_attn.weight', 'h.0.mlp.c_proj.bias' |
            ForEach-Object { @{ Name = $_; Shape = if ($_ -like '*.bias') { '64' } else { '64x64' } } } |
            New-InitWeights -Parameterization 'GPT2(layers=12)' -Seed 1
        [Math]::Abs($tensors[0].StdDev - 0.02 / [Math]::Sqrt(24)) | Should -BeLessThan 1e-15
        $tensors[1].Initializer, $tensors[2].Initializer | Should -Be 'RandomNormal(stddev=0.02)', 'Zeros'
    }

    It 'takes a role that a layer says of itself' {
        $tensors = @{ Name = 'mix'; FanIn = 64; FanOut = 64; Role = 'residual' } |
            New-InitWeights -Parameterization 'GPT2(layers=2)'
        $tensors[0].StdDev | Should -Be 0.01
    }

    It 'goes with a map, which holds where it matches' {
        $tensors = New-InitWeights -Width 8,9,10 -Parameterization KerasDense -Map 'layer2.weight=Zeros'
        $tensors.Initializer | Should -Be 'GlorotUniform', 'Zeros', 'Zeros', 'Zeros'
    }

    It 'does not go with one initializer for all' {
        (Get-CommandError { New-InitWeights 3,4 HeNormal -Parameterization KerasDense }).Id |
            Should -Be 'ParameterConflict'
    }

    It 'is completed by name' {
        $line = 'New-InitWeights 3,4 -Parameterization TorchL'
        (TabExpansion2 $line $line.Length).CompletionMatches.CompletionText | Should -Contain 'TorchLinear'
    }
}

Describe 'New-InitWeights -Plan' {
    It 'shows what 40 gigabytes will be and makes nothing' {
        $plan = New-InitWeights 100000,100000 HeNormal -Plan
        $plan | Should -BeOfType InitTools.WeightPlan
        $plan.Bytes | Should -Be 40000000000
        $plan.FanIn | Should -Be 100000
        [Math]::Abs($plan.Variance - 2e-5) | Should -BeLessThan 1e-18
        [Math]::Abs($plan.StdDev - [Math]::Sqrt(2e-5)) | Should -BeLessThan 1e-15
        (New-InitWeights 1000000,1000 normal_ -Generator NumPy -DType Float64 -Plan).Bytes | Should -Be 8000000000
    }

    It 'shows the multipliers of MuP' {
        $plan = New-InitWeights -Width 784,1024,1024,10 -Parameterization 'MuP(base=256, table=8)' -Plan
        $weights = $plan | Where-Object Name -Like '*.weight'
        $weights.Multiplier | Should -Be 1, 1, 0.25
        $weights.LearningRateMultiplier | Should -Be 1, 0.25, 1
    }
}
