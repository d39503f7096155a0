BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $module = Get-ModuleFolder
    $version = Split-Path $module -Leaf
    $packages = Join-Path $TestDrive 'packages'
    $project = Get-RepositoryPath 'src/InitTools.PowerShell'
    $log = dotnet pack $project --no-build --configuration Release --output $packages 2>&1
    if ($LASTEXITCODE -ne 0) {
        throw "dotnet pack ended with ${LASTEXITCODE}: $log"
    }

    function Get-RelativePath {
        <#
        .SYNOPSIS
        The files of a folder, relative to it.
        .PARAMETER Folder
        The folder.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $Folder)

        Get-ChildItem -LiteralPath $Folder -Recurse -File |
            ForEach-Object { [IO.Path]::GetRelativePath($Folder, $_.FullName) } | Sort-Object
    }

    function Invoke-ThreeJob {
        <#
        .SYNOPSIS
        Runs the three jobs in a process that finds the module by its name.
        .PARAMETER ModulePath
        The folder that is to be PSModulePath.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $ModulePath)

        $before = $env:PSModulePath
        $env:PSModulePath = $ModulePath
        try {
            Invoke-PowerShell @'
(New-InitWeights 784,256 he_normal -Seed 42).GetStatistics().Variance -gt 0
(Measure-LayerVariance 64,64,10 relu -Initializer HeNormal -Seed 1)[0].Verdict
(Compare-Initializers 64,64,64,10 relu -Initializer HeNormal, Zeros -SeedCount 1 -Seed 1)[0].Initializer
(Get-Module InitTools).ModuleBase
(Get-Help New-InitWeights).Synopsis.Length -gt 20
'@
        }
        finally {
            $env:PSModulePath = $before
        }
    }
}

Describe 'The package' {
    It 'is installed from a repository of PowerShell modules and does its three jobs' {
        $folder = Join-Path $TestDrive 'saved'
        [void] (New-Item -ItemType Directory $folder)
        Register-PSResourceRepository -Name InitToolsTest -Uri $packages -Trusted
        try {
            $found = Find-PSResource InitTools -Repository InitToolsTest
            Save-PSResource InitTools -Repository InitToolsTest -Path $folder
        }
        finally {
            Unregister-PSResourceRepository -Name InitToolsTest
        }

        $manifest = Import-PowerShellDataFile (Join-Path $module 'InitTools.psd1')
        $found.Version | Should -Be $version
        $found.Description | Should -Be $manifest.Description
        $installed = Join-Path $folder "InitTools/$version"
        Get-RelativePath $installed | Where-Object { $_ -ne 'PSGetModuleInfo.xml' -and $_ -notlike '*.nuspec' } |
            Should -Be (Get-RelativePath $module)
        Invoke-ThreeJob $folder | Should -Be 'True', 'Healthy', 'HeNormal', $installed, 'True'
    }

    It 'is unpacked from the .zip into a folder of PSModulePath and does its three jobs' {
        $folder = Join-Path $TestDrive 'unpacked'
        [IO.Compression.ZipFile]::ExtractToDirectory((Join-Path $packages "InitTools.$version.zip"), $folder)
        $installed = Join-Path $folder "InitTools/$version"
        Get-RelativePath $installed | Should -Be (Get-RelativePath $module)
        Invoke-ThreeJob $folder | Should -Be 'True', 'Healthy', 'HeNormal', $installed, 'True'
    }
}

Describe 'The description of the package' {
    It 'has the tags by which Find-PSResource searches a gallery' {
        $archive = [IO.Compression.ZipFile]::OpenRead((Join-Path $packages "InitTools.$version.nupkg"))
        try {
            $reader = [IO.StreamReader]::new($archive.GetEntry('InitTools.nuspec').Open())
            $described = ([xml] $reader.ReadToEnd()).package.metadata
        }
        finally {
            $archive.Dispose()
        }

        $manifest = Import-PowerShellDataFile (Join-Path $module 'InitTools.psd1')
        $tags = $described.tags -split ' '
        $tags[0..2] | Should -Be 'PSModule', 'PSEdition_Core', 'PSIncludes_Cmdlet'
        $manifest.PrivateData.PSData.Tags | Should -BeIn $tags
        $manifest.CmdletsToExport | ForEach-Object { "PSCmdlet_$_"; "PSCommand_$_" } | Should -BeIn $tags
        $described.description | Should -Be $manifest.Description
        $described.license.InnerText | Should -Be 'MIT'
        $described.PSObject.Properties.Name | Should -Not -Contain 'dependencies'
    }
}

Describe 'The manifest' {
    It 'is complete' {
        $manifest = Test-ModuleManifest (Join-Path $module 'InitTools.psd1')
        foreach ($name in 'Author', 'CompanyName', 'Copyright', 'Description', 'Tags', 'LicenseUri', 'ReleaseNotes',
            'PowerShellVersion', 'CompatiblePSEditions', 'Guid') {
            $manifest.$name | Should -Not -BeNullOrEmpty -Because $name
        }
    }
}

Describe 'Licences' {
    It 'come with the module: its own, and that of every assembly of others in it' {
        Join-Path $module 'LICENSE' | Should -Exist
        $notices = Get-Content -Raw (Join-Path $module 'THIRD-PARTY-NOTICES.txt')
        $others = (Get-ChildItem (Join-Path $module 'bin') -Filter *.dll).Name -notlike 'InitTools.*'
        $others | Should -Not -BeNullOrEmpty
        foreach ($name in $others) {
            $notices | Should -Match ([regex]::Escape("($name"))
        }

        $notices | Should -Match '(?m)^uPlot '
    }
}
