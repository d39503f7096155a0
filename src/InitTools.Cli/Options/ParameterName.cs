using System.Text;

namespace InitTools.Cli;

/// <summary>How a cmdlet's parameter is spelled on the command line: <c>SeedCount</c> is <c>--seed-count</c>.</summary>
public static class ParameterName
{
    /// <summary>Words of the field that are not cut where a capital stands: everyone writes them so.</summary>
    private static readonly Dictionary<string, string> s_wholeWords = new(StringComparer.Ordinal)
    {
        ["StdDev"] = "stddev",
        ["DType"] = "dtype",
    };

    /// <summary>The option of a parameter.</summary>
    public static string ToOption(string parameter)
    {
        ArgumentException.ThrowIfNullOrEmpty(parameter);
        var option = new StringBuilder("--");
        if (s_wholeWords.TryGetValue(parameter, out string? word))
        {
            return option.Append(word).ToString();
        }

        for (int i = 0; i < parameter.Length; i++)
        {
            if (i > 0 && char.IsAsciiLetterUpper(parameter[i]))
            {
                option.Append('-');
            }

            option.Append(char.ToLowerInvariant(parameter[i]));
        }

        return option.ToString();
    }
}
