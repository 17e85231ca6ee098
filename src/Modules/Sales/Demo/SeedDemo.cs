using EPM.Platform.Jobs;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using EPM.Tenancy.Contracts;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Sales.Demo;

/// <summary>
/// <c>seed</c>: makes the demonstration chain, or what is missing of it. Every part is known by its idempotency key, so a run that was
/// broken off is completed by the next, and a later run adds the days that have passed.
/// </summary>
internal sealed class SeedDemo(
    ITenantDirectory tenants, DemoChain chain, IServiceProvider services, Database database, EpmSettings settings, DemoScale scale, TimeProvider time) : ICommandLineVerb
{
    private const string OneAtATime = "SELECT pg_try_advisory_lock(hashtextextended('epm demo seed', 0))";

    public string Verb => "seed";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, CancellationToken ct)
    {
        // Held by the connection: a killed run lets go of it.
        await using var connection = await database.OpenAsync(ct);
        await using (var claim = new Npgsql.NpgsqlCommand(OneAtATime, connection))
        {
            if (await claim.ExecuteScalarAsync(ct) is not true)
                return Refuse("Another run is making the demo tenant right now.");
        }
        var today = BusinessDay.Today(time, DemoPlan.TimeZone);
        var tenant = await tenants.FindAsync(DemoTenant.Slug, ct);
        var sent = tenant is null ? [] : await chain.Imports(tenant).SentAsync(ct);
        var plan = DemoPlan.Of(sent.Count > 0 ? sent[0].Start : DemoPlan.StartFor(today, scale), today, scale);
        if (DemoChain.IsWhole(plan, sent))
        {
            Console.WriteLine($"The demo tenant « {DemoStores.Name} » is there, with sales up to {plan.End:yyyy-MM-dd}: nothing to do.");
            return 0;
        }
        if (!settings.Development)
            return Refuse("The demo tenant's passwords are public: it is made in development only (ASPNETCORE_ENVIRONMENT=Development).");
        return await MakeAsync(tenant, plan, ct);
    }

    private async Task<int> MakeAsync(TenantInfo? tenant, DemoPlan plan, CancellationToken ct)
    {
        var began = time.GetTimestamp();
        // The files are taken in as everybody's are, by a worker; this process has none unless it serves.
        using var worker = ActivatorUtilities.CreateInstance<JobWorker>(services);
        await worker.StartAsync(ct);
        try
        {
            tenant ??= await chain.OpenAsync(ct);
            var lines = await chain.CompleteAsync(tenant, plan, Console.WriteLine, ct);
            Console.WriteLine(FormattableString.Invariant(
                $"Demo tenant « {DemoStores.Name} »: {lines:N0} sale lines from {plan.Start:yyyy-MM-dd} to {plan.End:yyyy-MM-dd}, made in {time.GetElapsedTime(began).TotalSeconds:0.0} s."));
            return 0;
        }
        catch (DemoFailedException failure)
        {
            return Refuse($"The demo tenant is not whole: {failure.Message}.");
        }
        finally
        {
            await worker.StopAsync(CancellationToken.None);
        }
    }

    private static int Refuse(string why)
    {
        Console.Error.WriteLine(why);
        return 1;
    }
}
