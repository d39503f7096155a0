@{
    RootModule           = 'bin/InitTools.PowerShell.dll'
    ModuleVersion        = '0.1.0'
    GUID                 = '59792420-40e8-40ca-8eca-c297549d4346'
    Author               = 'InitTools contributors'
    CompanyName          = 'InitTools'
    Copyright            = '(c) 2026 InitTools contributors. MIT licence.'
    Description          = 'Neural-network weight initialization: make initial weights, measure what they do to a deep stack forwards and backwards, rank schemes by what is measured.'
    PowerShellVersion    = '7.6'
    CompatiblePSEditions = @('Core')
    NestedModules        = @('bin/InitTools.PowerShell.Loader.dll')
    FormatsToProcess     = @('InitTools.Format.ps1xml')
    FunctionsToExport    = @()
    CmdletsToExport      = @(
        'New-InitWeights', 'Measure-LayerVariance', 'Compare-Initializers', 'Get-Initializer', 'Export-InitWeights',
        'Import-InitWeights', 'Optimize-InitWeights', 'Test-InitWeights', 'Show-LayerChart', 'Export-InitReport'
    )
    VariablesToExport    = @()
    AliasesToExport      = @()
    PrivateData          = @{
        PSData = @{
            Tags         = @(
                'neural-network', 'weight-initialization', 'initializer', 'deep-learning'
                'Xavier', 'Glorot', 'He', 'LeCun'
            )
            LicenseUri   = 'https://opensource.org/license/mit'
            ReleaseNotes = 'The first version. A change of the bits that a recipe makes is always listed here.'
        }
    }
}
