using EPM.Forecast.Engine.Corrections;

namespace EPM.Forecast.Engine.Tests.Corrections;

public sealed class AnomaliesTests
{
    [Theory]
    [InlineData(0.05, 0, 0, 0)]
    [InlineData(0.4, 0, 0, 0)]
    [InlineData(0.4, 1, 0, 0)]
    [InlineData(3, 0, 0, 0)]
    [InlineData(3, 0.6, 0, 0)]
    [InlineData(25, 0, 0.8, 0)]
    [InlineData(25, 0.3, 0, 0.4)]
    [InlineData(400, 0.15, 0.5, 0.3)]
    public void Where_nothing_happened_hardly_anything_is_raised(double rate, double lumpy, double trend, double year)
    {
        var raised = 0;
        for (var seed = 0; seed < 40; seed++)
            raised += Anomalies.Find(Shop.Series(Shop.Days(seed, rate, lumpy, trend: trend, year: year))).Count;
        // 40 histories of two years are 29,200 days.
        raised.ShouldBeLessThanOrEqualTo(5);
    }

    [Theory]
    [InlineData(3, 0, 20)]
    [InlineData(25, 0.2, 90)]
    [InlineData(400, 0.1, 1100)]
    public void A_spike_is_found_with_what_was_to_be_expected(double rate, double lumpy, double planted)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var values = Shop.Days(seed, rate, lumpy);
            values[400] = planted;
            var found = Anomalies.Find(Shop.Series(values)).Single(anomaly => anomaly.Step == 400);
            found.Reason.ShouldBe(AnomalyReason.Spike);
            found.Score.ShouldBeGreaterThan(4);
            found.P50.ShouldBe(rate * 0.8, 0.35 * rate, "day 400 is a Tuesday of the pattern");
            found.P10.ShouldBeLessThan(found.P50);
            found.P90.ShouldBeInRange(found.P50, planted);
        }
    }

    [Fact]
    public void A_drop_is_found_where_sales_are_steady()
    {
        var values = Shop.Days(3, 100);
        values[400] = 30;
        var found = Anomalies.Find(Shop.Series(values)).ShouldHaveSingleItem();
        (found.Step, found.Reason).ShouldBe((400, AnomalyReason.Drop));
    }

    [Theory]
    [InlineData(3, 8)]
    [InlineData(25, 2)]
    [InlineData(0.6, 45)]
    public void A_stock_out_is_one_anomaly_however_long(double rate, int days)
    {
        for (var seed = 0; seed < 20; seed++)
        {
            var values = Shop.Days(seed, rate);
            values.AsSpan(400, days).Clear();
            var found = Anomalies.Find(Shop.Series(values)).Single(anomaly => anomaly.Reason == AnomalyReason.StockOut && anomaly.Step <= 400);
            found.Step.ShouldBeInRange(375, 400);
            (found.Step + found.Steps).ShouldBeInRange(400 + days, 425 + days);
        }
    }

    [Fact]
    public void On_a_feast_or_a_promotion_more_is_no_surprise()
    {
        var values = Shop.Days(7, 25);
        values[400] = 120;
        var feast = new double[760];
        feast[400] = 1;
        Anomalies.Find(Shop.Series(values)).ShouldHaveSingleItem();
        Anomalies.Find(Shop.Series(values, new KnownColumn("tabaski", Effect.Event, feast))).ShouldBeEmpty();
        Anomalies.Find(Shop.Series(values, new KnownColumn("tabaski", Effect.Other, feast))).ShouldHaveSingleItem();
    }

    [Fact]
    public void Closed_days_are_neither_drops_nor_stock_outs()
    {
        var values = Shop.Days(7, 25);
        var open = new double[760];
        open.AsSpan().Fill(1);
        for (var t = 6; t < 760; t += 7)
        {
            open[t] = 0;
            if (t < 730)
                values[t] = 0;
        }
        values.AsSpan(300, 20).Clear();
        open.AsSpan(300, 20).Clear();
        Anomalies.Find(Shop.Series(values, new KnownColumn("open", Effect.Opening, open))).ShouldBeEmpty();
    }

    [Fact]
    public void Unknown_days_are_passed_over()
    {
        var values = Shop.Days(7, 25);
        values.AsSpan(300, 20).Fill(double.NaN);
        values[400] = 120;
        Anomalies.Find(Shop.Series(values)).ShouldHaveSingleItem().Step.ShouldBe(400);
        Anomalies.Find(Shop.Series(values[..20])).ShouldBeEmpty("too short to tell");
        Anomalies.Find(Shop.Series(new double[200])).ShouldBeEmpty();
        Anomalies.Find(Shop.Series([])).ShouldBeEmpty();
    }
}
