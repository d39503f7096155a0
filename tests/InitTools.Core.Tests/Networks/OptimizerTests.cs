using Xunit;

namespace InitTools.Core.Tests.Networks;

public sealed class OptimizerTests
{
    private const double Rate = 0.1;

    private static readonly double[] s_start = [1, -2, 0.5, 3, 0, -0.25, 8];

    [Theory]
    [InlineData("SGD", "SGD")]
    [InlineData("sgd(0.9)", "SGD(momentum=0.9)")]
    [InlineData("SGD(momentum=0)", "SGD")]
    [InlineData("adam", "Adam")]
    [InlineData("Adam(0.8, beta2=0.99)", "Adam(beta1=0.8, beta2=0.99)")]
    [InlineData("Adam(eps=1e-7)", "Adam(epsilon=1e-07)")]
    public void Expressions_round_trip(string expression, string canonical)
    {
        var optimizer = Optimizer.Parse(expression);

        Assert.Equal(canonical, optimizer.ToString());
        Assert.Equal(optimizer, Optimizer.Parse(canonical));
    }

    [Theory]
    [InlineData("Adm", ErrorId.UnknownOptimizer)]
    [InlineData("SGD(momentum=1)", ErrorId.InvalidArgument)]
    [InlineData("SGD(momentum=-0.1)", ErrorId.InvalidArgument)]
    [InlineData("SGD(nesterov=1)", ErrorId.UnknownArgument)]
    [InlineData("Adam(beta2=1)", ErrorId.InvalidArgument)]
    [InlineData("Adam(epsilon=0)", ErrorId.InvalidArgument)]
    [InlineData("Adam(", ErrorId.MalformedExpression)]
    public void What_is_no_optimizer_is_refused(string expression, ErrorId error) =>
        Errors.Expect(error, () => Optimizer.Parse(expression));

    [Fact]
    public void Momentum_under_a_constant_gradient_is_a_geometric_series()
    {
        // v_t = g (1 - m^t) / (1 - m), so that T steps move by rate g (T - m (1 - m^T) / (1 - m)) / (1 - m).
        const double Momentum = 0.9;
        const int Steps = 12;
        double[] gradient = [1, -0.5, 2, 0, 0.25, -4, 1];
        double[] parameters = [.. s_start];
        ParameterUpdate<double> update = new Sgd(Momentum).Attach<double>(parameters.Length);
        for (int step = 0; step < Steps; step++)
        {
            update.Apply(parameters, gradient, Rate);
        }

        double distance = Rate
            * (Steps - Momentum * (1 - Math.Pow(Momentum, Steps)) / (1 - Momentum)) / (1 - Momentum);
        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(s_start[i] - distance * gradient[i], parameters[i], 1e-13);
        }
    }

    [Fact]
    public void The_first_step_of_Adam_has_the_length_of_the_rate_whatever_the_gradient()
    {
        double[] gradient = [1e-3, -5, 2, 1e6, 0.25, -4, 1e-2];
        double[] parameters = [.. s_start];

        new Adam(Epsilon: 1e-300).Attach<double>(parameters.Length).Apply(parameters, gradient, Rate);

        for (int i = 0; i < parameters.Length; i++)
        {
            Assert.Equal(s_start[i] - Rate * Math.Sign(gradient[i]), parameters[i], 1e-14);
        }
    }

    [Fact]
    public void Adam_follows_the_paper()
    {
        // The gradient of w^4 / 4 + w, so that it changes from step to step.
        const int Steps = 50;
        var adam = new Adam(0.8, 0.95, 1e-3);
        double[] parameters = [.. s_start];
        double[] expected = [.. s_start];
        double[] mean = new double[s_start.Length];
        double[] square = new double[s_start.Length];
        ParameterUpdate<double> update = adam.Attach<double>(parameters.Length);
        for (int t = 1; t <= Steps; t++)
        {
            update.Apply(parameters, Array.ConvertAll(parameters, Gradient), Rate);
            for (int i = 0; i < expected.Length; i++)
            {
                double g = Gradient(expected[i]);
                mean[i] = 0.8 * mean[i] + 0.2 * g;
                square[i] = 0.95 * square[i] + 0.05 * g * g;
                double m = mean[i] / (1 - Math.Pow(0.8, t));
                double s = square[i] / (1 - Math.Pow(0.95, t));
                expected[i] -= Rate * m / (Math.Sqrt(s) + 1e-3);
            }
        }

        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], parameters[i], 1e-11);
        }

        static double Gradient(double w) => w * w * w + 1;
    }

    [Theory]
    [InlineData("SGD")]
    [InlineData("SGD(momentum=0.5)")]
    [InlineData("Adam")]
    public void Parameters_and_gradient_have_one_length(string expression) => Errors.Expect(
        ErrorId.ShapeMismatch,
        () => Optimizer.Parse(expression).Attach<float>(3).Apply(new float[3], new float[4], Rate));

    [Fact]
    public void Squared_error_is_the_mean_over_all_outputs_and_its_gradient_the_derivative()
    {
        double[] outputs = [1, 2, 3, 4, 5, 6];
        double[] targets = [1, 1, 5, 4, 4.5, 8];
        double[] gradient = new double[6];

        double loss = SquaredError.LossAndGradient<double>(outputs, targets, gradient);

        Assert.Equal((0 + 1 + 4 + 0 + 0.25 + 4) / 6, loss, 1e-15);
        Assert.Equal([0, 2.0 / 6, -4.0 / 6, 0, 1.0 / 6, -4.0 / 6], gradient);
        Errors.Expect(
            ErrorId.ShapeMismatch,
            () => SquaredError.LossAndGradient<double>(new double[2], new double[3], default));
        Errors.Expect(ErrorId.EmptyBatch, () => SquaredError.LossAndGradient<double>([], [], default));
    }
}
