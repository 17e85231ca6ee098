using System.Text;

namespace EPM.Modules.Tests.Sales.Imports.Reading;

/// <summary>Delimited text read one character at a time, as the rules are told: the reference of the quick reader.</summary>
internal static class SlowReader
{
    private enum State
    {
        FieldStart,
        Plain,
        Quoted,
        AfterQuote,
    }

    /// <returns>Line number and trimmed fields of every record that is not empty.</returns>
    public static IEnumerable<string> Read(string text, char separator)
    {
        var (records, _) = Walk(text, separator);
        return records;
    }

    public static bool EndsInsideQuotes(string text, char separator) => Walk(text, separator).State == State.Quoted;

    private static (List<string> Records, State State) Walk(string text, char separator)
    {
        var records = new List<string>();
        var fields = new List<string>();
        var field = new StringBuilder();
        var (state, quoted, line, first) = (State.FieldStart, false, 1, 1);

        void EndField(bool last)
        {
            // The carriage return of a line end belongs to no field.
            if (last && !quoted && field.Length > 0 && field[^1] == '\r')
                field.Length--;
            fields.Add(field.ToString());
            field.Clear();
            (state, quoted) = (State.FieldStart, false);
        }

        void EndRecord()
        {
            EndField(last: true);
            if (fields is not [{ Length: 0 }])
                records.Add($"{first}: {string.Join('|', fields.Select(one => one.Trim()))}");
            fields.Clear();
        }

        foreach (var c in text)
        {
            if (c == '\n')
                line++;
            if (state == State.Quoted)
            {
                if (c == '"')
                    state = State.AfterQuote;
                else
                    field.Append(c);
            }
            else if (state == State.AfterQuote && c == '"')
            {
                field.Append(c);
                state = State.Quoted;
            }
            else if (c == '\n')
            {
                EndRecord();
                first = line;
            }
            else if (c == separator)
                EndField(last: false);
            else if (state == State.FieldStart && c == '"')
                (state, quoted) = (State.Quoted, true);
            else if (quoted)
                state = State.Plain;
            else
            {
                field.Append(c);
                state = State.Plain;
            }
        }
        var end = state;
        if (field.Length > 0 || fields.Count > 0 || state != State.FieldStart)
            EndRecord();
        return (records, end);
    }
}
