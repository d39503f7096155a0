namespace InitTools;

/// <summary>
/// A module of <c>torch.nn</c> as its constructor call describes it: its parameters in the order in which the
/// constructor draws them, with PyTorch's default initialization.
/// </summary>
/// <param name="Name">The module's name in torch.nn.</param>
/// <param name="Parameters">Its parameters; empty for a module that has none, such as ReLU.</param>
public sealed record PyTorchModule(string Name, IReadOnlyList<ModuleParameter> Parameters)
{
    private static readonly Lazy<Dictionary<string, PyTorchModuleDefinition>> s_definitions = new(() =>
        typeof(PyTorchModuleDefinition).Assembly.GetTypes()
            .Where(type => type.IsSubclassOf(typeof(PyTorchModuleDefinition)) && !type.IsAbstract)
            .Select(type => (PyTorchModuleDefinition)Activator.CreateInstance(type)!)
            .SelectMany(definition => definition.Names.Select(name => (Name: name, Definition: definition)))
            .ToDictionary(entry => entry.Name, entry => entry.Definition, StringComparer.OrdinalIgnoreCase));

    /// <summary>The modules that are known.</summary>
    public static IReadOnlyList<string> Names => [.. s_definitions.Value.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// Reads a constructor call such as <c>Linear(784, 256)</c> or <c>Conv2d(3, 64, kernel_size=3, groups=1)</c>.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownModule"/>; <see cref="ErrorId.MalformedExpression"/>;
    /// <see cref="ErrorId.UnknownArgument"/>; <see cref="ErrorId.InvalidArgument"/>;
    /// <see cref="ErrorId.InvalidShape"/>.
    /// </exception>
    public static PyTorchModule Parse(string call)
    {
        CallNode node = ExpressionParser.Parse(call);
        KeyValuePair<string, PyTorchModuleDefinition> entry =
            s_definitions.Value.FirstOrDefault(e => e.Key.Equals(node.Name, StringComparison.OrdinalIgnoreCase));
        if (entry.Value is null)
        {
            throw new InitToolsException(
                ErrorId.UnknownModule,
                $"'{node.Name}' is not a module of torch.nn whose initialization is reproduced; did you mean "
                + $"'{NearestName.Of(node.Name, Names)}'? Accepted are {string.Join(", ", Names)}.",
                node.Name);
        }

        ArgumentReader arguments = new(node);
        ModuleArguments moduleArguments = new(node.Name, arguments);
        IReadOnlyList<ModuleParameter> parameters = [.. entry.Value.Bind(entry.Key, moduleArguments)];
        if (entry.Value.ReadsArguments)
        {
            arguments.Finish();
        }

        return new PyTorchModule(entry.Key, parameters);
    }

    /// <summary>The tensors of the module, each drawn where the sequence stands.</summary>
    /// <param name="name">The module's name, before the parameters' names: <c>fc1</c> makes <c>fc1.weight</c>.</param>
    /// <param name="sequence">Where the numbers come from.</param>
    /// <param name="dtype">The element type.</param>
    /// <param name="activation">The activation behind the module, or null.</param>
    public IEnumerable<WeightTensor> CreateTensors(
        string name, DrawSequence sequence, DType dtype = DType.Float32, Activation? activation = null)
    {
        ArgumentNullException.ThrowIfNull(sequence);
        foreach (ModuleParameter parameter in Parameters)
        {
            yield return sequence.Create(new WeightTensorOptions
            {
                Name = $"{name}.{parameter.Name}",
                Shape = parameter.Shape,
                Initializer = parameter.Initializer,
                Seed = sequence.Seed,
                Layout = Layout.OI,
                DType = dtype,
                Activation = activation,
            });
        }
    }
}
