using System.ComponentModel;
using System.Management.Automation;

namespace InitTools.PowerShell.Display;

/// <summary>Verdicts in the colours that the user has chosen; tables call it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class VerdictColor
{
    /// <summary>
    /// The verdict between escape sequences of <c>$PSStyle</c>: green where it is Healthy, as a warning where it is
    /// Saturated, as an error where it is any other. PowerShell drops the sequences where output has no colours.
    /// </summary>
    /// <param name="verdict">The verdict.</param>
    /// <param name="style"><c>$PSStyle</c>.</param>
    public static string Of(string verdict, PSObject style)
    {
        ArgumentNullException.ThrowIfNull(style);
        string color = verdict switch
        {
            "Healthy" => Sequence(style, "Foreground", "Green"),
            "Saturated" => Sequence(style, "Formatting", "Warning"),
            _ => Sequence(style, "Formatting", "Error"),
        };
        return $"{color}{verdict}{style.Properties["Reset"].Value}";
    }

    private static string Sequence(PSObject style, string group, string name) =>
        PSObject.AsPSObject(style.Properties[group].Value).Properties[name].Value as string ?? "";
}
