BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $layers = Measure-LayerVariance 16,16,4 tanh -BatchSize 8 -Seed 1
    $comparison = Compare-Initializers 16,16,4 -Initializer HeNormal, Zeros -BatchSize 8 -SeedCount 2 -Seed 1
}

Describe 'Export-InitReport' {
    BeforeEach {
        Remove-Item TestDrive:/* -Recurse -Force
    }

    Context 'pages' {
        It 'shows a comparison: the answer, each candidate, and the line that makes it again' {
            $comparison | Export-InitReport TestDrive:/r.html
            $page = Get-Content TestDrive:/r.html -Raw
            $page | Should -Match '<h2>HeNormal for 2 layers of relu</h2>'
            $page | Should -Match '<dt>Zeros<dd>All 16 units of layer 1 are the same to the last bit'
            $page | Should -Match ([regex]::Escape(
                'Compare-Initializers -Initializer HeNormal,Zeros -BatchSize 8 -SeedCount 2 '))
        }

        It 'composes a line that makes the same figures, with the seed that was drawn' {
            $drawn = Compare-Initializers 16,16,4 -Initializer HeNormal, 'RandomNormal(stddev=0.1)' -BatchSize 8
            $again = Invoke-Expression $drawn[0].GetProvenance().Command
            $again.Deviation | Should -Be $drawn.Deviation
            $again.Initializer | Should -Be $drawn.Initializer
        }

        It 'shows measurements of one network side by side' {
            $other = Measure-LayerVariance 16,16,4 tanh -Initializer LecunNormal -BatchSize 8 -Seed 1
            $layers + $other | Export-InitReport TestDrive:/r.html
            $page = Get-Content TestDrive:/r.html -Raw
            [regex]::Matches($page, '<section>').Count | Should -Be 1
            $page | Should -Match '<tbody data-label="GlorotUniform">'
            $page | Should -Match '<tbody data-label="LecunNormal">'
        }

        It 'has the given title, as text' {
            $layers | Export-InitReport TestDrive:/r.html -Title '<b>Week 3</b>'
            Get-Content TestDrive:/r.html -Raw | Should -Match '<h1>&lt;b&gt;Week 3&lt;/b&gt;</h1>'
        }

        It 'forbids the network and names nothing outside itself' {
            $layers | Export-InitReport TestDrive:/r.html
            $page = Get-Content TestDrive:/r.html -Raw
            $page | Should -Match "content=""default-src &#39;none&#39;; script-src &#39;sha256-"
            $page | Should -Not -Match '(src|href)="'
        }
    }

    Context 'files' {
        It 'is relative to Get-Location, and takes brackets as they are written' {
            Push-Location TestDrive:/
            try {
                $layers | Export-InitReport here.html
                $layers | Export-InitReport -LiteralPath 'a[1].html'
            }
            finally {
                Pop-Location
            }

            'TestDrive:/here.html' | Should -Exist
            Test-Path -LiteralPath 'TestDrive:/a[1].html' | Should -BeTrue
        }

        It 'writes nothing under -WhatIf' {
            $layers | Export-InitReport TestDrive:/r.html -WhatIf
            'TestDrive:/r.html' | Should -Not -Exist
            (Get-Command Export-InitReport).Parameters.Keys | Should -Contain 'Confirm'
        }

        It 'replaces a file under -Force only' {
            $layers | Export-InitReport TestDrive:/r.html
            $result = Get-CommandError { $comparison | Export-InitReport TestDrive:/r.html }
            $result.FullId | Should -Be 'FileExists,InitTools.PowerShell.Commands.ExportInitReportCommand'
            Get-Content TestDrive:/r.html -Raw | Should -Not -Match 'Zeros'
            $comparison | Export-InitReport TestDrive:/r.html -Force
            Get-Content TestDrive:/r.html -Raw | Should -Match 'Zeros'
            (Get-ChildItem TestDrive:/ -Force).Name | Should -Be 'r.html'
        }
    }

    Context 'errors' {
        It '<Id>: <Case>' -ForEach @(
            @{ Case = 'another kind of object'; Id = 'InvalidArgument'
                Command = { New-InitWeights 2,3 | Export-InitReport TestDrive:/r.html } }
            @{ Case = 'some layers of a measurement'; Id = 'LayerMismatch'
                Command = { $layers[0] | Export-InitReport TestDrive:/r.html } }
            @{ Case = 'a directory that is not there'; Id = 'InvalidFile'
                Command = { $layers | Export-InitReport TestDrive:/missing/r.html } }
            @{ Case = 'another provider'; Id = 'InvalidFile'
                Command = { $layers | Export-InitReport Variable:/r.html } }
        ) {
            $result = Get-CommandError $Command
            $result.Error | Should -HaveCount 1
            $result.Id | Should -Be $Id
            Get-ChildItem TestDrive:/ | Should -BeNullOrEmpty
        }
    }
}
