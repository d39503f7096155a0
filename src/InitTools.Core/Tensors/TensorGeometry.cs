namespace InitTools;

/// <summary>What an initializer knows of the tensor that it fills.</summary>
/// <param name="Shape">The dimensions of the whole tensor.</param>
/// <param name="Layout">Which axes are inputs and outputs.</param>
/// <param name="Fans">The fans, or null where the shape has none.</param>
public sealed record TensorGeometry(TensorShape Shape, Layout Layout, Fans? Fans);
