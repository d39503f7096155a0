using System.Globalization;

namespace InitTools;

/// <summary>
/// A weight tensor as the texts of its properties, from which the same bytes are made again: in a row of CSV, in JSON,
/// in the metadata of a file.
/// </summary>
public static class RecipeText
{
    private static readonly string[] s_properties =
    [
        nameof(WeightTensor.Name), nameof(WeightTensor.Shape), nameof(WeightTensor.Layout), nameof(WeightTensor.DType),
        nameof(WeightTensor.Initializer), nameof(WeightTensor.Activation), nameof(WeightTensor.FanRule),
        nameof(WeightTensor.FanIn), nameof(WeightTensor.FanOut), nameof(WeightTensor.Generator),
        nameof(WeightTensor.Seed), nameof(WeightTensor.Stream), nameof(WeightTensor.Offset), nameof(WeightTensor.Count),
        nameof(WeightTensor.DrawOffset), nameof(WeightTensor.CarriedDraw), nameof(WeightTensor.Version),
    ];

    /// <summary>The properties that say what a tensor is made from, in their order.</summary>
    public static IReadOnlyList<string> Properties => s_properties;

    /// <summary>The texts of a tensor that makes its values, without those that follow from the others.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.ValuesNotHeld"/>: its values are from elsewhere.
    /// </exception>
    public static IReadOnlyList<KeyValuePair<string, string>> Write(WeightTensor tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        if (tensor.Version is not int version)
        {
            throw new InitToolsException(
                ErrorId.ValuesNotHeld,
                $"The values of '{tensor.Name}' are those of an array or a file, and no recipe makes them.",
                tensor.Name);
        }

        Fans? fans = tensor.GetFans();
        bool hasOwnFans = fans != Fans.Of(tensor.GetShape(), tensor.GetLayout());
        bool isSlice = tensor.Count != tensor.GetShape().Count;
        IEnumerable<(string Name, object? Value)> texts =
        [
            (nameof(tensor.Name), tensor.Name),
            (nameof(tensor.Shape), tensor.Shape),
            (nameof(tensor.Layout), tensor.Layout),
            (nameof(tensor.DType), tensor.DType),
            (nameof(tensor.Initializer), tensor.Initializer),
            (nameof(tensor.Activation), tensor.Activation),
            (nameof(tensor.FanRule), hasOwnFans ? tensor.FanRule : null),
            (nameof(tensor.FanIn), hasOwnFans ? tensor.FanIn : null),
            (nameof(tensor.FanOut), hasOwnFans ? tensor.FanOut : null),
            (nameof(tensor.Generator), tensor.Generator),
            (nameof(tensor.Seed), tensor.Seed),
            (nameof(tensor.Stream), tensor.Stream.Length > 0 && tensor.Stream != tensor.Name ? tensor.Stream : null),
            (nameof(tensor.Offset), isSlice ? tensor.Offset : null),
            (nameof(tensor.Count), isSlice ? tensor.Count : null),
            (nameof(tensor.DrawOffset), tensor.DrawOffset),
            (nameof(tensor.CarriedDraw), tensor.CarriedDraw),
            (nameof(tensor.Version), version),
        ];
        return
        [
            .. from text in texts
               where text.Value is not null
               select KeyValuePair.Create(text.Name, Convert.ToString(text.Value, CultureInfo.InvariantCulture)!),
        ];
    }

    /// <summary>The tensor that texts describe.</summary>
    /// <param name="text">The text of a property, or null where there is none.</param>
    /// <param name="files">Finds the tensors of files that the initializer names, or null where none are read.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnsupportedVersion"/>: a generator, or a version of the stream specification, that this build
    /// does not have; <see cref="ErrorId.InvalidArgument"/>: a property is missing; and all that the texts' own
    /// readers throw.
    /// </exception>
    public static WeightTensor Read(Func<string, string?> text, ITensorFileSource? files = null)
    {
        ArgumentNullException.ThrowIfNull(text);
        RandomGenerator generator = ReadGenerator(text);
        bool isSequential = generator != RandomGenerator.Philox;
        return WeightTensor.Create(new WeightTensorOptions
        {
            Name = Require(text, nameof(WeightTensor.Name)),
            Shape = TensorShape.Parse(Require(text, nameof(WeightTensor.Shape))),
            Initializer = Initializer.Parse(Require(text, nameof(WeightTensor.Initializer)), files: files),
            Layout = Layouts.Spellings.Parse(Require(text, nameof(WeightTensor.Layout))),
            DType = DTypes.Spellings.Parse(Require(text, nameof(WeightTensor.DType))),
            Activation = text(nameof(WeightTensor.Activation)) is string activation
                ? Activation.Parse(activation)
                : null,
            Fans = ReadFans(text),
            Seed = Seed.Parse(Require(text, nameof(WeightTensor.Seed))),
            Stream = isSequential ? null : text(nameof(WeightTensor.Stream)),
            Generator = generator,
            Draw = isSequential
                ? new DrawPosition(
                    WholeNumber(text, nameof(WeightTensor.DrawOffset))
                        ?? throw Missing(nameof(WeightTensor.DrawOffset)),
                    WholeNumber(text, nameof(WeightTensor.CarriedDraw)))
                : default,
            Offset = WholeNumber(text, nameof(WeightTensor.Offset)) ?? 0,
            Count = WholeNumber(text, nameof(WeightTensor.Count)),
        });
    }

    private static RandomGenerator ReadGenerator(Func<string, string?> text)
    {
        string version = Require(text, nameof(WeightTensor.Version));
        string generator = text(nameof(WeightTensor.Generator)) ?? WeightTensor.GeneratorName;
        if (version != WeightTensor.SpecificationVersion.ToString(CultureInfo.InvariantCulture)
            || !RandomGenerators.Spellings.Names.Contains(generator))
        {
            throw new InitToolsException(
                ErrorId.UnsupportedVersion,
                $"'{text(nameof(WeightTensor.Name))}' was made by {generator}, version {version} of the stream "
                + $"specification; this build has {string.Join(", ", RandomGenerators.Spellings.Names)}, version "
                + $"{WeightTensor.SpecificationVersion}.",
                version);
        }

        return RandomGenerators.Spellings.Parse(generator);
    }

    /// <summary>
    /// Fans by a rule that needs more than shape and layout, as they were written down; null for others.
    /// </summary>
    private static Fans? ReadFans(Func<string, string?> text) =>
        Enum.TryParse(text(nameof(WeightTensor.FanRule)), out FanRule rule)
        && rule is not (FanRule.None or FanRule.Dense or FanRule.Convolution)
        && WholeNumber(text, nameof(WeightTensor.FanIn)) is long fanIn
        && WholeNumber(text, nameof(WeightTensor.FanOut)) is long fanOut
            ? new Fans(fanIn, fanOut, rule)
            : null;

    private static long? WholeNumber(Func<string, string?> text, string name)
    {
        if (text(name) is not string digits)
        {
            return null;
        }

        return long.TryParse(digits, NumberStyles.Integer, CultureInfo.InvariantCulture, out long number)
            ? number
            : throw new InitToolsException(
                ErrorId.InvalidArgument, $"The property {name} is '{digits}'; a whole number is accepted.", digits);
    }

    private static string Require(Func<string, string?> text, string name) => text(name) ?? throw Missing(name);

    private static InitToolsException Missing(string name) => new(
        ErrorId.InvalidArgument,
        $"The property {name} of a recipe is missing or empty; a recipe has Name, Shape, Layout, DType, Initializer, "
        + "Seed and Version, and where it was drawn by another name a Stream.",
        name);
}
