using System.Globalization;
using BenchmarkDotNet.Running;
using InitTools.Benchmarks;

// "timed <threads> <rounds>" (fills) and "matrix <threads> <rounds>" print one line of JSON a measurement, for
// bench/compare.sh; "small <threads> <passes>" prints what each pass over ten thousand small tensors took, "calls" the
// 1st, 10th and 1000th call of each kernel, "sizes <largest>" the cost of a number by the length of a fill, "files <folder>
// <gibibytes> <rounds>" how fast weights go to the disk; all else is BenchmarkDotNet's.
switch (args)
{
    case ["timed", string threads, string rounds]:
        TimedJobs.Run(
            int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    case ["matrix", string threads, string rounds]:
        TimedJobs.RunMatrix(
            int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    case ["small", string threads, string passes]:
        TimedJobs.PrintSmallTensors(
            int.Parse(threads, CultureInfo.InvariantCulture), int.Parse(passes, CultureInfo.InvariantCulture));
        break;
    case ["calls"]:
        CallOrder.Print();
        break;
    case ["sizes", string largest]:
        FillSizes.Print(int.Parse(largest, CultureInfo.InvariantCulture));
        break;
    case ["files", string folder, string gibibytes, string rounds]:
        StreamedFiles.Print(
            folder,
            int.Parse(gibibytes, CultureInfo.InvariantCulture),
            int.Parse(rounds, CultureInfo.InvariantCulture));
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(TimedJobs).Assembly).Run(args);
        break;
}
