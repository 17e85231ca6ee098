using System.Collections.Concurrent;
using EPM.Forecast.Overrides;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace EPM.Forecast.Landing;

/// <param name="From">First day wanted.</param>
internal readonly record struct WantedPaths(PathsKey Key, string Store, DateOnly From);

/// <summary>Draws the paths of stores beside whoever asked: a chain's are drawn once at a time, and a dashboard does not have to wait for them.</summary>
internal sealed partial class PathDrawing(IServiceScopeFactory scopes, KeptPaths kept, IHostApplicationLifetime life, ILogger<PathDrawing> logger)
{
    // Two months of prices: offers come and go, price lists stay.
    private const int PricesOf = 56;

    private readonly ConcurrentDictionary<Guid, Lazy<Task>> _underWay = new();

    /// <returns>Ends when what is under way for the chain has ended, this or what was asked for before; it never fails.</returns>
    public Task Begin(TenantInfo tenant, IReadOnlyList<WantedPaths> wanted, DateOnly last) =>
        _underWay.GetOrAdd(tenant.Id, _ => new Lazy<Task>(() => Task.Run(() => DrawAsync(tenant, wanted, last, life.ApplicationStopping)))).Value;

    private async Task DrawAsync(TenantInfo tenant, IReadOnlyList<WantedPaths> wanted, DateOnly last, CancellationToken ct)
    {
        try
        {
            await using var scope = scopes.CreateAsyncScope();
            scope.ServiceProvider.GetRequiredService<CurrentTenant>().Set(tenant);
            await DrawAsync(scope.ServiceProvider, wanted, last, ct);
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host ends, and with it whoever would have looked.
        }
        catch (Exception failure)
        {
            LogFailed(failure, tenant.Slug);
        }
        finally
        {
            _underWay.TryRemove(tenant.Id, out _);
        }
    }

    private async Task DrawAsync(IServiceProvider services, IReadOnlyList<WantedPaths> wanted, DateOnly last, CancellationToken ct)
    {
        int[] numbers = [.. wanted.Select(one => one.Key.StoreNo)];
        var stored = await services.GetRequiredService<CellsToCome>().OfAsync(numbers, ct);
        var until = wanted.Max(one => one.From).AddDays(-1);
        var sold = await services.GetRequiredService<ISoldPrices>().PerUnitAsync(numbers, until.AddDays(1 - PricesOf), until, ct);
        var said = await services.GetRequiredService<OverridesInForce>().ReadAsync(null, wanted.Min(one => one.From), ct);
        var catalogue = (await services.GetRequiredService<IProductDirectory>().AllAsync(ct)).ByNo;
        foreach (var one in wanted)
        {
            ct.ThrowIfCancellationRequested();
            kept.Keep(one.Key, DayPaths.Of(one.Store, [.. stored[one.Key.StoreNo]], one.Key.Dependence, said, one.From, last, PriceOf));
        }

        double? PriceOf(CellKey cell) => sold.TryGetValue(cell, out var price) ? price : (double?)catalogue.GetValueOrDefault(cell.ProductNo)?.SalePrice;
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "Where the month of {Tenant} ends could not be drawn")]
    private partial void LogFailed(Exception failure, string tenant);
}
