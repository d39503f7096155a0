namespace InitTools;

/// <summary>
/// How one family of modules initializes its parameters. A class derived from this one is all that a further module
/// needs: <see cref="PyTorchModule"/> finds it.
/// </summary>
internal abstract class PyTorchModuleDefinition
{
    /// <summary>The names in torch.nn.</summary>
    public abstract IReadOnlyList<string> Names { get; }

    /// <summary>False where arguments have no bearing on parameters, and any are accepted.</summary>
    public virtual bool ReadsArguments => true;

    /// <summary>The parameters of a call, in the order of drawing.</summary>
    public abstract IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments);

    /// <summary>U(+-bound).</summary>
    protected static Initializer Uniform(double bound) => new RandomUniformInitializer(-bound, bound);

    /// <summary>
    /// What Linear and the convolutions have in common: <c>kaiming_uniform_(weight, a=sqrt(5))</c>, then the bias from
    /// U(+-1/sqrt(fan_in)) with the fan_in of the weight, the second dimension times the kernel.
    /// </summary>
    protected static IEnumerable<ModuleParameter> WeightAndBias(TensorShape weight, long biasLength, bool hasBias)
    {
        string expression = $"kaiming_uniform_(a={ExpressionNode.Format(Math.Sqrt(5))})";
        yield return new ModuleParameter("weight", weight, Initializer.Parse(expression, Convention.PyTorch));
        if (hasBias)
        {
            double bound = 1 / Math.Sqrt(Fans.Of(weight, Layout.OI)!.Value.FanIn);
            yield return new ModuleParameter("bias", new TensorShape(biasLength), Uniform(bound));
        }
    }

    /// <summary>What normalization layers have in common: weight 1 and bias 0, for which nothing is drawn.</summary>
    protected static IEnumerable<ModuleParameter> OnesAndZeros(TensorShape shape, bool hasBias)
    {
        yield return new ModuleParameter("weight", shape, Initializer.Parse("Ones"));
        if (hasBias)
        {
            yield return new ModuleParameter("bias", shape, Initializer.Parse("Zeros"));
        }
    }
}
