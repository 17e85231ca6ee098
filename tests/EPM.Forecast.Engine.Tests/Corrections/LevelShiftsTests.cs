using EPM.Forecast.Engine.Corrections;

namespace EPM.Forecast.Engine.Tests.Corrections;

public sealed class LevelShiftsTests
{
    [Theory]
    [InlineData(8, 2)]
    [InlineData(25, 1.6)]
    [InlineData(25, 0.5)]
    public void A_shift_is_found_where_it_happened(double rate, double factor)
    {
        var found = 0;
        for (var seed = 0; seed < 20; seed++)
        {
            double[] values = [.. Shop.Days(seed, rate, days: 497), .. Shop.Days(seed + 100, rate * factor, days: 230)];
            var shifts = LevelShifts.Find(Shop.Series(values));
            foreach (var shift in shifts)
            {
                shift.Step.ShouldBeInRange(487, 507);
                (shift.After / shift.Before).ShouldBe(factor, 0.25 * factor);
            }
            Anomalies.Find(Shop.Series(values)).Count(anomaly => anomaly.Reason == AnomalyReason.LevelShift).ShouldBe(shifts.Count);
            found += shifts.Count;
        }
        found.ShouldBeInRange(16, 20);
    }

    [Fact]
    public void Growth_and_the_course_of_the_year_are_no_shifts()
    {
        Enumerable.Range(0, 60).Sum(seed => LevelShifts.Find(Shop.Series(Shop.Days(seed, 25, 0.2, trend: 1, year: 0.4))).Count).ShouldBeLessThanOrEqualTo(2);
    }

    [Fact]
    public void A_ramp_over_two_months_is_no_shift()
    {
        var values = Shop.Days(1, 25, days: 301).Concat(Enumerable.Range(0, 60).SelectMany(i => Shop.Days(i, 25 + (i * 0.5), days: 1))).Concat(Shop.Days(2, 55, days: 300)).ToArray();
        LevelShifts.Find(Shop.Series(values)).ShouldBeEmpty();
    }

    [Fact]
    public void A_levelled_history_has_one_level()
    {
        double[] values = [.. Shop.Days(1, 10, days: 301), .. Shop.Days(2, 30, days: 301)];
        var series = Shop.Series(values);
        var levelled = LevelShifts.Levelled(series, LevelShifts.Find(series));
        levelled[..290].Average().ShouldBe(30, 3);
        levelled[310..].ShouldBe(values[310..]);
    }
}
