BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $layers = Measure-LayerVariance 64,64,64,10 sigmoid -Seed 1
    $comparison = Compare-Initializers 16,16,4 relu -SeedCount 1 -Seed 1
    $tensors = New-InitWeights -Width 784,256,10 -Seed 42
}

Describe 'Tables' {
    It 'are within <Width> columns and show every verdict' -ForEach @(@{ Width = 80 }, @{ Width = 120 }) {
        $PSStyle.OutputRendering = 'PlainText'
        foreach ($objects in $layers, $comparison, $tensors) {
            $lines = ($objects | Out-String -Width $Width) -split '\r?\n'
            ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual $Width

            # A column for which there is no room is left out, and not pressed into what is left of the line.
            $underlines = ($lines -match '^ *-[- ]+$').ForEach({ $_.Trim() -split ' +' })
            $underlines | Should -Not -BeNullOrEmpty
            ($underlines | Measure-Object Length -Minimum).Minimum | Should -BeGreaterOrEqual 'Rank'.Length
            foreach ($verdict in @($objects | Where-Object { $_.PSObject.Properties['Verdict'] } | ForEach-Object Verdict)) {
                $lines -match "\b$verdict\b" | Should -Not -BeNullOrEmpty
            }
        }
    }

    It 'have verdicts in colours where there are colours, and plain text where there are none' {
        $rendering = $PSStyle.OutputRendering
        try {
            $PSStyle.OutputRendering = 'Ansi'
            $comparison | Out-String | Should -Match ([regex]::Escape("$($PSStyle.Foreground.Green)Healthy"))
            $comparison | Out-String | Should -Match ([regex]::Escape("$($PSStyle.Formatting.Error)Symmetric"))
            $PSStyle.OutputRendering = 'PlainText'
            $comparison | Out-String | Should -Not -Match "`e"
        }
        finally {
            $PSStyle.OutputRendering = $rendering
        }
    }

    It 'leave the property of the object without colours' {
        ($layers | ConvertTo-Csv) -join '' | Should -Not -Match "`e"
    }

    It 'show how the second moment goes with depth as a bar' {
        $falling = Measure-LayerVariance (@(64) * 8) linear -Initializer 'RandomNormal(stddev=0.0125)' -Seed 1
        $bars = ($falling | Out-String -Width 120) -split '\r?\n' -match '^ +\d layer' |
            ForEach-Object { [regex]::Match($_, '[\u25C2\u2590\u2588]+(?=\u2502)').Value }
        # Variance 0.01 per layer over 64 inputs of 1/64: two powers of ten a layer are three columns, up to nine.
        $bars.ForEach('Length') | Should -Be 3, 6, 9, 9, 9, 9, 9
        $bars[3..6].Substring(0, 1) | Should -Be (@([string] [char] 0x25C2) * 4)
        @($falling | ConvertTo-Json | ConvertFrom-Json)[0].PSObject.Properties.Name | Should -Not -Contain 'Bar'
    }

    It 'of measured layers give way to histograms in Format-Custom' {
        $lines = ($layers[1] | Format-Custom | Out-String).TrimStart() -split '\r?\n'
        $lines[0] | Should -Be 'Layer 2, layer2: pre-activations z of sigmoid'
        $counts = $lines -match '\u2502.* \d+$' | ForEach-Object { [int] ($_ -split ' ')[-1] }
        $counts | Should -Be @($layers[1].Histogram(20, 'PreActivation') | ForEach-Object Count)
        ($lines | Measure-Object Length -Maximum).Maximum | Should -BeLessOrEqual 80
    }
}

Describe 'Format-List *' {
    It 'shows every property: <Kind>' -ForEach @(
        @{ Kind = 'tensors'; Make = { $tensors[0] } }
        @{ Kind = 'layers'; Make = { $layers[0] } }
        @{ Kind = 'comparisons'; Make = { $comparison[0] } }
        @{ Kind = 'plans'; Make = { New-InitWeights 3,4 -Plan } }
        @{ Kind = 'initializers'; Make = { Get-Initializer HeNormal } }
    ) {
        $object = & $Make
        $shown = ($object | Format-List * | Out-String -Width 200) -split '\r?\n' -match '^\w+ +:' |
            ForEach-Object { ($_ -split ' +:', 2)[0] }
        $shown | Should -Be $object.PSObject.Properties.Name
    }
}

Describe 'Output of another process' {
    It 'is plain where it is redirected to a file' {
        Invoke-PowerShell @"
Import-Module `$module
`$PSStyle.OutputRendering = 'Host'
Compare-Initializers 16,16,4 relu -Initializer HeNormal, Zeros -SeedCount 1 -Seed 1 > '$TestDrive/table.txt'
"@
        $text = Get-Content TestDrive:/table.txt
        $text -join '' | Should -Not -Match "`e"
        $text -match 'HeNormal +Healthy' | Should -HaveCount 1
    }

    It 'is plain where NO_COLOR is set' {
        $before = $env:NO_COLOR
        $env:NO_COLOR = '1'
        try {
            $text = Invoke-PowerShell @'
Import-Module $module
Compare-Initializers 16,16,4 relu -Initializer HeNormal, Zeros -SeedCount 1 -Seed 1
'@
        }
        finally {
            $env:NO_COLOR = $before
        }

        $text -join '' | Should -Not -Match "`e"
        $text -match 'HeNormal +Healthy' | Should -HaveCount 1
    }
}
