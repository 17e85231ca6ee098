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

/// <summary>The tickets of a period, newest first: the end of every drill.</summary>
[Needs(Permissions.ViewDashboard)]
[Reads]
internal sealed record ListTickets(Period Period, FilterQuery Filter, int Page, int Size) : IDirect<TicketPage>
{
    private const int MostDays = 92;

    public static async Task<IResult> Endpoint(
        IMediator mediator, CancellationToken ct, DateOnly? from = null, DateOnly? to = null, string[]? region = null, string[]? store = null,
        string? category = null, string? product = null, int page = 1, int size = 50)
    {
        var period = Period.Of(from, to);
        if (period.Days > MostDays)
            throw new BadInput("tickets_period_too_long", ("days", MostDays));
        return Results.Ok(await mediator.Send(new ListTickets(period, FilterQuery.Of(region, store, category, product), Math.Clamp(page, 1, 1000), Math.Clamp(size, 1, 200)), ct));
    }
}

internal sealed record TicketPage(IReadOnlyList<TicketSummary> Items, long Total);

/// <param name="LocalTime">Clock time at the store, without offset.</param>
internal sealed record TicketSummary(
    string Store, string StoreName, string Ticket, DateTimeOffset SoldAt, string LocalTime, int Lines, decimal Units, decimal Revenue, string? Customer);

internal sealed class ListTicketsHandler(SalesFilters filters, TenantSession session) : IRequestHandler<ListTickets, TicketPage>
{
    public async Task<TicketPage> Handle(ListTickets request, CancellationToken cancellationToken)
    {
        var selection = await filters.ResolveAsync(request.Filter, cancellationToken);
        var spans = selection.Stores.Select(store => StoreTime.Span(store, request.Period)).ToArray();
        var parameters = new List<NpgsqlParameter>
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId }, new NpgsqlParameter<int[]> { TypedValue = selection.StoreNos },
            new NpgsqlParameter<DateTime[]> { TypedValue = [.. spans.Select(span => span.From)] }, new NpgsqlParameter<DateTime[]> { TypedValue = [.. spans.Select(span => span.Until)] },
        };
        var seen = selection.Reach.IsPart
            ? $"WHERE l.product_no IN (SELECT product_no FROM sales.product WHERE tenant_id = $1 AND category_no = ANY ({RollupSource.Add(parameters, selection.Reach.Numbers)}))" : "";
        var having = selection.ProductNo is { } product ? $"HAVING bool_or(l.product_no = {RollupSource.Add(parameters, product)})"
            : selection.Category is null ? ""
            : $"HAVING bool_or(l.product_no IN (SELECT product_no FROM sales.product WHERE tenant_id = $1 AND category_no = ANY ({RollupSource.Add(parameters, selection.SelfAndDescendants())})))";
        var page = $"LIMIT {RollupSource.Add(parameters, request.Size)} OFFSET {RollupSource.Add(parameters, (request.Page - 1) * request.Size)}";
        return await session.ReadAsync($"""
            SELECT l.store_no, l.ticket, min(l.sold_at), count(*)::int, sum(l.quantity), sum(round(l.quantity * l.unit_price, 4) - l.discount), max(l.customer), count(*) OVER ()
            FROM unnest($2::int[], $3::timestamptz[], $4::timestamptz[]) AS s (store_no, since, until)
            JOIN sales.line l ON l.tenant_id = $1 AND l.store_no = s.store_no AND l.sold_at >= s.since AND l.sold_at < s.until
            {seen} GROUP BY l.store_no, l.ticket {having} ORDER BY min(l.sold_at) DESC, l.ticket {page}
            """, parameters, reader => ReadAsync(reader, selection, cancellationToken), cancellationToken);
    }

    private static async Task<TicketPage> ReadAsync(NpgsqlDataReader reader, Selection selection, CancellationToken ct)
    {
        var items = new List<TicketSummary>();
        long total = 0;
        while (await reader.ReadAsync(ct))
        {
            var store = selection.Map.ByNo[reader.GetInt32(0)];
            var soldAt = reader.GetFieldValue<DateTimeOffset>(2);
            items.Add(new TicketSummary(store.Code, store.Name, reader.GetString(1), soldAt, StoreTime.Local(store, soldAt), reader.GetInt32(3),
                Amount.Plain(reader.GetDecimal(4)), Amount.Plain(reader.GetDecimal(5)), reader.GetString(6) is { Length: > 0 } customer ? customer : null));
            total = reader.GetInt64(7);
        }
        return new TicketPage(items, total);
    }
}

/// <summary>Business dates and clock times of a store.</summary>
internal static class StoreTime
{
    /// <returns>The instants between which the store's business dates of the period lie.</returns>
    public static (DateTime From, DateTime Until) Span(StoreSummary store, Period period) => (Instant(store, period.From), Instant(store, period.To.AddDays(1)));

    public static string Local(StoreSummary store, DateTimeOffset instant) =>
        TimeZoneInfo.ConvertTime(instant, TimeZoneInfo.FindSystemTimeZoneById(store.TimeZone)).ToString("yyyy-MM-ddTHH:mm:ss", System.Globalization.CultureInfo.InvariantCulture);

    private static DateTime Instant(StoreSummary store, DateOnly day)
    {
        var midnight = day.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified);
        return DateTime.SpecifyKind(midnight - TimeZoneInfo.FindSystemTimeZoneById(store.TimeZone).GetUtcOffset(midnight), DateTimeKind.Utc);
    }
}
