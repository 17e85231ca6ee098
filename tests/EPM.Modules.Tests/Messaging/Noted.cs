using System.Collections.Concurrent;
using EPM.Platform.Messaging;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Modules.Tests.Messaging;

/// <param name="Number">Counts the facts about a subject in the order of their commits.</param>
public sealed record Noted(string About, int Number, int Failures) : IFact
{
    string IFact.About => About;
}

/// <summary>Writes down what it hears, in the unit of work it is given, after failing as often as the fact wants it to.</summary>
internal sealed class Notebook(TenantSession session) : IReaction<Noted>
{
    private static readonly ConcurrentDictionary<Guid, int> Heard = new();

    public async Task ReactAsync(Noted fact, Guid factId, CancellationToken ct)
    {
        await using (var write = session.Command("INSERT INTO public.effect (tenant_id, about, number) VALUES ($1, $2, $3)"))
        {
            write.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
            write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = fact.About });
            write.Parameters.Add(new NpgsqlParameter<int> { TypedValue = fact.Number });
            await write.ExecuteNonQueryAsync(ct);
        }
        if (Heard.AddOrUpdate(factId, 1, (_, times) => times + 1) <= fact.Failures)
            throw new InvalidDataException("not yet");
    }
}

/// <summary>A second consumer, which never fails.</summary>
internal sealed class Echo(TenantSession session) : IReaction<Noted>
{
    public async Task ReactAsync(Noted fact, Guid factId, CancellationToken ct)
    {
        await using var write = session.Command("INSERT INTO public.echo (tenant_id, about, number) VALUES ($1, $2, $3)");
        write.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        write.Parameters.Add(new NpgsqlParameter<string> { TypedValue = fact.About });
        write.Parameters.Add(new NpgsqlParameter<int> { TypedValue = fact.Number });
        await write.ExecuteNonQueryAsync(ct);
    }
}
