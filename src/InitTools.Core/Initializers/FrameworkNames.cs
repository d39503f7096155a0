namespace InitTools;

/// <summary>The names that frameworks give an initializer, each as it is spelt there.</summary>
public sealed record FrameworkNames
{
    /// <summary>Names of Keras: the class, then the strings.</summary>
    public IReadOnlyList<string> Keras { get; init; } = [];

    /// <summary>Names of torch.nn.init.</summary>
    public IReadOnlyList<string> PyTorch { get; init; } = [];

    /// <summary>Names of jax.nn.initializers.</summary>
    public IReadOnlyList<string> Jax { get; init; } = [];

    /// <summary>Names of papers, of other libraries, or of long use.</summary>
    public IReadOnlyList<string> Others { get; init; } = [];

    /// <summary>Every name once.</summary>
    public IEnumerable<string> All => Keras.Concat(PyTorch).Concat(Jax).Concat(Others).Distinct(StringComparer.Ordinal);
}
