using System.Globalization;
using System.Reflection;
using System.Text;

namespace InitTools.Core.Tests.Statistics;

/// <summary>The checks of a sample as a section of docs/statistics.md.</summary>
internal static class SoundnessReport
{
    // Of a family with more checks than this only the smallest p-value is printed.
    private const int MostRows = 8;

    /// <summary>Writes the section to <c>uniform-float32.md</c> and the like in the directory.</summary>
    public static void Write(
        string directory,
        string expression,
        DType dtype,
        int countLog2,
        IReadOnlyList<SoundnessCheck> checks,
        TimeSpan duration)
    {
        string law = expression[..expression.IndexOf('(', StringComparison.Ordinal)];
        Directory.CreateDirectory(directory);
        File.WriteAllText(
            Path.Combine(directory, $"{law}-{dtype}.md"), Format(expression, dtype, countLog2, checks, duration));
    }

    /// <summary>A heading, a line on the run, and a row for each check or the worst of many.</summary>
    public static string Format(
        string expression, DType dtype, int countLog2, IReadOnlyList<SoundnessCheck> checks, TimeSpan duration)
    {
        StringBuilder text = new();
        double seconds = duration.TotalSeconds;
        int failed = checks.Count(check => !check.Holds);
        Line($"### {expression}, {dtype}, 2^{countLog2} values");
        Line($"");
        Line($"{Version()}, stream specification {WeightTensor.SpecificationVersion}, {WeightTensor.GeneratorName};");
        Line($"{Processor()}, {Environment.ProcessorCount} threads, .NET {Environment.Version}; {seconds:F0} s.");
        Line($"{checks.Count} checks, {failed} failed, smallest p {checks.Min(check => check.PValue):G3}.");
        Line($"");
        Line($"| check | figure | observed | theory | p |");
        Line($"|---|---|---|---|---|");
        foreach (IGrouping<string, SoundnessCheck> family in checks.GroupBy(check => check.Family))
        {
            SoundnessCheck[] members = [.. family];
            bool shorten = members.Length > MostRows;
            foreach (SoundnessCheck check in shorten ? [members.MinBy(check => check.PValue)!] : members)
            {
                string name = shorten ? $"{check.Name}, smallest p of {members.Length}" : check.Name;
                Line($"| {family.Key} | {name} | {check.Observed} | {check.Expected} | {check.PValue:G3} |");
            }
        }

        Line($"");
        return text.ToString();

        void Line(FormattableString line) => text.Append(line.ToString(CultureInfo.InvariantCulture)).Append('\n');
    }

    private static string Version() =>
        $"InitTools {typeof(WeightTensor).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!
            .InformationalVersion.Split('+')[0]}";

    private static string Processor()
    {
        const string Information = "/proc/cpuinfo";
        string? model = File.Exists(Information)
            ? File.ReadLines(Information)
                .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            : null;
        return model?[(model.IndexOf(':', StringComparison.Ordinal) + 1)..].Trim()
            ?? System.Runtime.InteropServices.RuntimeInformation.ProcessArchitecture.ToString();
    }
}
