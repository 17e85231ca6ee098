using EPM.Forecast.Engine.Kernels;

namespace EPM.Forecast.Engine.Tests.Methods;

public sealed class DecompositionTests
{
    [Theory]
    [InlineData(4, 8)]
    [InlineData(7, 100)]
    [InlineData(12, 30)]
    [InlineData(52, 110)]
    public void A_season_on_a_straight_line_is_found_whole(int period, int length)
    {
        double[] season = [.. Enumerable.Range(0, period).Select(place => 10 * Math.Sin(2 * Math.PI * place / period))];
        double[] y = [.. Enumerable.Range(0, length).Select(t => 50 + (0.2 * t) + season[t % period])];
        var found = new double[period];
        Decomposition.Season(y, period, found, new double[2 * length]).ShouldBeGreaterThan(0.95);
        for (var place = 0; place < period; place++)
            found[place].ShouldBe(season[place], 0.8);
    }

    [Fact]
    public void What_is_noise_is_drawn_to_nothing()
    {
        var (shares, indices) = (0.0, new double[12]);
        for (var seed = 0; seed < 20; seed++)
        {
            shares += Decomposition.Season(Known.Noise(60, seed), 12, indices, new double[120]) / 20;
            indices.Sum().ShouldBe(0, 1e-9);
        }
        shares.ShouldBeLessThan(0.35);
    }

    [Fact]
    public void One_period_and_a_half_says_nothing_of_a_season()
    {
        var indices = new double[12];
        Decomposition.Season(Known.Airline.AsSpan(0, 18), 12, indices, new double[36]).ShouldBe(0);
        indices.ShouldAllBe(index => index == 0);
    }
}
