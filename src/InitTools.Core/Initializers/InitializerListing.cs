using System.Collections.Concurrent;

namespace InitTools;

/// <summary>
/// The catalogue of initializers and parameterizations, as a list: by names, with the figures of a shape, ordered by
/// what theory says of an activation.
/// </summary>
public sealed class InitializerListing
{
    /// <summary>The depth where only an activation is given.</summary>
    public const int DefaultDepth = 30;

    // Where no shape is given, theory looks at layers of this width; laws that follow the fans do not depend on it.
    private static readonly TensorShape s_square = new(256, 256);
    private static readonly TensorShape s_wide = new(1024, 1024);

    // What theory says of all activations takes a moment; two variances are all that presets have.
    private static readonly ConcurrentDictionary<(double WeightVariance, int Depth), InitializerOutlook> s_outlooks =
        [];

    // Presets of one variance share their forecast.
    private readonly Dictionary<double, InitializerForecast> _forecasts = [];

    /// <summary>Names in any spelling, with wildcards, or empty for all.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    /// <summary>The shape whose figures are wanted, or null.</summary>
    public TensorShape? Shape { get; init; }

    /// <summary>The activation by which initializers are ordered, or null.</summary>
    public Activation? Activation { get; init; }

    /// <summary>The number of layers that theory looks at.</summary>
    public int Depth { get; init; } = DefaultDepth;

    /// <summary>The entries: as named, or best first where an activation is given.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownInitializer"/>, with the nearest name; <see cref="ErrorId.InvalidArgument"/>: a depth
    /// below 1.
    /// </exception>
    public IReadOnlyList<InitializerDescription> Find()
    {
        if (Depth < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument, $"The depth is {Depth}; a number of layers of 1 or more is accepted.", Depth);
        }

        IEnumerable<InitializerDescription> found = Names.Count == 0 ? All() : Names.SelectMany(FindName);
        return Activation is null
            ? [.. found]
            : [.. found.OrderBy(entry => entry.Deviation ?? double.PositiveInfinity)];
    }

    private IEnumerable<InitializerDescription> All() => InitializerCatalogue.All.Select(Describe)
        .Concat(ParameterizationCatalogue.All.Select(definition => new InitializerDescription(definition)));

    private IEnumerable<InitializerDescription> FindName(string name)
    {
        if (NamePattern.HasWildcards(name))
        {
            NamePattern pattern = new(name);
            return
            [
                .. InitializerCatalogue.All.Where(d => d.Aliases.Prepend(d.Name).Any(pattern.Matches)).Select(Describe),
                .. ParameterizationCatalogue.All.Where(d => d.Aliases.Prepend(d.Name).Any(pattern.Matches))
                    .Select(definition => new InitializerDescription(definition)),
            ];
        }

        return ParameterizationCatalogue.TryFind(name) is ParameterizationDefinition parameterization
            ? [new InitializerDescription(parameterization)]
            : [Describe(InitializerCatalogue.Find(name))];
    }

    private InitializerDescription Describe(InitializerDefinition definition) =>
        new(definition, Shape is null ? null : FiguresOf(definition, Shape), OutlookOf(definition));

    private static InitializerFigures? FiguresOf(InitializerDefinition definition, TensorShape shape)
    {
        Fans? fans = Fans.Of(shape, Layout.IO);
        try
        {
            WeightLaw law = Initializer.Parse(definition.Name).GetLaw(new TensorGeometry(shape, Layout.IO, fans));
            return new InitializerFigures(fans, law);
        }
        catch (InitToolsException)
        {
            // It needs arguments, or does not make such a shape: then there are no figures.
            return null;
        }
    }

    private InitializerOutlook? OutlookOf(InitializerDefinition definition)
    {
        if (!definition.HasOutlook || WeightVarianceOf(definition, s_square) is not double weightVariance)
        {
            return null;
        }

        double wide = WeightVarianceOf(definition, s_wide)!.Value;
        InitializerOutlook outlook = wide == weightVariance
            ? s_outlooks.GetOrAdd((weightVariance, Depth), key => InitializerOutlook.Of(key.WeightVariance, key.Depth))
            : InitializerOutlook.OfWidths((s_square.Dimensions[0], weightVariance), (s_wide.Dimensions[0], wide));
        if (Activation is null || WeightVarianceOf(definition, Shape ?? s_square) is not double ofShape)
        {
            return outlook;
        }

        if (!_forecasts.TryGetValue(ofShape, out InitializerForecast? forecast))
        {
            forecast = InitializerForecast.Of(Activation, ofShape, Depth);
            _forecasts.Add(ofShape, forecast);
        }

        return outlook with { Forecast = forecast, Reason = forecast.Reason };
    }

    /// <summary>fan_in Var(w) of weights of mean 0; null of others.</summary>
    private static double? WeightVarianceOf(InitializerDefinition definition, TensorShape shape) =>
        FiguresOf(definition, shape) is { Fans: Fans fans, Law: { Mean: 0 } law }
            ? SignificantDigits.Round(fans.FanIn * law.Variance)
            : null;
}

/// <summary>What an initializer gives a tensor of some shape.</summary>
/// <param name="Fans">The fans.</param>
/// <param name="Law">The law of its weights.</param>
public sealed record InitializerFigures(Fans? Fans, WeightLaw Law);
