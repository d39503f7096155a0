namespace InitTools;

/// <summary>One parameter of a module and how its constructor fills it.</summary>
/// <param name="Name">Its name within the module, such as <c>weight</c> or <c>bias_ih_l0</c>.</param>
/// <param name="Shape">Its dimensions, (out, in, ...).</param>
/// <param name="Initializer">How its values are drawn.</param>
public sealed record ModuleParameter(string Name, TensorShape Shape, Initializer Initializer);
