using EPM.Platform.Messaging;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
using EPM.Sales;
using EPM.Stores;
using EPM.Tenancy;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;

namespace EPM.Benchmarks.Trust;

/// <param name="Number">Counts the facts about a subject in the order of their commits.</param>
internal sealed record Counted(string About, int Number) : IFact
{
    string IFact.About => About;
}

/// <summary>Writes down what it hears.</summary>
internal sealed class Counter(TenantSession session) : IReaction<Counted>
{
    public async Task ReactAsync(Counted fact, Guid factId, CancellationToken ct)
    {
        await using var write = session.Command("INSERT INTO public.effect (about, number) VALUES ($1, $2)");
        write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = fact.About });
        write.Parameters.Add(new NpgsqlParameter<int> { TypedValue = fact.Number });
        await write.ExecuteNonQueryAsync(ct);
    }
}

/// <summary>The product's own dispatcher in a process that is there to be killed, listening to the facts of this benchmark.</summary>
internal static class Dispatching
{
    public static ServiceProvider Services(string admin, string data)
    {
        var services = new ServiceCollection();
        services.AddLogging();
        services.AddPlatform(new EpmSettings { AdminConnection = admin, DataDirectory = data, Domain = "localhost", Port = 0, Bind = "localhost", Development = false },
            [new TenancyModule(), new StoresModule(), new SalesModule()]);
        Reactions.AddTo(services, [typeof(Counter).Assembly]);
        return services.BuildServiceProvider();
    }

    /// <summary>Runs until it is killed.</summary>
    public static async Task RunAsync(string admin, string data)
    {
        await using var services = Services(admin, data);
        using var dispatcher = ActivatorUtilities.CreateInstance<FactDispatcher>(services);
        await dispatcher.StartAsync(CancellationToken.None);
        await Task.Delay(Timeout.Infinite);
    }
}
