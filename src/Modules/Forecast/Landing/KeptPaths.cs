using EPM.Forecast.Engine.Paths;
using Microsoft.Extensions.Caching.Memory;

namespace EPM.Forecast.Landing;

/// <summary>What stores may take in, in process: the same for everybody who sees the store, until it is forecast anew.</summary>
internal sealed class KeptPaths : IDisposable
{
    // A day of a store is two kilobytes.
    private const int MostDays = 40_000;

    private readonly MemoryCache _paths = new(new MemoryCacheOptions { SizeLimit = MostDays });

    /// <param name="from">First day that is wanted.</param>
    public DayPaths? Find(PathsKey key, DateOnly from) => _paths.TryGetValue(key, out DayPaths? paths) && paths!.From <= from ? paths : null;

    public void Keep(PathsKey key, DayPaths paths) => _paths.Set(key, paths, new MemoryCacheEntryOptions { Size = paths.Days });

    public void Dispose() => _paths.Dispose();
}

/// <param name="ForecastAt">When the store was last forecast.</param>
/// <param name="Overrides">Tells which of what people said counts.</param>
/// <param name="Month">First day of the month whose end is asked for.</param>
internal readonly record struct PathsKey(Guid Tenant, int StoreNo, DateTimeOffset ForecastAt, string Overrides, Dependence Dependence, DateOnly Month);
