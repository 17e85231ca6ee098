using System.Globalization;

namespace EPM.Platform.Imports;

/// <summary>One row of a file: its line, and its fields by canonical column name, read in the file's own notation.</summary>
public sealed class ImportRow(int line, IReadOnlyDictionary<string, string> fields, FieldFormat format)
{
    /// <summary>One-based line of the file.</summary>
    public int Line { get; } = line;

    /// <returns>The trimmed text, or null when the column is absent or empty.</returns>
    public string? Text(string column) => fields.TryGetValue(column, out var text) && text.Length > 0 ? text : null;

    /// <summary>Reads a required text of at most <paramref name="most"/> characters.</summary>
    public string Required(string column, int most, ICollection<RowError> errors)
    {
        var text = Text(column) ?? "";
        if (text.Length == 0)
            errors.Add(new RowError(column, "import_required", ""));
        else if (text.Length > most)
            errors.Add(new RowError(column, "import_too_long", text[..most]));
        return text;
    }

    public decimal? Number(string column, ICollection<RowError> errors)
    {
        if (Text(column) is not { } text)
            return null;
        if (format.TryNumber(text, out var scaled))
            return scaled / (decimal)FieldFormat.Scale;
        errors.Add(new RowError(column, "import_not_a_number", text));
        return null;
    }

    public DateOnly? Day(string column, ICollection<RowError> errors)
    {
        if (Text(column) is not { } text)
            return null;
        if (format.TryMoment(text, out var moment))
            return DateOnly.FromDateTime(moment.Local);
        errors.Add(new RowError(column, "import_not_a_date", text));
        return null;
    }

    /// <summary>Reads a month written 2026-10, 10/2026, or as any day of it; returns its first day.</summary>
    public DateOnly? Month(string column, ICollection<RowError> errors)
    {
        if (Text(column) is not { } text)
            return null;
        if (DateOnly.TryParseExact(text, ["yyyy-MM", "MM/yyyy", "yyyy/MM"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var month))
            return month;
        var day = Day(column, errors);
        return day is null ? null : new DateOnly(day.Value.Year, day.Value.Month, 1);
    }

    public bool? YesNo(string column, ICollection<RowError> errors)
    {
        switch (Text(column)?.ToLowerInvariant())
        {
            case null:
                return null;
            case "1" or "true" or "yes" or "oui" or "vrai":
                return true;
            case "0" or "false" or "no" or "non" or "faux":
                return false;
            default:
                errors.Add(new RowError(column, "import_not_yes_no", Text(column)!));
                return null;
        }
    }
}
