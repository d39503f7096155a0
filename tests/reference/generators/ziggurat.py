"""Measures the edges of NumPy's ziggurat by running NumPy, and prints them as ZigguratEdges.cs.

The state of PCG64 is set so that the next word is one whose bits 9 to 60 hold 2^40 and whose low byte names a strip: the
normal number drawn is then 2^40 times the strip's scale, exactly.
"""
import numpy

MULTIPLIER = 0x2360ED051FC65DA44385DF649FCCF645
INCREMENT = 1


def edge(strip):
    word = ((1 << 40) << 9) | strip
    generator = numpy.random.Generator(numpy.random.PCG64(0))
    state = (word - INCREMENT) * pow(MULTIPLIER, -1, 1 << 128) % (1 << 128)
    generator.bit_generator.state = {
        "bit_generator": "PCG64", "state": {"state": state, "inc": INCREMENT}, "has_uint32": 0, "uinteger": 0}
    return generator.standard_normal() * 2.0 ** 12


edges = [repr(edge(strip)) for strip in range(256)]
rows = "\n".join("        " + ", ".join(edges[i:i + 4]) + "," for i in range(0, 256, 4))
print(f"""namespace InitTools;

/// <summary>
/// The right edge of each of the 256 strips of NumPy's ziggurat, measured by running NumPy
/// (tests/reference/generators/ziggurat.py). Strip 0 is the base with the tail: its edge is its area over its height.
/// The edges are those of the formula to within a hundred units in the last place, and numbers depend on every bit.
/// </summary>
internal static class ZigguratEdges
{{
    public static ReadOnlySpan<double> Values =>
    [
{rows}
    ];
}}""")
