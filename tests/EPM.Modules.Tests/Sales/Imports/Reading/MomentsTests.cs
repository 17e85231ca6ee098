using System.Globalization;
using EPM.Platform.Imports;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace EPM.Modules.Tests.Sales.Imports.Reading;

public sealed class MomentsTests(ITestOutputHelper output)
{
    private const int Cases = 20_000;

    private static readonly string[] Iso = ["yyyy-M-d", "yyyy/M/d", "yyyy.M.d"];
    private static readonly string[] Times = ["", " H:mm", "'T'HH:mm", " HH:mm:ss", "'T'HH:mm:ss"];

    // Days and months beyond the calendar are as likely as those within it.
    private static readonly Gen<string> Texts =
        from day in Gen.Choose(0, 33)
        from month in Gen.Choose(0, 14)
        from year in Gen.Choose(1985, 2105)
        from mark in Gen.Elements("-", "/", ".")
        from order in Gen.Choose(0, 2)
        from time in Gen.Elements("", "", " 7:05", "T07:05", " 23:59:59", "T24:00", " 12:60", " 9:5", "x")
        select Written(order, day, month, year, mark) + time;

    public static TheoryData<long> Seeds => Samples.Seeds;

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void A_moment_is_what_the_framework_reads(long seed)
    {
        output.WriteLine($"seed {seed}");
        foreach (var text in Samples.Of(Texts, seed, Cases))
        {
            foreach (var order in new[] { DateOrder.DayMonthYear, DateOrder.MonthDayYear })
            {
                var read = new FieldFormat('.', order).TryMoment(text, out var moment);
                var expected = Slow(text, order);
                read.ShouldBe(expected is not null, $"“{text}” {order}, seed {seed}");
                if (read)
                    (moment.Local, moment.Offset, moment.HasTime).ShouldBe((expected!.Value, null, text.Contains(':', StringComparison.Ordinal)), $"“{text}” {order}, seed {seed}");
            }
        }
    }

    [Theory]
    [InlineData("2026-03-04T05:06:07Z", 0)]
    [InlineData("2026-03-04 05:06:07+01:00", 60)]
    [InlineData("2026-03-04 05:06:07 -0330", -210)]
    [InlineData("2026-03-04T05:06:07.123+02", 120)]
    public void An_offset_is_kept(string text, int minutes)
    {
        new FieldFormat('.', DateOrder.DayMonthYear).TryMoment(text, out var moment).ShouldBeTrue();
        moment.ShouldBe(new Moment(new DateTime(2026, 3, 4, 5, 6, 7, DateTimeKind.Unspecified), TimeSpan.FromMinutes(minutes), HasTime: true));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hier")]
    [InlineData("2026-02-29")]
    [InlineData("2026-13-01")]
    [InlineData("04/03/26 25:00")]
    [InlineData("2026-03-04T05:06:07+15:00")]
    [InlineData("2026-03-04T05:06:07 CET")]
    [InlineData("20260304")]
    public void What_is_no_moment_is_not_read(string text) => new FieldFormat('.', DateOrder.DayMonthYear).TryMoment(text, out _).ShouldBeFalse();

    [Fact]
    public void Two_digits_of_a_year_are_of_this_century()
    {
        new FieldFormat('.', DateOrder.DayMonthYear).TryMoment("04/03/26", out var moment).ShouldBeTrue();
        moment.Local.ShouldBe(new DateTime(2026, 3, 4, 0, 0, 0, DateTimeKind.Unspecified));
    }

    private static string Written(int order, int day, int month, int year, string mark) => order switch
    {
        0 => string.Create(CultureInfo.InvariantCulture, $"{year}{mark}{month:00}{mark}{day:00}"),
        1 => string.Create(CultureInfo.InvariantCulture, $"{day:00}{mark}{month:00}{mark}{year}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{day}{mark}{month}{mark}{year}"),
    };

    private static DateTime? Slow(string text, DateOrder order)
    {
        var day = order == DateOrder.DayMonthYear ? new[] { "d/M/yyyy", "d-M-yyyy", "d.M.yyyy" } : ["M/d/yyyy", "M-d-yyyy", "M.d.yyyy"];
        var formats = Iso.Concat(day).SelectMany(date => Times.Select(time => date + time)).ToArray();
        return DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out var moment) && moment.Year is >= 1990 and <= 2100 ? moment : null;
    }
}
