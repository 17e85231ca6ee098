namespace EPM.Forecast.CommandLine;

/// <summary>The keys that are to be forecast, in the order of their file.</summary>
/// <param name="Rows">By key: which series, what was written as its moment, and which step after the history (from 0).</param>
/// <param name="Horizons">By series: the farthest step asked for; 0 where nothing is.</param>
internal sealed record AskedKeys(IReadOnlyList<(int Series, string Moment, int Step)> Rows, int[] Horizons)
{
    public static AskedKeys Read(string path, SeriesFile histories)
    {
        using var table = new Table(path);
        var (id, ds) = (table.Column("unique_id"), table.Column("ds"));
        var rows = new List<(int, string, int)>();
        var horizons = new int[histories.Ids.Count];
        bool? dated = histories.Moments.Cadence != Engine.Cadence.Step;
        while (table.Next())
        {
            if (!histories.TryPlace(table.Fields[id], out var series))
                throw table.Refuse(id, $"'{table.Fields[id]}' has no history in the training file.");
            var (first, values) = histories.Histories[series];
            var step = histories.Moments.Step(SeriesFile.Moment(table, ds, ref dated)) - histories.Moments.Step(first) - values.Length;
            if (step is < 0 or > 5000)
                throw table.Refuse(ds, step < 0 ? $"'{table.Fields[ds]}' lies within the history; only later moments can be forecast." : $"'{table.Fields[ds]}' lies {step} steps ahead; 5000 are the most.");
            rows.Add((series, table.Fields[ds], (int)step));
            horizons[series] = Math.Max(horizons[series], (int)step + 1);
        }
        return rows.Count > 0 ? new AskedKeys(rows, horizons) : throw new BadInputException($"{table.Name} asks for nothing: it has no line after its header.");
    }
}
