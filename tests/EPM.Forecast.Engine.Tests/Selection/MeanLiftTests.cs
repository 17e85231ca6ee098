namespace EPM.Forecast.Engine.Tests.Selection;

public sealed class MeanLiftTests
{
    [Fact]
    public void What_sells_on_one_day_of_eight_is_expected_in_the_measure_it_sells()
    {
        var dice = new Random(3);
        Series[] fleet = [.. Enumerable.Range(0, 40).Select(i => new Series
        {
            Id = $"rare {i}", Season = 7, Values = Enumerable.Range(0, 400).Select(_ => dice.Next(8) == 0 ? 1.0 + dice.Next(3) : 0).ToArray(),
        })];
        var said = Forecaster.Train(fleet, [.. fleet.Select(_ => 28)], 2, null, default);
        var sold = fleet.Average(series => series.Values.ToArray().Average());
        said.Average(forecast => forecast.Prediction.Mean.Average()).ShouldBe(sold, 0.1 * sold);
        said.Average(forecast => forecast.Score!.Bias).ShouldBe(0, 0.1);
    }
}
