using System.Globalization;

namespace EPM.Forecast.Domain;

/// <summary>
/// What a planner does to a forecast, as they wrote it: <c>*1.2</c>, <c>-10%</c>, <c>+250</c>, <c>=300</c>, <c>*3.5+100</c>. The factor
/// is for every day of every cell; what is added or set is a total over all of them.
/// </summary>
/// <param name="Factor">1 when nothing is multiplied.</param>
/// <param name="Added">Total added, in ten-thousandths of a unit; 0 when nothing is.</param>
/// <param name="Set">Total that replaces, in ten-thousandths; null unless the formula says so.</param>
internal readonly record struct Formula(decimal Factor, long Added, long? Set)
{
    public const int MostCharacters = 40;

    /// <summary>Ten-thousandths in a unit: what quantities are counted in, so that sums are exact.</summary>
    public const long Unit = 10_000;

    private const decimal MostFactor = 1_000;
    private const decimal MostUnits = 1_000_000_000;

    /// <summary>Whether every day is changed for itself, whatever the others are.</summary>
    public bool IsOfEachDay => Added == 0 && Set is null;

    /// <returns>Null, or the code of what is wrong; its text says how to write it.</returns>
    public static string? Read(string text, out Formula formula)
    {
        formula = default;
        var plain = Plain(text);
        if (plain.Length < 2 || !"*+-=".Contains(plain[0], StringComparison.Ordinal))
            return "formula_form";
        return plain[0] switch
        {
            '=' => ReadSet(plain.AsSpan(1), out formula),
            '*' => ReadFactor(plain.AsSpan(1), out formula),
            _ when plain[^1] == '%' => ReadPercent(plain[0], plain.AsSpan(1, plain.Length - 2), out formula),
            _ => ReadAdded(1, plain, out formula),
        };
    }

    private static string? ReadSet(ReadOnlySpan<char> number, out Formula formula)
    {
        formula = default;
        if (Units(number, out var total) is { } wrong)
            return wrong;
        formula = new Formula(0, 0, total);
        return null;
    }

    private static string? ReadFactor(ReadOnlySpan<char> text, out Formula formula)
    {
        formula = default;
        var sign = text.IndexOfAny('+', '-');
        if (Number(sign < 0 ? text : text[..sign], out var factor) is { } wrong)
            return wrong;
        if (factor > MostFactor)
            return "formula_range";
        if (sign >= 0)
            return ReadAdded(factor, text[sign..], out formula);
        formula = new Formula(factor, 0, null);
        return null;
    }

    private static string? ReadPercent(char sign, ReadOnlySpan<char> number, out Formula formula)
    {
        formula = default;
        if (Number(number, out var percent) is { } wrong)
            return wrong;
        var factor = 1 + (sign == '-' ? -percent : percent) / 100;
        if (factor is < 0 or > MostFactor)
            return "formula_range";
        formula = new Formula(factor, 0, null);
        return null;
    }

    private static string? ReadAdded(decimal factor, ReadOnlySpan<char> signed, out Formula formula)
    {
        formula = default;
        if (Units(signed[1..], out var total) is { } wrong)
            return wrong;
        formula = new Formula(factor, signed[0] == '-' ? -total : total, null);
        return null;
    }

    private static string? Units(ReadOnlySpan<char> text, out long total)
    {
        total = 0;
        if (Number(text, out var units) is { } wrong)
            return wrong;
        if (units > MostUnits)
            return "formula_range";
        total = (long)(units * Unit);
        return null;
    }

    private static string? Number(ReadOnlySpan<char> text, out decimal number)
    {
        number = 0;
        var point = text.IndexOf('.');
        var decimals = point < 0 ? 0 : text.Length - point - 1;
        if (text.IsEmpty || point == 0 || (point > 0 && decimals == 0) || decimals > 4)
            return "formula_number";
        return decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number) ? null : "formula_number";
    }

    // Spaces group thousands in French, the ordinary one and both that do not break.
    private static string Plain(string text) => string.Concat(text.Where(letter => !char.IsWhiteSpace(letter))).Replace(',', '.').Replace('−', '-').Replace('×', '*');
}
