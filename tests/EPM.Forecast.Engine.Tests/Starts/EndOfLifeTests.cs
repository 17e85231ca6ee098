using EPM.Forecast.Engine.Starts;
using EPM.Forecast.Engine.Tests.Corrections;
using EPM.Forecast.Engine.Tests.Paths;

namespace EPM.Forecast.Engine.Tests.Starts;

public sealed class EndOfLifeTests
{
    [Theory]
    [InlineData(5, 28)]
    [InlineData(0.3, 90)]
    public void A_product_that_is_silent_for_too_long_has_ended(double rate, int silent)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            double[] values = [.. Shop.Days(seed, rate, days: 400), .. new double[silent]];
            var ended = EndOfLife.Find(Shop.Series(values)).ShouldNotBeNull();
            ended.Since.ShouldBeInRange(360, 400);
            ended.Chance.ShouldBeLessThan(1e-4);
        }
    }

    [Fact]
    public void Slow_sellers_pause_without_having_ended()
    {
        for (var seed = 0; seed < 100; seed++)
            EndOfLife.Find(Shop.Series(Shop.Days(seed, 0.06, days: 500))).ShouldBeNull();
    }

    [Fact]
    public void Two_weeks_without_sales_are_not_an_end_nor_is_a_shop_that_is_closed()
    {
        double[] values = [.. Shop.Days(1, 5, days: 400), .. new double[40]];
        EndOfLife.Find(Shop.Series(values[..414])).ShouldBeNull();
        var open = new double[470];
        open.AsSpan(0, 405).Fill(1);
        EndOfLife.Find(Shop.Series(values, new KnownColumn("open", Effect.Opening, open))).ShouldBeNull();
        EndOfLife.Find(Shop.Series(values)).ShouldNotBeNull();
        EndOfLife.Find(Shop.Series(new double[100])).ShouldBeNull("it never began");
    }

    [Fact]
    public void Towards_the_end_sales_fall_in_a_line_and_then_stop()
    {
        var fading = EndOfLife.Towards(Simulated.Normals(10), end: 6, fade: 3);
        fading.Mean.ShouldBe([100, 100, 100, 75, 50, 25, 0, 0, 0, 0], 1e-9);
        fading[4, 10].ShouldBe(0.5 * (100 + (20 * 1.2815515655446004)), 1e-6);
        EndOfLife.Towards(Simulated.Normals(3), end: 0).Mean.ShouldAllBe(mean => mean == 0);
        EndOfLife.Towards(Simulated.Normals(3), end: 40).Mean.ShouldAllBe(mean => mean == 100);
        EndOfLife.Towards(Simulated.Normals(3), end: 2, fade: 0).Mean.ShouldBe([100, 100, 0]);
    }
}
