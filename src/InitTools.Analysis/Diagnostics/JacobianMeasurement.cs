using InitTools.Kernels;
using MathNet.Numerics.LinearAlgebra;

namespace InitTools.Analysis;

/// <summary>Finds the singular values of a network's input-output Jacobian.</summary>
public static class JacobianMeasurement
{
    // A decomposition takes minutes beyond it.
    private const int LargestSide = 2048;

    /// <summary>
    /// Measures the Jacobian at the first example of the batch, in double precision: its rows are the gradients of the
    /// single outputs, all taken back together.
    /// </summary>
    /// <exception cref="InitToolsException">
    /// As <see cref="LayerVarianceMeasurement.Measure"/>; <see cref="ErrorId.AllocationTooLarge"/>: inputs and outputs
    /// are both more than can be decomposed; <see cref="ErrorId.NonFiniteValue"/>: the Jacobian is not finite.
    /// </exception>
    public static JacobianSpectrum Measure(LayerVarianceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        (Architecture network, DataSet? data) = LayerVarianceMeasurement.Prepare(options);
        if (options.SeedCount != 1)
        {
            throw new InitToolsException(
                ErrorId.ParameterConflict,
                $"{options.SeedCount} seeds were asked for, and the spectrum is that of one network; leave out one of "
                + "them.",
                options.SeedCount);
        }

        int inputs = network.InputWidth;
        int outputs = network.OutputWidth;
        if (Math.Min(inputs, outputs) > LargestSide)
        {
            throw new InitToolsException(
                ErrorId.AllocationTooLarge,
                $"The Jacobian has {outputs} rows and {inputs} columns; one with at most {LargestSide} of either is "
                + "decomposed.",
                Math.Min(inputs, outputs));
        }

        DataSet example = LayerVarianceMeasurement.CreateBatch(options, network, data).TakeRows(1);
        double[] singularValues = Decompose(options, network, example);
        StackTheory? stack = LayerVarianceMeasurement.TheoryOf(
            network, options.Layers, Moments.Of(example.Values).SecondMoment);
        JacobianSpectrumTheory? theory = stack is null
            ? null
            : JacobianSpectrumTheory.Of(stack.Layers, stack.InputSecondMoment);
        Moments squares = Moments.Of<double>([.. singularValues.Select(value => value * value)]);
        return new JacobianSpectrum(singularValues)
        {
            Depth = network.Depth,
            InputCount = inputs,
            OutputCount = outputs,
            Activation = Distinct(network.Layers.Select(layer => layer.Activation.ToString())),
            Initializer = Distinct(options.Layers.Where(layer => layer.Spec.Operation.IsWeighted)
                .Select(layer => layer.Weight!.Initializer)),
            MeanSquare = squares.Mean,
            ExpectedMeanSquare = theory?.MeanSquare,
            RelativeVariance = squares.Variance / (squares.Mean * squares.Mean),
            GaussianRelativeVariance = theory?.RelativeVariance(WeightEnsemble.Gaussian),
            OrthogonalRelativeVariance = theory?.RelativeVariance(WeightEnsemble.Orthogonal),
            Largest = singularValues[0],
            GaussianLargest = theory?.Largest(WeightEnsemble.Gaussian),
            OrthogonalLargest = theory?.Largest(WeightEnsemble.Orthogonal),
            Smallest = singularValues[^1],
            ConditionNumber = singularValues[^1] == 0 ? null : singularValues[0] / singularValues[^1],
            Seed = options.Seed.Value,
        };
    }

    private static double[] Decompose(LayerVarianceOptions options, Architecture network, DataSet example)
    {
        // The example as often as there are outputs, and the gradient of a different one in each row.
        int outputs = network.OutputWidth;
        int inputs = network.InputWidth;
        double[] batch = new double[checked(inputs * outputs)];
        for (int input = 0; input < inputs; input++)
        {
            batch.AsSpan(input * outputs, outputs).Fill(example[0, input]);
        }

        double[] identity = new double[checked(outputs * outputs)];
        for (int output = 0; output < outputs; output++)
        {
            identity[output * outputs + output] = 1;
        }

        var pass = new NetworkPass<double>(
            TensorNetwork.Create<double>(options.Layers, network, options.ParallelOptions), options.ParallelOptions);
        pass.Forward(batch, outputs);
        double[] jacobian = [];
        pass.Backward(
            identity,
            (layer, gradient) =>
            {
                options.Progress?.Report(0.5 * (network.Depth - layer) / network.Depth);
                jacobian = layer == 0 ? gradient.Input.ToArray() : jacobian;
            },
            withInputGradient: true);
        int nonFinite = jacobian.Count(value => !double.IsFinite(value));
        if (nonFinite > 0)
        {
            throw new InitToolsException(
                ErrorId.NonFiniteValue,
                $"The Jacobian has {nonFinite} values that are NaN or infinite, and no singular values.",
                nonFinite);
        }

        // Inputs x outputs, row after row: the columns of what MathNet reads as outputs x inputs, column after column.
        return Matrix<double>.Build.Dense(outputs, inputs, jacobian).Svd(computeVectors: false).S.ToArray();
    }

    private static string Distinct(IEnumerable<string> texts) => string.Join(", ", texts.Distinct());
}
