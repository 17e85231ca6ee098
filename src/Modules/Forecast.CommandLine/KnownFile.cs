using System.Globalization;
using EPM.Forecast.Engine;

namespace EPM.Forecast.CommandLine;

/// <summary>
/// Columns known in advance. Text is told apart value by value (one column of 0 and 1 each); a moment without a line keeps what stood
/// before it, and the first line's before that.
/// </summary>
internal static class KnownFile
{
    private const int MostTexts = 30;

    public static IReadOnlyList<KnownColumn>[] Read(string path, SeriesFile histories, int[] horizons)
    {
        using var table = new Table(path);
        var (id, ds) = (table.Column("unique_id"), table.Column("ds"));
        int[] columns = [.. Enumerable.Range(0, table.Header.Count).Where(column => column != id && column != ds && !string.Equals(table.Header[column], "y", StringComparison.OrdinalIgnoreCase))];
        var cells = histories.Ids.Select((_, s) => columns.Select(_ => Blank(histories.Histories[s].Values.Length + horizons[s])).ToArray()).ToArray();
        var texts = columns.Select(_ => new List<string>()).ToArray();
        bool? dated = histories.Moments.Cadence != Cadence.Step;
        while (table.Next())
        {
            var moment = SeriesFile.Moment(table, ds, ref dated);
            if (!histories.TryPlace(table.Fields[id], out var series))
                continue;
            var at = histories.Moments.Step(moment) - histories.Moments.Step(histories.Histories[series].First);
            if (at < 0 || at >= cells[series][0].Length)
                continue;
            for (var i = 0; i < columns.Length; i++)
                cells[series][i][at] = Cell(table, columns[i], texts[i]);
        }
        return [.. cells.Select(own => Columns(own, [.. columns.Select(column => table.Header[column])], texts))];
    }

    private static double[] Blank(int length)
    {
        var blank = new double[length];
        Array.Fill(blank, double.NaN);
        return blank;
    }

    // A text stands as a number that nothing else is, less its place in the list of texts.
    private static double Cell(Table table, int column, List<string> texts)
    {
        var text = table.Fields[column].Trim();
        if (text.Length == 0)
            return double.NaN;
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            return value;
        if (bool.TryParse(text, out var flag))
            return flag ? 1 : 0;
        var place = texts.IndexOf(text);
        if (place < 0 && texts.Count >= MostTexts)
            throw table.Refuse(column, $"more than {MostTexts} different texts; use numbers.");
        if (place < 0)
        {
            place = texts.Count;
            texts.Add(text);
        }
        return TextMark * (1 + place);
    }

    private const double TextMark = -1e290;

    private static List<KnownColumn> Columns(double[][] cells, string[] names, List<string>[] texts)
    {
        var columns = new List<KnownColumn>();
        for (var i = 0; i < cells.Length; i++)
        {
            Carry(cells[i]);
            for (var text = 0; text < texts[i].Count; text++)
            {
                var place = text;
                columns.Add(new KnownColumn($"{names[i]}={texts[i][text]}", EffectOf(names[i]), cells[i].Select(value => value <= TextMark / 2 && (value / TextMark) - 1 == place ? 1.0 : 0).ToArray()));
            }
            columns.Add(new KnownColumn(names[i], EffectOf(names[i]), cells[i].Select(value => value <= TextMark / 2 ? 0 : value).ToArray()));
        }
        return columns;
    }

    private static void Carry(double[] cells)
    {
        var last = cells.FirstOrDefault(value => !double.IsNaN(value));
        for (var t = 0; t < cells.Length; t++)
            cells[t] = last = double.IsNaN(cells[t]) ? last : cells[t];
    }

    private static Effect EffectOf(string name) => name.ToUpperInvariant() switch
    {
        var n when n.Contains("PRICE", StringComparison.Ordinal) => Effect.Price,
        var n when n.Contains("PROMO", StringComparison.Ordinal) || n.Contains("DEAL", StringComparison.Ordinal) || n.Contains("FEAT", StringComparison.Ordinal) => Effect.Promotion,
        var n when n.Contains("HOLIDAY", StringComparison.Ordinal) || n.Contains("EVENT", StringComparison.Ordinal) => Effect.Event,
        "OPEN" => Effect.Opening,
        _ => Effect.Other,
    };
}
