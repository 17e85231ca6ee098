namespace EPM.Forecast.Engine.Tests.Selection;

/// <summary>Histories as they come: short, still, broken, with holes.</summary>
public sealed class DifficultSeriesTests
{
    private const int Ahead = 14;

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(9)]
    [InlineData(20)]
    public void However_short_a_history_is_there_is_a_forecast(int days)
    {
        var said = Of(Enumerable.Range(0, days).Select(day => 4.0 + (day % 7)));
        said.Prediction.Horizon.ShouldBe(Ahead);
        said.Prediction.Quantiles.ShouldAllBe(value => double.IsFinite(value) && value >= 0);
        if (days < 9)
            said.Score.ShouldBeNull();
    }

    [Fact]
    public void What_never_sold_will_not_sell()
    {
        var said = Of(Enumerable.Repeat(0.0, 200));
        said.Prediction.Quantiles.ShouldAllBe(value => value == 0);
        said.Prediction.Mean.ShouldAllBe(value => value < 0.05);
    }

    [Fact]
    public void What_was_always_the_same_stays_the_same()
    {
        var said = Of(Enumerable.Repeat(12.0, 120));
        for (var day = 0; day < Ahead; day++)
            said.Prediction[day, Prediction.Median].ShouldBe(12, 0.01);
    }

    [Fact]
    public void A_gap_is_no_zero()
    {
        var gaps = Of(Week(200).Select((value, day) => day is >= 150 and < 160 ? double.NaN : value));
        var whole = Of(Week(200));
        for (var day = 0; day < Ahead; day++)
            gaps.Prediction[day, Prediction.Median].ShouldBe(whole.Prediction[day, Prediction.Median], 0.2 * whole.Prediction[day, Prediction.Median]);
    }

    [Fact]
    public void One_wild_day_does_not_make_a_new_level()
    {
        var wild = Of(Week(200).Select((value, day) => day == 190 ? 40 * value : value));
        wild.Prediction.Mean.Average().ShouldBe(Of(Week(200)).Prediction.Mean.Average(), 0.5 * Of(Week(200)).Prediction.Mean.Average());
    }

    [Fact]
    public void After_a_level_shift_the_new_level_is_forecast()
    {
        var said = Of(Week(300).Select((value, day) => day >= 240 ? 3 * value : value));
        said.Prediction.Mean.Average().ShouldBe(3 * Week(300).Average(), 0.75 * Week(300).Average());
    }

    [Fact]
    public void A_week_53_and_a_leap_day_are_steps_like_others()
    {
        var weeks = Enumerable.Range(0, 180).Select(week => 100 + (20 * Math.Sin(2 * Math.PI * week / 52.18))).ToArray();
        var weekly = new Series { Id = "weekly", Values = weeks, Season = 52, Cadence = Cadence.Week, First = new DateOnly(2020, 1, 6) };
        var daily = new Series { Id = "daily", Values = Week(800).ToArray(), Season = 7, Cadence = Cadence.Day, First = new DateOnly(2022, 12, 25) };
        foreach (var said in Forecaster.Train([weekly, daily], [20, 70], 1, null, default))
        {
            said.Prediction.Mean.ShouldAllBe(value => double.IsFinite(value));
            (said.Score!.Wape < 0.25).ShouldBeTrue($"{said.Id}: {said.Score.Wape}");
        }
    }

    [Fact]
    public void The_combination_beats_the_naive_line_where_there_is_something_to_learn()
    {
        var score = Of(Week(300)).Score!;
        score.Wape.ShouldBeLessThan(score.NaiveWape);
        score.Methods.Select(method => method.Method).ShouldContain("naive");
    }

    [Fact]
    public void A_recipe_says_nearly_what_training_said()
    {
        var series = new Series { Id = "one", Values = Week(300).ToArray(), Season = 7 };
        var trained = Forecaster.Train([series], [Ahead], 1, null, default)[0];
        var again = Forecaster.Refresh([series], [Ahead], [trained.Recipe], 1, null, default)[0];
        for (var day = 0; day < Ahead; day++)
            again.Prediction.Mean[day].ShouldBe(trained.Prediction.Mean[day], 0.1 * trained.Prediction.Mean[day]);
    }

    private static IEnumerable<double> Week(int days)
    {
        var dice = new Random(11);
        return [.. Enumerable.Range(0, days).Select(day => (day % 7 == 5 ? 30.0 : 15) + dice.Next(6))];
    }

    private static SeriesForecast Of(IEnumerable<double> values) => Forecaster.Train([new Series { Id = "one", Values = values.ToArray(), Season = 7 }], [Ahead], 1, null, default)[0];
}
