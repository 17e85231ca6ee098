using EPM.Forecast.Engine.Events;

namespace EPM.Forecast.Engine.Tests.Events;

public sealed class MovingFeastTests
{
    private static readonly DateOnly First = new(2022, 7, 1);
    private static readonly DateOnly Last = new(2026, 5, 14);
    private static readonly DateOnly[] Tabaski = [new(2022, 7, 9), new(2023, 6, 28), new(2024, 6, 16), new(2025, 6, 6), new(2026, 5, 27)];

    [Fact]
    public void What_a_feast_moves_falls_where_the_feast_falls()
    {
        // 27 May 2026 is step 12. What it moves is what it is moved from: the same forecast with the feast far away.
        var without = Forecast(200);
        for (var days = -1; days <= 1; days++)
        {
            var with = Forecast(days);
            var lift = with.Zip(without, (a, b) => a / b).ToArray();
            lift[11 + days].ShouldBe(2.5, 0.4, "the eve sells two and a half times as much");
            lift[11 + days].ShouldBe(lift.Max(), "nothing is lifted more");
            lift[12 + days].ShouldBe(0.4, 0.15, "on the day itself little is sold");
            lift[6 + days].ShouldBe(1.25, 0.2, "it is felt six days before");
            lift[25].ShouldBe(1, 0.05, "it is over then");
        }
    }

    private static double[] Forecast(int days)
    {
        var history = Last.DayNumber - First.DayNumber + 1;
        var random = new Random(4);
        var values = new double[history];
        for (var t = 0; t < history; t++)
        {
            var day = First.AddDays(t);
            var factor = day.DayOfWeek is DayOfWeek.Saturday ? 1.4 : 1;
            foreach (var feast in Tabaski)
            {
                var before = feast.DayNumber - day.DayNumber;
                factor *= before is >= 1 and <= 6 ? 1 + (0.25 * (7 - before)) : before == 0 ? 0.4 : 1;
            }
            values[t] = Math.Round(60 * factor * (0.85 + (0.3 * random.NextDouble())));
        }
        var feasts = Tabaski.Select((day, i) => i == Tabaski.Length - 1 ? day.AddDays(days) : day).Select(day => new Occurrence("tabaski", day, day, Lead: 6, Lag: 2)).ToArray();
        var series = new Series { Id = "sheep", Values = values, Season = 7, Cadence = Cadence.Day, First = First, Known = EventColumns.Of(feasts, First, history, 30).Columns };
        return Forecaster.Train([series], [30], 1, null, CancellationToken.None)[0].Prediction.Mean;
    }
}
