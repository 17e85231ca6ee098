using EPM.Forecast.Runs;
using EPM.Modules.Tests.Sales.Imports;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Forecast;

/// <summary>Runs that nobody asks for, by a clock that the test moves.</summary>
public sealed class NightlyRunsTests : IAsyncLifetime
{
    private readonly TestClock _clock = new(new DateTimeOffset(2026, 11, 1, 9, 0, 0, TimeSpan.Zero));

    private EpmHost _host = null!;
    private NightlyRuns _nights = null!;

    public async Task InitializeAsync()
    {
        _host = await EpmHost.StartAsync(_clock);
        _nights = ActivatorUtilities.CreateInstance<NightlyRuns>(_host.Services);
    }

    public Task DisposeAsync()
    {
        _nights.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task A_chain_that_has_sold_for_four_weeks_is_forecast_unasked_and_then_every_night_by_its_own_clock()
    {
        var (dakar, auckland) = (await _host.NewTenantAsync(), await _host.NewTenantAsync(timeZone: "Pacific/Auckland"));
        await dakar.SellDailyAsync(40);
        await auckland.SellDailyAsync(40);
        (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(0, "more files may come");
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(2);
        (await EndsAsync(dakar), await EndsAsync(auckland)).ShouldBe(("retrain completed 5", "retrain completed 5"));
        (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(0);
        // Three in the morning in Auckland of the second, when it is still the afternoon before in Dakar.
        _clock.Advance(TimeSpan.FromHours(5));
        (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(1);
        (await EndsAsync(dakar)).ShouldBe("retrain completed 5");
        (await EndsAsync(auckland)).ShouldStartWith("refresh completed");
        (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(0, "once a night");
        _clock.Advance(TimeSpan.FromHours(12));
        (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(1);
        (await EndsAsync(dakar)).ShouldStartWith("refresh completed");
    }

    [Fact]
    public async Task Within_a_week_every_product_is_chosen_for_anew()
    {
        var tenant = await _host.NewTenantAsync();
        await tenant.SellDailyAsync(40);
        await tenant.ForecastAsync();
        var began = _clock.GetUtcNow();
        _clock.Advance(TimeSpan.FromHours(18));
        for (var night = 0; night < 8; night++)
        {
            (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(1);
            await EndsAsync(tenant);
            _clock.Advance(TimeSpan.FromHours(24));
        }
        (await tenant.AskAsync<bool>($"SELECT bool_and(trained_at > '{began:O}') FROM forecast.cell")).ShouldBeTrue();
        (await tenant.AskAsync<long>("SELECT sum(refitted) FROM forecast.run WHERE nightly")).ShouldBeInRange(5, 8, "each once a week, and nothing else, since nothing was sold");
    }

    [Fact]
    public async Task A_chain_that_has_hardly_sold_is_left_alone()
    {
        var tenant = await _host.NewTenantAsync();
        await tenant.SellDailyAsync(20);
        _clock.Advance(TimeSpan.FromHours(18));
        (await _nights.QueueDueAsync(CancellationToken.None)).ShouldBe(0);
    }

    // The last run, once nothing is under way any more.
    private static async Task<string> EndsAsync(TestTenant tenant)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (await tenant.AskAsync<bool>("SELECT EXISTS (SELECT FROM forecast.run WHERE state IN ('queued', 'running'))"))
            deadline.Token.ThrowIfCancellationRequested();
        return await tenant.AskAsync<string>("SELECT kind || ' ' || state || ' ' || refitted FROM forecast.run ORDER BY created_at DESC LIMIT 1");
    }
}
