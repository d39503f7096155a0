using System.Globalization;
using BenchmarkDotNet.Running;
using InitTools.Benchmarks;

// "timed <threads> <rounds>" (fills) and "matrix <threads> <rounds>" print one line of JSON a measurement, for
// bench/compare.sh; "calls" prints what the 1st,
// 2nd, 10th, 100th and 1000th call of each kernel took; all else is BenchmarkDotNet's.
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
    case ["calls"]:
        CallOrder.Print();
        break;
    default:
        BenchmarkSwitcher.FromAssembly(typeof(TimedJobs).Assembly).Run(args);
        break;
}
