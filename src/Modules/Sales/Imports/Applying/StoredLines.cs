using System.Runtime.InteropServices;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Imports.Applying;

/// <summary>What is stored already of the tickets of a batch: all their lines, not only those the file repeats.</summary>
internal sealed class StoredLines
{
    private readonly Dictionary<int, List<(SaleLine Line, int ImportNo)>> _byTicket = [];

    public bool Any => _byTicket.Count > 0;

    /// <returns>Stored lines of the ticket with the number of the import that last wrote each; empty when it is new.</returns>
    public ReadOnlySpan<(SaleLine Line, int ImportNo)> Of(int ticket) =>
        _byTicket.TryGetValue(ticket, out var lines) ? CollectionsMarshal.AsSpan(lines) : default;

    public static async Task<StoredLines> FindAsync(TenantSession session, TicketGroups groups, Func<int, StoreClock> clockOf, CancellationToken ct)
    {
        var stored = new StoredLines();
        // OFFSET 0 keeps the planner from turning the search around: of a tenant's first lines it expects none, and would read them all
        // once for every ticket asked.
        await using var select = session.Command("""
            SELECT asked.n::int - 1, l.sold_at, l.product_no, l.import_no, l.line, l.tax_basis_points, l.customer, l.quantity, l.unit_price, l.discount
            FROM unnest($1::int[], $2::text[]) WITH ORDINALITY AS asked (store_no, ticket, n)
            CROSS JOIN LATERAL (
              SELECT * FROM sales.line WHERE tenant_id = $3 AND store_no = asked.store_no AND ticket = asked.ticket COLLATE "C" OFFSET 0) l
            """);
        var tickets = groups.Tickets;
        select.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. tickets.Select(t => t.Store)] });
        select.Parameters.Add(new NpgsqlParameter<string[]> { TypedValue = [.. tickets.Select(t => t.Ticket)] });
        select.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = session.TenantId });
        await using var reader = await select.ExecuteReaderAsync(ct);
        while (await reader.ReadAsync(ct))
        {
            var ticket = reader.GetInt32(0);
            var line = new SaleLine
            {
                StoreNo = tickets[ticket].Store,
                Ticket = tickets[ticket].Ticket,
                Instant = StoreClock.Microseconds(reader.GetDateTime(1)),
                ProductNo = reader.GetInt32(2),
                Line = reader.GetInt16(4),
                TaxBasisPoints = reader.GetInt16(5),
                Customer = reader.GetString(6),
                Quantity = Amount.FromDecimal(reader.GetDecimal(7)),
                UnitPrice = Amount.FromDecimal(reader.GetDecimal(8)),
                Discount = Amount.FromDecimal(reader.GetDecimal(9)),
            };
            clockOf(line.StoreNo).SetStored(ref line);
            ref var lines = ref CollectionsMarshal.GetValueRefOrAddDefault(stored._byTicket, ticket, out _);
            (lines ??= []).Add((line, reader.GetInt32(3)));
        }
        return stored;
    }
}
