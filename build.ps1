<#
.SYNOPSIS
Builds, tests, measures and packages InitTools.
.DESCRIPTION
Wraps the dotnet commands that do the work, for those who live in PowerShell. A plain `dotnet build -c Release` lays
out the same importable module in output/InitTools/<version>/.
.PARAMETER Task
Build    compiles the solution and lays out the module. This is the default.
Test     builds, then runs every test, the Pester suites included.
Bench    runs the benchmarks; what follows goes to BenchmarkDotNet (for example: --filter *Fill*).
Package  writes to output/, as `dotnet pack -c Release` does: the module as InitTools.<version>.nupkg, for a repository
         of PowerShell modules, and as InitTools.<version>.zip, which unpacks into a folder of $env:PSModulePath; and
         the command line as a .NET tool, InitTools.Cli.<version>.nupkg.
Clean    deletes everything that a build made.
.PARAMETER Configuration
Release (the default) or Debug.
.PARAMETER ArgumentList
Further arguments for dotnet test or for the benchmarks.
.EXAMPLE
./build.ps1
Builds the module and shows where it is.
.EXAMPLE
./build.ps1 -Task Package
Writes the packages and lists them.
.EXAMPLE
./build.ps1 -Task Test -ArgumentList '--filter', 'Category=Slow'
Runs the slow tests, which are left out otherwise.
#>
[CmdletBinding()]
param(
    [Parameter(Position = 0)]
    [ValidateSet('Build', 'Test', 'Bench', 'Package', 'Clean')]
    [string[]] $Task = 'Build',

    [ValidateSet('Release', 'Debug')]
    [string] $Configuration = 'Release',

    [Parameter(ValueFromRemainingArguments)]
    [string[]] $ArgumentList = @()
)

Set-StrictMode -Version Latest
$ErrorActionPreference = 'Stop'
$PSNativeCommandUseErrorActionPreference = $true

$solution = Join-Path $PSScriptRoot 'InitTools.sln'
$manifest = Import-PowerShellDataFile -LiteralPath (Join-Path $PSScriptRoot 'module/InitTools.psd1')
$packageFolder = Join-Path $PSScriptRoot 'output'
$moduleFolder = Join-Path $packageFolder "InitTools/$($manifest.ModuleVersion)"

function Invoke-Build {
    <#
    .SYNOPSIS
    Compiles the solution and lays out the module.
    #>
    [CmdletBinding()]
    param()

    dotnet build $solution --configuration $Configuration
    Write-Information "The module is in $moduleFolder" -InformationAction Continue
}

function Invoke-Test {
    <#
    .SYNOPSIS
    Runs the tests.
    #>
    [CmdletBinding()]
    param()

    dotnet test $solution --configuration $Configuration @ArgumentList
}

function Invoke-Benchmark {
    <#
    .SYNOPSIS
    Runs the benchmarks.
    #>
    [CmdletBinding()]
    param()

    $project = Join-Path $PSScriptRoot 'bench/InitTools.Benchmarks'
    dotnet run --project $project --configuration Release -- @ArgumentList
}

function New-Package {
    <#
    .SYNOPSIS
    Writes the packages and lists them.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param()

    if ($PSCmdlet.ShouldProcess($packageFolder, 'Write the packages')) {
        dotnet pack $solution --configuration $Configuration
        Get-ChildItem -LiteralPath $packageFolder -File | Where-Object Extension -In '.nupkg', '.zip'
    }
}

function Remove-BuildResult {
    <#
    .SYNOPSIS
    Deletes what builds made.
    #>
    [CmdletBinding(SupportsShouldProcess)]
    param()

    $projects = Get-ChildItem -LiteralPath $PSScriptRoot -Recurse -Filter '*.csproj'
    $folders = @($packageFolder) + @(
        foreach ($project in $projects) {
            Join-Path $project.DirectoryName 'bin'
            Join-Path $project.DirectoryName 'obj'
        }
    )
    foreach ($folder in $folders | Where-Object { Test-Path -LiteralPath $_ }) {
        if ($PSCmdlet.ShouldProcess($folder, 'Delete')) {
            Remove-Item -LiteralPath $folder -Recurse -Force
        }
    }
}

foreach ($name in $Task) {
    switch ($name) {
        'Build' { Invoke-Build }
        'Test' { Invoke-Test }
        'Bench' { Invoke-Benchmark }
        'Package' { New-Package }
        'Clean' { Remove-BuildResult }
    }
}
