using System.Globalization;
using EPM.Forecast.Engine;

namespace EPM.Forecast.CommandLine;

/// <summary>The history of every series and the keys that are asked for, out of the long format.</summary>
internal sealed class SeriesFile
{
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<(long First, double[] Values)> _histories = [];

    private SeriesFile(Moments moments) => Moments = moments;

    public Moments Moments { get; }

    public List<string> Ids { get; } = [];

    /// <summary>By series: the first moment as it was written, and a value a step (NaN where there is none).</summary>
    public IReadOnlyList<(long First, double[] Values)> Histories => _histories;

    public static SeriesFile Read(string path)
    {
        using var table = new Table(path);
        var (id, ds, y) = (table.Column("unique_id"), table.Column("ds"), table.Column("y"));
        var rows = new Dictionary<string, List<(long Moment, double Value, int Line)>>(StringComparer.Ordinal);
        var order = new List<string>();
        bool? dated = null;
        while (table.Next())
        {
            var moment = Moment(table, ds, ref dated);
            if (!rows.TryGetValue(table.Fields[id], out var series))
            {
                rows[table.Fields[id]] = series = [];
                order.Add(table.Fields[id]);
            }
            series.Add((moment, Value(table, y), table.Line));
        }
        if (order.Count == 0)
            throw new BadInputException($"{table.Name} has a header and nothing else: there is no history to forecast from.");
        var gaps = new Dictionary<long, int>();
        foreach (var series in rows.Values)
        {
            series.Sort();
            for (var i = 1; i < series.Count; i++)
            {
                var gap = series[i].Moment - series[i - 1].Moment;
                gaps[gap] = gaps.GetValueOrDefault(gap) + 1;
            }
        }
        var file = new SeriesFile(Moments.Of(dated == true, gaps));
        foreach (var name in order)
            file.Add(name, rows[name], table);
        return file;
    }

    public bool TryPlace(string id, out int place) => _places.TryGetValue(id, out place);

    public static long Moment(Table table, int column, ref bool? dated)
    {
        var moment = Moments.Parse(table.Fields[column], out var isDate) ?? throw table.Refuse(column, $"'{table.Fields[column]}' is neither a date such as 2026-11-21 nor a whole number.");
        if ((dated ??= isDate) != isDate)
            throw table.Refuse(column, "dates and whole numbers are mixed; use one of them in the whole file.");
        return moment;
    }

    private static double Value(Table table, int column)
    {
        var text = table.Fields[column];
        if (text.Length == 0 || text.Equals("nan", StringComparison.OrdinalIgnoreCase) || text.Equals("na", StringComparison.OrdinalIgnoreCase))
            return double.NaN;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
            ? value : throw table.Refuse(column, $"'{text}' is not a number; write 1234.5, or nothing for a gap.");
    }

    private void Add(string name, List<(long Moment, double Value, int Line)> rows, Table table)
    {
        var first = Moments.Step(rows[0].Moment);
        var length = Moments.Step(rows[^1].Moment) - first + 1;
        if (length > 200_000)
            throw new BadInputException($"{table.Name}, line {rows[^1].Line}: {name} would span {length} steps; look at its dates.");
        var values = new double[length];
        Array.Fill(values, double.NaN);
        var last = -1L;
        foreach (var (moment, value, line) in rows)
        {
            var at = Moments.Step(moment) - first;
            if (at == last)
                throw new BadInputException($"{table.Name}, line {line}: {name} has this moment twice; keep one line for each.");
            values[at] = value;
            last = at;
        }
        _places[name] = Ids.Count;
        Ids.Add(name);
        _histories.Add((rows[0].Moment, values));
    }
}
