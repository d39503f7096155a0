using System.Diagnostics;
using System.Globalization;
using System.Text;
using InitTools.Analysis;
using Xunit;

namespace InitTools.Report.Tests;

/// <summary>What a page costs; nothing else runs in the process meanwhile.</summary>
[Collection(nameof(PageCostTests))]
[CollectionDefinition(nameof(PageCostTests), DisableParallelization = true)]
public class PageCostTests
{
    [Fact]
    public void Twenty_initializers_on_fifty_layers_make_a_page_below_1_5_MB_within_2_seconds()
    {
        string[] initializers =
        [
            .. Enumerable.Range(1, 20).Select(number =>
                string.Create(CultureInfo.InvariantCulture, $"HeNormal(gain={number / 10.0})")),
        ];
        IReadOnlyList<InitializerComparison> results =
            InitializerComparer.Compare(ReportPages.Comparison(50, initializers));

        // Processor time, since other work on the machine is none of the page's; it is spread over the cores.
        TimeSpan before = Process.GetCurrentProcess().TotalProcessorTime;
        string page = ReportPages.Write(results);
        TimeSpan used = Process.GetCurrentProcess().TotalProcessorTime - before;

        Assert.Equal(20, results.Count);
        Assert.Equal(50, results[0].Depth);
        Assert.InRange(Encoding.UTF8.GetByteCount(page), 100_000, 1_500_000);
        Assert.InRange(used.TotalSeconds / Math.Min(2, Environment.ProcessorCount), 0, 2);
    }
}
