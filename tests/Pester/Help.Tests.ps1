BeforeDiscovery {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $pages = Get-RepositoryPath 'docs/en-US'
    $cmdlets = foreach ($command in Get-Command -Module InitTools*, InitTools.PowerShell -CommandType Cmdlet) {
        @{ Name = $command.Name; Page = Join-Path $pages "$($command.Name).md" }
    }

    $examples = Get-ChildItem $pages -Filter *.md | ForEach-Object { Get-DocumentedExample $_.FullName }
    $topics = Get-ChildItem $pages -Filter about_*.md | ForEach-Object { @{ Topic = $_.BaseName } }
}

BeforeAll {
    Import-Module (Join-Path $PSScriptRoot 'Support/InitToolsTest.psm1') -Force -ErrorAction Stop
    Import-InitTools
    $common = [Management.Automation.Cmdlet]::CommonParameters +
        [Management.Automation.Cmdlet]::OptionalCommonParameters

    function Get-DefaultText {
        <#
        .SYNOPSIS
        A default value as help writes it.
        .PARAMETER Value
        The value.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [AllowNull()] [AllowEmptyString()] [object] $Value)

        if ($Value -is [switch]) { return "$Value" }
        if ($Value -is [array]) { $Value = $Value -join ', ' }
        if ("$Value" -eq '') { return 'None' }
        [string]::Format([cultureinfo]::InvariantCulture, '{0}', $Value)
    }
}

Describe 'Help of <Name>' -ForEach $cmdlets {
    BeforeAll {
        $command = Get-Command $Name
        $help = Get-Help $Name -Full
        $live = @($command.Parameters.Values | Where-Object Name -NotIn $common)
    }

    It 'has a synopsis, a description, columns of its output, notes, links and four examples' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.Synopsis | Should -Not -Match '^\s*\S+-\S+ \['
        @($help.description.Text).Where{ $_ }.Count | Should -BeGreaterThan 1
        @($help.alertSet.alert.Text).Where{ $_ }.Count | Should -BeGreaterThan 0
        @($help.relatedLinks.navigationLink).Count | Should -BeGreaterThan 1
        @($help.examples.example).Count | Should -BeGreaterOrEqual 4
        foreach ($type in $command.OutputType | ForEach-Object Type | Where-Object FullName -Like 'InitTools.*') {
            $columns = $type.GetProperties().Where{ -not $_.GetIndexParameters() }.Name
            $output = $help.returnValues.returnValue | Where-Object { $_.type.name -eq $type.FullName }
            $said = @($output.description.Text) -match '^\w+: \S'
            $said.ForEach{ $_.Split(':')[0] } | Should -Be $columns
        }
    }

    It 'says of each parameter what it is for' {
        @($help.parameters.parameter.name | Sort-Object) | Should -Be @($live.Name | Sort-Object)
        $help.parameters.parameter | Where-Object { -not "$($_.description.Text)".Trim() } |
            ForEach-Object name | Should -BeNullOrEmpty
    }

    It 'has the types, defaults, aliases, positions and pipeline input that the parameters have' {
        $cmdlet = [Activator]::CreateInstance($command.ImplementingType)
        $live.Count | Should -BeGreaterThan 0
        foreach ($parameter in $live) {
            $said = $help.parameters.parameter | Where-Object name -EQ $parameter.Name
            $declared = $command.ImplementingType.GetProperty($parameter.Name)
            $set = $declared.GetCustomAttributes([Management.Automation.ParameterAttribute], $true)[0]
            $type = [Nullable]::GetUnderlyingType($parameter.ParameterType) ?? $parameter.ParameterType
            $said.type.name -as [type] ?? [type] $type.FullName | Should -Be $type -Because $parameter.Name
            $said.defaultValue | Should -Be (Get-DefaultText $declared.GetValue($cmdlet)) -Because $parameter.Name
            $said.aliases | Should -Be (($parameter.Aliases -join ', ') ? ($parameter.Aliases -join ', ') : 'none')
            $said.required | Should -Be "$($set.Mandatory)".ToLowerInvariant() -Because $parameter.Name
            $said.position | Should -Be ($set.Position -ge 0 ? "$($set.Position)" : 'named') -Because $parameter.Name
            $ways = @(
                if ($set.ValueFromPipelineByPropertyName) { 'ByPropertyName' }
                if ($set.ValueFromPipeline) { 'ByValue' }
            ) -join ', '
            $said.pipelineInput | Should -Be ($ways ? "True ($ways)" : 'False') -Because $parameter.Name
            $declared.GetCustomAttributes([Management.Automation.SupportsWildcardsAttribute], $true).Count -gt 0 |
                Should -Be ($said.globbing -eq 'true') -Because $parameter.Name
        }
    }

    It 'has the parameter sets of the cmdlet, the default one first' {
        $said = foreach ($item in $help.syntax.syntaxItem) {
            @($item.parameter.name | Sort-Object) -join ' '
        }
        $declared = foreach ($set in $command.ParameterSets | Sort-Object { -not $_.IsDefault }, Name) {
            $names = $set.Parameters.Name | Where-Object { $_ -notin [Management.Automation.Cmdlet]::CommonParameters }
            @($names | Sort-Object) -join ' '
        }
        $said | Should -Be $declared
    }

    It 'shows the examples of its page' {
        $shown = @($help.examples.example.code)
        $written = @((Get-DocumentedExample $Page).Code.TrimEnd())
        $shown | Should -Be $written
    }
}

Describe 'Examples of the help' {
    It 'prints what it says: <Page>, line <Line>' -ForEach $examples {
        Invoke-Example $Code | Should -BeExactly $Output
    }
}

Describe 'Topics' {
    It 'shows <Topic>' -ForEach $topics {
        $text = Get-Help $Topic | Out-String
        $text | Should -Match "(?m)^TOPIC\r?\n    $Topic"
        $text | Should -Match 'LONG DESCRIPTION'
    }

    It 'has every activation with its gain' {
        $text = Get-Help about_InitTools_Activations | Out-String
        foreach ($activation in [InitTools.Activation]::All) {
            $text | Should -Match "(?m)^    $($activation.Name)(\(|\r?$)"
        }
    }

    It 'has every initializer and parameterization' {
        $text = Get-Help about_InitTools_Expressions | Out-String
        foreach ($name in (Get-Initializer).Name) {
            $text | Should -Match "(?m)^    $name(\(|\r?$)"
        }
    }
}

Describe 'What a newcomer types first' {
    It 'works: <_>' -ForEach @(
        'New-InitWeights 784,256 he_normal'
        'Compare-Initializers 64,64,64,10 relu'
        'Get-Help Compare-Initializers -Examples'
    ) {
        & ([scriptblock]::Create($_)) | Out-String | Should -Match 'HeNormal'
    }
}
