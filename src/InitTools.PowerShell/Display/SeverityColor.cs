using System.ComponentModel;
using System.Management.Automation;

namespace InitTools.PowerShell.Display;

/// <summary>Severities of findings in the colours that the user has chosen; tables call it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class SeverityColor
{
    /// <summary>
    /// The severity between escape sequences of <c>$PSStyle</c>: green where it is Information, and as PowerShell
    /// colours its own warnings and errors.
    /// </summary>
    /// <param name="severity">The severity.</param>
    /// <param name="style"><c>$PSStyle</c>.</param>
    public static string Of(string severity, PSObject style) => severity switch
    {
        "Information" => VerdictColor.Paint(severity, style, "Foreground", "Green"),
        "Warning" => VerdictColor.Paint(severity, style, "Formatting", "Warning"),
        _ => VerdictColor.Paint(severity, style, "Formatting", "Error"),
    };
}
