using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;

namespace InitTools.PowerShell.Binding;

/// <summary>
/// A weight tensor that was written down: a row of a CSV file, JSON, Clixml, what a job returned. An object with Seed,
/// Version and Stream (or DrawOffset, of a sequential generator) is one, and makes the same bytes again.
/// </summary>
internal static class TensorRecipe
{
    /// <summary>The tensor that an object is, or is the recipe of.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.InvalidArgument"/>: it is neither; and all that <see cref="Read"/> throws.
    /// </exception>
    public static WeightTensor Of(object input)
    {
        if (TryUnwrap(input, out WeightTensor? tensor))
        {
            return tensor;
        }

        return PropertyReader.Of(input) is PropertyReader recipe && IsRecipe(recipe)
            ? Read(recipe)
            : throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"'{InvariantText.Of(input)}' is not a weight tensor; a weight tensor comes from New-InitWeights, or "
                + "is an object with Seed, Stream and Version.",
                input);
    }

    /// <summary>The tensor of this process that an object is, if it is one.</summary>
    public static bool TryUnwrap(object input, [NotNullWhen(true)] out WeightTensor? tensor)
    {
        tensor = (input is PSObject wrapped ? wrapped.BaseObject : input) as WeightTensor;
        return tensor is not null;
    }

    /// <summary>True where the object says all that a tensor is made from.</summary>
    public static bool IsRecipe(PropertyReader layer) =>
        layer.Text(nameof(WeightTensor.Seed)) is not null
        && (layer.Text(nameof(WeightTensor.Stream)) ?? layer.Text(nameof(WeightTensor.DrawOffset))) is not null
        && layer.Text(nameof(WeightTensor.Version)) is not null;

    /// <summary>The tensor.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnsupportedVersion"/>: another generator, or a version of the stream specification that this
    /// build does not have; and all that the texts' own readers throw.
    /// </exception>
    public static WeightTensor Read(PropertyReader recipe)
    {
        RandomGenerator generator = ReadGenerator(recipe);
        bool isSequential = generator != RandomGenerator.Philox;
        return WeightTensor.Create(new WeightTensorOptions
        {
            Name = Require(recipe, nameof(WeightTensor.Name)),
            Shape = TensorShape.Parse(Require(recipe, nameof(WeightTensor.Shape))),
            Initializer = Initializer.Parse(Require(recipe, nameof(WeightTensor.Initializer))),
            Layout = Layouts.Spellings.Parse(Require(recipe, nameof(WeightTensor.Layout))),
            DType = DTypes.Spellings.Parse(Require(recipe, nameof(WeightTensor.DType))),
            Activation = recipe.Text(nameof(WeightTensor.Activation)) is string text ? Activation.Parse(text) : null,
            Fans = ReadFans(recipe),
            Seed = Seed.Parse(Require(recipe, nameof(WeightTensor.Seed))),
            Stream = isSequential ? null : Require(recipe, nameof(WeightTensor.Stream)),
            Generator = generator,
            Draw = isSequential ? ReadDraw(recipe) : default,
            Offset = recipe.WholeNumber(nameof(WeightTensor.Offset)) ?? 0,
            Count = recipe.WholeNumber(nameof(WeightTensor.Count)),
        });
    }

    private static DrawPosition ReadDraw(PropertyReader recipe) => new(
        recipe.WholeNumber(nameof(WeightTensor.DrawOffset)) ?? throw Missing(nameof(WeightTensor.DrawOffset)),
        recipe.WholeNumber(nameof(WeightTensor.CarriedDraw)));

    private static RandomGenerator ReadGenerator(PropertyReader recipe)
    {
        string version = Require(recipe, nameof(WeightTensor.Version));
        string generator = recipe.Text(nameof(WeightTensor.Generator)) ?? WeightTensor.GeneratorName;
        if (version != WeightTensor.SpecificationVersion.ToString(CultureInfo.InvariantCulture)
            || !RandomGenerators.Spellings.Names.Contains(generator))
        {
            throw new InitToolsException(
                ErrorId.UnsupportedVersion,
                $"'{recipe.Text(nameof(WeightTensor.Name))}' was made by {generator}, version {version} of the stream "
                + $"specification; this build has {string.Join(", ", RandomGenerators.Spellings.Names)}, version "
                + $"{WeightTensor.SpecificationVersion}.",
                version);
        }

        return RandomGenerators.Spellings.Parse(generator);
    }

    /// <summary>Fans by a rule that needs more than shape and layout, as they were written down; null for others.</summary>
    private static Fans? ReadFans(PropertyReader recipe) =>
        Enum.TryParse(recipe.Text(nameof(WeightTensor.FanRule)), out FanRule rule)
        && rule is not (FanRule.None or FanRule.Dense or FanRule.Convolution)
        && recipe.WholeNumber(nameof(WeightTensor.FanIn)) is long fanIn
        && recipe.WholeNumber(nameof(WeightTensor.FanOut)) is long fanOut
            ? new Fans(fanIn, fanOut, rule)
            : null;

    private static string Require(PropertyReader recipe, string name) => recipe.Text(name) ?? throw Missing(name);

    private static InitToolsException Missing(string name) => new(
            ErrorId.InvalidArgument,
            $"The object has Seed, Stream and Version, but its property {name} is missing or empty; a recipe has Name, "
            + "Shape, Layout, DType, Initializer, Seed, Stream and Version.",
            name);
}
