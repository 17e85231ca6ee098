using EPM.Modules.Tests.Sales.Imports;
using EPM.Platform.Backup;
using EPM.Platform.Http;
using EPM.Platform.TenantCopies;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.TenantCopies;

/// <summary>A host on a database of its own, with a chain that something happens to and one that nothing may happen to.</summary>
public abstract class CopiesTest : IAsyncLifetime
{
    private protected const string By = "exploitant@essai";

    private readonly List<string> _files = [];
    private readonly List<EpmHost> _hosts = [];

    private protected EpmHost Host { get; private set; } = null!;

    private protected TestTenant Tenant { get; private set; } = null!;

    private protected TestTenant Neighbour { get; private set; } = null!;

    public virtual async Task InitializeAsync()
    {
        Host = await NewHostAsync(await DatabaseAsync());
        Tenant = await NewChainAsync();
        Neighbour = await NewChainAsync();
    }

    public virtual async Task DisposeAsync()
    {
        _files.ForEach(File.Delete);
        foreach (var host in _hosts)
            await host.DisposeAsync();
    }

    /// <summary>One more host, stopped when the test ends.</summary>
    /// <param name="connection">How it reaches the database, where that is another way.</param>
    private protected async Task<EpmHost> NewHostAsync(string? connection = null)
    {
        var host = await EpmHost.StartAsync(connection: connection ?? Host.Connection, services: Use);
        _hosts.Add(host);
        return host;
    }

    private protected virtual Task<string> DatabaseAsync() => TestDatabases.CopyAsync();

    private protected virtual void Use(IServiceCollection services)
    {
    }

    /// <summary>A chain with stores, a catalogue, sales, and texts that are hard to carry over.</summary>
    private protected async Task<TestTenant> NewChainAsync()
    {
        var tenant = await Host.NewTenantAsync();
        await tenant.OpenChainAsync();
        await tenant.SetObjectivesAsync("N1", ("2026-01", 1_000_000.25m));
        await tenant.SellAsync(Lines("T1", 20));
        await tenant.InTransactionAsync(async (session, _) =>
        {
            await using var odd = session.Command("""
                INSERT INTO stores.region (tenant_id, region_code, name) VALUES ($1, 'vide', ''), ($1, 'fin', '\.'), ($1, 'guillemets', '"a","b"'),
                  ($1, 'lignes', E'une\r\ndeux\n\\.\ntrois\ttab'), ($1, 'nul', 'NULL'), ($1, 'mots', 'é € 𝄞 \N')
                """);
            odd.Parameters.Add(new() { Value = tenant.Id });
            return await odd.ExecuteNonQueryAsync();
        });
        return tenant;
    }

    private protected static string Lines(string ticket, int count, string store = "N1") =>
        "store,ticket,line,sold_at,sku,quantity,unit_price,discount,tax_rate,customer\n"
        + string.Concat(Enumerable.Range(1, count).Select(line => $"{store},{ticket},{line},2026-01-15T10:00:00,P{(line % 3) + 1},{line},1500.25,0.5,0.18,\n"));

    /// <summary>A name for a file that is not there yet.</summary>
    private protected string NewFile()
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName() + ".zip");
        _files.Add(path);
        return path;
    }

    private protected async Task<string> ExportAsync(TestTenant? tenant = null)
    {
        var file = NewFile();
        await Copies<TenantExport>().RunAsync((tenant ?? Tenant).Slug, file, asOf: null, By, CancellationToken.None);
        return file;
    }

    private protected Task<TenantRestored> RestoreAsync(string file, string? slug = null) =>
        Copies<TenantRestore>().RunAsync(slug ?? Tenant.Slug, file, By, CancellationToken.None);

    private protected Task<TenantDeleted> DeleteAsync(string? confirmed = null) =>
        Copies<TenantDeletion>().RunAsync(Tenant.Slug, confirmed ?? Tenant.Slug, By, CancellationToken.None);

    private protected static async Task<string> RefusedAsync(Func<Task> work) => (await Should.ThrowAsync<Failure>(work)).Code;

    private protected T Copies<T>()
        where T : notnull => Host.Services.GetRequiredService<T>();

    /// <summary>Rows and sum of every table of a chain; only those that a restore brings back, or all.</summary>
    private protected async Task<string[]> PrintsAsync(TestTenant tenant, bool all = false)
    {
        await using var server = await AdminSession.OpenAsync(Host.Connection, CancellationToken.None);
        var restored = (await TenantTables.ReadAsync(server.Connection, CancellationToken.None))
            .Where(table => all || table.Restoring == Restoring.Replaced).Select(table => table.Name).ToHashSet(StringComparer.Ordinal);
        restored.Count.ShouldBeGreaterThan(20);
        return [.. (await Fingerprint.OfAllAsync(server, CancellationToken.None))
            .Where(print => print.Tenant == tenant.Id.ToString() && restored.Contains(print.Table)).Select(print => print.ToString())];
    }

    private protected async Task ExecuteAsync(string sql, params object[] values)
    {
        await using var server = await AdminSession.OpenAsync(Host.Connection, CancellationToken.None);
        await server.ExecuteAsync(sql, CancellationToken.None, values);
    }

    private protected async Task<T> AskAsync<T>(string sql, params object[] values)
    {
        await using var server = await AdminSession.OpenAsync(Host.Connection, CancellationToken.None);
        return await server.ScalarAsync<T>(sql, CancellationToken.None, values);
    }
}
