using System.Globalization;

namespace InitTools;

/// <summary>Reads the arguments of a module's constructor: whole numbers, tuples of them, and True or False.</summary>
internal sealed class ModuleArguments(string module, ArgumentReader reader)
{
    /// <summary>A whole number of 1 or more that must be given.</summary>
    public long Size(string name) => Sizes(name) switch
    {
        [long size] => size,
        long[] sizes => throw Invalid(name, TextOf(sizes), "a whole number of 1 or more"),
    };

    /// <summary>A whole number of 1 or more.</summary>
    public long Size(string name, long defaultValue) => Read(name, $"{defaultValue}") switch
    {
        null => defaultValue,
        [long size] when size >= 1 => size,
        long[] sizes => throw Invalid(name, TextOf(sizes), "a whole number of 1 or more"),
    };

    /// <summary>A whole number of 0 or more.</summary>
    public long Count(string name, long defaultValue) => Read(name, $"{defaultValue}") switch
    {
        null => defaultValue,
        [long count] when count >= 0 => count,
        long[] counts => throw Invalid(name, TextOf(counts), "a whole number of 0 or more"),
    };

    /// <summary>One or more whole numbers of 1 or more that must be given.</summary>
    public long[] Sizes(string name) => Read(name, "") switch
    {
        null => throw Invalid(name, "not given", "a whole number of 1 or more, or a tuple of them,"),
        long[] sizes when sizes.All(size => size >= 1) => sizes,
        long[] sizes => throw Invalid(name, TextOf(sizes), "a whole number of 1 or more, or a tuple of them,"),
    };

    /// <summary>One number for each of so many axes, or one for all of them.</summary>
    public long[] Sizes(string name, int rank) => Sizes(name) switch
    {
        long[] sizes when sizes.Length == rank => sizes,
        [long size] => [.. Enumerable.Repeat(size, rank)],
        long[] sizes => throw Invalid(name, TextOf(sizes), $"one whole number, or a tuple of {rank},"),
    };

    /// <summary>True or False.</summary>
    public bool Flag(string name, bool defaultValue) => reader.Word(name, defaultValue ? "True" : "False") switch
    {
        null => defaultValue,
        string word when bool.TryParse(word, out bool flag) => flag,
        string word => throw Invalid(name, word, "True or False"),
    };

    /// <summary>Arguments that have no bearing on parameters.</summary>
    public void Ignore(params string[] names)
    {
        foreach (string name in names)
        {
            reader.Value(name, "");
        }
    }

    /// <summary>An argument that is accepted as None only.</summary>
    public void RequireNone(string name, string reason)
    {
        if (reader.Value(name, "None") is ExpressionNode value
            && !value.ToString()!.Equals("None", StringComparison.OrdinalIgnoreCase))
        {
            throw new InitToolsException(
                ErrorId.InvalidArgument,
                $"{module}: {name} is {value}; {reason}",
                value.ToString());
        }
    }

    /// <summary>Fails where one number does not divide another.</summary>
    public void RequireDivides(string name, long divisor, params ReadOnlySpan<long> numbers)
    {
        foreach (long number in numbers)
        {
            if (number % divisor != 0)
            {
                throw new InitToolsException(
                    ErrorId.InvalidArgument,
                    $"{module}: {name} is {divisor}, which does not divide {number}.",
                    divisor);
            }
        }
    }

    private long[]? Read(string name, string defaultText)
    {
        ExpressionNode? node = reader.Value(name, defaultText);
        return node switch
        {
            null => null,
            NumberNode number => [Whole(name, number)],
            ListNode list => [.. list.Items.Select(item => item is NumberNode number
                ? Whole(name, number)
                : throw Invalid(name, $"{list}", "a whole number, or a tuple of them,"))],
            _ => throw Invalid(name, $"{node}", "a whole number, or a tuple of them,"),
        };
    }

    private long Whole(string name, NumberNode number) =>
        double.IsInteger(number.Value) && Math.Abs(number.Value) < 1L << 53
            ? (long)number.Value
            : throw Invalid(name, $"{number}", "a whole number");

    private static string TextOf(long[] numbers) => numbers is [long number]
        ? number.ToString(CultureInfo.InvariantCulture)
        : $"({string.Join(", ", numbers.Select(number => number.ToString(CultureInfo.InvariantCulture)))})";

    private InitToolsException Invalid(string name, string received, string accepted) => new(
        ErrorId.InvalidArgument,
        $"{module}: {name} is {received}; {accepted} is accepted.",
        received);
}
