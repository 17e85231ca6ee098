using System.Globalization;
using EPM.Platform.Imports;
using EPM.Sales.Imports.Applying;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace EPM.Modules.Tests.Sales.Imports.Reading;

/// <summary>Numbers as files write them, held against the framework's own slow and careful reading.</summary>
public sealed class NumbersTests(ITestOutputHelper output)
{
    private const int Cases = 20_000;

    // Most of these are numbers, or would be but for one character.
    private static readonly Gen<string> Texts =
        from sign in Gen.Elements("", "", "", "-", "+", "--", "\u2212")
        from width in Gen.Choose(0, 14)
        from digits in Gen.Choose(0, 1_000_000_000)
        from mark in Gen.Elements("", "", ".", ",", "..", "e", " ")
        from decimals in Gen.Choose(0, 6)
        from end in Gen.Elements("", "", "", "0", "x", " ", "%", "\u00a0")
        select sign + Digits(digits, width) + mark + Digits(digits / 7, decimals) + end;

    public static TheoryData<long> Seeds => Samples.Seeds;

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void A_number_is_what_the_framework_reads_exactly(long seed)
    {
        output.WriteLine($"seed {seed}");
        foreach (var text in Samples.Of(Texts, seed, Cases))
        {
            foreach (var mark in new[] { '.', ',' })
            {
                var read = new FieldFormat(mark, DateOrder.DayMonthYear).TryNumber(text, out var scaled);
                var expected = Slow(text, mark);
                read.ShouldBe(expected is not null, $"“{text}” with {mark}, seed {seed}");
                if (read)
                    Amount.ToDecimal(scaled).ShouldBe(expected!.Value, $"“{text}” with {mark}, seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData("1 234 567,89", ',', 1_234_567.89)]
    [InlineData("1.234.567,89", ',', 1_234_567.89)]
    [InlineData("1,234,567.89", '.', 1_234_567.89)]
    [InlineData("1\u202f234", ',', 1_234)]
    [InlineData("1'234.5", '.', 1_234.5)]
    [InlineData("\u2212" + "5", '.', -5)]
    public void Groups_of_three_digits_may_stand_apart(string text, char mark, double value)
    {
        new FieldFormat(mark, DateOrder.DayMonthYear).TryNumber(text, out var scaled).ShouldBeTrue();
        Amount.ToDecimal(scaled).ShouldBe((decimal)value);
    }

    [Theory]
    [InlineData("1.23,4", ',')]
    [InlineData("12 34", ',')]
    [InlineData("1,2,3", ',')]
    [InlineData("1234 5678", ',')]
    [InlineData("", '.')]
    [InlineData(".", '.')]
    [InlineData("1e3", '.')]
    [InlineData("12.34567", '.')]
    [InlineData("1234567890123", '.')]
    [InlineData("NaN", '.')]
    public void What_could_be_read_two_ways_is_not_read(string text, char mark) =>
        new FieldFormat(mark, DateOrder.DayMonthYear).TryNumber(text, out _).ShouldBeFalse();

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void Amounts_are_rounded_as_decimals_are(long seed)
    {
        output.WriteLine($"seed {seed}");
        var pairs = Samples.Of(from quantity in Wide from price in Wide from tax in Gen.Choose(0, 10_000) select (quantity, price, tax), seed, Cases);
        foreach (var (quantity, price, tax) in pairs.Where(pair => Amount.Fits(pair.quantity, pair.price)))
        {
            var times = Amount.Times(quantity, price);
            Amount.ToDecimal(times).ShouldBe(decimal.Round(Amount.ToDecimal(quantity) * Amount.ToDecimal(price), 4, MidpointRounding.AwayFromZero), $"{quantity} × {price}, seed {seed}");
            Amount.ToDecimal(Amount.WithoutTax(times, tax)).ShouldBe(decimal.Round(Amount.ToDecimal(times) * 10_000 / (10_000 + tax), 4, MidpointRounding.AwayFromZero), $"{times} less {tax}, seed {seed}");
        }
    }

    private static Gen<long> Wide =>
        from whole in Gen.Choose(-999_999, 999_999)
        from part in Gen.Choose(0, 9_999)
        from scale in Gen.Elements(1L, 100L, 10_000L, 10_000_000L)
        select (whole * scale) + part;

    private static string Digits(int value, int width)
    {
        var text = value.ToString("D14", CultureInfo.InvariantCulture);
        return text[(text.Length - width)..];
    }

    // The framework is asked for exactly what we promise: sign, digits, one mark; then width and precision are looked at.
    private static decimal? Slow(string text, char mark)
    {
        var plain = text.Replace('\u2212', '-');
        var format = new NumberFormatInfo { NumberDecimalSeparator = mark.ToString(), NumberGroupSeparator = "§" };
        if (plain.StartsWith('-') && text.StartsWith("--", StringComparison.Ordinal))
            return null;
        if (Grouped(plain, mark) is { } ungrouped)
            plain = ungrouped;
        if (!decimal.TryParse(plain, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, format, out var value))
            return null;
        var whole = plain.TrimStart('-', '+').Split(mark)[0].Length;
        return whole <= 12 && decimal.Round(value, 4) == value ? value : null;
    }

    // The other mark before exactly three digits and the end groups thousands.
    private static string? Grouped(string text, char mark)
    {
        var other = mark == '.' ? ',' : '.';
        var at = text.IndexOfAny([other, ' ']);
        return at > 0 && char.IsAsciiDigit(text[at - 1]) && text.Length == at + 4 && text[(at + 1)..].All(char.IsAsciiDigit) ? text.Remove(at, 1) : null;
    }
}
