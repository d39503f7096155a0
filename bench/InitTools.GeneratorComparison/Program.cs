using System.Diagnostics;
using System.Globalization;
using InitTools;
using InitTools.Kernels;

// The same draws by PyTorch or NumPy and by this library, in turn, on one thread; medians, and what each floor asks.
// dotnet run -c Release --project bench/InitTools.GeneratorComparison [elements] [rounds] [python]
int elements = args.Length > 0 ? int.Parse(args[0], CultureInfo.InvariantCulture) : 1 << 24;
int rounds = args.Length > 1 ? int.Parse(args[1], CultureInfo.InvariantCulture) : 15;
string python = args.Length > 2 ? args[2] : "/usr/bin/python3";

(string Job, RandomGenerator Generator, string Initializer, DType DType, double? Floor)[] jobs =
[
    ("torch-normal-float32", RandomGenerator.PyTorch, "normal_", DType.Float32, 3.5),
    ("torch-uniform-float32", RandomGenerator.PyTorch, "uniform_", DType.Float32, 8),
    ("torch-normal-float64", RandomGenerator.PyTorch, "normal_", DType.Float64, null),
    ("torch-uniform-float64", RandomGenerator.PyTorch, "uniform_", DType.Float64, null),
    ("numpy-normal-float32", RandomGenerator.NumPy, "normal_", DType.Float32, 2),
    ("numpy-normal-float64", RandomGenerator.NumPy, "normal_", DType.Float64, 2),
    ("numpy-uniform-float32", RandomGenerator.NumPy, "uniform_", DType.Float32, null),
    ("numpy-uniform-float64", RandomGenerator.NumPy, "uniform_", DType.Float64, null),
];

ProcessStartInfo start = new(python, [Path.Combine(AppContext.BaseDirectory, "peers", "generators.py")])
{
    RedirectStandardInput = true,
    RedirectStandardOutput = true,
};
using Process peer = Process.Start(start)!;
Console.WriteLine(
    $"{peer.StandardOutput.ReadLine()}; kernel {KernelSelection.SelectedName}; {elements} elements, {rounds} rounds");
Console.WriteLine("job                     peer ns (best)   InitTools ns (best)   ratio (best)  floor");
float[] singles = new float[elements];
double[] doubles = new double[elements];
foreach ((string job, RandomGenerator generator, string initializer, DType dtype, double? floor) in jobs)
{
    List<double> theirs = [];
    List<double> ours = [];
    for (int round = 0; round < rounds; round++)
    {
        peer.StandardInput.WriteLine($"{job} {elements}");
        peer.StandardInput.Flush();
        theirs.Add(double.Parse(peer.StandardOutput.ReadLine()!, CultureInfo.InvariantCulture) / elements);

        WeightTensor tensor = WeightTensor.Create(new WeightTensorOptions
        {
            Name = "w",
            Shape = new TensorShape(elements),
            Initializer = Initializer.Parse(initializer, Convention.PyTorch),
            Seed = new Seed(42UL),
            DType = dtype,
            Generator = generator,
        });
        long began = Stopwatch.GetTimestamp();
        if (dtype == DType.Float64)
        {
            tensor.CopyTo(doubles, 0, new ParallelOptions());
        }
        else
        {
            tensor.CopyTo(singles, 0, new ParallelOptions());
        }

        ours.Add(Stopwatch.GetElapsedTime(began).TotalNanoseconds / elements);
    }

    Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{job,-22} {Median(theirs),8:F3} {theirs.Min(),7:F3} {Median(ours),11:F3} {ours.Min(),9:F3} " +
        $"{Median(theirs) / Median(ours),8:F2} {theirs.Min() / ours.Min(),6:F2} {floor,6}"));
}

peer.StandardInput.Close();
peer.WaitForExit();

static double Median(List<double> values)
{
    values.Sort();
    return values[values.Count / 2];
}
