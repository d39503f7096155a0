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
    [InlineData("f('w.npy', \"fc1.weight\")", "f(w.npy, fc1.weight)")]
    [InlineData("f(keras.layers.w)", "f(keras.layers.w)")]
    [InlineData("f('a b', '(c', 'd,e', \"it's\", 'it''s', 'x=1')", "f('a b', '(c', 'd,e', 'it''s', 'it''s', 'x=1')")]
    [InlineData("f('C:\\new\\t.npz', './w', '1-2', '')", "f('C:\\new\\t.npz', './w', '1-2', '')")]
    [InlineData("f(\"say \"\"yes\"\"\")", "f('say \"yes\"')")]
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
    [InlineData("RandomNormal(stddev=0,5)", 23, "a number has a decimal point")]
    [InlineData("HeNormal(1=2)", 10)]
    [InlineData("HeNormal(1,,2)", 12)]
    [InlineData("HeNormal('gain)", 10)]
    [InlineData("He+Normal", 1, "neither")]
    [InlineData("f('it''s)", 3)]
    [InlineData("f('')')", 6)]
    [InlineData("f(''')", 3)]
    [InlineData("f(/etc/w.npy)", 3, "a path stands in quotes")]
    [InlineData("f(sub/w.npy)", 6, "a path stands in quotes")]
    [InlineData("f(C:\\w.npy)", 4, "a path stands in quotes")]
    public void Shows_where_a_malformed_expression_breaks(string text, int position, string says = "")
    {
        InitToolsException error = Errors.Expect(ErrorId.MalformedExpression, () => ExpressionParser.Parse(text));
        Assert.Contains($"at position {position}:", error.Message, StringComparison.Ordinal);
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("w", "w")]
    [InlineData("fc1.weight", "fc1.weight")]
    [InlineData("0.weight", "0.weight")]
    [InlineData("weights-2.npz", "weights-2.npz")]
    [InlineData("a.7", "'a.7'")]
    [InlineData("a.b-c", "'a.b-c'")]
    [InlineData("w.", "'w.'")]
    [InlineData("7", "'7'")]
    [InlineData("1e5", "'1e5'")]
    [InlineData("nan", "'nan'")]
    [InlineData("-inf", "'-inf'")]
    [InlineData("", "''")]
    [InlineData("é", "'é'")]
    [InlineData("two words", "'two words'")]
    [InlineData("'", "''''")]
    [InlineData("\"", "'\"'")]
    [InlineData("\\\\server\\share\\w.npy", "'\\\\server\\share\\w.npy'")]
    public void A_text_is_quoted_where_it_is_no_word(string text, string quoted)
    {
        Assert.Equal(quoted, ExpressionParser.Quote(text));
        ExpressionNode read = ExpressionParser.Parse($"f({quoted})").Arguments[0].Value;
        Assert.Equal(text, read is NumberNode number ? number.Text : Assert.IsType<CallNode>(read).Text);
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
    [InlineData("f('a,b', \"c,d\"),f('(,'),Ones", "f('a,b', \"c,d\")|f('(,')|Ones")]
    [InlineData("f('it''s, (a)'),f(\"it's, a\"),Ones", "f('it''s, (a)')|f(\"it's, a\")|Ones")]
    [InlineData("Ones,f('a,b", "Ones|f('a,b")]
    public void Splits_lists_outside_parentheses_and_quotes(string text, string parts) =>
        Assert.Equal(parts.Split('|'), ExpressionParser.SplitList(text));
}
