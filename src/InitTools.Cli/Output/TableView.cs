using InitTools.Analysis;

namespace InitTools.Cli;

/// <summary>
/// What people see of an output object: the properties that tell the story, in one or more tables, and a sentence
/// below. <c>--json</c> and <c>--csv</c> show all properties.
/// </summary>
/// <param name="Key">The properties that say which object a line is about; they begin every table.</param>
/// <param name="Tables">The other properties of each table. A table whose properties are all empty is left out.</param>
/// <param name="Common">The properties that are the same for all objects and stand below the tables once.</param>
/// <param name="Remark">The property whose sentence is printed below the tables, or null.</param>
internal sealed record TableView(string[] Key, string[][] Tables, string[] Common, string? Remark = null)
{
    private static readonly Dictionary<Type, TableView> s_views = new()
    {
        [typeof(LayerVariance)] = new(
            [nameof(LayerVariance.Layer), nameof(LayerVariance.Name)],
            [
                [
                    nameof(LayerVariance.Activation),
                    nameof(LayerVariance.PreActivationSecondMoment),
                    nameof(LayerVariance.ExpectedSecondMoment),
                    nameof(LayerVariance.ActivationVariance),
                    nameof(LayerVariance.SaturatedFraction),
                    nameof(LayerVariance.ZeroFraction),
                    nameof(LayerVariance.GradientRatio),
                    nameof(LayerVariance.ExpectedGradientFactor),
                    nameof(LayerVariance.Verdict),
                ],
            ],
            [nameof(LayerVariance.Seed)],
            nameof(LayerVariance.Reason)),
        [typeof(JacobianSpectrum)] = new(
            [nameof(JacobianSpectrum.Initializer)],
            [
                [
                    nameof(JacobianSpectrum.Activation),
                    nameof(JacobianSpectrum.Depth),
                    nameof(JacobianSpectrum.MeanSquare),
                    nameof(JacobianSpectrum.ExpectedMeanSquare),
                    nameof(JacobianSpectrum.RelativeVariance),
                    nameof(JacobianSpectrum.GaussianRelativeVariance),
                    nameof(JacobianSpectrum.OrthogonalRelativeVariance),
                ],
                [
                    nameof(JacobianSpectrum.Largest),
                    nameof(JacobianSpectrum.GaussianLargest),
                    nameof(JacobianSpectrum.OrthogonalLargest),
                    nameof(JacobianSpectrum.Smallest),
                    nameof(JacobianSpectrum.ConditionNumber),
                ],
            ],
            [nameof(JacobianSpectrum.Seed)]),
        [typeof(InitializerComparison)] = new(
            [nameof(InitializerComparison.Rank), nameof(InitializerComparison.Initializer)],
            [
                [
                    nameof(InitializerComparison.ForwardFactor),
                    nameof(InitializerComparison.BackwardFactor),
                    nameof(InitializerComparison.SaturatedFraction),
                    nameof(InitializerComparison.Deviation),
                    nameof(InitializerComparison.Verdict),
                ],
                [
                    nameof(InitializerComparison.InitialLoss),
                    nameof(InitializerComparison.LowestLoss),
                    nameof(InitializerComparison.FinalLoss),
                    nameof(InitializerComparison.HeldOutAccuracy),
                    nameof(InitializerComparison.EpochsToThreshold),
                    nameof(InitializerComparison.Diverged),
                ],
            ],
            [
                nameof(InitializerComparison.Activation),
                nameof(InitializerComparison.Depth),
                nameof(InitializerComparison.Seeds),
                nameof(InitializerComparison.Seed),
            ],
            nameof(InitializerComparison.Reason)),
        [typeof(WeightFinding)] = new(
            [nameof(WeightFinding.Tensor), nameof(WeightFinding.Kind)],
            [
                [
                    nameof(WeightFinding.Severity),
                    nameof(WeightFinding.Role),
                    nameof(WeightFinding.Figure),
                    nameof(WeightFinding.Expected),
                    nameof(WeightFinding.DetectedInitializer),
                ],
            ],
            [],
            nameof(WeightFinding.Reason)),
        [typeof(WeightTensor)] = new(
            [nameof(WeightTensor.Name)],
            [
                [
                    nameof(WeightTensor.Shape),
                    nameof(WeightTensor.DType),
                    nameof(WeightTensor.Layout),
                    nameof(WeightTensor.Initializer),
                    nameof(WeightTensor.FanIn),
                    nameof(WeightTensor.FanOut),
                    nameof(WeightTensor.StdDev),
                    nameof(WeightTensor.Limit),
                    nameof(WeightTensor.Count),
                ],
            ],
            [nameof(WeightTensor.Seed)]),
        [typeof(WeightPlan)] = new(
            [nameof(WeightPlan.Name)],
            [
                [
                    nameof(WeightPlan.Shape),
                    nameof(WeightPlan.Layout),
                    nameof(WeightPlan.DType),
                    nameof(WeightPlan.Initializer),
                    nameof(WeightPlan.FanIn),
                    nameof(WeightPlan.FanOut),
                    nameof(WeightPlan.Variance),
                    nameof(WeightPlan.StdDev),
                    nameof(WeightPlan.Limit),
                    nameof(WeightPlan.Bytes),
                ],
                [
                    nameof(WeightPlan.Multiplier),
                    nameof(WeightPlan.LearningRateMultiplier),
                ],
            ],
            []),
        [typeof(InitializerDescription)] = new(
            [nameof(InitializerDescription.Name)],
            [
                [
                    nameof(InitializerDescription.Formula),
                    nameof(InitializerDescription.Variance),
                    nameof(InitializerDescription.StdDev),
                ],
                [
                    nameof(InitializerDescription.Keeps),
                    nameof(InitializerDescription.Activations),
                    nameof(InitializerDescription.Purpose),
                ],
                [
                    nameof(InitializerDescription.Distribution),
                    nameof(InitializerDescription.Keras),
                    nameof(InitializerDescription.PyTorch),
                    nameof(InitializerDescription.Jax),
                ],
                [
                    nameof(InitializerDescription.FanIn),
                    nameof(InitializerDescription.FanOut),
                    nameof(InitializerDescription.ShapeVariance),
                    nameof(InitializerDescription.ShapeStdDev),
                    nameof(InitializerDescription.ShapeLimit),
                ],
                [
                    nameof(InitializerDescription.SecondMoment),
                    nameof(InitializerDescription.GradientFactor),
                    nameof(InitializerDescription.Deviation),
                ],
            ],
            []),
    };

    /// <summary>The view of a type of output object.</summary>
    public static TableView Of(Type type) => s_views[type];
}
