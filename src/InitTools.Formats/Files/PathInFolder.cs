namespace InitTools.Formats;

/// <summary>Paths that a file gives of other files, which have to be in the file's own folder or below.</summary>
internal static class PathInFolder
{
    /// <summary>As many symbolic links are followed as by Linux.</summary>
    private const int MaximumLinks = 40;

    /// <summary>The path of a file, or null where it is none within the folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="relative">
    /// The path in it, with slashes: neither absolute nor with <c>..</c>, nor one that leaves the folder through a
    /// symbolic link. A backslash, a colon and a control character, which mean a path's parts on some system, are no
    /// part of a name.
    /// </param>
    public static string? Find(string folder, string relative)
    {
        string[] names = relative.Split('/');
        if (names.Any(name => name is "" or "." or ".." || name.Any(c => c is '\\' or ':' || char.IsControl(c))))
        {
            return null;
        }

        string path = Path.Combine([folder, .. names]);
        return Resolve(path) is string target && Resolve(folder) is string root
            && target.StartsWith(
                Path.TrimEndingDirectorySeparator(root) + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? target
            : null;
    }

    /// <summary>The path without symbolic links, or null where they lead in a circle.</summary>
    private static string? Resolve(string path)
    {
        var rest = new Stack<string>();
        Push(rest, path);
        string resolved = Path.GetPathRoot(path)!;
        int links = 0;
        while (rest.TryPop(out string? name))
        {
            string next = Path.GetFullPath(Path.Combine(resolved, name));
            if (new FileInfo(next).LinkTarget is not string target)
            {
                resolved = next;
                continue;
            }

            if (++links > MaximumLinks)
            {
                return null;
            }

            if (Path.IsPathRooted(target))
            {
                resolved = Path.GetPathRoot(target)!;
            }

            Push(rest, target);
        }

        return resolved;
    }

    private static void Push(Stack<string> names, string path)
    {
        string relative = path[Path.GetPathRoot(path)!.Length..];
        foreach (string name in relative.Split(
            [Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar],
            StringSplitOptions.RemoveEmptyEntries).Reverse())
        {
            names.Push(name);
        }
    }
}
