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
    public static string Of(string verdict, PSObject style) => verdict switch
    {
        "Healthy" => Paint(verdict, style, "Foreground", "Green"),
        "Saturated" => Paint(verdict, style, "Formatting", "Warning"),
        _ => Paint(verdict, style, "Formatting", "Error"),
    };

    internal static string Paint(string text, PSObject style, string group, string name)
    {
        ArgumentNullException.ThrowIfNull(style);
        object? color = PSObject.AsPSObject(style.Properties[group].Value).Properties[name].Value;
        return $"{color}{text}{style.Properties["Reset"].Value}";
    }
}
