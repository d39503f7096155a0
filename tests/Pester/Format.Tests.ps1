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
            foreach ($verdict in @($objects | Where-Object Verdict | ForEach-Object Verdict)) {
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
}
