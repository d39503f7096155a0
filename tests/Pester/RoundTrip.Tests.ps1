BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $manifest = Join-Path (Get-ModuleFolder) 'InitTools.psd1'
}

Describe 'A weight tensor is a recipe' {
    BeforeAll {
        $tensors = @(
            $fc1 = @{ Name = 'fc1'; Bias = 'RandomNormal(stddev=0.1)'; Activation = 'leaky_relu(0.2)' }
            New-InitWeights 40,30 HeNormal -Seed 18446744073709551615 @fc1
            New-InitWeights 16,8,3,3 kaiming_uniform_ -Seed 3 -Name conv
            $fc2 = @{ Name = 'fc2'; DType = 'Float64'; Offset = 17; Count = 300; Stream = 'other' }
            New-InitWeights 40,30 'TruncatedNormal(stddev=0.02, minimum=-2, maximum=2)' -Seed 4 @fc2
            New-InitWeights 6,5 HeNormal -Seed 6 -Name ' blank ' -Stream " quoted, 'text' `"and`" more "
            New-InitWeights 50 LecunUniform -FanIn 50 -FanOut 20 -Seed 5 -Name gate -DType BFloat16
        )
        $hashes = $tensors | Get-TensorHash
        $json = $tensors | ConvertTo-Json
    }

    It 'makes the same bytes behind <Way>' -ForEach @(
        @{ Way = 'the pipeline'; Carry = { $tensors } }
        @{ Way = 'Export-Csv'; Carry = { $tensors | Export-Csv TestDrive:/w.csv; Import-Csv TestDrive:/w.csv } }
        @{ Way = 'ConvertTo-Json'; Carry = { $tensors | ConvertTo-Json | ConvertFrom-Json } }
        @{ Way = 'Export-Clixml'; Carry = { $tensors | Export-Clixml TestDrive:/w.xml; Import-Clixml TestDrive:/w.xml } }
        @{ Way = 'Select-Object'; Carry = { $tensors | Select-Object * } }
        @{ Way = 'a hashtable'; Carry = { $tensors | ConvertTo-Json | ConvertFrom-Json -AsHashtable } }
        @{ Way = 'a job'
            Carry = {
                Start-Job -ScriptBlock {
                    Import-Module $args[0]
                    $fc1 = @{ Name = 'fc1'; Bias = 'RandomNormal(stddev=0.1)'; Activation = 'leaky_relu(0.2)' }
            New-InitWeights 40,30 HeNormal -Seed 18446744073709551615 @fc1
                    New-InitWeights 16,8,3,3 kaiming_uniform_ -Seed 3 -Name conv
                    $fc2 = @{ Name = 'fc2'; DType = 'Float64'; Offset = 17; Count = 300; Stream = 'other' }
            New-InitWeights 40,30 'TruncatedNormal(stddev=0.02, minimum=-2, maximum=2)' -Seed 4 @fc2
                    New-InitWeights 6,5 HeNormal -Seed 6 -Name ' blank ' -Stream " quoted, 'text' `"and`" more "
            New-InitWeights 50 LecunUniform -FanIn 50 -FanOut 20 -Seed 5 -Name gate -DType BFloat16
                } -ArgumentList $manifest | Receive-Job -Wait -AutoRemoveJob
            }
        }
    ) {
        $again = & $Carry | New-InitWeights
        $again | Get-TensorHash | Should -Be $hashes
        $again | ConvertTo-Json | Should -Be $json
    }

    BeforeDiscovery {
        $recipes = @(
            @{ Expression = 'Zeros'; Shape = '7x5' }
            @{ Expression = 'Ones'; Shape = '7x5' }
            @{ Expression = 'Constant(0.3)'; Shape = '7x5' }
            @{ Expression = 'RandomUniform(-0.1, 0.3)'; Shape = '7x5' }
            @{ Expression = 'RandomNormal(1, 0.3)'; Shape = '7x5' }
            @{ Expression = 'TruncatedNormal(0.1, 0.3, -0.2, 0.7)'; Shape = '7x5' }
            @{ Expression = 'VarianceScaling(0.3, fan_geo_avg, uniform)'; Shape = '7x5' }
            @{ Expression = 'GlorotUniform(gain=0.7)'; Shape = '7x5' }
            @{ Expression = 'GlorotNormal'; Shape = '7x5' }
            @{ Expression = 'HeUniform(mode=fan_out)'; Shape = '7x5' }
            @{ Expression = 'kaiming_normal_(a=0.3)'; Shape = '7x5' }
            @{ Expression = 'LecunUniform'; Shape = '7x5' }
            @{ Expression = 'LecunNormal'; Shape = '7x5' }
            @{ Expression = 'Identity(gain=0.3)'; Shape = '7x5' }
            @{ Expression = 'Dirac(groups=2)'; Shape = '3x3x4x8' }
            @{ Expression = 'Orthogonal(gain=relu)'; Shape = '7x5' }
            @{ Expression = 'DeltaOrthogonal'; Shape = '3x3x4x8' }
            @{ Expression = 'Sparse(0.3, 0.1)'; Shape = '17x5' }
            @{ Expression = 'ICNR(2, kaiming_normal_)'; Shape = '3x3x4x8' }
            @{ Expression = 'Bilinear'; Shape = '4x4x3x3' }
            @{ Expression = 'SIREN(first)'; Shape = '7x5' }
            @{ Expression = 'Critical(leaky_relu(0.2), q=2)'; Shape = '7x5' }
            @{ Expression = 'CriticalBias(tanh, sigma_b=0.3)'; Shape = '9' }
            @{ Expression = 'Gates(4, Orthogonal)'; Shape = '5x20' }
            @{ Expression = 'LSUV(HeNormal, 0.7)'; Shape = '7x5' }
            @{ Expression = 'LstmBias(order=icfo)'; Shape = '12' }
            @{ Expression = 'HeNormal(gain=backward(tanh))'; Shape = '7x5' }
            @{ Expression = "FromFile('a, (b).npz', 'fc1.weight')"; Shape = '7x5' }
        )
    }

    It 'makes the same bytes of every initializer behind CSV, JSON, Clixml and a file: <Expression>' -ForEach $recipes {
        New-InitWeights 7x5 RandomNormal -Seed 1 -Name fc1 -DType Float64 |
            Export-InitWeights 'TestDrive:/a, (b).npz' -Force
        Push-Location TestDrive:/
        try {
            $tensor = New-InitWeights $Shape $Expression -Seed 3 -DType Float16
            $hash = $tensor | Get-TensorHash
            (New-InitWeights $Shape $tensor.Initializer -Seed 3 -DType Float16 -Layout $tensor.Layout) |
                Get-TensorHash | Should -Be $hash
            $tensor | ConvertTo-Csv | ConvertFrom-Csv | New-InitWeights | Get-TensorHash | Should -Be $hash
            $tensor | ConvertTo-Json | ConvertFrom-Json | New-InitWeights | Get-TensorHash | Should -Be $hash
            $tensor | Export-Clixml TestDrive:/one.xml
            Import-Clixml TestDrive:/one.xml | New-InitWeights | Get-TensorHash | Should -Be $hash
            $tensor | Export-InitWeights TestDrive:/one.safetensors -Force
            (Import-InitWeights TestDrive:/one.safetensors).GetRecipe() | Get-TensorHash | Should -Be $hash
            $tensor | Export-InitWeights TestDrive:/one.init.json -Force
            Import-InitWeights TestDrive:/one.init.json | Get-TensorHash | Should -Be $hash
        }
        finally {
            Pop-Location
        }
    }

    It 'has a recipe of every initializer above but FromArray' -ForEach @{ Recipes = $recipes } {
        $names = $Recipes.Expression |
            ForEach-Object { (Get-Initializer ($_ -replace '\(.*')).Name } | Sort-Object -Unique
        $catalogue = (Get-Initializer | Where-Object { $_.Kind -eq 'Initializer' -and $_.Name -ne 'FromArray' }).Name
        $names | Should -Be ($catalogue | Sort-Object)
    }

    It 'is told from another object of Clixml by its type' {
        $tensors[0] | Export-Clixml TestDrive:/w.xml
        (Import-Clixml TestDrive:/w.xml).PSObject.TypeNames | Should -Contain 'Deserialized.InitTools.WeightTensor'
    }

    It 'makes the same bytes in every process, and under every kernel' {
        $script = @'
Import-Module $module
$values = (New-InitWeights 40,30 HeNormal -Seed 18446744073709551615 -Name fc1).ToArray()
$bytes = [byte[]]::new(4800)
[Buffer]::BlockCopy($values, 0, $bytes, 0, 4800)
[Convert]::ToHexString([Security.Cryptography.SHA256]::HashData($bytes))
'@
        $env:INITTOOLS_KERNEL = 'scalar'
        try {
            Invoke-PowerShell $script | Should -Be $hashes[0]
        }
        finally {
            $env:INITTOOLS_KERNEL = $null
        }

        Invoke-PowerShell $script | Should -Be $hashes[0]
    }

    It 'makes the same bytes under ForEach-Object -Parallel' {
        $parallel = 1..4 | ForEach-Object -Parallel {
            Import-Module $using:manifest
            (New-InitWeights 40,30 HeNormal -Seed 9).ToArray() -join ' '
        }
        $parallel | Sort-Object -Unique | Should -Be ((New-InitWeights 40,30 HeNormal -Seed 9).ToArray() -join ' ')
    }
}

Describe 'Every output object' {
    BeforeDiscovery {
        $kinds = 'WeightTensor', 'LayerVariance', 'InitializerComparison', 'InitializerDescription' |
            ForEach-Object { @{ Kind = $_ } }
    }

    BeforeAll {
        $objects = @{
            WeightTensor          = New-InitWeights -Width 8,4,2 -Seed 1
            LayerVariance         = Measure-LayerVariance 8,4,2 tanh -Seed 1
            InitializerComparison = Compare-Initializers 8,4,2 -Seed 1 -SeedCount 1
            InitializerDescription = Get-Initializer
        }
    }

    It '<Kind>: every property is a scalar or a short text' -ForEach $kinds {
        $scalars = [string], [double], [long], [int], [ulong], [bool]
        foreach ($object in $objects[$Kind]) {
            foreach ($property in $object.PSObject.Properties) {
                if ($null -ne $property.Value) { $property.Value.GetType() | Should -BeIn $scalars -Because $property.Name }
            }
        }
    }

    It '<Kind>: Export-Csv and ConvertTo-Json carry every property' -ForEach $kinds {
        $objects[$Kind] | Export-Csv TestDrive:/objects.csv
        $rows = @(Import-Csv TestDrive:/objects.csv)
        $names = $objects[$Kind][0].PSObject.Properties.Name
        $rows[0].PSObject.Properties.Name | Should -Be $names
        $parsed = @($objects[$Kind] | ConvertTo-Json | ConvertFrom-Json)
        $rows.Count | Should -Be @($objects[$Kind]).Count
        for ($i = 0; $i -lt $rows.Count; $i++) {
            foreach ($name in $names) {
                # Text in a string has 15 digits; what is written to files has all of them.
                $value = @($objects[$Kind])[$i].$name
                $text = if ($value -is [double]) { $value.ToString('R', [cultureinfo]::InvariantCulture) } else { "$value" }
                $rows[$i].$name | Should -Be $text -Because $name
                if ([double]::IsInfinity($value -as [double])) { $value = $text }
                $parsed[$i].$name | Should -Be $value -Because $name
            }
        }
    }

    It '<Kind>: the table keeps within 120 columns' -ForEach $kinds {
        $wide = ($objects[$Kind] | Out-String -Width 400) -split '\r?\n'
        ($wide | Where-Object { $_ -notmatch '^ *Reason: ' } | Measure-Object Length -Maximum).Maximum |
            Should -BeLessOrEqual 120
        $wide -join "`n" | Should -Match '----'
    }

    It 'LayerVariance: a reason that holds for all layers stands once' {
        $text = Measure-LayerVariance 64,64,64,64,64,64,64,64,64,64 relu -Initializer LecunNormal -Seed 1 |
            Out-String -Width 120
        [regex]::Matches($text, 'Reason: ').Count | Should -Be 1
        [regex]::Matches($text, 'Vanishing').Count | Should -Be 9
    }
}

Describe 'Another culture' {
    It 'reads and writes numbers invariantly under de-DE, and shows them in the user''s way' {
        Set-Content TestDrive:/data.csv -Value "a,b`n1.5,-2`n2.5,3e-1"
        Set-Content TestDrive:/arch.csv -Value "FanIn,FanOut,Initializer`n2,3,RandomNormal(stddev=0.5)"
        $drive = (Get-PSDrive TestDrive).Root
        $script = @"
Import-Module `$module
[cultureinfo]::CurrentCulture = 'CULTURE'
`$w = Import-Csv '$drive/arch.csv' | New-InitWeights -Seed 1
`$w.Initializer
(New-InitWeights 3,4 RandomNormal -StdDev 0.5 -Seed 1).Initializer
(New-InitWeights 3,4 RandomNormal -StdDev '0.5' -Seed 1).Initializer
`$w | Export-Csv '$drive/w-CULTURE.csv' -Delimiter ';'
(Import-Csv '$drive/w-CULTURE.csv' -Delimiter ';' | New-InitWeights).ToArray() |
    ForEach-Object { `$_.ToString('R', [cultureinfo]::InvariantCulture) }
`$m = `$w | Measure-LayerVariance -Data '$drive/data.csv' -Seed 1
`$m.PreActivationVariance.ToString('R', [cultureinfo]::InvariantCulture)
`$m.Reason
try { New-InitWeights 3,4 RandomNormal -StdDev '0,5' } catch { `$_.FullyQualifiedErrorId }
"@
        $german = Invoke-PowerShell $script.Replace('CULTURE', 'de-DE')
        $german | Should -Be (Invoke-PowerShell $script.Replace('CULTURE', 'en-US'))
        $german[0] | Should -Be 'RandomNormal(stddev=0.5)'
        Invoke-PowerShell @'
Import-Module $module
[cultureinfo]::CurrentCulture = 'de-DE'
New-InitWeights 3,4 'RandomNormal(stddev=0.5)' -Seed 1 | Out-String -Width 120
'@ | Out-String | Should -Match '0,25 +0,5 '
    }
}
