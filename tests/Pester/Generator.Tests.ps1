BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -ErrorAction Stop
    Import-InitTools

    # What PyTorch and NumPy made when they were run.
    $vectors = Get-RepositoryPath 'tests/reference/generators/vectors.json' | Get-Item | Get-Content -Raw |
        ConvertFrom-Json

    function Get-Vector {
        <#
        .SYNOPSIS
        What a framework made.
        .PARAMETER Name
        The name of the vector.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $Name)

        $vectors | Where-Object Name -CEQ $Name
    }

    function Get-JoinedHash {
        <#
        .SYNOPSIS
        SHA-256 of the values of tensors, one behind the other.
        .PARAMETER Tensor
        The tensors.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [object[]] $Tensor)

        $hash = [Security.Cryptography.IncrementalHash]::CreateHash('SHA256')
        foreach ($values in $Tensor.ForEach({ , $_.ToArray() })) {
            $bytes = [byte[]]::new([Buffer]::ByteLength($values))
            [Buffer]::BlockCopy($values, 0, $bytes, 0, $bytes.Length)
            $hash.AppendData($bytes)
        }

        [Convert]::ToHexString($hash.GetHashAndReset())
    }
}

Describe 'New-InitWeights -Generator' {
    It 'makes the million normals of torch.manual_seed(42)' {
        New-InitWeights 1000,1000 normal_ -Generator PyTorch -Seed 42 |
            Get-TensorHash | Should -Be (Get-Vector 'torch float32 normal_ 1000000').sha256
    }

    It 'makes the uniforms of NumPy''s default_rng(42)' {
        New-InitWeights 1000003 'uniform_(-0.3, 0.8)' -Generator NumPy -Seed 42 -DType Float64 |
            Get-TensorHash | Should -Be (Get-Vector 'numpy float64 uniform 1000003').sha256
    }

    It 'makes a module of twelve layers from one seed, as one line and as a pipeline' {
        $vector = Get-Vector 'torch float32 twelve modules'
        $modules = $vector.calls.module
        $tensors = New-InitWeights -Module ($modules -join ', ') -Generator PyTorch -Seed 42
        $tensors.Count | Should -Be 34
        Get-JoinedHash $tensors | Should -Be $vector.sha256
        $piped = $modules | ForEach-Object { @{ Module = $_ } } | New-InitWeights -Generator PyTorch -Seed 42
        Get-JoinedHash $piped | Should -Be $vector.sha256
        $piped.Name | Should -Be $tensors.Name
        $tensors[0].Name | Should -Be 'layer1.weight'
        $tensors[0].Layout | Should -Be 'OI'
    }

    It 'draws in the order of the pipeline, and a tensor is made again alone from its row' {
        $tensors = @{ Name = 'a'; Shape = '3'; Initializer = 'normal_' },
            @{ Name = 'b'; Shape = '40x5'; Initializer = 'uniform_' },
            @{ Name = 'c'; Shape = '7'; Initializer = 'normal_' } | New-InitWeights -Generator PyTorch -Seed 7
        $tensors.DrawOffset | Should -Be 0, 8, 208
        $tensors.CarriedDraw | Should -Be $null, 4, 4
        $tensors.Stream | Should -Be '', '', ''
        $rows = $tensors | ConvertTo-Csv | ConvertFrom-Csv
        foreach ($i in 2, 1, 0) {
            $again = $rows[$i] | New-InitWeights
            $again.Generator | Should -Be 'PyTorch'
            $again | Get-TensorHash | Should -Be ($tensors[$i] | Get-TensorHash)
        }
    }

    It 'reads names and layouts as PyTorch does, a bias following its weight' {
        $weight, $bias = New-InitWeights -Width 20,30 -Initializer kaiming_normal -Bias 'uniform(-0.1, 0.1)' `
            -Generator PyTorch -Seed 1
        $weight.Shape | Should -Be '30x20'
        $weight.Initializer | Should -Be 'HeNormal(distribution=normal)'
        $bias.DrawOffset | Should -Be 616
    }

    It 'says clearly what does not apply: <What>' -ForEach @(
        @{ What = 'a stream'; Id = 'ParameterConflict'; Mentions = 'Stream'
            Command = { New-InitWeights 3,4 normal_ -Generator PyTorch -Stream x } }
        @{ What = 'a slice'; Id = 'ParameterConflict'; Mentions = 'Offset'
            Command = { New-InitWeights 3,4 normal_ -Generator NumPy -Offset 2 } }
        @{ What = 'a part'; Id = 'ParameterConflict'; Mentions = 'Count'
            Command = { New-InitWeights 3,4 normal_ -Generator PyTorch -Count 2 } }
        @{ What = 'a seed of a layer'; Id = 'ParameterConflict'; Mentions = 'one seed'
            Command = { @{ Shape = '3x4'; Initializer = 'normal_'; Seed = 5 } | New-InitWeights -Generator PyTorch } }
        @{ What = 'a truncated normal'; Id = 'InvalidArgument'; Mentions = 'erfinv', 'kaiming_normal_'
            Command = { New-InitWeights 3,4 trunc_normal_ -Generator PyTorch } }
        @{ What = 'half precision'; Id = 'InvalidArgument'; Mentions = 'Float16', 'Float32 and Float64'
            Command = { New-InitWeights 3,4 normal_ -Generator PyTorch -DType Float16 } }
        @{ What = 'another generator'; Id = 'UnknownGenerator'; Mentions = "'PyTorhc'", "'PyTorch'"
            Command = { New-InitWeights 3,4 -Generator PyTorhc } }
        @{ What = 'another module'; Id = 'UnknownModule'; Mentions = "'Linaer'", "'Linear'"
            Command = { New-InitWeights -Module 'Linaer(3, 4)' -Generator PyTorch } }
        @{ What = 'an initializer of a module'; Id = 'ParameterConflict'; Mentions = '-Initializer'
            Command = { New-InitWeights -Module 'Linear(3, 4)' -Initializer normal_ -Generator PyTorch } }
        @{ What = 'groups that do not divide'; Id = 'InvalidArgument'; Mentions = 'groups is 3', '4'
            Command = { New-InitWeights -Module 'Conv2d(4, 6, 3, groups=3)' } }
    ) {
        $result = Get-CommandError $Command
        $result.Output | Should -BeNullOrEmpty
        $result.Id | Should -Be $Id
        foreach ($text in $Mentions) {
            $result.Message | Should -Match $text
        }
    }
}
