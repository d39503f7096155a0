using Xunit;

namespace InitTools.Analysis.Tests.Diagnostics;

public class WorkShareTests
{
    [Fact]
    public void A_late_report_takes_nothing_back_and_no_share_is_beyond_the_whole()
    {
        WorkShare share = new();

        share.Report(0.5);
        share.Report(0.25);
        Assert.Equal(0.5, share.Value);

        share.Report(1.5);
        Assert.Equal(1, share.Value);
    }
}
