using InitTools.Kernels.Fills;

namespace InitTools.Kernels;

/// <summary>
/// Random numbers of a stream: element i of a fill is a function of (key, offset + i) and the law's parameters alone,
/// so that any slice equals the same part of the whole, on any machine and any number of threads. The arithmetic is
/// specified in docs/reproducibility.md. Spans are filled on the calling thread, memory on as many as the options
/// allow.
/// </summary>
public static class RandomFill
{
    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void Uniform(Span<float> destination, StreamKey key, long offset, double minimum, double maximum) =>
        LawSelection.Uniform<float>(minimum, maximum)
            .Draw(new FillRequest<float>(destination, key, offset));

    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void Uniform(
        Memory<float> destination, StreamKey key, long offset, double minimum, double maximum, ParallelOptions
        options) =>
        LawSelection.Uniform<float>(minimum, maximum)
            .Draw(new FillRequest<float>(destination, key, offset, options));

    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: float64.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void Uniform(Span<double> destination, StreamKey key, long offset, double minimum, double maximum) =>
        LawSelection.Uniform<double>(minimum, maximum)
            .Draw(new FillRequest<double>(destination, key, offset));

    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: float64.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void Uniform(
        Memory<double> destination, StreamKey key, long offset, double minimum, double maximum, ParallelOptions
        options) =>
        LawSelection.Uniform<double>(minimum, maximum)
            .Draw(new FillRequest<double>(destination, key, offset, options));

    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: Float16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void Uniform(Span<Half> destination, StreamKey key, long offset, double minimum, double maximum) =>
        LawSelection.Uniform<Half>(minimum, maximum)
            .Draw(new FillRequest<Half>(destination, key, offset));

    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: Float16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void Uniform(
        Memory<Half> destination, StreamKey key, long offset, double minimum, double maximum, ParallelOptions
        options) =>
        LawSelection.Uniform<Half>(minimum, maximum)
            .Draw(new FillRequest<Half>(destination, key, offset, options));

    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: the bits of BFloat16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void UniformBFloat16(
        Span<ushort> destination, StreamKey key, long offset, double minimum, double maximum) =>
        LawSelection.Uniform<ushort>(minimum, maximum)
            .Draw(new FillRequest<ushort>(destination, key, offset));

    /// <summary>U[minimum, maximum): every number is at least the minimum and below the maximum, after rounding to
    /// the element type too. Where the two are equal, that constant.</summary>
    /// <param name="destination">Where the numbers go: the bits of BFloat16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="minimum">The lower bound.</param>
    /// <param name="maximum">The upper bound, itself left out.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the minimum is above the maximum, or no number of the element type lies between them, or their difference is
    /// beyond its range; or the offset is negative.
    /// </exception>
    public static void UniformBFloat16(
        Memory<ushort> destination, StreamKey key, long offset, double minimum, double maximum, ParallelOptions
        options) =>
        LawSelection.Uniform<ushort>(minimum, maximum)
            .Draw(new FillRequest<ushort>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void Normal(
        Span<float> destination, StreamKey key, long offset, double mean, double standardDeviation) =>
        LawSelection.Normal<float>(mean, standardDeviation)
            .Draw(new FillRequest<float>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void Normal(
        Memory<float> destination, StreamKey key, long offset, double mean, double standardDeviation,
        ParallelOptions options) =>
        LawSelection.Normal<float>(mean, standardDeviation)
            .Draw(new FillRequest<float>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: float64.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void Normal(
        Span<double> destination, StreamKey key, long offset, double mean, double standardDeviation) =>
        LawSelection.Normal<double>(mean, standardDeviation)
            .Draw(new FillRequest<double>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: float64.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void Normal(
        Memory<double> destination, StreamKey key, long offset, double mean, double standardDeviation,
        ParallelOptions options) =>
        LawSelection.Normal<double>(mean, standardDeviation)
            .Draw(new FillRequest<double>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: Float16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void Normal(
        Span<Half> destination, StreamKey key, long offset, double mean, double standardDeviation) =>
        LawSelection.Normal<Half>(mean, standardDeviation)
            .Draw(new FillRequest<Half>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: Float16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void Normal(
        Memory<Half> destination, StreamKey key, long offset, double mean, double standardDeviation, ParallelOptions
        options) =>
        LawSelection.Normal<Half>(mean, standardDeviation)
            .Draw(new FillRequest<Half>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: the bits of BFloat16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void NormalBFloat16(
        Span<ushort> destination, StreamKey key, long offset, double mean, double standardDeviation) =>
        LawSelection.Normal<ushort>(mean, standardDeviation)
            .Draw(new FillRequest<ushort>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2).</summary>
    /// <param name="destination">Where the numbers go: the bits of BFloat16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean.</param>
    /// <param name="standardDeviation">The square root of the variance, not negative; 0 gives the mean.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN or infinite. <see cref="ErrorId.InvalidArgument"/>:
    /// the standard deviation is negative; or the offset is negative.
    /// </exception>
    public static void NormalBFloat16(
        Memory<ushort> destination, StreamKey key, long offset, double mean, double standardDeviation,
        ParallelOptions options) =>
        LawSelection.Normal<ushort>(mean, standardDeviation)
            .Draw(new FillRequest<ushort>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormal(
        Span<float> destination, StreamKey key, long offset, double mean, double standardDeviation, double minimum,
        double maximum) =>
        LawSelection.TruncatedNormal<float>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<float>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormal(
        Memory<float> destination, StreamKey key, long offset, double mean, double standardDeviation, double
        minimum, double maximum, ParallelOptions options) =>
        LawSelection.TruncatedNormal<float>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<float>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: float64.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormal(
        Span<double> destination, StreamKey key, long offset, double mean, double standardDeviation, double minimum,
        double maximum) =>
        LawSelection.TruncatedNormal<double>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<double>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: float64.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormal(
        Memory<double> destination, StreamKey key, long offset, double mean, double standardDeviation, double
        minimum, double maximum, ParallelOptions options) =>
        LawSelection.TruncatedNormal<double>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<double>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: Float16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormal(
        Span<Half> destination, StreamKey key, long offset, double mean, double standardDeviation, double minimum,
        double maximum) =>
        LawSelection.TruncatedNormal<Half>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<Half>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: Float16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormal(
        Memory<Half> destination, StreamKey key, long offset, double mean, double standardDeviation, double minimum,
        double maximum, ParallelOptions options) =>
        LawSelection.TruncatedNormal<Half>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<Half>(destination, key, offset, options));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: the bits of BFloat16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormalBFloat16(
        Span<ushort> destination, StreamKey key, long offset, double mean, double standardDeviation, double minimum,
        double maximum) =>
        LawSelection.TruncatedNormal<ushort>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<ushort>(destination, key, offset));

    /// <summary>N(mean, standardDeviation^2) given minimum &lt;= x &lt;= maximum, after rounding to the element type
    /// too. The bounds are absolute, not in standard deviations.</summary>
    /// <param name="destination">Where the numbers go: the bits of BFloat16, rounded once from float32.</param>
    /// <param name="key">The stream.</param>
    /// <param name="offset">The index in the stream of the first number, not negative.</param>
    /// <param name="mean">The mean before truncation.</param>
    /// <param name="standardDeviation">The standard deviation before truncation, not negative; 0 gives the number
    /// inside the bounds nearest to the mean.</param>
    /// <param name="minimum">The lower bound, or negative infinity.</param>
    /// <param name="maximum">The upper bound, or positive infinity.</param>
    /// <param name="options">Threads and cancellation.</param>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: a parameter is NaN, or the mean or the standard deviation is infinite.
    /// <see cref="ErrorId.InvalidArgument"/>: the standard deviation is negative, the minimum is above the maximum,
    /// or no number of the element type lies between them; or the offset is negative.
    /// </exception>
    public static void TruncatedNormalBFloat16(
        Memory<ushort> destination, StreamKey key, long offset, double mean, double standardDeviation, double
        minimum, double maximum, ParallelOptions options) =>
        LawSelection.TruncatedNormal<ushort>(mean, standardDeviation, minimum, maximum)
            .Draw(new FillRequest<ushort>(destination, key, offset, options));
}
