BeforeDiscovery {
    $root = Join-Path $PSScriptRoot '../..'
    $files = Get-ChildItem $root -Recurse -Include *.ps1, *.psm1 |
        Where-Object FullName -NotMatch '[\\/](bin|obj|output|Fixtures|TestResults)[\\/]'
    # A suite has its strict mode of the runner.
    $scripts = @($files | ForEach-Object {
            @{
                Script = $_.FullName
                Name   = $_.Name
                IsOwn  = $_.Name -notlike '*.Tests.ps1'
            }
        })
}

BeforeAll {
    function Get-Tree {
        <#
        .SYNOPSIS
        The syntax tree of a script; fails where it has errors.
        .PARAMETER Path
        The script.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [string] $Path)

        $errors = $null
        $tree = [Management.Automation.Language.Parser]::ParseFile($Path, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $tree
    }

    function Get-Node {
        <#
        .SYNOPSIS
        The functions and the calls of commands of a tree.
        .PARAMETER Tree
        The tree.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [object] $Tree)

        $Tree.FindAll({
                $args[0] -is [Management.Automation.Language.CommandAst] -or
                $args[0] -is [Management.Automation.Language.FunctionDefinitionAst]
            }, $true)
    }

    function Test-CmdletBinding {
        <#
        .SYNOPSIS
        Whether a parameter block has CmdletBinding.
        .PARAMETER Block
        The block.
        #>
        [CmdletBinding()]
        param([Parameter(Mandatory)] [AllowNull()] [object] $Block)

        [bool] ($Block -and $Block.Attributes.TypeName.Name -contains 'CmdletBinding')
    }
}

Describe 'The script <Name>' -ForEach $scripts {
    BeforeAll {
        $tree = Get-Tree $Script
        $nodes = @(Get-Node $tree)
        $functions = @($nodes | Where-Object { $_ -is [Management.Automation.Language.FunctionDefinitionAst] })
        $commands = @($nodes | Where-Object { $_ -is [Management.Automation.Language.CommandAst] })
    }

    It 'calls its functions by approved verbs and singular nouns' {
        foreach ($function in $functions) {
            $verb, $noun = $function.Name -split '-', 2
            $verb | Should -BeIn (Get-Verb).Verb -Because $function.Name
            $noun | Should -Match '^(InitTools|[A-Z][A-Za-z]*([^s]|ss))$'
        }
    }

    It 'has functions with CmdletBinding and help' {
        foreach ($function in $functions) {
            Test-CmdletBinding $function.Body.ParamBlock | Should -BeTrue -Because $function.Name
            $help = $function.GetHelpContent()
            $help | Should -Not -BeNullOrEmpty -Because $function.Name
            $help.Synopsis | Should -Not -BeNullOrEmpty -Because $function.Name
            # GetHelpContent knows parameters by their names in capitals.
            $declared = @($function.Body.ParamBlock.Parameters | ForEach-Object { $_.Name.VariablePath.UserPath.ToUpperInvariant() })
            @($help.Parameters.Keys | Sort-Object) | Should -Be @($declared | Sort-Object) -Because $function.Name
        }
    }

    It 'has no alias of a command' {
        $commands | ForEach-Object { $_.GetCommandName() } | Where-Object { $_ } |
            Where-Object { Test-Path -LiteralPath "Alias:/$_" } | Should -BeNullOrEmpty
    }

    It 'has no expression that is run as a text' {
        @($commands | Where-Object { $_.GetCommandName() -eq 'Invoke-Expression' }).Count |
            Should -BeLessOrEqual ([int] ($Name -in 'ExportInitReport.Tests.ps1', 'CompareInitializers.Tests.ps1'))
    }

    It 'has strict mode, where it is no suite' {
        if (-not $IsOwn) { return }

        $modes = $commands | Where-Object { $_.GetCommandName() -eq 'Set-StrictMode' }
        "$modes" | Should -Match '-Version Latest'
    }

    It 'has help, and CmdletBinding where it is run, where it is no suite' {
        if (-not $IsOwn) { return }

        $tree.GetHelpContent().Synopsis | Should -Not -BeNullOrEmpty
        if ($Name -like '*.ps1') {
            Test-CmdletBinding $tree.ParamBlock | Should -BeTrue
        }
    }
}

Describe 'This suite' {
    It 'runs in strict mode, as all suites do' {
        { $variableThatIsNotSet } | Should -Throw -ErrorId 'VariableIsUndefined'
    }

    It 'finds what it looks for' {
        $bad = Join-Path $TestDrive 'bad.ps1'
        Set-Content $bad "function Frob-Things { gci }"
        $function, $command = Get-Node (Get-Tree $bad)
        $function.GetHelpContent() | Should -BeNullOrEmpty
        Test-CmdletBinding $function.Body.ParamBlock | Should -BeFalse
        $command.GetCommandName() | Should -Be 'gci'
        Test-Path 'Alias:/gci' | Should -BeTrue
    }
}
