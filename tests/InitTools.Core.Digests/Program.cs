using System.Globalization;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using System.Security.Cryptography;
using InitTools;
using InitTools.Core.Digests;
using InitTools.Kernels;

// One line a fact or a digest, "name: value", so that a test reads what this process had and what it computed.
// The argument is the number of threads.
try
{
    var options = new ParallelOptions { MaxDegreeOfParallelism = int.Parse(args[0], CultureInfo.InvariantCulture) };
    Console.WriteLine($"fact Vector<float>.Count: {Vector<float>.Count}");
    Console.WriteLine($"fact Vector: {Vector.IsHardwareAccelerated}");
    Console.WriteLine($"fact Vector512: {Vector512.IsHardwareAccelerated}");
    Console.WriteLine($"fact Fma: {Fma.IsSupported}");
    Console.WriteLine($"fact kernel: {KernelSelection.SelectedName}");
    foreach (ByteProducer producer in ByteProducer.All)
    {
        Console.WriteLine($"{producer.Name}: {Convert.ToHexStringLower(SHA256.HashData(producer.Produce(options)))}");
    }

    return 0;
}
catch (InitToolsException exception)
{
    Console.Error.WriteLine($"{exception.ErrorId}: {exception.Message}");
    return 2;
}
