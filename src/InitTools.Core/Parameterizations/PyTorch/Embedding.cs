namespace InitTools;

/// <summary>weight (entries, width) from N(0, 1).</summary>
internal sealed class EmbeddingModule : PyTorchModuleDefinition
{
    public override IReadOnlyList<string> Names => ["Embedding"];

    public override IEnumerable<ModuleParameter> Bind(string name, ModuleArguments arguments)
    {
        long entries = arguments.Size("num_embeddings");
        long width = arguments.Size("embedding_dim");
        arguments.RequireNone(
            "padding_idx",
            "PyTorch then sets that row to zero after drawing, which an initializer does not express. "
            + "Leave it out: all other rows are the same.");
        arguments.Ignore("max_norm", "norm_type", "scale_grad_by_freq", "sparse");
        return [new ModuleParameter(
            "weight", new TensorShape(entries, width), Initializer.Parse("normal_", Convention.PyTorch))];
    }
}
