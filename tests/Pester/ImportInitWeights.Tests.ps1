BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
}

Describe 'Import-InitWeights' {
    BeforeEach {
        Remove-Item TestDrive:/* -Recurse -Force
        $tensors = New-InitWeights -Width 4,3,2 HeNormal -Bias RandomNormal -Seed 1
        $tensors | Export-InitWeights TestDrive:/w.safetensors
    }

    Context 'files' {
        It 'gives back every tensor of a .safetensors file' {
            $read = Import-InitWeights TestDrive:/w.safetensors
            $read.Name | Should -Be $tensors.Name
            $read.Shape | Should -Be $tensors.Shape
            $read | Get-TensorHash | Should -Be ($tensors | Get-TensorHash)
            $read[0].Seed | Should -BeNullOrEmpty
            $read[0].FanIn | Should -Be 4
        }

        It 'calls the tensor of a .npy file as the file is' {
            $tensors[0] | Export-InitWeights TestDrive:/layer1.weight.npy
            $read = Import-InitWeights TestDrive:/layer1.weight.npy
            $read.Name | Should -Be 'layer1.weight'
            $read | Get-TensorHash | Should -Be ($tensors[0] | Get-TensorHash)
        }

        It 'takes <Description>' -ForEach @(
            @{ Description = 'wildcards'; Command = { Import-InitWeights TestDrive:/*.safetensors } }
            @{ Description = 'several paths'; Command = { Import-InitWeights TestDrive:/w.safetensors, TestDrive:/v.safetensors } }
            @{ Description = 'files from the pipeline'; Command = { Get-ChildItem TestDrive:/ | Import-InitWeights } }
            @{ Description = 'texts from the pipeline'; Command = { 'TestDrive:/w.safetensors', 'TestDrive:/v.safetensors' | Import-InitWeights } }
            @{ Description = 'literal paths'; Command = { Import-InitWeights -LiteralPath TestDrive:/w.safetensors, TestDrive:/v.safetensors } }
        ) {
            Copy-Item TestDrive:/w.safetensors TestDrive:/v.safetensors
            (& $Command | Sort-Object Name).Name | Should -Be (($tensors.Name + $tensors.Name) | Sort-Object)
        }

        It 'takes brackets in a name as they are written' {
            Move-Item TestDrive:/w.safetensors 'TestDrive:/a[1].safetensors'
            @(Import-InitWeights -LiteralPath 'TestDrive:/a[1].safetensors').Count | Should -Be 4
            @(Import-InitWeights 'TestDrive:/a[1].safetensors').Count | Should -Be 4
        }

        It 'is relative to Get-Location' {
            Push-Location TestDrive:/
            try { @(Import-InitWeights w.safetensors).Count | Should -Be 4 } finally { Pop-Location }
        }

        It 'reads the tensors that are called for' {
            (Import-InitWeights TestDrive:/w.safetensors -Name *.bias).Name | Should -Be 'layer1.bias', 'layer2.bias'
            (Import-InitWeights TestDrive:/w.safetensors LAYER2.weight).Name | Should -Be 'layer2.weight'
            Import-InitWeights TestDrive:/w.safetensors -Name conv* | Should -BeNullOrEmpty
        }

        It 'puts layer 10 behind layer 9 where a file is in the order of the alphabet' {
            $deep = New-InitWeights -Width (4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4, 4) -Seed 1
            $deep | Sort-Object { $_.Name } -Culture '' | Export-InitWeights TestDrive:/sorted.safetensors
            (Import-InitWeights TestDrive:/sorted.safetensors).Name | Should -Be $deep.Name
        }
    }

    Context 'layouts' {
        It 'turns a weight for PyTorch and back' {
            $tensors | Export-InitWeights TestDrive:/torch.safetensors -Layout OI
            $turned = Import-InitWeights TestDrive:/torch.safetensors
            $turned[0].Layout | Should -Be 'OI'
            $turned[0].Shape | Should -Be '3x4'
            $turned[0].FanIn | Should -Be 4
            foreach ($i in 0..3) { foreach ($j in 0..2) { $turned[0][$j, $i] | Should -Be $tensors[0][$i, $j] } }
            $turned | Export-InitWeights TestDrive:/keras.safetensors -Layout IO
            Import-InitWeights TestDrive:/keras.safetensors | Get-TensorHash | Should -Be ($tensors | Get-TensorHash)
        }

        It 'is the one given where the file says nothing' {
            $read = Import-InitWeights TestDrive:/w.safetensors -Layout OI
            $read[0].Layout | Should -Be 'OI'
            $read[0].FanIn | Should -Be 3
        }
    }

    Context 'ONNX models' {
        It 'lists the weights of a network that PyTorch wrote, and measures it' {
            $folder = Join-Path $PSScriptRoot '../data/onnx'
            $read = Import-InitWeights (Join-Path $folder 'dense.onnx')
            $read.Name | Should -Be '0.weight', '0.bias', '2.weight', '2.bias'
            $read[0].Shape, $read[0].Layout, $read[0].FanIn | Should -Be '4x3', 'OI', 3
            foreach ($tensor in $read) {
                $expected = Import-InitWeights (Join-Path $folder "dense.$($tensor.Name).npy")
                $tensor | Get-TensorHash | Should -Be ($expected | Get-TensorHash)
            }

            ($read | Measure-LayerVariance -Activation relu -Seed 1).Count | Should -Be 2
        }

        It 'names the place of what is wrong' {
            [System.IO.File]::WriteAllBytes("$TestDrive/bad.onnx", [byte[]] (0x3A, 0x7F))
            $result = Get-CommandError { Import-InitWeights TestDrive:/bad.onnx }
            $result.FullId | Should -Be 'InvalidFile,InitTools.PowerShell.Commands.ImportInitWeightsCommand'
            $result.Message | Should -Match 'at byte 2, field 7 of ModelProto'
        }
    }

    Context 'recipes' {
        It 'makes from a recipe the file that the weights themselves make, in <Layout>' -ForEach @(
            @{ Layout = 'IO' }, @{ Layout = 'OI' }
        ) {
            $tensors | Export-InitWeights TestDrive:/direct.safetensors -Layout $Layout
            $tensors | Export-InitWeights TestDrive:/w.init.json -Layout $Layout
            (Get-Item TestDrive:/w.init.json).Length | Should -BeLessThan 700
            Import-InitWeights TestDrive:/w.init.json | Export-InitWeights TestDrive:/made.safetensors
            (Get-FileHash TestDrive:/made.safetensors).Hash |
                Should -Be (Get-FileHash TestDrive:/direct.safetensors).Hash
        }

        It 'gives the recipes themselves where their layout is the stored one' {
            $tensors | Export-InitWeights TestDrive:/w.init.json
            Import-InitWeights TestDrive:/w.init.json | ConvertTo-Json | Should -Be ($tensors | ConvertTo-Json)
        }

        It 'has the recipe of every tensor beside its values' {
            $read = Import-InitWeights TestDrive:/w.safetensors
            $read.ForEach('GetRecipe') | ConvertTo-Json | Should -Be ($tensors | ConvertTo-Json)
        }

        It 'has no recipe of values that came from elsewhere' {
            $held = [InitTools.WeightTensor]::FromArray('w', '2', [float[]] (1, 2))
            $held | Export-InitWeights TestDrive:/held.safetensors
            (Import-InitWeights TestDrive:/held.safetensors).GetRecipe() | Should -BeNullOrEmpty
            $result = Get-CommandError { $held | Export-InitWeights TestDrive:/held.init.json }
            $result.FullId | Should -Be 'ValuesNotHeld,InitTools.PowerShell.Commands.ExportInitWeightsCommand'
            Test-Path TestDrive:/held.init.json | Should -BeFalse
        }
    }

    Context 'pipelines' {
        It 'measures what it reads like what was written' {
            $options = @{ Activation = 'tanh'; Seed = 3 }
            $expected = $tensors | Measure-LayerVariance @options
            $seen = Import-InitWeights TestDrive:/w.safetensors | Measure-LayerVariance @options
            $seen.PreActivationVariance | Should -Be $expected.PreActivationVariance
            $seen.GradientVariance | Should -Be $expected.GradientVariance
        }

        It 'draws an architecture anew from its header' {
            $map = [ordered] @{ '*.bias' = 'Zeros'; '*' = 'HeNormal' }
            $new = Import-InitWeights TestDrive:/w.safetensors | New-InitWeights -Map $map -Seed 9
            $new.Name | Should -Be $tensors.Name
            $new.Initializer | Should -Be 'HeNormal', 'Zeros', 'HeNormal', 'Zeros'
            $expected = New-InitWeights -Width 4,3,2 HeNormal -Bias Zeros -Seed 9
            $new | Get-TensorHash | Should -Be ($expected | Get-TensorHash)
        }

        It 'converts one format to another' {
            Import-InitWeights TestDrive:/w.safetensors | Export-InitWeights -Path { "TestDrive:/$($_.Name).npy" }
            Import-InitWeights TestDrive:/layer1.weight.npy | Get-TensorHash | Should -Be ($tensors[0] | Get-TensorHash)
        }
    }

    Context 'errors' {
        It 'says <Id> where <Description>' -ForEach @(
            @{ Description = 'there is no file'; Command = { Import-InitWeights TestDrive:/no.npy }
               Id = 'InvalidFile'; Category = 'ObjectNotFound' }
            @{ Description = 'no file matches'; Command = { Import-InitWeights TestDrive:/no*.npy }
               Id = 'InvalidFile'; Category = 'ObjectNotFound' }
            @{ Description = 'the extension is another'; Command = { Set-Content TestDrive:/w.txt 1; Import-InitWeights TestDrive:/w.txt }
               Id = 'InvalidFile'; Category = 'InvalidData' }
            @{ Description = 'the file is malformed'; Command = { Set-Content TestDrive:/w.npy 1; Import-InitWeights TestDrive:/w.npy }
               Id = 'InvalidFile'; Category = 'InvalidData' }
            @{ Description = 'the path is of no file system'; Command = { Import-InitWeights Env:/PATH }
               Id = 'InvalidFile'; Category = 'InvalidData' }
            @{ Description = 'no tensor has a name'; Command = { Import-InitWeights TestDrive:/w.safetensors layer1.wieght }
               Id = 'TensorNotFound'; Category = 'ObjectNotFound' }
            @{ Description = 'a layout is none'; Command = { Import-InitWeights TestDrive:/w.safetensors -Layout XY }
               Id = 'UnknownLayout'; Category = 'ObjectNotFound' }
        ) {
            $result = Get-CommandError $Command
            $result.FullId | Should -Be "$Id,InitTools.PowerShell.Commands.ImportInitWeightsCommand"
            $result.Category | Should -Be $Category
            $result.Output | Should -BeNullOrEmpty
        }

        It 'goes on with the next file' {
            Set-Content TestDrive:/bad.safetensors 'no'
            $result = Get-CommandError { Import-InitWeights TestDrive:/bad.safetensors, TestDrive:/w.safetensors }
            $result.Output.Count | Should -Be 4
            $result.Message | Should -Match 'at byte'
        }
    }
}
