namespace InitTools;

/// <summary>
/// Which layout holds: the one given, then that of the convention given, then that of the spelling, then IO.
/// </summary>
public static class LayoutRule
{
    /// <summary>The layout.</summary>
    /// <param name="layout">The layout's name, or null.</param>
    /// <param name="convention">The convention given, or null.</param>
    /// <param name="bareInitializer">
    /// The expression of one bare shape, where a name of PyTorch's (with a trailing underscore) selects its layout; or
    /// null, as layers and stacks keep the call's.
    /// </param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.UnknownLayout"/>; <see cref="ErrorId.MalformedExpression"/>.
    /// </exception>
    public static Layout Choose(string? layout, Convention? convention, string? bareInitializer = null)
    {
        if (layout is not null)
        {
            return Layouts.Spellings.Parse(layout);
        }

        bool isPyTorch = convention is null
            ? bareInitializer is not null && ExpressionParser.Parse(bareInitializer).Name.EndsWith('_')
            : convention == Convention.PyTorch;
        return isPyTorch ? Layout.OI : Layout.IO;
    }
}
