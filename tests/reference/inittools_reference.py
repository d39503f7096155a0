"""Reads InitTools' random streams: the numbers of (seed, purpose, name, law) in plain NumPy, bit for bit.

Written from docs/reproducibility.md (stream specification, version 1), for people who want to make or check the same
initial weights without InitTools. Slow and simple on purpose. Every function works on arrays.

    import inittools_reference as reference
    key = reference.stream_key(42, "weights", "fc1.weight")
    reference.normal(key, offset=0, count=10, mean=0.0, standard_deviation=0.02, dtype="Float32")
    reference.tensor("HeNormal", [784, 256], "IO", "Float32", seed=42, name="fc1.weight")

As a program: `inittools_reference.py selftest` tests the emulated fused multiply-add, `inittools_reference.py vectors`
prints the vectors that InitTools' own tests compare with, `inittools_reference.py draw <law> <dtype> <seed> <purpose>
<name> <offset> <count> <parameters>` prints numbers as hexadecimal patterns, and `inittools_reference.py tensor
<expression> <shape> <layout> <dtype> <seed> <name>` those of a whole tensor.
"""

import hashlib
import json
import math
import sys
from fractions import Fraction

import numpy as np

VERSION = 1

# ---------------------------------------------------------------------------------------------------------------------
# Streams and words
# ---------------------------------------------------------------------------------------------------------------------


def stream_key(seed, purpose, name):
    """(seed, stream): the stream is the first 8 bytes, little-endian, of SHA-256(purpose NUL name)."""
    digest = hashlib.sha256(purpose.encode("utf-8") + b"\0" + name.encode("utf-8")).digest()
    return seed % 2**64, int.from_bytes(digest[:8], "little")


def philox4x32(counter, key):
    """The four words of each counter (uint64 array), as uint64 arrays below 2^32."""
    seed, stream = key
    low = np.uint64(0xFFFFFFFF)
    shift = np.uint64(32)
    c0, c1 = counter & low, counter >> shift
    c2 = np.full_like(counter, stream & 0xFFFFFFFF)
    c3 = np.full_like(counter, stream >> 32)
    k0, k1 = seed & 0xFFFFFFFF, seed >> 32
    for _ in range(10):
        product0, product1 = np.uint64(0xD2511F53) * c0, np.uint64(0xCD9E8D57) * c2
        c0, c1, c2, c3 = (
            (product1 >> shift) ^ c1 ^ np.uint64(k0),
            product1 & low,
            (product0 >> shift) ^ c3 ^ np.uint64(k1),
            product0 & low,
        )
        k0, k1 = (k0 + 0x9E3779B9) & 0xFFFFFFFF, (k1 + 0xBB67AE85) & 0xFFFFFFFF
    return c0, c1, c2, c3


def patterns(key, first_block, block_count, bits):
    """The patterns of whole blocks: 64 of 32 bits a block, or 32 of 64 bits with the lower word first."""
    counters = (np.arange(16 * block_count, dtype=np.uint64) + np.uint64(16 * first_block)).reshape(block_count, 16)
    words = np.stack(philox4x32(counters, key), axis=1)
    if bits == 64:
        words = words[:, 0::2] | (words[:, 1::2] << np.uint64(32))
    return words.reshape(-1)


# ---------------------------------------------------------------------------------------------------------------------
# Exact fused multiply-add from error-free transformations
# ---------------------------------------------------------------------------------------------------------------------


def two_sum(a, b):
    """s + e = a + b exactly, s the rounded sum (Knuth)."""
    s = a + b
    t = s - a
    return s, (a - (s - t)) + (b - t)


def two_product(a, b):
    """p + e = a * b exactly, p the rounded product (Veltkamp, Dekker)."""
    p = a * b

    def split(x):
        c = x * 134217729.0
        high = c - (c - x)
        return high, x - high

    a_high, a_low = split(a)
    b_high, b_low = split(b)
    return p, ((a_high * b_high - p) + a_high * b_low + a_low * b_high) + a_low * b_low


def add_to_odd(a, b):
    """a + b rounded to odd: where the sum is inexact, the neighbour whose last bit is 1 (Boldo, Melquiond)."""
    s, e = two_sum(a, b)
    s, e = np.broadcast_arrays(s, e)
    bits = s.copy().view(np.int64)
    wrong = (e != 0) & (bits & 1 == 0)
    away = (e > 0) == (s > 0)
    return np.where(wrong, np.where(away, bits + 1, bits - 1), bits).view(np.float64)


def fma(a, b, c):
    """a * b + c rounded once, in the arrays' own precision, for finite numbers far from overflow and underflow."""
    a, b, c = np.broadcast_arrays(a, b, c)
    if a.dtype == np.float32:
        # 24 by 24 bits is exact in float64; rounding to odd there makes the second rounding harmless.
        return add_to_odd(a.astype(np.float64) * b.astype(np.float64), c.astype(np.float64)).astype(np.float32)
    p, e = two_product(a, b)
    u_high, u_low = two_sum(c, e)
    t_high, t_low = two_sum(p, u_high)
    return t_high + add_to_odd(t_low, u_low)


def horner(x, coefficients):
    """A polynomial by Horner's rule, one fused multiply-add a coefficient, the highest one first."""
    p = np.full_like(x, coefficients[0])
    for coefficient in coefficients[1:]:
        p = fma(p, x, x.dtype.type(coefficient))
    return p


def bits_of(x):
    return x.view(np.int32 if x.dtype == np.float32 else np.int64)


def with_sign(x, negative):
    """x with its sign flipped where negative."""
    return np.where(negative, -x, x)


# ---------------------------------------------------------------------------------------------------------------------
# Elementary functions
# ---------------------------------------------------------------------------------------------------------------------

LOG_CUBIC_32 = [
    -0.07634504, 0.1276158, -0.1316018, 0.14201757, -0.16623357, 0.20001227, -0.2500082, 0.3333333,
]
LOG_ARTANH_64 = [
    0.1479610282554318, 0.15314036081432186, 0.1818356485791278, 0.2222219856362862, 0.28571428742473876,
    0.3999999999941432, 0.6666666666666734,
]
EXPM1_QUADRATIC_64 = [
    2.087533553513928e-9, 2.5108978665227572e-8, 2.7557402621998183e-7, 2.755724437479992e-6,
    2.4801587172564587e-5, 0.00019841269885965295, 0.001388888888896236, 0.008333333333321691,
    0.04166666666666651, 0.16666666666666677, 0.5,
]
SIN_HALF_TURNS_32 = [
    0.077560395, -0.5982421, 2.5500698, -5.16771, 3.1415927,
]
SIN_HALF_TURNS_64 = [
    7.694727965137042e-7, -2.1903185487710878e-5, 0.0004662996888028725, -0.007370430478769651,
    0.08214588656989362, -0.5992645293187383, 2.550164039877294, -5.167712780049969, 3.141592653589793,
]
COS_HALF_TURNS_32 = [
    0.024154097, -0.22873855, 1.2779897, -3.739208, 4.0,
]
COS_HALF_TURNS_64 = [
    1.3388970444046558e-7, -4.266714541435766e-6, 0.00010357047723586534, -0.0019036814993351036,
    0.02533097099118505, -0.2289978876092361, 1.2780132969521965, -3.7392088021787173, 4.0,
]
ERF_INNER_64 = [
    5.945254923277589e-11, -1.136566164436725e-9, 1.4657878650325633e-8, -1.6350025034086767e-7,
    1.646097279815068e-6, -1.4925593505645053e-5, 0.000120553310368449, -0.0008548326978740622,
    0.005223977624780838, -0.026866170645072893, 0.11283791670954857, -0.3761263890318375,
    1.1283791670955126,
]
ERF_OUTER_64 = [
    4.128207834524263e-10, 3.147430059657701e-10, -5.100787253523398e-9, -3.764767465883439e-9,
    3.848532201513216e-8, 2.3314520831577226e-8, -2.5838549407547523e-7, -5.729033151309819e-8,
    1.751370679020769e-6, -9.734959636620265e-7, -1.144398015536802e-5, 2.238420223119754e-5,
    5.1649030094115886e-5, -0.00029015406657923674, 0.0002937136843113692, 0.0017556258495098611,
    -0.00974657956124998, 0.028362277419457068, -0.05869339858931086, 0.09230432116033643,
    -0.10880393014176583, 0.08227673849014676, 0.003585415485464774, -0.14024059858554697,
    1.2375126308378275,
]
QUANTILE_CENTRE_32_NUMERATOR = [
    16.202568, 59.78299, 35.43114, 4.261786, 0.07614339,
]
QUANTILE_CENTRE_32_DENOMINATOR = [
    1.0, 23.028702, 46.986225, 19.537376, 1.7825564, 0.023970239,
]
QUANTILE_TAIL_32_NUMERATOR = [
    0.01768616, 0.31295115, 1.6717758, 3.3433106, 2.08985,
]
QUANTILE_TAIL_32_DENOMINATOR = [
    0.012503745, 0.19648366, 0.819521, 1.0,
]
QUANTILE_CENTRE_64_NUMERATOR = [
    2509.0809287301227, 33430.57558358813, 67265.7709270087, 45921.95393154987, 13731.69376550946,
    1971.5909503065513, 133.14166789178438, 3.3871328727963665,
]
QUANTILE_CENTRE_64_DENOMINATOR = [
    5226.495278852854, 28729.085735721943, 39307.89580009271, 21213.794301586597, 5394.196021424751,
    687.1870074920579, 42.31333070160091, 1.0,
]
QUANTILE_TAIL_64_NUMERATOR = [
    0.0007745450142783414, 0.022723844989269184, 0.2417807251774506, 1.2704582524523684, 3.6478483247632045,
    5.769497221460691, 4.630337846156546, 1.4234371107496835,
]
QUANTILE_TAIL_64_DENOMINATOR = [
    1.0507500716444169e-9, 0.0005475938084995345, 0.015198666563616457, 0.14810397642748008, 0.6897673349851,
    1.6763848301838038, 2.053191626637759, 1.0,
]
QUANTILE_FAR_TAIL_64_NUMERATOR = [
    2.0103343992922881e-7, 2.7115555687434876e-5, 0.0012426609473880784, 0.026532189526576124,
    0.29656057182850487, 1.7848265399172913, 5.463784911164114, 6.657904643501103,
]
QUANTILE_FAR_TAIL_64_DENOMINATOR = [
    2.0442631033899397e-15, 1.421511758316446e-7, 1.8463183175100548e-5, 0.0007868691311456133,
    0.014875361290850615, 0.1369298809227358, 0.599832206555888, 1.0,
]


def log(x):
    """ln x for positive normal x."""
    t = x.dtype.type
    mantissa, root_half = (23, 0x3F3504F3) if t is np.float32 else (52, 0x3FE6A09E667F3BCD)
    steps = (bits_of(x) - bits_of(x).dtype.type(root_half)) >> mantissa
    f = (bits_of(x) - (steps << mantissa)).view(t) - t(1)
    e = steps.astype(t)
    if t is np.float32:
        square = f * f
        cubic = fma(square, t(-0.5), square * f * horner(f, LOG_CUBIC_32))
        low = fma(e, t(-1.90465421e-9), cubic)
        return fma(e, t(0.693147182), low + f)
    s = f / (t(2) + f)
    z = s * s
    h = f * f * t(0.5)
    inner = fma(s, fma(z, horner(z, LOG_ARTANH_64), h), e * t(1.9082149292705877e-10))
    return fma(e, t(0.6931471803691238), f - (h - inner))


def log1p(x):
    """ln(1 + x) in float64, for x above -1."""
    u = 1.0 + x
    c = np.where(np.abs(x) < 1.0, x - (u - 1.0), 1.0 - (u - x))
    return np.where(np.abs(x) < 5.5e-17, x, log(u) + c / u)


def exp(x):
    """e^x in float64."""
    shift = 6755399441055744.0
    x = np.maximum(-746.0, np.minimum(711.0, x))
    shifted = fma(x, np.float64(1.4426950408889634), np.float64(shift))
    n = shifted - shift
    r = fma(n, np.float64(-1.9082149292705877e-10), fma(n, np.float64(-0.6931471803691238), x))
    result = 1.0 + fma(r * r, horner(r, EXPM1_QUADRATIC_64), r)
    power = n.astype(np.int64)
    half = power >> 1
    return result * ((half + 1023) << 52).view(np.float64) * ((power - half + 1023) << 52).view(np.float64)


def gaussian(x, scale):
    """e^(-scale x^2) in float64, with the rounding error of x^2 made good."""
    square = x * x
    error = fma(x, x, -square)
    value = exp(-scale * square)
    return fma(value, -scale * error, value)


def scaled_complement(x):
    """e^(x^2) erfc x in float64 for x >= 0."""
    t = (x - 3.75) / (x + 3.75)
    return horner(t, ERF_OUTER_64) / fma(np.float64(2.0), x, np.float64(1.0))


def erf(x):
    """erf x in float64."""
    magnitude = np.abs(x)
    bounded = np.minimum(6.5, magnitude)
    outer = 1.0 - gaussian(bounded, 1.0) * scaled_complement(bounded)
    small = np.minimum(magnitude, 1.0)
    return np.copysign(np.where(magnitude < 1.0, small * horner(small * small, ERF_INNER_64), outer), x)


def normal_distribution(x):
    """P(Z <= x) in float64."""
    magnitude = np.minimum(39.0, np.abs(x))
    lower = gaussian(magnitude, 0.5) * scaled_complement(magnitude * 0.70710678118654752) * 0.5
    return np.where(x > 0.0, 1.0 - lower, lower)


def quantile_of_two_sided_tail(t, y):
    """The z >= 0 with P(|Z| > z) = t, given y = 1 - t, in the arrays' own precision."""
    dtype = t.dtype.type
    root = np.sqrt(-log(t * dtype(0.5)))

    def rational(x, name):
        return horner(x, globals()[name + "_NUMERATOR"]) / horner(x, globals()[name + "_DENOMINATOR"])

    if dtype is np.float32:
        product = t * (dtype(2) - t)
        tail = rational(root - dtype(2), "QUANTILE_TAIL_32")
        return np.where(product > dtype(0.0859375), y * rational(product, "QUANTILE_CENTRE_32"), tail)
    q = y * 0.5
    centre = q * rational(fma(-q, q, np.float64(0.180625)), "QUANTILE_CENTRE_64")
    near = rational(root - 1.6, "QUANTILE_TAIL_64")
    far = rational(root - 5.0, "QUANTILE_FAR_TAIL_64")
    return np.where(q <= 0.425, centre, np.where(root <= 5.0, near, far))


# ---------------------------------------------------------------------------------------------------------------------
# Rounding to the element types
# ---------------------------------------------------------------------------------------------------------------------


def round_bfloat16(x):
    """The BFloat16 number nearest to float32 x, ties to even, as float32."""
    bits = np.asarray(x, dtype=np.float32).view(np.uint32)
    return ((bits + np.uint32(0x7FFF) + ((bits >> np.uint32(16)) & np.uint32(1))) & np.uint32(0xFFFF0000)).view(np.float32)


def round_to(x, dtype):
    """Numbers rounded once to the element type, still as float32 or float64."""
    if dtype == "BFloat16":
        return round_bfloat16(x)
    if dtype == "Float16":
        with np.errstate(over="ignore"):
            return x.astype(np.float16).astype(np.float32)
    return x


def element_bytes(x, dtype):
    """The little-endian bytes of numbers that are of the element type already."""
    if dtype == "BFloat16":
        return (x.view(np.uint32) >> np.uint32(16)).astype("<u2").tobytes()
    return x.astype({"Float16": "<f2", "Float32": "<f4", "Float64": "<f8"}[dtype]).tobytes()


def arithmetic_type(dtype):
    return np.float64 if dtype == "Float64" else np.float32


def largest_at_most(bound, dtype):
    """The largest number of the element type that is at most a float64 bound."""
    if dtype == "Float64" or math.isinf(bound):
        return bound
    with np.errstate(over="ignore"):
        nearest = np.asarray([bound]).astype(np.float32)
    nearest = round_to(nearest, dtype)
    if float(nearest[0]) <= bound:
        return float(nearest[0])
    if dtype == "Float32":
        return float(np.nextafter(nearest, np.float32(-np.inf))[0])
    if dtype == "Float16":
        return float(np.nextafter(nearest.astype(np.float16), np.float16(-np.inf))[0])
    pattern = int(nearest.view(np.uint32)[0]) >> 16
    pattern = 0x8001 if nearest[0] == 0 else pattern - 1 if nearest[0] > 0 else pattern + 1
    return float(np.asarray([pattern << 16], dtype=np.uint32).view(np.float32)[0])


def element_range(minimum, maximum, dtype, open_end):
    """The smallest and largest number of the element type in [minimum, maximum] or [minimum, maximum)."""
    lowest = -largest_at_most(-minimum, dtype)
    highest = largest_at_most(maximum, dtype)
    if open_end and highest == maximum:
        highest = largest_at_most(float(np.nextafter(maximum, -np.inf)), dtype)
    return lowest, highest


# ---------------------------------------------------------------------------------------------------------------------
# Laws
# ---------------------------------------------------------------------------------------------------------------------


def half_open_fraction(bits, t):
    """The highest 24 or 53 bits as a fraction in [0, 1)."""
    return (bits >> np.uint64(8)).astype(t) * t(2.0**-24) if t is np.float32 else \
        (bits >> np.uint64(11)).astype(t) * t(2.0**-53)


def positive_fraction(bits, t):
    """(k + 1/2) 2^-31 or 2^-63 for all bits but the lowest."""
    n = 31 if t is np.float32 else 63
    return fma((bits >> np.uint64(1)).astype(np.int64).astype(t), t(2.0**-n), t(2.0**-(n + 1)))


def signed_fraction(bits, t):
    """All bits, as a two's complement number, times 2^-32 or 2^-64."""
    if t is np.float32:
        return bits.astype(np.uint32).view(np.int32).astype(t) * t(2.0**-32)
    return bits.view(np.int64).astype(t) * t(2.0**-64)


def clamp(x, lowest, highest):
    t = x.dtype.type
    x = np.where(x > t(lowest), x, t(lowest))
    return np.where(x < t(highest), x, t(highest))


def draw(key, offset, count, dtype, law):
    """Elements offset, offset + 1, ... of a law, a function of whole blocks of patterns."""
    t = arithmetic_type(dtype)
    block_length = 32 if t is np.float64 else 64
    first = offset // block_length
    last = (offset + count - 1) // block_length
    values = law(patterns(key, first, last - first + 1, 64 if t is np.float64 else 32), t)
    start = offset - first * block_length
    return round_to(values[start:start + count], dtype)


def constant(value, count, dtype):
    t = arithmetic_type(dtype)
    return round_to(np.full(count, t(value)), dtype)


def uniform(key, offset, count, minimum, maximum, dtype):
    """U[minimum, maximum)."""
    if minimum == maximum:
        return constant(minimum, count, dtype)
    lowest, highest = element_range(minimum, maximum, dtype, open_end=True)

    def law(bits, t):
        return clamp(fma(half_open_fraction(bits, t), t(maximum - minimum), t(minimum)), lowest, highest)

    return draw(key, offset, count, dtype, law)


def normal(key, offset, count, mean, standard_deviation, dtype):
    """N(mean, standard_deviation^2)."""

    def law(bits, t):
        rows = bits.reshape(-1, 2, 16)
        radius_bits, angle_bits = rows[:, 0], rows[:, 1]
        radius = np.sqrt(t(-2) * log(positive_fraction(radius_bits, t)))
        radius = with_sign(radius, radius_bits & np.uint64(1) == 1)
        f = signed_fraction(angle_bits, t)
        square = f * f
        name = "32" if t is np.float32 else "64"
        cosine = fma(-f, f, t(0.25)) * horner(square, globals()["COS_HALF_TURNS_" + name])
        sine = f * horner(square, globals()["SIN_HALF_TURNS_" + name])
        pair = np.stack([radius * cosine, radius * sine], axis=1)
        return fma(pair, t(standard_deviation), t(mean)).reshape(-1)

    return draw(key, offset, count, dtype, law)


def truncated_normal(key, offset, count, mean, standard_deviation, minimum, maximum, dtype):
    """N(mean, standard_deviation^2) given minimum <= x <= maximum."""
    if minimum == maximum:
        return constant(minimum, count, dtype)
    lowest, highest = element_range(minimum, maximum, dtype, open_end=False)
    if standard_deviation == 0:
        return constant(min(max(mean, lowest), highest), count, dtype)
    below, above = mean - minimum, maximum - mean
    a, b = -below / standard_deviation, above / standard_deviation
    if below == above:
        law = symmetric_law(mean, standard_deviation, b, lowest, highest)
    else:
        quantile = far_tail_quantile(a, b) if a >= 35 or b <= -35 else bounded_quantile(a, b)
        law = inversion_law(quantile, mean, standard_deviation, lowest, highest)
    return draw(key, offset, count, dtype, law)


def scalar(function, x):
    return function(np.asarray([x], dtype=np.float64))[0]


def symmetric_law(mean, standard_deviation, cut, lowest, highest):
    mass = scalar(erf, cut * math.sqrt(0.5))
    outside = 2 * scalar(normal_distribution, -cut)

    def law(bits, t):
        s = positive_fraction(bits, t)
        tail = fma(t(mass), s, t(outside))
        z = quantile_of_two_sided_tail(tail, t(mass) * (t(1) - s))
        z = with_sign(z, bits & np.uint64(1) == 1)
        return clamp(fma(z, t(standard_deviation), t(mean)), lowest, highest)

    return law


def inversion_law(quantile, mean, standard_deviation, lowest, highest):
    def law(bits, t):
        if t is np.float32:
            u = fma(bits.astype(np.float64), np.float64(2.0**-32), np.float64(2.0**-33))
        else:
            u = fma((bits >> np.uint64(12)).astype(np.float64), np.float64(2.0**-52), np.float64(2.0**-53))
        x = fma(quantile(u, 1.0 - u), np.float64(standard_deviation), np.float64(mean))
        return clamp(x, lowest, highest).astype(t)

    return law


def bounded_quantile(a, b):
    mirrored = a >= 0
    if mirrored:
        a, b = -b, -a
    below = scalar(normal_distribution, a)
    above = scalar(normal_distribution, -b)
    start = scalar(erf, a * math.sqrt(0.5))
    mass = 0.5 * (scalar(erf, b * math.sqrt(0.5)) - start) if b > 0 else scalar(normal_distribution, b) - below

    def quantile(u, complement):
        lower, upper = fma(u, mass, below), fma(complement, mass, above)
        tail = np.where(lower < upper, lower, upper)
        y = fma(u, mass + mass, start)
        z = quantile_of_two_sided_tail(tail + tail, np.abs(y))
        return with_sign(z, np.signbit(y) ^ mirrored)

    return quantile


def far_tail_quantile(a, b):
    near, far = (a, b) if a > 0 else (b, a)
    mirrored = near < 0
    near, far = abs(near), abs(far)
    half_root = 0.70710678118654752
    near_complement = scalar(scaled_complement, near * half_root)
    ratio = 0.0
    if not math.isinf(far):
        ratio = scalar(exp, -0.5 * (far - near) * (far + near)) * (
            scalar(scaled_complement, far * half_root) / near_complement)
    share = 1.0 - ratio

    def quantile(u, complement):
        logarithm = -log1p(-u * share)
        d = (logarithm + logarithm) / (near + np.sqrt(fma(np.float64(near), np.float64(near), logarithm + logarithm)))
        for _ in range(3):
            scaled = scaled_complement((near + d) * half_root)
            log_ratio = log(scaled / near_complement)
            residual = fma(d, fma(np.float64(0.5), d, np.float64(near)), -log_ratio) - logarithm
            d = fma(-residual, scaled * 1.2533141373155003, d)
        return with_sign(near + d, mirrored)

    return quantile


LAWS = {"Uniform": uniform, "Normal": normal, "TruncatedNormal": truncated_normal}

# ---------------------------------------------------------------------------------------------------------------------
# Initializers of more than one law
# ---------------------------------------------------------------------------------------------------------------------


def part_key(key, part):
    """The stream of a part of a tensor: SHA-256(the tensor's stream, little-endian, and the part's name)."""
    seed, stream = key
    return seed, int.from_bytes(hashlib.sha256(stream.to_bytes(8, "little") + part.encode("utf-8")).digest()[:8], "little")


def output_axis(shape, layout):
    return len(shape) - 1 if layout == "IO" else 0


def fans(shape, layout):
    inputs, outputs = (shape[-2], shape[-1]) if layout == "IO" else (shape[1], shape[0])
    field = math.prod(shape) // (inputs * outputs)
    return inputs * field, outputs * field


def independent(law, *parameters):
    """Weights that are independent draws from one law, whatever the fans."""

    def make(key, shape, layout, dtype):
        return law(key, 0, math.prod(shape), *parameters, dtype).reshape(shape)

    return make


def random_normal(mean=0.0, stddev=0.05):
    return independent(normal, mean, stddev)


def random_uniform(minimum=-0.05, maximum=0.05):
    return independent(uniform, minimum, maximum)


def cut_normal(mean=0.0, stddev=0.05, minimum=None, maximum=None):
    low = mean - 2 * stddev if minimum is None else minimum
    high = mean + 2 * stddev if maximum is None else maximum
    return independent(truncated_normal, mean, stddev, low, high)


def of_variance(distribution, variance):
    """The law of mean 0 that has a variance."""
    if distribution == "uniform":
        return random_uniform(-math.sqrt(3 * variance), math.sqrt(3 * variance))
    if distribution == "normal":
        return random_normal(0.0, math.sqrt(variance))
    return cut_normal(0.0, math.sqrt(variance) / 0.87962566103423978)


def variance_scaling(scale=1.0, mode="fan_in", distribution="truncated_normal"):
    def make(key, shape, layout, dtype):
        fan_in, fan_out = fans(shape, layout)
        n = {
            "fan_in": fan_in,
            "fan_out": fan_out,
            "fan_avg": (fan_in + fan_out) / 2,
            "fan_geo_avg": math.sqrt(fan_in * fan_out),
        }[mode]
        return of_variance(distribution, scale / n)(key, shape, layout, dtype)

    return make


def preset(own_scale, own_mode, own_distribution):
    """Variance scaling under a name of its own, with a gain, whose square is the scale, for its parameter."""

    def initializer(gain=None, mode=own_mode, distribution=own_distribution):
        return variance_scaling(own_scale if gain is None else gain * gain, mode, distribution)

    return initializer


def symmetric_uniform(limit_of_fan_in):
    def make(key, shape, layout, dtype):
        limit = limit_of_fan_in(fans(shape, layout)[0])
        return random_uniform(-limit, limit)(key, shape, layout, dtype)

    return make


def siren(layer="hidden", omega0=30.0):
    if layer == "first":
        return symmetric_uniform(lambda fan_in: 1 / fan_in)
    return symmetric_uniform(lambda fan_in: math.sqrt(6 / fan_in) / omega0)


def sparse(sparsity=0.1, stddev=0.01):
    def make(key, shape, layout, dtype):
        rows, columns = shape
        values = random_normal(0.0, stddev)(key, shape, layout, dtype)
        zeros = math.ceil(sparsity * rows)
        lots = part_key(key, "zeros")
        for column in range(columns):
            order = list(range(rows))
            words = philox4x32(np.arange(column * rows, (column + 1) * rows, dtype=np.uint64), lots)
            for i in range(rows - 1, rows - zeros - 1, -1):
                u = int(words[0][i]) + (int(words[1][i]) << 32)
                j = u * (i + 1) >> 64
                order[i], order[j] = order[j], order[i]
                values[order[i], column] = 0
        return values

    return make


def product(a, b, sums):
    """Matrix of fused sums over the ascending inner index, on top of what stands in sums."""
    for k in range(a.shape[1]):
        sums = fma(a[:, k, np.newaxis], b[np.newaxis, k, :], sums)
    return sums


def square_sum(x):
    """The sum of squares in float64: 32 fused sums side by side, then halves upon halves."""
    sums = np.zeros(32)
    for start in range(0, len(x), 32):
        part = x[start:start + 32].astype(np.float64)
        sums[:len(part)] = fma(part, part, sums[:len(part)])
    for half in (16, 8, 4, 2, 1):
        sums[:half] += sums[half:2 * half]
    return float(sums[0])


def reflector(x):
    """The Householder vector of x, half its square, and the sign that its column begins with."""
    t = x.dtype.type
    s, h = square_sum(x), float(x[0])
    negative = h < 0
    if len(x) == 1 or s == 0:
        h, s = -1.0 if negative else 1.0, 1.0
    v = x.copy()
    v[0] = t(h - math.sqrt(s) if negative else h + math.sqrt(s))
    v0 = np.float64(v[0])
    return v, t(0.5 * float(fma(v0, v0, np.float64(s - h * h)))), t(1) if negative else t(-1)


def orthogonal_matrix(key, rows, columns, gain, t):
    """gain times a random matrix of orthonormal columns, or rows where there are more columns."""
    m, n = max(rows, columns), min(rows, columns)
    z = normal(key, 0, m * n, 0.0, 1.0, "Float64" if t is np.float64 else "Float32").reshape(n, m)
    g = t(gain)
    q = np.zeros((m, n), dtype=t)
    for f in reversed(range(0, n, 64)):
        b = min(64, n - f)
        v, d, e = np.zeros((m - f, b), dtype=t), np.zeros(b, dtype=t), np.zeros(b, dtype=t)
        for r in range(b):
            v[r:, r], d[r], e[r] = reflector(z[f + r, f + r:])
        u = product(v.T, v, np.zeros((b, b), dtype=t))
        inverse = np.eye(b, dtype=t)
        for i in reversed(range(b)):
            inverse[i] = product(u[i:i + 1, i + 1:], inverse[i + 1:], inverse[i:i + 1])[0] / -d[i]
        q[range(f, f + b), range(f, f + b)] = g * e
        head = v[:b].T * (g * e)
        rest = product(v[b:].T, q[f + b:, f + b:], np.zeros((b, n - f - b), dtype=t))
        c = product(inverse, np.hstack([head, rest]), np.zeros((b, n - f), dtype=t))
        q[f:, f:] = product(v, c, q[f:, f:])
    q = np.clip(q, -abs(g), abs(g))
    return q if rows >= columns else q.T


def orthogonal(gain=1.0):
    def make(key, shape, layout, dtype):
        outputs = shape[output_axis(shape, layout)]
        others = math.prod(shape) // outputs
        sides = (others, outputs) if layout == "IO" else (outputs, others)
        matrix = orthogonal_matrix(key, *sides, gain, arithmetic_type(dtype))
        return round_to(np.ascontiguousarray(matrix), dtype).reshape(shape)

    return make


def delta_orthogonal(gain=1.0):
    def make(key, shape, layout, dtype):
        values = np.zeros(shape, dtype=arithmetic_type(dtype))
        field = shape[:-2] if layout == "IO" else shape[2:]
        channels = shape[-2:] if layout == "IO" else shape[:2]
        centre = tuple((size - 1) // 2 for size in field)
        place = centre + (slice(None),) * 2 if layout == "IO" else (slice(None),) * 2 + centre
        values[place] = orthogonal(gain)(key, list(channels), layout, dtype)
        return values

    return make


def gates(count, initializer):
    def make(key, shape, layout, dtype):
        axis = output_axis(shape, layout)
        gate = [size // count if place == axis else size for place, size in enumerate(shape)]
        keys = [part_key(key, "gate %d" % number) for number in range(1, count + 1)]
        return np.concatenate([initializer(own, gate, layout, dtype) for own in keys], axis)

    return make


def icnr(scale, initializer, order=None):
    def make(key, shape, layout, dtype):
        axis = output_axis(shape, layout)
        pixels = scale ** (len(shape) - 2)
        sizes = [size // pixels if place == axis else size for place, size in enumerate(shape)]
        part = initializer(key, sizes, layout, dtype)
        if (order or ("dcr" if layout == "IO" else "crd")) == "dcr":
            return np.concatenate([part] * pixels, axis)
        return np.repeat(part, pixels, axis)

    return make


def twelve_digits(x):
    return float("%.11e" % x)


def expectation(function, second_moment):
    """E[f(z)] for z ~ N(0, q), by the trapezoidal rule, which is exact to rounding for smooth functions."""
    step = 1 / 64
    places = [step * i for i in range(-12 * 64, 12 * 64 + 1)]
    scale = math.sqrt(second_moment)
    terms = [function(scale * z) * math.exp(-z * z / 2) for z in places]
    return math.fsum(terms) * step / math.sqrt(2 * math.pi)


def tanh_edge(second_moment):
    """sigma_w^2 and sigma_b^2 of tanh at the edge of chaos."""
    weight = 1 / expectation(lambda x: (1 - math.tanh(x) ** 2) ** 2, second_moment)
    bias = second_moment - weight * expectation(lambda x: math.tanh(x) ** 2, second_moment)
    return twelve_digits(weight), twelve_digits(bias)


def critical(activation="tanh", q=1):
    assert activation == "tanh", "Only the edge of chaos of tanh is worked out here."

    def make(key, shape, layout, dtype):
        variance = tanh_edge(q)[0] / fans(shape, layout)[0]
        return of_variance("normal", variance)(key, shape, layout, dtype)

    return make


def critical_bias(activation="tanh", q=1):
    assert activation == "tanh", "Only the edge of chaos of tanh is worked out here."
    return random_normal(0.0, math.sqrt(tanh_edge(q)[1]))


INITIALIZERS = {
    "RandomNormal": random_normal,
    "RandomUniform": random_uniform,
    "TruncatedNormal": cut_normal,
    "VarianceScaling": variance_scaling,
    "GlorotNormal": preset(1, "fan_avg", "truncated_normal"),
    "GlorotUniform": preset(1, "fan_avg", "uniform"),
    "HeNormal": preset(2, "fan_in", "truncated_normal"),
    "HeUniform": preset(2, "fan_in", "uniform"),
    "LecunNormal": preset(1, "fan_in", "truncated_normal"),
    "LecunUniform": preset(1, "fan_in", "uniform"),
    "SIREN": siren,
    "Sparse": sparse,
    "Orthogonal": orthogonal,
    "DeltaOrthogonal": delta_orthogonal,
    "Critical": critical,
    "CriticalBias": critical_bias,
    "Gates": gates,
    "ICNR": icnr,
}

# ---------------------------------------------------------------------------------------------------------------------
# Expressions
# ---------------------------------------------------------------------------------------------------------------------


def split_arguments(text):
    """The parts between the commas that stand outside all parentheses."""
    depth, parts = 0, [""]
    for character in text:
        depth += {"(": 1, ")": -1}.get(character, 0)
        if character == "," and depth == 0:
            parts.append("")
        else:
            parts[-1] += character
    return parts


def read_value(text):
    """An argument: an initializer, a number or a word."""
    if text.partition("(")[0] in INITIALIZERS:
        return read_initializer(text)
    try:
        return int(text)
    except ValueError:
        pass
    try:
        return float(text)
    except ValueError:
        return text


def read_initializer(expression):
    """What makes the tensors of an expression as tensors show it: HeNormal, Gates(4, HeUniform), SIREN(omega0=30)."""
    name, _, rest = expression.partition("(")
    positional, named = [], {}
    for argument in split_arguments(rest[:-1]) if rest else []:
        parameter, _, value = argument.strip().partition("=")
        if parameter.isidentifier() and value:
            named[parameter] = read_value(value)
        else:
            positional.append(read_value(argument.strip()))
    return INITIALIZERS[name](*positional, **named)


def tensor(expression, shape, layout, dtype, seed, name, purpose="weights"):
    """A whole tensor in its shape: (..., inputs, outputs) in layout IO, (outputs, inputs, ...) in OI."""
    return read_initializer(expression)(stream_key(seed, purpose, name), list(shape), layout, dtype)


# ---------------------------------------------------------------------------------------------------------------------
# Self-test, vectors, command line
# ---------------------------------------------------------------------------------------------------------------------


def selftest():
    """Compares the fused multiply-add with exact rational arithmetic, on hard cases too."""
    random = np.random.default_rng(1)
    for t in (np.float32, np.float64):
        digits = 24 if t is np.float32 else 53
        a = random.standard_normal(20000).astype(t)
        b = random.standard_normal(20000).astype(t)
        c = (random.standard_normal(20000) * 10.0 ** random.integers(-20, 20, 20000)).astype(t)

        # Near cancellation, and halfway cases that a second rounding would get wrong.
        c[::4] = (-(a * b))[::4]
        a[1::4] = t(1) + t(2.0 ** (1 - digits)) * random.integers(0, 8, a[1::4].size).astype(t)
        b[1::4] = t(1) + t(2.0 ** -(digits // 2)) * random.integers(0, 8, a[1::4].size).astype(t)
        c[1::4] = t(2.0 ** -(digits + 1)) * random.integers(-4, 5, a[1::4].size).astype(t)
        result = fma(a, b, c)
        for x, y, z, r in zip(a, b, c, result):
            exact = Fraction(float(x)) * Fraction(float(y)) + Fraction(float(z))
            error = abs(Fraction(float(r)) - exact)
            for neighbour in (np.nextafter(r, t(np.inf)), np.nextafter(r, t(-np.inf))):
                other = abs(Fraction(float(neighbour)) - exact)
                even = int(np.asarray(r).view(np.uint32 if t is np.float32 else np.uint64)) % 2 == 0
                assert error < other or (error == other and even), (t, x, y, z, r)
    known = philox4x32(np.asarray([0x85A308D3_243F6A88], dtype=np.uint64), (0x299F31D0_A4093822, 0x03707344_13198A2E))
    assert [int(word[0]) for word in known] == [0xD16CFE09, 0x94FDCCEB, 0x5001E420, 0x24126EA1]


# Expression, shape and layout.
TENSORS = (
    ("HeNormal", "97x64", "IO"),
    ("HeNormal(gain=1.5, mode=fan_out)", "24x5x3x3", "OI"),
    ("HeUniform", "3x3x5x24", "IO"),
    ("GlorotNormal", "97x64", "OI"),
    ("GlorotUniform(distribution=normal)", "97x64", "IO"),
    ("LecunNormal", "50x300", "IO"),
    ("LecunUniform", "7x5x11", "OI"),
    ("VarianceScaling(scale=0.5, mode=fan_geo_avg, distribution=uniform)", "31x77", "IO"),
    ("RandomNormal(mean=0.25, stddev=0.02)", "1000", "IO"),
    ("RandomUniform(minimum=-0.3, maximum=0.7)", "1000", "IO"),
    ("TruncatedNormal(stddev=0.1)", "1000", "IO"),
    ("TruncatedNormal(mean=1, stddev=0.5, minimum=0, maximum=1.25)", "1000", "IO"),
    ("Sparse(0.3, 0.2)", "50x70", "IO"),
    ("Sparse(0.9, 1)", "131x9", "OI"),
    ("SIREN", "60x50", "IO"),
    ("SIREN(hidden, 25)", "60x50", "OI"),
    ("SIREN(first)", "3x500", "IO"),
    ("Critical(tanh, q=1)", "60x50", "IO"),
    ("Critical(tanh, q=0.25)", "60x50", "OI"),
    ("CriticalBias(tanh, q=1)", "500", "IO"),
    ("Orthogonal", "12x7", "IO"),
    ("Orthogonal(gain=1.5)", "7x12", "IO"),
    ("Orthogonal(gain=-0.3)", "5x3x3x2", "OI"),
    ("Orthogonal", "1x9", "IO"),
    ("Orthogonal(gain=1.41421356237)", "150x70", "IO"),
    ("Orthogonal", "66x67", "OI"),
    ("DeltaOrthogonal", "3x4x5x6", "IO"),
    ("DeltaOrthogonal(gain=2)", "6x5x4", "OI"),
    ("Gates(3, Orthogonal)", "6x18", "IO"),
    ("Gates(4, HeUniform)", "30x80", "IO"),
    ("Gates(3, HeUniform)", "90x7x3", "OI"),
    ("Gates(2, Sparse(0.5, 1))", "40x60", "IO"),
    ("ICNR(2, HeUniform)", "3x3x5x24", "IO"),
    ("ICNR(2, HeUniform)", "24x5x3x3", "OI"),
    ("ICNR(3, RandomNormal(stddev=0.5), order=crd)", "3x5x30", "IO"),
    ("ICNR(2, RandomNormal(stddev=0.5), order=dcr)", "32x5x2x3x4", "OI"),
)


def vector_cases():
    infinity = math.inf
    laws = [
        ("Uniform", [0.0, 1.0]),
        ("Uniform", [-0.3, 0.7]),
        ("Normal", [0.0, 1.0]),
        ("Normal", [0.25, 0.02]),
        ("TruncatedNormal", [0.0, 1.0, -2.0, 2.0]),
        ("TruncatedNormal", [0.5, 0.1, 0.3, 0.7]),
        ("TruncatedNormal", [0.0, 0.02, -2.0, 2.0]),
        ("TruncatedNormal", [0.0, 1.0, -0.001, 0.001]),
        ("TruncatedNormal", [0.0, 1.0, -1.0, 2.5]),
        ("TruncatedNormal", [1.0, 2.0, -infinity, 1.5]),
        ("TruncatedNormal", [0.0, 1.0, 6.0, 8.0]),
        ("TruncatedNormal", [0.0, 1.0, -3.0, -2.0]),
        ("TruncatedNormal", [0.0, 1.0, 50.0, infinity]),
        ("TruncatedNormal", [0.0, 1.0, -200.25, -200.0]),
    ]
    streams = [(42, "weights", "fc1.weight", 0, 20000), (-1, "batch", "caf\u00e9", 2**34 - 77, 300)]
    for law, parameters in laws:
        for dtype in ("Float32", "Float64", "Float16", "BFloat16"):
            for seed, purpose, name, offset, count in streams:
                yield law, parameters, dtype, seed, purpose, name, offset, count


def draw_bytes(law, parameters, dtype, seed, purpose, name, offset, count):
    values = LAWS[law](stream_key(seed, purpose, name), offset, count, *parameters, dtype)
    return element_bytes(values, dtype)


def vectors():
    """The vectors of the specification, one line each: what is drawn, its first eight bytes, SHA-256 of all."""
    lines = []
    for case in vector_cases():
        law, parameters, dtype, seed, purpose, name, offset, count = case
        data = draw_bytes(*case)
        lines.append(json.dumps({
            "law": law,
            "parameters": [repr(p) if math.isinf(p) else p for p in parameters],
            "dtype": dtype,
            "seed": seed,
            "purpose": purpose,
            "name": name,
            "offset": offset,
            "count": count,
            "first": data[:8].hex(),
            "sha256": hashlib.sha256(data).hexdigest(),
        }))
    return "{\"version\": %d, \"vectors\": [\n%s\n], \"tensors\": [\n%s\n]}" % (
        VERSION, ",\n".join(lines), ",\n".join(tensor_vectors()))


def tensor_bytes(expression, shape, layout, dtype, seed, name):
    sizes = [int(size) for size in shape.split("x")]
    return element_bytes(np.ascontiguousarray(tensor(expression, sizes, layout, dtype, seed, name)), dtype)


def tensor_vectors():
    for expression, shape, layout in TENSORS:
        for dtype in ("Float32", "Float64", "Float16", "BFloat16"):
            name = "layer.weight"
            data = tensor_bytes(expression, shape, layout, dtype, 42, name)
            yield json.dumps({
                "initializer": expression,
                "shape": shape,
                "layout": layout,
                "dtype": dtype,
                "seed": 42,
                "name": name,
                "first": data[:8].hex(),
                "sha256": hashlib.sha256(data).hexdigest(),
            })


def main(arguments):
    if arguments == ["selftest"]:
        selftest()
        print("ok")
    elif arguments == ["vectors"]:
        print(vectors())
    elif len(arguments) > 8 and arguments[0] == "draw" and arguments[1] in LAWS:
        law, dtype, seed, purpose, name, offset, count = arguments[1:8]
        parameters = [float(p) for p in arguments[8:]]
        data = draw_bytes(law, parameters, dtype, int(seed), purpose, name, int(offset), int(count))
        print(data.hex())
    elif len(arguments) == 7 and arguments[0] == "tensor":
        expression, shape, layout, dtype, seed, name = arguments[1:]
        print(tensor_bytes(expression, shape, layout, dtype, int(seed), name).hex())
    else:
        print(__doc__, file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
