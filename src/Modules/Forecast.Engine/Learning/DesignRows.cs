namespace EPM.Forecast.Engine.Learning;

/// <summary>The rows of a design, kept in single precision and without their zeros: of a calendar's columns few are anything on a given day.</summary>
internal sealed class DesignRows
{
    private readonly Design _design;
    private readonly int[] _starts;
    private readonly short[] _columns;
    private readonly float[] _values;

    public DesignRows(Design design, int steps)
    {
        _design = design;
        _starts = new int[steps + 1];
        var (columns, values, row) = (new List<short>(), new List<float>(), new double[design.Columns]);
        for (var t = 0; t < steps; t++)
        {
            design.Fill(t, row);
            for (var j = 0; j < row.Length; j++)
            {
                if (row[j] == 0)
                    continue;
                columns.Add((short)j);
                values.Add((float)row[j]);
            }
            _starts[t + 1] = columns.Count;
        }
        (_columns, _values) = ([.. columns], [.. values]);
    }

    private int Steps => _starts.Length - 1;

    /// <summary>A row's product with the coefficients; beyond the rows that are kept the calendar is asked, which reaches as far as one likes.</summary>
    public double Dot(int t, ReadOnlySpan<double> coefficients)
    {
        var sum = 0.0;
        if (t < Steps)
        {
            for (var i = _starts[t]; i < _starts[t + 1]; i++)
                sum += coefficients[_columns[i]] * _values[i];
            return sum;
        }
        var row = new double[_design.Columns];
        _design.Fill(t, row);
        for (var j = 0; j < row.Length; j++)
            sum += coefficients[j] * row[j];
        return sum;
    }

    public void AddScaled(int t, double factor, Span<double> to)
    {
        for (var i = _starts[t]; i < _starts[t + 1]; i++)
            to[_columns[i]] += factor * _values[i];
    }

    /// <returns>X'WX over the steps that have weights, p × p, the lower triangle filled.</returns>
    public double[] Gram(ReadOnlySpan<double> weights)
    {
        var p = _design.Columns;
        var gram = new double[p * p];
        for (var t = 0; t < weights.Length; t++)
        {
            if (weights[t] <= 0)
                continue;
            for (var i = _starts[t]; i < _starts[t + 1]; i++)
            {
                var weighted = weights[t] * _values[i];
                var row = gram.AsSpan(_columns[i] * p, p);
                for (var j = _starts[t]; j <= i; j++)
                    row[_columns[j]] += weighted * _values[j];
            }
        }
        return gram;
    }
}
