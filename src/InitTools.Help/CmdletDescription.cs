using System.Reflection;

namespace InitTools.Help;

/// <summary>What the declaration of a cmdlet says.</summary>
internal sealed class CmdletDescription
{
    /// <summary>Describes a cmdlet.</summary>
    public CmdletDescription(Type type, XmlSummaries summaries)
    {
        CustomAttributeData cmdlet = Attribute(type, "CmdletAttribute")!;
        Verb = (string)cmdlet.ConstructorArguments[0].Value!;
        Noun = (string)cmdlet.ConstructorArguments[1].Value!;
        Synopsis = summaries.Of(type);
        object instance = Activator.CreateInstance(type)!;
        Parameters =
        [
            .. type.GetProperties()
                .Where(property => Attribute(property, "ParameterAttribute") is not null)
                .Select(property => new CmdletParameter(property, instance, summaries))
                .OrderBy(parameter => parameter.Sets.Min(set => set.Position) ?? int.MaxValue)
                .ThenBy(parameter => parameter.Name, StringComparer.Ordinal),
        ];
        string[] sets = [.. Parameters.SelectMany(parameter => parameter.Sets).Select(set => set.Set)
            .Where(set => set != ParameterSetMembership.AllSets).Distinct().Order(StringComparer.Ordinal)];
        string? defaultSet = cmdlet.NamedArguments
            .FirstOrDefault(argument => argument.MemberName == "DefaultParameterSetName").TypedValue.Value as string;
        ParameterSets = sets.Length == 0
            ? [ParameterSetMembership.AllSets]
            : [.. sets.OrderByDescending(set => set == defaultSet)];
        SupportsShouldProcess = cmdlet.NamedArguments
            .Any(argument => argument.MemberName == "SupportsShouldProcess" && argument.TypedValue.Value is true);
        Outputs =
        [
            .. type.GetCustomAttributesData()
                .Where(attribute => attribute.AttributeType.Name == "OutputTypeAttribute")
                .SelectMany(attribute =>
                    (IEnumerable<CustomAttributeTypedArgument>)attribute.ConstructorArguments[0].Value!)
                .Select(argument => argument.Value).OfType<Type>()
                .Select(output => new OutputDescription(output, summaries)),
        ];
    }

    public string Verb { get; }

    public string Noun { get; }

    public string Name => $"{Verb}-{Noun}";

    public string Synopsis { get; }

    public IReadOnlyList<CmdletParameter> Parameters { get; }

    /// <summary>The sets, the default one first.</summary>
    public IReadOnlyList<string> ParameterSets { get; }

    public bool SupportsShouldProcess { get; }

    public IReadOnlyList<OutputDescription> Outputs { get; }

    /// <summary>True for a class that is a cmdlet.</summary>
    public static bool IsCmdlet(Type type) => !type.IsAbstract && Attribute(type, "CmdletAttribute") is not null;

    private static CustomAttributeData? Attribute(MemberInfo member, string name) =>
        member.GetCustomAttributesData().FirstOrDefault(attribute => attribute.AttributeType.Name == name);
}

/// <summary>A type that a cmdlet gives, and its columns.</summary>
internal sealed class OutputDescription(Type type, XmlSummaries summaries)
{
    public string TypeName { get; } = type.FullName!;

    public string Synopsis { get; } = summaries.Of(type);

    /// <summary>The public properties of our own types, in the order of declaration.</summary>
    public IReadOnlyList<(string Name, string Text)> Columns { get; } =
        type.Namespace?.StartsWith("InitTools", StringComparison.Ordinal) != true
            ? []
            : [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public)
                .Where(property => property.GetIndexParameters().Length == 0)
                .Select(property => (property.Name, summaries.Of(property)))];
}
