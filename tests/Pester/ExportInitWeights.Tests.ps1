BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools

    function Read-Npy {
        <#
        .SYNOPSIS
        The header's text, and the numbers behind it, by the format's own rules.
        .PARAMETER Path
        The file.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $Path)

        $bytes = [IO.File]::ReadAllBytes((Resolve-Path -LiteralPath $Path).ProviderPath)
        $length = [BitConverter]::ToUInt16($bytes, 8)
        [pscustomobject] @{
            Magic  = $bytes[0..7] -join ' '
            Header = [Text.Encoding]::ASCII.GetString($bytes, 10, $length)
            Start  = 10 + $length
            Data   = [byte[]] $bytes[(10 + $length)..($bytes.Length - 1)]
        }
    }
}

Describe 'Export-InitWeights' {
    BeforeEach {
        Remove-Item TestDrive:/* -Recurse -Force
        $tensor = New-InitWeights 5,7 HeNormal -Seed 9
    }

    Context 'files' {
        It 'writes what NumPy reads: header of version 1.0, then the bytes in C order' {
            $tensor | Export-InitWeights TestDrive:/w.npy
            $file = Read-Npy TestDrive:/w.npy
            $file.Magic | Should -Be '147 78 85 77 80 89 1 0'
            $file.Header | Should -Match "^\{'descr': '<f4', 'fortran_order': False, 'shape': \(5, 7\), \} *\n$"
            $file.Start % 64 | Should -Be 0
            $values = [float[]]::new(35)
            [Buffer]::BlockCopy($file.Data, 0, $values, 0, $file.Data.Length)
            $values | Should -Be $tensor.ToArray()
        }

        It 'writes Float64 and Float16 in their own width' -ForEach @(
            @{ DType = 'Float64'; Descr = '<f8'; Size = 8 }
            @{ DType = 'Float16'; Descr = '<f2'; Size = 2 }
        ) {
            New-InitWeights 5,7 -Seed 1 -DType $DType | Export-InitWeights TestDrive:/w.npy
            $file = Read-Npy TestDrive:/w.npy
            $file.Header | Should -Match $Descr
            $file.Data.Length | Should -Be (35 * $Size)
        }

        It 'names each file of a pipeline by a script block' {
            New-InitWeights -Width 4,3,2 -Bias zeros -Seed 1 | Export-InitWeights -Path { "TestDrive:/$($_.Name).npy" }
            (Get-ChildItem TestDrive:/).Name | Sort-Object |
                Should -Be 'layer1.bias.npy', 'layer1.weight.npy', 'layer2.bias.npy', 'layer2.weight.npy'
        }

        It 'puts a whole pipeline into one .safetensors file' {
            New-InitWeights -Width 4,3,2 -Bias zeros -Seed 1 | Export-InitWeights TestDrive:/w.safetensors
            $bytes = [IO.File]::ReadAllBytes((Resolve-Path TestDrive:/w.safetensors).ProviderPath)
            $length = [BitConverter]::ToInt64($bytes, 0)
            $header = [Text.Encoding]::UTF8.GetString($bytes, 8, $length) | ConvertFrom-Json -AsHashtable
            $header.Keys | Sort-Object |
                Should -Be '__metadata__', 'layer1.bias', 'layer1.weight', 'layer2.bias', 'layer2.weight'
            $header['layer2.weight'].shape | Should -Be 3, 2
            $bytes.Length | Should -Be (8 + $length + 4 * (12 + 3 + 6 + 2))
        }

        It 'writes a recipe that came from a CSV file' {
            $tensor | Export-Csv TestDrive:/w.csv
            Import-Csv TestDrive:/w.csv | Export-InitWeights TestDrive:/from-csv.npy
            $tensor | Export-InitWeights TestDrive:/w.npy
            (Get-FileHash TestDrive:/from-csv.npy).Hash | Should -Be (Get-FileHash TestDrive:/w.npy).Hash
        }

        It 'writes the same bytes whatever -ThrottleLimit says' {
            $large = New-InitWeights 700,700 HeNormal -Seed 9
            $large | Export-InitWeights TestDrive:/one.npy -ThrottleLimit 1
            $large | Export-InitWeights TestDrive:/two.npy -ThrottleLimit 2
            (Get-FileHash TestDrive:/one.npy).Hash | Should -Be (Get-FileHash TestDrive:/two.npy).Hash
        }

        It 'is relative to Get-Location, not to the directory of the process' {
            Push-Location TestDrive:/
            try {
                $tensor | Export-InitWeights here.npy
                $tensor | Export-InitWeights ./there.npy
            }
            finally {
                Pop-Location
            }

            'TestDrive:/here.npy', 'TestDrive:/there.npy' | Should -Exist
        }

        It 'takes -LiteralPath and -Path with brackets as they are written' {
            $tensor | Export-InitWeights -LiteralPath 'TestDrive:/a[1].npy'
            $tensor | Export-InitWeights -Path 'TestDrive:/b[1].npy'
            Test-Path -LiteralPath 'TestDrive:/a[1].npy' | Should -BeTrue
            Test-Path -LiteralPath 'TestDrive:/b[1].npy' | Should -BeTrue
        }

        It 'writes nothing under -WhatIf' {
            $tensor | Export-InitWeights TestDrive:/w.npy -WhatIf
            'TestDrive:/w.npy' | Should -Not -Exist
        }

        It 'replaces a file under -Force only, and leaves no temporary file' {
            $tensor | Export-InitWeights TestDrive:/w.npy
            $before = (Get-FileHash TestDrive:/w.npy).Hash
            $result = Get-CommandError { New-InitWeights 5,7 -Seed 10 | Export-InitWeights TestDrive:/w.npy }
            $result.FullId | Should -Be 'FileExists,InitTools.PowerShell.Commands.ExportInitWeightsCommand'
            $result.Category | Should -Be 'ResourceExists'
            (Get-FileHash TestDrive:/w.npy).Hash | Should -Be $before
            New-InitWeights 5,7 -Seed 10 | Export-InitWeights TestDrive:/w.npy -Force
            (Get-FileHash TestDrive:/w.npy).Hash | Should -Not -Be $before
            (Get-ChildItem TestDrive:/ -Force).Name | Should -Be 'w.npy'
        }

        It 'asks before it writes where confirmation is wanted' {
            (Get-Command Export-InitWeights).Parameters.Keys | Should -Contain 'Confirm'
        }
    }

    Context 'values of an array' {
        It 'are written as they are, and a text of their properties does not hold them' {
            $held = [InitTools.WeightTensor]::FromArray('w', '2x3', [float[]] (1..6))
            $held | Export-InitWeights TestDrive:/w.npy
            $values = [float[]]::new(6)
            [Buffer]::BlockCopy((Read-Npy TestDrive:/w.npy).Data, 0, $values, 0, 24)
            $values | Should -Be (1..6)
            $held | Export-Csv TestDrive:/w.csv
            (Get-CommandError { Import-Csv TestDrive:/w.csv | Export-InitWeights TestDrive:/v.npy }).Id |
                Should -Be 'ValuesNotHeld'
            'TestDrive:/v.npy' | Should -Not -Exist
        }
    }

    Context 'errors' {
        It '<Id> (<Category>): <Case>' -ForEach @(
            @{ Case = 'another kind of file'; Id = 'InvalidFile'; Category = 'InvalidData'
                Command = { New-InitWeights 2,3 | Export-InitWeights TestDrive:/w.bin } }
            @{ Case = 'a directory that is not there'; Id = 'InvalidFile'; Category = 'InvalidData'
                Command = { New-InitWeights 2,3 | Export-InitWeights TestDrive:/missing/w.npy } }
            @{ Case = 'a drive that is not there'; Id = 'InvalidFile'; Category = 'InvalidData'
                Command = { New-InitWeights 2,3 | Export-InitWeights Nowhere:/w.npy } }
            @{ Case = 'another provider'; Id = 'InvalidFile'; Category = 'InvalidData'
                Command = { New-InitWeights 2,3 | Export-InitWeights Variable:/w.npy } }
            @{ Case = 'BFloat16, which NumPy does not have'; Id = 'UnknownDType'; Category = 'ObjectNotFound'
                Command = { New-InitWeights 2,3 -DType BFloat16 | Export-InitWeights TestDrive:/w.npy } }
            @{ Case = 'no tensor'; Id = 'InvalidArgument'; Category = 'InvalidArgument'
                Command = { 'text' | Export-InitWeights TestDrive:/w.npy } }
            @{ Case = 'no thread'; Id = 'InvalidArgument'; Category = 'InvalidArgument'
                Command = { New-InitWeights 2,3 | Export-InitWeights TestDrive:/w.npy -ThrottleLimit 0 } }
        ) {
            $result = Get-CommandError $Command
            $result.Error | Should -HaveCount 1
            $result.Id | Should -Be $Id
            $result.Category | Should -Be $Category
            Get-ChildItem TestDrive:/ | Should -BeNullOrEmpty
        }

        It 'does not put two tensors into one file, even under -Force' {
            $result = Get-CommandError { New-InitWeights -Width 2,3,4 -Seed 1 | Export-InitWeights TestDrive:/w.npy -Force }
            $result.Id | Should -Be 'ParameterConflict'
            (Read-Npy TestDrive:/w.npy).Header | Should -Match '\(2, 3\)'
        }
    }
}
