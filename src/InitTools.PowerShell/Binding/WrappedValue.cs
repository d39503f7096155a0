using System.Management.Automation;

namespace InitTools.PowerShell.Binding;

/// <summary>What PowerShell hands over with a wrapper around it, or without.</summary>
internal static class WrappedValue
{
    /// <summary>The value without its wrapper.</summary>
    public static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
