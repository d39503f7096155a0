using System.Reflection;
using InitTools.PowerShell.Commands;
using Xunit;

namespace InitTools.Cli.Tests;

/// <summary>
/// The two front doors have the same parameters, but for those that only a pipeline of objects can fill.
/// </summary>
public class CmdletParityTests
{
    [Theory]
    [InlineData("new", typeof(NewInitWeightsCommand), typeof(ExportInitWeightsCommand))]
    [InlineData(
        "measure", typeof(MeasureLayerVarianceCommand), typeof(ImportInitWeightsCommand),
        typeof(ExportInitReportCommand),
        typeof(ShowLayerChartCommand))]
    [InlineData("import", typeof(ImportInitWeightsCommand), typeof(ExportInitWeightsCommand))]
    [InlineData(
        "optimize", typeof(OptimizeInitWeightsCommand), typeof(ImportInitWeightsCommand),
        typeof(ExportInitWeightsCommand))]
    [InlineData(
        "compare", typeof(CompareInitializersCommand), typeof(ExportInitReportCommand), typeof(ShowLayerChartCommand))]
    [InlineData(
        "test", typeof(TestInitWeightsCommand), typeof(ImportInitWeightsCommand), typeof(ExportInitReportCommand))]
    [InlineData("list", typeof(GetInitializerCommand))]
    public void Options_are_the_cmdlets_parameters(string name, params Type[] cmdlets)
    {
        string[] ofPipelineOnly = ["InputObject", "LiteralPath"];
        ToolCommand command = Assert.IsType<ToolCommand>(
            CommandTree.Create().Subcommands.Single(command => command.Name == name),
            exactMatch: false);

        Assert.Equal(command.Cmdlet, NameOf(cmdlets[0]));
        Assert.Equal(
            cmdlets.SelectMany(ParametersOf).Except(ofPipelineOnly).Distinct().Order(StringComparer.Ordinal),
            command.Options.Cast<IParameterOption>().Select(option => option.Parameter).Distinct()
                .Order(StringComparer.Ordinal));
    }

    private static string NameOf(Type cmdlet)
    {
        CustomAttributeData attribute = AttributeOf(cmdlet, "CmdletAttribute")!;
        return $"{attribute.ConstructorArguments[0].Value}-{attribute.ConstructorArguments[1].Value}";
    }

    private static IEnumerable<string> ParametersOf(Type cmdlet) => cmdlet
        .GetProperties()
        .Where(property => AttributeOf(property, "ParameterAttribute") is not null)
        .Select(property => property.Name);

    private static CustomAttributeData? AttributeOf(MemberInfo member, string name) =>
        member.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == name);
}
