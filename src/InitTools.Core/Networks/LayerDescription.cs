using System.Globalization;

namespace InitTools;

/// <summary>
/// A layer as people write it down, read by the names of its properties: a row of a table, an element of JSON, an
/// object.
/// </summary>
/// <remarks>
/// <para>Kind is a name of <see cref="LayerKind"/>; without it, a Shape of rank 3 or more is a convolution and all else
/// dense. The kind Input stands first and is no layer: its Shape is that of an example.</para>
/// <para>Dense has FanIn and FanOut, or Shape; Convolution has Shape, its kernel's, and Stride, Padding, Dilation and
/// Groups; AveragePool and MaxPool have Kernel, Stride (the kernel where it is empty) and Padding, Dilation;
/// LayerNormalization has Epsilon. Every kind has Name, Activation and Skip; those with weights have Initializer and
/// Bias as well. Stride, padding, dilation and kernel are one number for all axes or one for each, such as 2x2; padding
/// is also <c>same</c> or <c>valid</c>.</para>
/// </remarks>
/// <param name="text">The text of a property, or null where it is missing or blank.</param>
/// <param name="files">Finds the tensors of files that initializers name, or null where none are read.</param>
public sealed class LayerDescription(Func<string, string?> text, ITensorFileSource? files = null)
{
    private const string Input = "Input";

    // Which kinds have a property; all others belong to every kind.
    private static readonly (string Property, LayerKind[] Kinds)[] s_kinds =
    [
        ("FanIn", [LayerKind.Dense]),
        ("FanOut", [LayerKind.Dense]),
        ("Groups", [LayerKind.Convolution]),
        ("Kernel", [LayerKind.AveragePool, LayerKind.MaxPool]),
        ("Stride", [LayerKind.Convolution, LayerKind.AveragePool, LayerKind.MaxPool]),
        ("Padding", [LayerKind.Convolution, LayerKind.AveragePool, LayerKind.MaxPool]),
        ("Dilation", [LayerKind.Convolution, LayerKind.AveragePool, LayerKind.MaxPool]),
        ("Epsilon", [LayerKind.LayerNormalization]),
        ("Initializer", [LayerKind.Dense, LayerKind.Convolution]),
        ("Bias", [LayerKind.Dense, LayerKind.Convolution]),
    ];

    /// <summary>All properties.</summary>
    public static IReadOnlyList<string> PropertyNames { get; } =
        ["Name", "Kind", "Shape", "Layout", "Activation", "Skip", .. s_kinds.Select(kind => kind.Property)];

    /// <summary>True where it is the shape of an example, and no layer.</summary>
    public bool IsInput => string.Equals(text("Kind"), Input, StringComparison.OrdinalIgnoreCase);

    /// <summary>What the layer does.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.UnknownLayerKind"/>.</exception>
    public LayerKind Kind => text("Kind") is string kind
        ? LayerKinds.Spellings.Parse(kind)
        : text("Shape") is string shape && TensorShape.Parse(shape).Rank > 2 ? LayerKind.Convolution : LayerKind.Dense;

    /// <summary>True where the layer is a normalization, which has a scale and a shift for each channel.</summary>
    public bool IsNormalization => !IsInput && Kind == LayerKind.LayerNormalization;

    /// <summary>True where the layer has weights that connect units, which are drawn.</summary>
    public bool IsWeighted => !IsInput && Kind is LayerKind.Dense or LayerKind.Convolution;

    /// <summary>The shape of an example, of the kind Input.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.InvalidShape"/>.</exception>
    public FeatureShape ReadInputShape() =>
        FeatureShape.Parse(RequireShape("the shape of an example, such as 3x32x32"));

    /// <summary>The layer.</summary>
    /// <param name="number">Its place, from 1, which names it where it has no name.</param>
    /// <param name="activation">The activation where a layer with weights names none; others have linear.</param>
    /// <param name="layout">The layout where the description names none.</param>
    /// <exception cref="InitToolsException">
    /// Something in it cannot be read, is missing, or does not belong to the kind of layer.
    /// </exception>
    public LayerSpec ReadSpec(int number, Activation activation, Layout layout)
    {
        ArgumentNullException.ThrowIfNull(activation);
        LayerKind kind = Kind;
        RequireProperties(kind);
        LayerOperation operation = kind switch
        {
            LayerKind.Dense => ReadDense(LayoutOr(layout)),
            LayerKind.Convolution => ConvolutionOperation.OfKernel(
                TensorShape.Parse(RequireShape("that of its kernel, such as 3x3x16x32")),
                LayoutOr(layout),
                kernel => ReadWindow(kernel, [1]),
                ReadNumber("Groups") ?? 1),
            LayerKind.LayerNormalization => new NormalizationOperation(ReadEpsilon()),
            LayerKind.Flatten => new FlattenOperation(),
            LayerKind.AveragePool or LayerKind.MaxPool => ReadPool(kind == LayerKind.MaxPool),
            _ => throw new InvalidOperationException($"{kind} is no kind of layer."),
        };
        Activation fallback = operation.IsWeighted ? activation : Activation.Parse("linear");
        return new LayerSpec(
            text("Name") is string name ? TensorNames.LayerOf(name) : LayerSpec.DefaultName(number),
            operation,
            text("Activation") is string own ? Activation.Parse(own) : fallback,
            text("Skip"));
    }

    /// <summary>The layer's own initializer of its weight, or null.</summary>
    /// <param name="convention">Whose reading of a name holds, or null.</param>
    public Initializer? ReadInitializer(Convention? convention) => ReadExpression("Initializer", convention);

    /// <summary>The layer's own initializer of its bias, or null.</summary>
    /// <param name="convention">Whose reading of a name holds, or null.</param>
    public Initializer? ReadBias(Convention? convention) => ReadExpression("Bias", convention);

    private Initializer? ReadExpression(string property, Convention? convention) =>
        text(property) is string expression ? Initializer.Parse(expression, convention, files) : null;

    private Layout LayoutOr(Layout layout) =>
        text("Layout") is string own ? Layouts.Spellings.Parse(own) : layout;

    private DenseOperation ReadDense(Layout layout)
    {
        if (text("Shape") is not string shapeText)
        {
            return new DenseOperation(
                ReadNumber("FanIn") ?? throw Missing("FanIn", "the number of inputs, beside FanOut"),
                ReadNumber("FanOut") ?? throw Missing("FanOut", "the number of units, beside FanIn"));
        }

        TensorGeometry geometry = new(TensorShape.Parse(shapeText), layout, null);
        return geometry.Shape.Rank == 2 && geometry.Shape.Dimensions.All(axis => axis is >= 1 and <= int.MaxValue)
            ? new DenseOperation((int)geometry.Inputs, (int)geometry.Outputs)
            : throw new InitToolsException(
                ErrorId.InvalidShape,
                $"The shape {geometry.Shape} is none of a dense layer; it has two dimensions, such as 784x256.",
                shapeText);
    }

    private PoolOperation ReadPool(bool isMaximum)
    {
        int[] kernel = ReadNumbers("Kernel") ?? throw Missing("Kernel", "the window's size, such as 2x2");
        return new PoolOperation(ReadWindow(kernel, kernel), isMaximum);
    }

    private Window ReadWindow(IReadOnlyList<int> kernel, IReadOnlyList<int> stride)
    {
        string? padding = text("Padding");
        bool isSame = string.Equals(padding, "same", StringComparison.OrdinalIgnoreCase);
        bool isValid = string.Equals(padding, "valid", StringComparison.OrdinalIgnoreCase);
        return new Window(
            kernel,
            ReadNumbers("Stride") ?? stride,
            isSame || isValid ? null : ReadNumbers("Padding"),
            ReadNumbers("Dilation"),
            isSame);
    }

    private double ReadEpsilon()
    {
        if (text("Epsilon") is not string number)
        {
            return NormalizationOperation.DefaultEpsilon;
        }

        return double.TryParse(number, NumberStyles.Float, CultureInfo.InvariantCulture, out double epsilon)
            ? epsilon
            : throw NoNumber("Epsilon", number, "a number above 0 such as 1e-5");
    }

    private int? ReadNumber(string property) => ReadNumbers(property) switch
    {
        null => null,
        [int number] => number,
        _ => throw NoNumber(property, text(property)!, "one whole number"),
    };

    private int[]? ReadNumbers(string property)
    {
        if (text(property) is not string numbers)
        {
            return null;
        }

        string[] parts = numbers.Split('x', 'X', ',', '×');
        int[] values = new int[parts.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            if (!int.TryParse(parts[i], NumberStyles.Integer, CultureInfo.InvariantCulture, out values[i]))
            {
                throw NoNumber(property, numbers, "whole numbers joined by x, such as 2 or 2x2");
            }
        }

        return values;
    }

    private void RequireProperties(LayerKind kind)
    {
        foreach ((string property, LayerKind[] kinds) in s_kinds)
        {
            if (text(property) is string value && !kinds.Contains(kind))
            {
                throw new InitToolsException(
                    ErrorId.ParameterConflict,
                    $"{Title()} is of the kind {LayerKinds.Spellings.NameOf(kind)} and has {property} '{value}', which "
                    + $"belongs to {string.Join(", ", kinds.Select(LayerKinds.Spellings.NameOf))}.",
                    value);
            }
        }
    }

    private string RequireShape(string meaning) => text("Shape") ?? throw Missing("Shape", meaning);

    private string Title() => $"The layer '{text("Name")}'";

    private InitToolsException Missing(string property, string meaning) => new(
        ErrorId.InvalidShape,
        $"{Title()} has no {property}; it is {meaning}.",
        text("Name"));

    private InitToolsException NoNumber(string property, string received, string accepted) => new(
        ErrorId.InvalidArgument,
        $"{Title()} has {property} '{received}'; {accepted} is accepted.",
        received);
}
