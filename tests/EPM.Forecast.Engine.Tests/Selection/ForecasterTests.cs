namespace EPM.Forecast.Engine.Tests.Selection;

public sealed class ForecasterTests
{
    private static readonly int[] Week = [1, 2, 3, 4, 6, 9, 5];

    [Fact]
    public void The_parts_of_an_explanation_sum_to_the_forecast()
    {
        var forecast = Forecaster.Train([Shop(200)], [28], 1, null, default)[0];
        for (var day = 0; day < 28; day++)
        {
            var parts = forecast.Explanation;
            var sum = parts.Level[day] + parts.Trend[day] + parts.Season[day] + parts.Event[day] + parts.Price[day] + parts.Promotion[day] + parts.Other[day];
            sum.ShouldBe(forecast.Prediction.Mean[day], 1e-9);
        }
    }

    [Fact]
    public void One_thread_and_many_say_the_same_to_the_bit()
    {
        Series[] fleet = [.. Enumerable.Range(0, 12).Select(i => Shop(150 + (7 * i)))];
        int[] horizons = [.. fleet.Select(_ => 14)];
        var alone = Forecaster.Train(fleet, horizons, 1, null, default);
        var together = Forecaster.Train(fleet, horizons, 4, null, default);
        for (var i = 0; i < fleet.Length; i++)
            together[i].Prediction.Quantiles.ShouldBe(alone[i].Prediction.Quantiles);
    }

    [Fact]
    public void Quantiles_never_cross_and_are_never_below_nothing()
    {
        foreach (var forecast in Forecaster.Train([Shop(40), Shop(90), Shop(700)], [28, 28, 28], 1, null, default))
        {
            for (var day = 0; day < 28; day++)
            {
                forecast.Prediction.At(day)[0].ShouldBeGreaterThanOrEqualTo(0);
                for (var level = 1; level < Prediction.Levels.Count; level++)
                    forecast.Prediction[day, level].ShouldBeGreaterThanOrEqualTo(forecast.Prediction[day, level - 1]);
            }
        }
    }

    [Fact]
    public void A_column_that_ends_before_the_horizon_does_is_refused() =>
        Should.Throw<ArgumentException>(() => Forecaster.Train([Shop(60) with { Known = [new KnownColumn("price", Effect.Price, new double[70])] }], [28], 1, null, default))
            .Message.ShouldContain("price");

    private static Series Shop(int days)
    {
        var dice = new Random(days);
        return new Series { Id = $"shop {days}", Season = 7, Values = Enumerable.Range(0, days).Select(day => (double)(Week[day % 7] * 3) + dice.Next(5)).ToArray() };
    }
}
