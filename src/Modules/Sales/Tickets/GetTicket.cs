using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Sales.Imports.Applying;
using EPM.Sales.Metrics;
using EPM.Stores.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;
using Npgsql;

namespace EPM.Sales.Tickets;

/// <summary>One ticket with its lines: the source that figures come from.</summary>
[Needs(Permissions.ViewDashboard)]
[Reads]
internal sealed record GetTicket(string Store, string Ticket) : IDirect<TicketView>
{
    public static async Task<IResult> Endpoint(string store, string ticket, IMediator mediator, CancellationToken ct) =>
        Results.Ok(await mediator.Send(new GetTicket(store, Segment(ticket)), ct));

    // A slash in a path segment arrives encoded, for it would otherwise end the segment.
    private static string Segment(string ticket) => ticket.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}

internal sealed record TicketView(
    string Store, string StoreName, string Ticket, DateTimeOffset SoldAt, string LocalTime, string? Customer, IReadOnlyList<TicketLine> Lines, decimal Revenue, decimal Tax, int ImportNumber);

internal sealed record TicketLine(int Line, string Sku, string Name, decimal Quantity, decimal UnitPrice, decimal Discount, decimal TaxRate, decimal Revenue);

internal sealed class GetTicketHandler(TenantSession session, IStoreDirectory stores, SalesFactsReader facts, CurrentCaller caller) : IRequestHandler<GetTicket, TicketView>
{
    public async Task<TicketView> Handle(GetTicket request, CancellationToken cancellationToken)
    {
        var map = await stores.AllAsync(cancellationToken);
        var store = map.VisibleTo(caller.Value.Scope).FirstOrDefault(s => s.Code == request.Store) ?? throw new NotFound();
        var reach = new CategoryReach((await facts.ReadAsync(map, cancellationToken)).Categories, caller.Value.Scope);
        return await session.ReadAsync("""
            SELECT l.line, p.sku, p.name, l.quantity, l.unit_price, l.discount, l.tax_basis_points, l.sold_at, l.customer, l.import_no
            FROM sales.line l JOIN sales.product p ON p.tenant_id = l.tenant_id AND p.product_no = l.product_no
            WHERE l.tenant_id = $1 AND l.store_no = $2 AND l.ticket = $3 COLLATE "C" AND (NOT $4 OR p.category_no = ANY ($5)) ORDER BY l.line
            """,
            [
                new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int> { TypedValue = store.StoreNo },
                new NpgsqlParameter<string> { TypedValue = request.Ticket }, new NpgsqlParameter<bool> { TypedValue = reach.IsPart },
                new NpgsqlParameter<int[]> { TypedValue = reach.IsPart ? reach.Numbers : [] },
            ],
            reader => ReadAsync(reader, store, request.Ticket, cancellationToken), cancellationToken);
    }

    private static async Task<TicketView> ReadAsync(NpgsqlDataReader reader, StoreSummary store, string ticket, CancellationToken ct)
    {
        var lines = new List<TicketLine>();
        decimal tax = 0;
        DateTimeOffset soldAt = default;
        var customer = "";
        var import = 0;
        while (await reader.ReadAsync(ct))
        {
            var points = reader.GetInt16(6);
            var revenue = Amount.Plain(decimal.Round(reader.GetDecimal(3) * reader.GetDecimal(4), 4, MidpointRounding.AwayFromZero) - reader.GetDecimal(5));
            tax += revenue - Amount.ToDecimal(Amount.WithoutTax(Amount.FromDecimal(revenue), points));
            lines.Add(new TicketLine(reader.GetInt16(0), reader.GetString(1), reader.GetString(2), reader.GetDecimal(3), reader.GetDecimal(4), reader.GetDecimal(5), points / 10_000m, revenue));
            (soldAt, customer, import) = (reader.GetFieldValue<DateTimeOffset>(7), reader.GetString(8), Math.Max(import, reader.GetInt32(9)));
        }
        return lines.Count == 0
            ? throw new NotFound()
            : new TicketView(store.Code, store.Name, ticket, soldAt, StoreTime.Local(store, soldAt), customer.Length > 0 ? customer : null, lines, lines.Sum(line => line.Revenue), tax, import);
    }
}
