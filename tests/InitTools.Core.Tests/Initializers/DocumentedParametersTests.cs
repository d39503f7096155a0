using System.Text.RegularExpressions;
using System.Xml.Linq;
using Xunit;

namespace InitTools.Core.Tests.Initializers;

/// <summary>
/// What the documentation of a definition says of its parameters, <c>name (default)</c>, against what the code reads.
/// </summary>
public partial class DocumentedParametersTests
{
    private static readonly Dictionary<string, string> s_texts = XDocument
        .Load(Path.Combine(AppContext.BaseDirectory, "InitTools.Core.xml"))
        .Descendants("member")
        .ToDictionary(member => member.Attribute("name")!.Value, member => Blanks().Replace(member.Value, " "));

    public static TheoryData<string> Initializers { get; } =
        [.. InitializerCatalogue.All.Select(definition => definition.Name)];

    public static TheoryData<string> Parameterizations { get; } =
        [.. ParameterizationCatalogue.All.Select(definition => definition.Name)];

    [Theory]
    [MemberData(nameof(Initializers))]
    public void Every_initializer_says_its_parameters_and_their_defaults(string name)
    {
        InitializerDefinition definition = InitializerCatalogue.Find(name);
        Assert.All(definition.Parameters, parameter => Assert.Equal(
            parameter.Default, DocumentedDefault(definition.GetType(), parameter)));
    }

    [Theory]
    [MemberData(nameof(Parameterizations))]
    public void Every_parameterization_says_its_parameters_and_their_defaults(string name)
    {
        ParameterizationDefinition definition = ParameterizationCatalogue.Find(name);
        Assert.All(definition.Parameters, parameter => Assert.Equal(
            parameter.Default, DocumentedDefault(definition.GetType(), parameter)));
    }

    [Theory]
    [InlineData("Parameters: mean (0) and stddev (0.05).", "stddev", "0.05")]
    [InlineData("Parameters: order (by the layout), dcr or crd.", "order", "by the layout")]
    [InlineData("Parameters: mean (0).", "stddev", null)]
    [InlineData("Parameters: negative_slope (1).", "slope", null)]
    public void A_default_is_what_stands_behind_the_name(string text, string name, string? expected) =>
        Assert.Equal(expected, DefaultIn(text, name));

    /// <summary>What the nearest class says, the definition's own before those that it derives from; or null.</summary>
    private static string? DocumentedDefault(Type definition, ParameterDescription parameter)
    {
        for (Type? type = definition; type is not null; type = type.BaseType)
        {
            if (s_texts.TryGetValue($"T:{type.FullName}", out string? text)
                && DefaultIn(text, parameter.Name) is string found)
            {
                return found;
            }
        }

        return null;
    }

    private static string? DefaultIn(string text, string name)
    {
        Match match = Regex.Match(text, $@"(?<!\w){Regex.Escape(name)} \(([^()]*)\)");
        return match.Success ? match.Groups[1].Value : null;
    }

    [GeneratedRegex(@"\s+")]
    private static partial Regex Blanks();
}
