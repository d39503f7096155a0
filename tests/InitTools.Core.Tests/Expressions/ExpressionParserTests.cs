using Xunit;

namespace InitTools.Core.Tests.Expressions;

public class ExpressionParserTests
{
    [Theory]
    [InlineData("HeNormal", "HeNormal")]
    [InlineData(" he_normal ( ) ", "he_normal")]
    [InlineData("RandomNormal(0,stddev = 1E-2)", "RandomNormal(0, stddev=0.01)")]
    [InlineData("Orthogonal(gain=leaky_relu(.2))", "Orthogonal(gain=leaky_relu(0.2))")]
    [InlineData("Dirac(shape=(3, 3), groups=2)", "Dirac(shape=(3, 3), groups=2)")]
    [InlineData("keras.initializers.HeNormal()", "HeNormal")]
    [InlineData("VarianceScaling(2.0, 'fan_in', \"uniform\")", "VarianceScaling(2, fan_in, uniform)")]
    [InlineData("Constant(-5e-324)", "Constant(-5e-324)")]
    public void Reads_what_the_grammar_allows(string text, string printed)
    {
        CallNode call = ExpressionParser.Parse(text);
        Assert.Equal(printed, call.ToString());
        Assert.Equal(printed, ExpressionParser.Parse(printed).ToString());
    }

    [Theory]
    [InlineData("", 1)]
    [InlineData("0.5", 1)]
    [InlineData("He Normal", 4)]
    [InlineData("HeNormal(", 10)]
    [InlineData("HeNormal(gain", 14)]
    [InlineData("HeNormal(gain=", 15)]
    [InlineData("HeNormal(gain=)", 15)]
    [InlineData("HeNormal(gain=1", 16)]
    [InlineData("HeNormal(gain=1;2)", 16)]
    [InlineData("HeNormal)", 9)]
    [InlineData("HeNormal(gain=1, 2)", 18)]
    [InlineData("HeNormal(1=2)", 10)]
    [InlineData("HeNormal(1,,2)", 12)]
    [InlineData("HeNormal('gain)", 10)]
    [InlineData("He+Normal", 1, "neither")]
    public void Shows_where_a_malformed_expression_breaks(string text, int position, string? says = null)
    {
        InitToolsException error = Errors.Expect(ErrorId.MalformedExpression, () => ExpressionParser.Parse(text));
        if (says is null)
        {
            Assert.Contains($"at position {position}:", error.Message, StringComparison.Ordinal);
        }
        else
        {
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Refuses_endless_nesting() =>
        Errors.Expect(
            ErrorId.MalformedExpression,
            () => ExpressionParser.Parse("a(" + new string('(', 100_000) + new string(')', 100_000) + ")"));

    [Theory]
    [InlineData("HeNormal,RandomNormal(0, 1) , Zeros", "HeNormal|RandomNormal(0, 1)|Zeros")]
    [InlineData("Orthogonal(gain=leaky_relu(0.2),x=(1,2)),Ones", "Orthogonal(gain=leaky_relu(0.2),x=(1,2))|Ones")]
    [InlineData("HeNormal", "HeNormal")]
    public void Splits_lists_outside_parentheses(string text, string parts) =>
        Assert.Equal(parts.Split('|'), ExpressionParser.SplitList(text));
}
