using System.Collections;
using System.Globalization;
using System.Reflection;

namespace InitTools.Help;

/// <summary>One parameter of a cmdlet: what its declaration and its summary say.</summary>
internal sealed class CmdletParameter
{
    /// <summary>An initializer or an activation is one of too many to list.</summary>
    private const int LongestList = 8;

    private readonly IReadOnlyList<CustomAttributeData> _attributes;

    /// <summary>Describes a property with a Parameter attribute.</summary>
    /// <param name="property">The property.</param>
    /// <param name="cmdlet">An instance of the cmdlet, whose property has the default value.</param>
    /// <param name="summaries">What the properties are for.</param>
    public CmdletParameter(PropertyInfo property, object cmdlet, XmlSummaries summaries)
    {
        _attributes = [.. property.GetCustomAttributesData()];
        Name = property.Name;
        Text = summaries.Of(property);
        Type = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
        Default = DefaultText(property.GetValue(cmdlet));
        Aliases = [.. Named("AliasAttribute").SelectMany(attribute =>
            (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
            .Select(argument => (string)argument.Value!)];
        SupportsWildcards = Named("SupportsWildcardsAttribute").Any();
        Sets = [.. Named("ParameterAttribute").Select(attribute => new ParameterSetMembership(attribute))];
        AcceptedValues = ReadAcceptedValues();
    }

    public string Name { get; }

    public string Text { get; }

    public Type Type { get; }

    /// <summary>The value where none is given: None where that is for the cmdlet to find out.</summary>
    public string Default { get; }

    public IReadOnlyList<string> Aliases { get; }

    public bool SupportsWildcards { get; }

    public IReadOnlyList<ParameterSetMembership> Sets { get; }

    /// <summary>The names that the parameter completes, where they are few.</summary>
    public IReadOnlyList<string> AcceptedValues { get; }

    /// <summary>True for a switch, which takes no value.</summary>
    public bool IsSwitch => Type.Name == "SwitchParameter";

    /// <summary>How the parameter belongs to a set; null where it does not.</summary>
    public ParameterSetMembership? In(string set) =>
        Sets.FirstOrDefault(membership => membership.Set == set || membership.Set == ParameterSetMembership.AllSets);

    private IEnumerable<CustomAttributeData> Named(string name) =>
        _attributes.Where(attribute => attribute.AttributeType.Name == name);

    private string DefaultText(object? value) => value switch
    {
        null or "" => "None",
        string text => text,
        IEnumerable list => string.Join(", ", list.Cast<object>()) is { Length: > 0 } joined ? joined : "None",
        _ when IsSwitch => "False",
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private string[] ReadAcceptedValues()
    {
        if (Type.IsEnum)
        {
            return Enum.GetNames(Type);
        }

        // Those of our completers that know a fixed set of names.
        object? completer = Named("ArgumentCompleterAttribute")
            .Select(attribute => attribute.ConstructorArguments[0].Value as Type)
            .Where(type => type?.GetProperty("Names", BindingFlags.Instance | BindingFlags.NonPublic) is not null)
            .Select(type => Activator.CreateInstance(type!))
            .FirstOrDefault();
        var names = (IEnumerable<(string Name, string Tooltip)>?)completer?.GetType()
            .GetProperty("Names", BindingFlags.Instance | BindingFlags.NonPublic)!
            .GetValue(completer);
        string[] accepted = [.. (names ?? []).Select(entry => entry.Name)];
        return accepted.Length <= LongestList ? accepted : [];
    }
}

/// <summary>How a parameter belongs to a parameter set.</summary>
internal sealed class ParameterSetMembership(CustomAttributeData attribute)
{
    /// <summary>The name of the set that stands for all.</summary>
    public const string AllSets = "__AllParameterSets";

    public string Set { get; } = Argument(attribute, "ParameterSetName") as string ?? AllSets;

    public bool IsRequired { get; } = Argument(attribute, "Mandatory") is true;

    /// <summary>The position from 0; null for a parameter that is named.</summary>
    public int? Position { get; } = Argument(attribute, "Position") as int?;

    /// <summary>How the pipeline fills it, in the words of Get-Help.</summary>
    public string PipelineInput { get; } =
        (Argument(attribute, "ValueFromPipeline"), Argument(attribute, "ValueFromPipelineByPropertyName")) switch
        {
            (true, true) => "True (ByPropertyName, ByValue)",
            (true, _) => "True (ByValue)",
            (_, true) => "True (ByPropertyName)",
            _ => "False",
        };

    private static object? Argument(CustomAttributeData attribute, string name) =>
        attribute.NamedArguments.FirstOrDefault(argument => argument.MemberName == name).TypedValue.Value;
}
