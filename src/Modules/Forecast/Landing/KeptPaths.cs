using EPM.Forecast.Engine.Paths;
using Microsoft.Extensions.Caching.Memory;

namespace EPM.Forecast.Landing;

/// <summary>What stores may still take in, in process: the same for everybody who sees the store, until it is forecast anew or sells another day.</summary>
internal sealed class KeptPaths : IDisposable
{
    private const int MostStores = 20_000;

    private readonly MemoryCache _paths = new(new MemoryCacheOptions { SizeLimit = MostStores });

    public double[]? Find(PathsKey key) => _paths.TryGetValue(key, out double[]? paths) ? paths : null;

    public void Keep(PathsKey key, double[] paths) => _paths.Set(key, paths, new MemoryCacheEntryOptions { Size = 1 });

    public void Dispose() => _paths.Dispose();
}

/// <param name="Stamp">Of what is forecast.</param>
/// <param name="OpenDays">Which of the days to come the store does business on.</param>
internal readonly record struct PathsKey(Guid Tenant, int StoreNo, string Stamp, Dependence Dependence, DateOnly From, string OpenDays);
