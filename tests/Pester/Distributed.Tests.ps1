BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $manifest = Join-Path (Get-ModuleFolder) 'InitTools.psd1'

    function Get-FolderHash {
        <#
        .SYNOPSIS
        Name and hash of every file of parts in a folder, and of the index.
        .PARAMETER Path
        The folder.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $Path)

        Get-ChildItem $Path -Filter *safetensors* -Force | Sort-Object Name |
            ForEach-Object { "$($_.Name) $((Get-FileHash -LiteralPath $_.FullName).Hash)" }
    }
}

Describe 'Parts of a model' {
    BeforeAll {
        $folder = (Get-Item TestDrive:/).FullName
        $tensors = New-InitWeights -Width 64,48,32,24,16,8 HeNormal -Bias RandomNormal -Seed 5 -DType BFloat16
        $tensors | Export-InitWeights TestDrive:/model.init.json
        [void] (New-Item -ItemType Directory TestDrive:/one)
        $tensors | Export-InitWeights TestDrive:/one/model.safetensors -Part */4
        $expected = Get-FolderHash TestDrive:/one
        $expected.Count | Should -Be 5
    }

    It 'are the same bytes by <Engine>' -ForEach @(
        @{ Engine = 'ForEach-Object -Parallel'
            Run = {
                param($folder, $manifest)
                1..4 | ForEach-Object -ThrottleLimit 4 -Parallel {
                    Import-Module $using:manifest
                    Import-InitWeights "$using:folder/../model.init.json" |
                        Export-InitWeights "$using:folder/model.safetensors" -Part "$_/4"
                }
            }
        }
        @{ Engine = 'Start-Job'
            Run = {
                param($folder, $manifest)
                1..4 | ForEach-Object {
                    Start-Job -ArgumentList $folder, $manifest, $_ {
                        param($folder, $manifest, $part)
                        Import-Module $manifest
                        Import-InitWeights "$folder/../model.init.json" |
                            Export-InitWeights "$folder/model.safetensors" -Part "$part/4"
                    }
                } | Receive-Job -Wait -AutoRemoveJob
            }
        }
    ) {
        $own = Join-Path $folder ($Engine -replace '\W')
        [void] (New-Item -ItemType Directory $own)
        & $Run $own $manifest
        Get-FolderHash $own | Should -Be $expected
    }

    It 'are read together by their index' {
        $read = Import-InitWeights TestDrive:/one/model.safetensors.index.json
        $read.Name | Should -Be $tensors.Name
        $read | Get-TensorHash | Should -Be ($tensors | Get-TensorHash)
        $read | Export-InitWeights TestDrive:/joined.safetensors
        $tensors | Export-InitWeights TestDrive:/direct.safetensors
        (Get-FileHash TestDrive:/joined.safetensors).Hash | Should -Be (Get-FileHash TestDrive:/direct.safetensors).Hash
    }

    It 'are refused where <Description>' -ForEach @(
        @{ Description = 'there are more of them than tensors'; Part = '1/11'; Path = 'w.safetensors'; Id = 'InvalidArgument' }
        @{ Description = 'the text is none'; Part = '5/4'; Path = 'w.safetensors'; Id = 'InvalidArgument' }
        @{ Description = 'the format has none'; Part = '1/2'; Path = 'w.npz'; Id = 'ParameterConflict' }
    ) {
        $result = Get-CommandError { $tensors | Export-InitWeights "TestDrive:/$Path" -Part $Part }
        $result.FullId | Should -Be "$Id,InitTools.PowerShell.Commands.ExportInitWeightsCommand"
    }
}
