namespace InitTools;

/// <summary>
/// For each layer and direction weight_ih (gates x hidden, in), weight_hh (gates x hidden, hidden), the biases of both,
/// and weight_hr of an LSTM with projection, all from U(+-1/sqrt(hidden)).
/// </summary>
internal sealed class RecurrentModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["RNN", "LSTM", "GRU"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        long inputs = arguments.Size("input_size");
        long hidden = arguments.Size("hidden_size");
        long layers = arguments.Size("num_layers", 1);
        if (name == "RNN")
        {
            arguments.Ignore("nonlinearity");
        }

        bool hasBias = arguments.Flag("bias", true);
        arguments.Ignore("batch_first", "dropout");
        string[] directions = arguments.Flag("bidirectional", false) ? ["", "_reverse"] : [""];
        long projection = name == "LSTM" ? arguments.Count("proj_size", 0) : 0;
        long gates = name switch { "LSTM" => 4, "GRU" => 3, _ => 1 };
        long outputs = projection > 0 ? projection : hidden;
        Initializer initializer = Uniform(1 / Math.Sqrt(hidden));
        List<ModuleParameter> parameters = [];
        for (long layer = 0; layer < layers; layer++)
        {
            long layerInputs = layer == 0 ? inputs : outputs * directions.Length;
            foreach (string direction in directions)
            {
                Add("weight_ih", gates * hidden, layerInputs);
                Add("weight_hh", gates * hidden, outputs);
                if (hasBias)
                {
                    Add("bias_ih", gates * hidden);
                    Add("bias_hh", gates * hidden);
                }

                if (projection > 0)
                {
                    Add("weight_hr", projection, hidden);
                }

                void Add(string parameter, params long[] dimensions) => parameters.Add(new ModuleParameter(
                    $"{parameter}_l{layer}{direction}", new TensorShape(dimensions), initializer));
            }
        }

        return parameters;
    }
}
