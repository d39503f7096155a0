using System.Globalization;
using InitTools.Kernels;

namespace InitTools;

/// <summary>
/// The means and standard deviations of some rows (those a network is trained on), applied to these and to other rows
/// (those held out): x -> (x - mean) / sd. A column that is constant over the fitted rows tells nothing and becomes 0.
/// Values that are NaN or infinite, where the data may hold some, stay what they are and count in no statistic.
/// </summary>
public sealed class Standardizer
{
    private readonly double[] _means;
    private readonly double[] _standardDeviations;
    private readonly bool[] _isConstant;

    private Standardizer(Standardization kind, double[] means, double[] standardDeviations, bool[] isConstant)
    {
        Kind = kind;
        _means = means;
        _standardDeviations = standardDeviations;
        _isConstant = isConstant;
    }

    /// <summary>Which statistics were taken.</summary>
    public Standardization Kind { get; }

    /// <summary>Takes the statistics of all rows of the data: population standard deviations.</summary>
    /// <exception cref="InitToolsException">
    /// <see cref="ErrorId.NonFiniteValue"/>: values so large that their variance is no finite double.
    /// </exception>
    public static Standardizer Fit(DataSet data, Standardization kind)
    {
        ArgumentNullException.ThrowIfNull(data);
        int columns = data.ColumnCount;
        double[] means = new double[columns];
        double[] standardDeviations = new double[columns];
        bool[] isConstant = new bool[columns];
        double[] column = new double[data.RowCount];
        for (int j = 0; j < columns; j++)
        {
            for (int i = 0; i < column.Length; i++)
            {
                column[i] = data[i, j];
            }

            Moments moments = Moments.Of(column);
            means[j] = moments.Mean;
            standardDeviations[j] = moments.StandardDeviation;
            isConstant[j] = moments.Minimum == moments.Maximum || moments.Count == 0;
            if (isConstant[j])
            {
                (means[j], standardDeviations[j]) = (0, 0);
            }
        }

        if (kind == Standardization.Global)
        {
            Moments all = Moments.Of(data.Values);
            bool isEmpty = all.Count == 0;
            Array.Fill(means, isEmpty ? 0 : all.Mean);
            Array.Fill(standardDeviations, isEmpty ? 0 : all.StandardDeviation);
        }

        if (kind != Standardization.None)
        {
            RequireFinite(data, standardDeviations);
        }

        return new Standardizer(kind, means, standardDeviations, isConstant);
    }

    /// <summary>Rows of the same columns, standardized by the statistics taken.</summary>
    /// <exception cref="InitToolsException"><see cref="ErrorId.ShapeMismatch"/>: another number of columns.</exception>
    public DataSet Apply(DataSet data)
    {
        ArgumentNullException.ThrowIfNull(data);
        if (data.ColumnCount != _means.Length)
        {
            throw new InitToolsException(
                ErrorId.ShapeMismatch,
                $"The data have {data.ColumnCount} columns; the statistics were taken from {_means.Length}.",
                data.ColumnCount);
        }

        if (Kind == Standardization.None)
        {
            return data;
        }

        double[] values = data.Values.ToArray();
        for (int k = 0; k < values.Length; k++)
        {
            int j = k % _means.Length;
            if (double.IsFinite(values[k]))
            {
                values[k] = _isConstant[j] ? 0 : (values[k] - _means[j]) / _standardDeviations[j];
            }
        }

        return new DataSet(data.ColumnNames, data.RowCount, values, data.AllowsNonFinite);
    }

    /// <summary>Divided by an infinite standard deviation, data would become 0 without a word.</summary>
    private static void RequireFinite(DataSet data, double[] standardDeviations)
    {
        if (standardDeviations.All(double.IsFinite))
        {
            return;
        }

        double largest = data.Values.ToArray().Where(double.IsFinite).Max(Math.Abs);
        throw new InitToolsException(
            ErrorId.NonFiniteValue,
            $"The data hold {largest.ToString("g3", CultureInfo.InvariantCulture)}, and their variance is no finite "
            + "double; scale them, or do not standardize.",
            largest);
    }
}
