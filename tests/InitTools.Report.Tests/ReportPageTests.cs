using System.Globalization;
using System.Security.Cryptography;
using InitTools.Analysis;
using Xunit;

namespace InitTools.Report.Tests;

/// <summary>What the page is before a browser reads it.</summary>
public class ReportPageTests
{
    [Fact]
    public void The_library_is_the_published_file_with_its_licence()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "InitTools.sln")))
        {
            folder = folder.Parent;
        }

        string assets = Path.Combine(folder!.FullName, "src", "InitTools.Analysis", "Reports", "Assets");
        string[] sums = File.ReadAllLines(Path.Combine(assets, "SHA256SUMS"));
        Assert.Equal(2, sums.Length);
        Assert.All(sums, line =>
        {
            string[] parts = line.Split("  ");
            byte[] file = File.ReadAllBytes(Path.Combine(assets, parts[1]));
            Assert.Equal(parts[0], Convert.ToHexStringLower(SHA256.HashData(file)));
        });
        Assert.Contains("MIT", File.ReadAllText(Path.Combine(assets, "uPlot.LICENSE.txt")), StringComparison.Ordinal);
    }

    [Fact]
    public void Findings_have_a_table_for_each_file_most_severe_first()
    {
        WeightFinding sound = new()
        {
            Tensor = "fc1.weight",
            Shape = "64x48",
            Role = WeightRole.Weight,
            Kind = FindingKind.Detected,
            Severity = FindingSeverity.Information,
            DetectedInitializer = "HeNormal",
            Reason = "The elements are as HeNormal makes them",
            Path = "/models/first.safetensors",
        };
        WeightFinding unsound = sound with
        {
            Tensor = ReportPages.Attack,
            Kind = FindingKind.AllZero,
            Severity = FindingSeverity.Error,
            Reason = "Every element is 0.",
            Advice = "Draw them at random.",
        };
        using var writer = new StringWriter();

        ReportPage.Write(
            writer,
            [sound, unsound, sound with { Path = "/models/second.safetensors" }],
            cancellation: TestContext.Current.CancellationToken);

        string page = writer.ToString();
        Assert.Contains("first.safetensors", page, StringComparison.Ordinal);
        Assert.Contains("2 tensors: 1 error and 0 warnings.", page, StringComparison.Ordinal);
        Assert.Contains("1 tensor, and nothing that speaks against training", page, StringComparison.Ordinal);
        Assert.True(
            page.IndexOf("Every element is 0. Draw them at random.", StringComparison.Ordinal)
            < page.IndexOf("The elements are as HeNormal", StringComparison.Ordinal));
        Assert.DoesNotContain(ReportPages.Attack, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_of_users_is_escaped_wherever_it_stands()
    {
        string page = ReportPages.Write(ReportPages.Measure("HeNormal", ReportPages.Attack), ReportPages.Attack);

        Assert.DoesNotContain(ReportPages.Attack, page, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", page, StringComparison.Ordinal);
        Assert.Contains("&lt;/script&gt;&lt;img src=x onerror=alert(1)&gt;", page, StringComparison.Ordinal);
    }

    [Fact]
    public void The_page_does_not_follow_the_culture()
    {
        CultureInfo before = CultureInfo.CurrentCulture;
        IReadOnlyList<LayerVariance> layers = ReportPages.Measure("HeNormal");
        string invariant = ReportPages.Write(layers);
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("de-DE");
            Assert.Equal(invariant, ReportPages.Write(layers));
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public void Histograms_count_all_weights_and_activations_of_a_layer()
    {
        IReadOnlyList<LayerVariance> layers = ReportPages.Measure("HeNormal");
        string page = ReportPages.Write(layers);
        string[] rows =
            [.. page.Split('\n').Where(line => line.Contains("<td>activations<td>", StringComparison.Ordinal))];
        string weights = page.Split('\n').First(line => line.Contains("<td>weights<td>", StringComparison.Ordinal));

        Assert.Equal(layers.Count, rows.Length);
        Assert.All(rows.Zip(layers), pair =>
        {
            string[] cells = pair.First.Split("<td>");
            long[] counts = [.. cells[^1].Split(' ').Select(count => long.Parse(count, CultureInfo.InvariantCulture))];
            Assert.Equal(pair.Second.Name, cells[2]);
            Assert.Equal(pair.Second.ActivationMinimum, double.Parse(cells[4], CultureInfo.InvariantCulture), 1e-5);
            Assert.Equal(pair.Second.ActivationMaximum, double.Parse(cells[5], CultureInfo.InvariantCulture), 1e-5);
            Assert.Equal(
                pair.Second.Histogram(counts.Length, LayerQuantity.Activation).Select(bin => bin.Count),
                counts);
        });
        Assert.Equal(
            16 * 16,
            weights.Split("<td>")[^1].Split(' ').Sum(count => long.Parse(count, CultureInfo.InvariantCulture)));
    }

    [Fact]
    public void Where_none_is_sound_the_answer_names_the_nearest()
    {
        ComparisonOptions one = ReportPages.Comparison(5, "RandomNormal(stddev=0.01)", "Zeros");
        ComparisonOptions alike = ReportPages.Comparison(5, "RandomNormal(stddev=0.01)", "RandomUniform(-0.02, 0.02)");
        ComparisonOptions tied = alike with
        {
            TieTolerance = 1e6,
        };

        Assert.Contains(
            "RandomNormal(stddev=0.01) comes nearest. Gradients vanish",
            ReportPages.Write(InitializerComparer.Compare(one)),
            StringComparison.Ordinal);
        Assert.Matches(
            @">Random[^>]+ and Random[^>]+ come nearest\. ",
            ReportPages.Write(InitializerComparer.Compare(tied)));
    }

    [Theory]
    [InlineData(LossFunction.CrossEntropy, "data-y=\"Loss in nats\"", "<p>Mean cross-entropy over the training rows")]
    [InlineData(LossFunction.SquaredError, "data-y=\"Loss\"", "<p>Mean squared error over the training rows")]
    public void The_chart_of_losses_says_which_loss_it_shows(LossFunction loss, string axis, string description)
    {
        string page = ReportPages.Write(ReportPages.Trained(loss));

        Assert.Contains(axis, page, StringComparison.Ordinal);
        Assert.Contains(description, page, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Trained, it also ends at the lowest loss", "HeNormal", "Zeros")]
    [InlineData("<p class=\"answer\">Trained, Constant(value=0.5) ends at the lowest loss", "Constant(0.5)", "Zeros")]
    public void The_answer_says_who_learnt_best(string sentence, params string[] initializers)
    {
        string page = ReportPages.Write(ReportPages.Trained(initializers: initializers));

        Assert.Contains(sentence, page, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_layer_of_a_measurement_is_needed()
    {
        InitToolsException error = Assert.Throws<InitToolsException>(
            () => ReportPages.Write([.. ReportPages.Measure("HeNormal").Skip(1)]));
        Assert.Equal(ErrorId.LayerMismatch, error.ErrorId);
    }

    [Fact]
    public void Nothing_and_strangers_are_no_report()
    {
        Assert.Equal(ErrorId.InvalidArgument, Assert.Throws<InitToolsException>(() => ReportPages.Write([])).ErrorId);
        Assert.Equal(
            ErrorId.InvalidArgument,
            Assert.Throws<InitToolsException>(() => ReportPages.Write(["text"])).ErrorId);
    }

    [Fact]
    public void Measurements_that_differ_in_the_seed_alone_are_one_line_with_bars()
    {
        IReadOnlyList<LayerVariance>[] seeds =
            [ReportPages.Measure("HeNormal", seed: 1), ReportPages.Measure("HeNormal", seed: 2)];
        string page = ReportPages.Write([.. seeds.SelectMany(layers => layers)]);

        Assert.Equal(1, page.Split("<section>").Length - 1);

        // A line of second moments, one of gradients, and the histograms of the first seed.
        Assert.Equal(3, page.Split("<tbody data-label=\"HeNormal\">").Length - 1);
        double[] moments = [.. seeds.Select(layers => layers[0].PreActivationSecondMoment)];
        string range = string.Create(CultureInfo.InvariantCulture, $"<td>{moments.Min():G6}<td>{moments.Max():G6}");
        Assert.Contains(range, page, StringComparison.Ordinal);
    }
}
