namespace EPM.Forecast.Engine.Events;

/// <summary>What is on at each step, without the zeros: few columns of many are not zero on a day. Ascending by column within a step.</summary>
internal sealed class EventDays
{
    private readonly int[] _starts, _columns;
    private readonly double[] _values;

    private EventDays(int[] starts, int[] columns, double[] values) => (_starts, _columns, _values) = (starts, columns, values);

    public int Reach => _starts.Length - 1;

    public static EventDays Of(ReadOnlyMemory<double>[] columns)
    {
        var reach = columns.Min(column => column.Length);
        var starts = new int[reach + 1];
        foreach (var column in columns)
        {
            var values = column.Span[..reach];
            for (var t = 0; t < reach; t++)
                starts[t + 1] += values[t] != 0 ? 1 : 0;
        }
        for (var t = 0; t < reach; t++)
            starts[t + 1] += starts[t];
        var (next, places, kept) = ((int[])[.. starts], new int[starts[reach]], new double[starts[reach]]);
        for (var c = 0; c < columns.Length; c++)
        {
            var values = columns[c].Span[..reach];
            for (var t = 0; t < reach; t++)
            {
                if (values[t] != 0)
                    (places[next[t]], kept[next[t]++]) = (c, values[t]);
            }
        }
        return new EventDays(starts, places, kept);
    }

    public bool Any(int t) => _starts[t + 1] > _starts[t];

    public double Sum(ReadOnlySpan<double> effects, int t)
    {
        var sum = 0.0;
        for (var i = _starts[t]; i < _starts[t + 1]; i++)
            sum += effects[_columns[i]] * _values[i];
        return sum;
    }

    /// <summary>Adds a step to the normal equations (the lower triangle).</summary>
    public void Add(int t, double weight, double y, Span<double> gram, Span<double> right)
    {
        for (var i = _starts[t]; i < _starts[t + 1]; i++)
        {
            var (column, weighted) = (_columns[i], weight * _values[i]);
            right[column] += weighted * y;
            for (var j = _starts[t]; j <= i; j++)
                gram[(column * right.Length) + _columns[j]] += weighted * _values[j];
        }
    }
}
