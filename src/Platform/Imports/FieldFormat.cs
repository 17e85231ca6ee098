using System.Globalization;

namespace EPM.Platform.Imports;

/// <summary>Order of day, month and year in a file's dates.</summary>
public enum DateOrder
{
    YearMonthDay,
    DayMonthYear,
    MonthDayYear,
}

/// <summary>A moment as a file tells it.</summary>
/// <param name="Local">Clock time where it happened, or in UTC plus <paramref name="Offset"/> when that was given.</param>
/// <param name="Offset">Offset from UTC, when the file names one.</param>
/// <param name="HasTime">False when only a day was given.</param>
public readonly record struct Moment(DateTime Local, TimeSpan? Offset, bool HasTime);

/// <summary>How a file writes numbers and dates.</summary>
/// <param name="DecimalMark">'.' or ','.</param>
public sealed record FieldFormat(char DecimalMark, DateOrder DateOrder)
{
    /// <summary>Numbers are read as whole ten-thousandths: exact, and fast to add.</summary>
    public const long Scale = 10_000;

    private const int Decimals = 4;

    /// <summary>
    /// Reads a decimal number with at most four decimals and twelve digits before them. Spaces (also narrow and no-break) and
    /// apostrophes group digits; the mark that is not the decimal one groups too, when it stands before three digits.
    /// </summary>
    public bool TryNumber(ReadOnlySpan<char> text, out long scaled)
    {
        scaled = 0;
        var i = 0;
        var negative = text.Length > 0 && text[0] is '-' or '\u2212';
        if (negative || (text.Length > 0 && text[0] == '+'))
            i++;
        long value = 0;
        int whole = 0, decimals = -1;
        for (; i < text.Length; i++)
        {
            var c = text[i];
            var digit = (uint)(c - '0');
            if (digit <= 9)
            {
                if (decimals >= 0 && ++decimals > Decimals)
                {
                    if (digit != 0)
                        return false;
                    continue;
                }
                if (decimals < 0 && ++whole > 12)
                    return false;
                value = (value * 10) + digit;
            }
            else if (c == DecimalMark && decimals < 0)
                decimals = 0;
            else if (!(decimals < 0 && whole > 0 && Groups(c, text, i)))
                return false;
        }
        if (whole == 0 && decimals <= 0)
            return false;
        for (var missing = Decimals - Math.Clamp(decimals, 0, Decimals); missing > 0; missing--)
            value *= 10;
        scaled = negative ? -value : value;
        return true;
    }

    /// <summary>Reads a day with an optional time and offset, ISO or in the file's order.</summary>
    public bool TryMoment(ReadOnlySpan<char> text, out Moment moment)
    {
        moment = default;
        if (!TryDay(text, out var day, out var used))
            return false;
        var rest = text[used..];
        if (rest.Length == 0)
        {
            moment = new Moment(day, Offset: null, HasTime: false);
            return true;
        }
        if (rest[0] is not ('T' or 't' or ' ') || !TryTime(rest[1..], out var time, out var after))
            return false;
        rest = rest[(1 + after)..].Trim();
        TimeSpan? offset = null;
        if (rest.Length > 0)
        {
            if (!TryOffset(rest, out var given))
                return false;
            offset = given;
        }
        moment = new Moment(day + time, offset, HasTime: true);
        return true;
    }

    private bool Groups(char c, ReadOnlySpan<char> text, int at) =>
        (c is ' ' or '\u00a0' or '\u202f' or '\'' || (c is '.' or ',' && c != DecimalMark))
        && at + 3 < text.Length && char.IsAsciiDigit(text[at + 1]) && char.IsAsciiDigit(text[at + 2]) && char.IsAsciiDigit(text[at + 3])
        && (at + 4 == text.Length || !char.IsAsciiDigit(text[at + 4]));

    private bool TryDay(ReadOnlySpan<char> text, out DateTime day, out int used)
    {
        day = default;
        used = 0;
        Span<int> parts = stackalloc int[3];
        Span<int> widths = stackalloc int[3];
        for (var part = 0; part < 3; part++)
        {
            var start = used;
            var value = 0;
            for (; used < text.Length && used - start < 4 && char.IsAsciiDigit(text[used]); used++)
                value = (value * 10) + (text[used] - '0');
            widths[part] = used - start;
            parts[part] = value;
            if (widths[part] == 0)
                return false;
            if (part < 2 && (used >= text.Length || text[used++] is not ('-' or '/' or '.')))
                return false;
        }
        // A four-digit first part can only be a year, whatever the file's other dates look like.
        var order = widths[0] == 4 ? DateOrder.YearMonthDay : DateOrder;
        var (year, month, date) = order switch
        {
            DateOrder.YearMonthDay => (parts[0], parts[1], parts[2]),
            DateOrder.DayMonthYear => (parts[2], parts[1], parts[0]),
            _ => (parts[2], parts[0], parts[1]),
        };
        if (year < 100)
            year += 2000;
        if (year is < 1990 or > 2100 || month is < 1 or > 12 || date < 1 || date > DateTime.DaysInMonth(year, month))
            return false;
        day = new DateTime(year, month, date, 0, 0, 0, DateTimeKind.Unspecified);
        return true;
    }

    private static bool TryTime(ReadOnlySpan<char> text, out TimeSpan time, out int used)
    {
        time = default;
        used = 0;
        while (used < text.Length && (char.IsAsciiDigit(text[used]) || text[used] is ':' or '.'))
            used++;
        var clock = text[..used];
        if (clock.Length is 4 or 7 && clock[1] == ':')
            return TryTime(string.Concat("0", text), out time, out used) && --used >= 0;
        if (clock.Length < 5 || clock[2] != ':' || !TryTwo(clock, out var hour) || !TryTwo(clock[3..], out var minute))
            return false;
        var second = 0;
        if (clock.Length > 5 && (clock[5] != ':' || clock.Length < 8 || !TryTwo(clock[6..], out second)))
            return false;
        if (hour > 23 || minute > 59 || second > 59)
            return false;
        time = new TimeSpan(hour, minute, second);
        return true;
    }

    private static bool TryTwo(ReadOnlySpan<char> text, out int value)
    {
        value = text.Length >= 2 && char.IsAsciiDigit(text[0]) && char.IsAsciiDigit(text[1]) ? ((text[0] - '0') * 10) + text[1] - '0' : -1;
        return value >= 0;
    }

    private static bool TryOffset(ReadOnlySpan<char> text, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (text is "Z" or "z")
            return true;
        var sign = text[0] == '-' ? -1 : 1;
        if (text[0] is not ('+' or '-')
            || !TimeSpan.TryParseExact(text[1..], [@"hh\:mm", "hhmm", "hh"], CultureInfo.InvariantCulture, out var size) || size > TimeSpan.FromHours(14))
            return false;
        offset = sign * size;
        return true;
    }
}
