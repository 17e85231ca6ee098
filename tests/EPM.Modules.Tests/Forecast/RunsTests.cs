using System.Diagnostics.Metrics;
using EPM.Modules.Tests.Sales.Imports;
using EPM.TestKit;

namespace EPM.Modules.Tests.Forecast;

public sealed class RunsTests : FeatureTest
{
    [Fact]
    public async Task A_run_forecasts_every_product_of_every_store_once()
    {
        await Tenant.SellDailyAsync();
        var run = await Tenant.ForecastAsync();
        run.ToldOfRun().ShouldBe("completed: 5 series, 5 done, 5 refitted, 0 failed");
        run.GetProperty("asOf").GetString().ShouldBe("2026-10-31");
        (await Tenant.AskAsync<string[]>("""
            SELECT array_agg(concat_ws(' ', s.code, p.sku, round(f.quantiles[7]) = 4, c.as_of, f.first_day, cardinality(f.mean) >= 30, cardinality(f.quantiles) = 13 * cardinality(f.mean), b.trials IS NOT NULL)
              ORDER BY s.code, p.sku)
            FROM forecast.cell c JOIN forecast.prediction f USING (tenant_id, product_no, store_no) LEFT JOIN forecast.backtest b USING (tenant_id, product_no, store_no)
            JOIN sales.product p USING (tenant_id, product_no) JOIN stores.store s ON s.tenant_id = c.tenant_id AND s.store_no = c.store_no
            """)).ShouldBe(
        [
            "N1 P1 f 2026-10-31 2026-11-01 t t t", "N1 P2 f 2026-10-31 2026-11-01 t t t", "N2 P1 f 2026-10-31 2026-11-01 t t t",
            "S1 P1 f 2026-10-31 2026-11-01 t t t", "S1 P3 t 2026-10-31 2026-11-01 t t t",
        ]);
        (await Tenant.AskAsync<bool>("SELECT bool_and(abs((SELECT sum(x) FROM unnest(parts) x) - (SELECT sum(x) FROM unnest(mean) x)) < 0.01) FROM forecast.prediction")).ShouldBeTrue();
    }

    [Fact]
    public async Task Forecasts_made_are_counted_for_whoever_watches_the_service()
    {
        await Tenant.SellDailyAsync();
        var trained = 0L;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Name == "epm.forecasts")
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<long>((_, count, tags, _) =>
        {
            if (tags.Contains(new KeyValuePair<string, object?>("outcome", "trained")))
                Interlocked.Add(ref trained, count);
        });
        listener.Start();
        await Tenant.ForecastAsync();
        // Other tests forecast beside this one.
        Interlocked.Read(ref trained).ShouldBeGreaterThanOrEqualTo(5);
    }

    [Fact]
    public async Task Only_what_was_sold_since_is_fitted_again()
    {
        await Tenant.SellDailyAsync();
        await Tenant.ForecastAsync();
        (await Tenant.ForecastAsync("refresh")).ToldOfRun().ShouldBe("completed: 0 series, 0 done, 0 refitted, 0 failed");
        var next = ForecastChain.Last.AddDays(1);
        await Tenant.SellAsync($"{ForecastChain.Header}\n{ForecastChain.Line("N2", "P1", next, 30)}\n{ForecastChain.Line("N1", "P3", next, 2)}\n");
        (await Tenant.ForecastAsync("refresh")).ToldOfRun().ShouldBe("completed: 2 series, 2 done, 2 refitted, 0 failed");
        (await Tenant.AskAsync<string[]>("""
            SELECT array_agg(concat_ws(' ', s.code, p.sku, c.as_of, c.trained_at = c.refreshed_at) ORDER BY s.code, p.sku) FROM forecast.cell c
            JOIN sales.product p USING (tenant_id, product_no) JOIN stores.store s ON s.tenant_id = c.tenant_id AND s.store_no = c.store_no WHERE c.as_of > '2026-10-31'
            """)).ShouldBe(["N1 P3 2026-11-01 t", "N2 P1 2026-11-01 f"]);
    }

    [Fact]
    public async Task A_closed_day_sells_nothing_and_concerns_its_store_alone()
    {
        await Tenant.SellDailyAsync();
        await Tenant.ForecastAsync();
        await Tenant.CloseAsync("N1", "2026-11-03", "2026-11-04");
        (await Tenant.ForecastAsync("refresh")).ToldOfRun().ShouldBe("completed: 5 series, 5 done, 2 refitted, 0 failed");
        (await Tenant.AskAsync<string[]>("""
            SELECT array_agg(concat_ws(' ', s.code, p.sku, f.mean[3] = 0, f.mean[4] = 0, f.quantiles[39] = 0, f.mean[5] > 0) ORDER BY s.code, p.sku) FROM forecast.prediction f
            JOIN sales.product p USING (tenant_id, product_no) JOIN stores.store s ON s.tenant_id = f.tenant_id AND s.store_no = f.store_no WHERE p.sku = 'P1'
            """)).ShouldBe(["N1 P1 t t t t", "N2 P1 f f f t", "S1 P1 f f f t"]);
    }

    [Fact]
    public async Task Each_of_two_chains_has_its_own()
    {
        var other = await Host.NewTenantAsync();
        await Tenant.SellDailyAsync();
        await other.SellDailyAsync(60);
        await Task.WhenAll(Tenant.ForecastAsync(), other.ForecastAsync());
        (await Tenant.AskAsync<long>("SELECT count(*) FROM forecast.cell")).ShouldBe(5);
        (await other.AskAsync<long>("SELECT count(*) FROM forecast.cell")).ShouldBe(5);
        (await other.ForecastAsync("retrain", ["P1"], ["N1"])).ToldOfRun().ShouldBe("completed: 1 series, 1 done, 1 refitted, 0 failed");
    }
}
