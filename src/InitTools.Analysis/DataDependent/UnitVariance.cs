using System.Globalization;
using System.Numerics;
using InitTools.Kernels;

namespace InitTools.Analysis;

/// <summary>
/// Layer-sequential unit-variance initialization (Mishkin and Matas 2016, arXiv:1511.06422): layer by layer, first to
/// last, the weight is multiplied by the number with which the layer's pre-activations on a batch have the standard
/// deviation 1. Layers that have no weights to scale, such as pools and normalizations, pass the batch on; a skip adds
/// to what the next layer sees, and not to what is measured.
/// </summary>
public static class UnitVariance
{
    private static readonly Initializer s_orthogonal = Initializer.Parse("Orthogonal");

    /// <summary>Rescales every layer whose standard deviation is further from 1 than the tolerance.</summary>
    /// <returns>The layers, first to last.</returns>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnitVarianceOutOfReach"/>: no factor brings a layer there, or not within the attempts;
    /// <see cref="ErrorId.InvalidArgument"/>: tolerance or attempts; <see cref="ErrorId.LayerMismatch"/>: layers that
    /// do not chain; and what a batch can be refused for, as in <see cref="LayerVarianceMeasurement.Measure"/>.
    /// </exception>
    /// <exception cref="OperationCanceledException">The token of the parallel options was cancelled.</exception>
    public static IReadOnlyList<UnitVarianceLayer> Optimize(UnitVarianceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validate(options);
        var network = new Architecture(options.Layers.Select(layer => layer.Spec), options.InputShape);
        network.RequireMemory(options.Precision == Precision.Double ? sizeof(double) : sizeof(float));
        InputBatch.Validate(options.Data, options.InputDistribution, options.BatchSize, network.InputWidth);
        DataSet batch = InputBatch.Create(
            options.Data?.Standardize(options.Standardization),
            options.InputDistribution,
            options.BatchSize,
            network.InputWidth,
            options.Seed,
            StreamPurpose.Batch,
            options.ParallelOptions);
        return options.Precision == Precision.Double
            ? Optimize<double>(options, network, batch)
            : Optimize<float>(options, network, batch);
    }

    private static UnitVarianceLayer[] Optimize<T>(UnitVarianceOptions options, Architecture network, DataSet batch)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        UnitVarianceLayer[] layers = new UnitVarianceLayer[options.Layers.Count];
        ReadOnlyMemory<T> input = batch.ToFeatureMajor<T>(options.ParallelOptions);
        Dictionary<int, ReadOnlyMemory<T>> skipped = new() { [-1] = input };
        for (int l = 0; l < layers.Length; l++)
        {
            LayerTensors layer = options.Layers[l];
            if (options.IsOrthonormal && layer.Spec.Operation.IsWeighted)
            {
                layer = layer with { Weight = Orthonormal(layer.Weight!, options.Seed) };
            }

            LayerSpec spec = layer.Spec;
            var single = new Architecture(
                [new LayerSpec(spec.Name, spec.Operation, spec.Activation)], network.InputOf(l));
            (layers[l], NetworkPass<T> pass) = Rescale(layer, l + 1, single, input, batch.RowCount, options);
            input = network.SkipSources[l] is int source
                ? Activate(spec.Activation, pass.PreActivations(0), skipped[source])
                : pass.Activations(0);
            if (network.SkipSources.Contains(l))
            {
                skipped[l] = input;
            }

            options.Progress?.Report((l + 1.0) / layers.Length);
        }

        return layers;
    }

    /// <summary>One layer, and the pass of the batch through it.</summary>
    private static (UnitVarianceLayer Layer, NetworkPass<T> Pass) Rescale<T>(
        LayerTensors layer,
        int number,
        Architecture single,
        ReadOnlyMemory<T> input,
        int rowCount,
        UnitVarianceOptions options)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        LayerTensors current = layer;
        double factor = 1;
        double? initial = null;
        for (int rescales = 0; ; rescales++)
        {
            Network<T> network = TensorNetwork.Create<T>([current], single, options.ParallelOptions);
            NetworkPass<T> pass = new(network, options.ParallelOptions);
            pass.Forward(input, rowCount);
            LayerOutput output = LayerOutput.Of(pass);
            double deviation = output.StandardDeviation;
            initial ??= deviation;
            if (!layer.Spec.Operation.IsWeighted || Math.Abs(deviation - 1) < options.Tolerance)
            {
                return (new UnitVarianceLayer(current, initial.Value, deviation, rescales), pass);
            }

            if (rescales == options.Attempts || output.FindFactor() is not double step)
            {
                throw OutOfReach(layer.Name, number, output, rescales, options);
            }

            factor *= step;
            current = layer with { Weight = LsuvInitializer.Rescale(layer.Weight!, factor) };
        }
    }

    private static T[] Activate<T>(Activation activation, ReadOnlyMemory<T> preActivations, ReadOnlyMemory<T> skipped)
        where T : unmanaged, IBinaryFloatingPointIeee754<T>
    {
        T[] sums = preActivations.ToArray();
        VectorSum.Add(skipped.Span, sums);
        T[] activations = new T[sums.Length];
        activation.Apply<T>(sums, activations);
        return activations;
    }

    private static WeightTensor Orthonormal(WeightTensor weight, Seed seed)
    {
        WeightTensorOptions options = weight.GetOptions();
        return WeightTensor.Create(options with
        {
            Initializer = s_orthogonal,
            Seed = weight.Seed is null ? seed : options.Seed,
            Generator = RandomGenerator.Philox,
            Draw = default,
        });
    }

    private static InitToolsException OutOfReach(
        string name, int number, LayerOutput output, int rescales, UnitVarianceOptions options)
    {
        string cause = output switch
        {
            { NonFiniteCount: > 0 } => $"{output.NonFiniteCount} of them are not finite",
            { WeightedVariance: 0 } => "its inputs or its weights make the same number in all of them",
            _ when rescales == options.Attempts => string.Create(
                CultureInfo.InvariantCulture,
                $"{rescales} rescales bring it no nearer, and a tolerance of {options.Tolerance:G4} is asked for"),
            _ => string.Create(
                CultureInfo.InvariantCulture,
                $"its biases alone have the variance {output.BiasVariance:G4}, which weights only add to"),
        };
        return new InitToolsException(
            ErrorId.UnitVarianceOutOfReach,
            string.Create(
                CultureInfo.InvariantCulture,
                $"The outputs of layer {number} '{name}' have the standard deviation {output.StandardDeviation:G6} on "
                + $"the batch, and no factor makes it 1: {cause}."),
            name);
    }

    private static void Validate(UnitVarianceOptions options)
    {
        if (!(options.Tolerance > 0 && double.IsFinite(options.Tolerance)))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"The tolerance is {options.Tolerance}; a finite number above 0 is accepted."),
                options.Tolerance);
        }

        if (options.Attempts < 1)
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"The limit of attempts is {options.Attempts}; 1 or more are accepted.",
                options.Attempts);
        }
    }
}
