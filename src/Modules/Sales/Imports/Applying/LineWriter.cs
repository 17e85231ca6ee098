using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Imports.Applying;

/// <summary>Writes sale lines: new ones in one statement, changed ones in place.</summary>
internal static class LineWriter
{
    public static async Task AddAsync(TenantSession session, int importNo, List<SaleLine> added, CancellationToken ct)
    {
        if (added.Count == 0)
            return;
        var lines = added.ToArray();
        await new BulkInsert(session, "sales.line")
            .Constant("import_no", importNo)
            .Column("sold_at", "timestamptz", Array.ConvertAll(lines, l => StoreClock.Instant(l.Instant)))
            .Column("store_no", "int", Array.ConvertAll(lines, l => l.StoreNo))
            .Column("product_no", "int", Array.ConvertAll(lines, l => l.ProductNo))
            .Column("line", "smallint", Array.ConvertAll(lines, l => l.Line))
            .Column("tax_basis_points", "smallint", Array.ConvertAll(lines, l => (short)l.TaxBasisPoints))
            .Column("ticket", "text", Array.ConvertAll(lines, l => l.Ticket))
            .Column("customer", "text", Array.ConvertAll(lines, l => l.Customer))
            .Column("quantity", "numeric", Array.ConvertAll(lines, l => Amount.ToDecimal(l.Quantity)))
            .Column("unit_price", "numeric", Array.ConvertAll(lines, l => Amount.ToDecimal(l.UnitPrice)))
            .Column("discount", "numeric", Array.ConvertAll(lines, l => Amount.ToDecimal(l.Discount)))
            .RunAsync(ct);
    }

    public static async Task UpdateAsync(TenantSession session, int importNo, List<SaleLine> lines, CancellationToken ct)
    {
        if (lines.Count == 0)
            return;
        await using var update = session.Command("""
            UPDATE sales.line l
            SET sold_at = u.sold_at, product_no = u.product_no, import_no = $2,
              tax_basis_points = u.tax, customer = u.customer, quantity = u.quantity, unit_price = u.unit_price, discount = u.discount
            FROM unnest($3::int[], $4::text[], $5::smallint[], $6::timestamptz[], $7::int[], $8::smallint[], $9::text[], $10::numeric[], $11::numeric[], $12::numeric[])
              AS u (store_no, ticket, line, sold_at, product_no, tax, customer, quantity, unit_price, discount)
            WHERE l.tenant_id = $1 AND l.store_no = u.store_no AND l.ticket = u.ticket COLLATE "C" AND l.line = u.line
            """);
        update.Parameters.AddRange(new NpgsqlParameter[]
        {
            new NpgsqlParameter<Guid> { TypedValue = session.TenantId },
            new NpgsqlParameter<int> { TypedValue = importNo },
            new NpgsqlParameter<int[]> { TypedValue = [.. lines.Select(l => l.StoreNo)] },
            new NpgsqlParameter<string[]> { TypedValue = [.. lines.Select(l => l.Ticket)] },
            new NpgsqlParameter<short[]> { TypedValue = [.. lines.Select(l => l.Line)] },
            new NpgsqlParameter<DateTime[]> { TypedValue = [.. lines.Select(l => StoreClock.Instant(l.Instant))] },
            new NpgsqlParameter<int[]> { TypedValue = [.. lines.Select(l => l.ProductNo)] },
            new NpgsqlParameter<short[]> { TypedValue = [.. lines.Select(l => (short)l.TaxBasisPoints)] },
            new NpgsqlParameter<string[]> { TypedValue = [.. lines.Select(l => l.Customer)] },
            new NpgsqlParameter<decimal[]> { TypedValue = [.. lines.Select(l => Amount.ToDecimal(l.Quantity))] },
            new NpgsqlParameter<decimal[]> { TypedValue = [.. lines.Select(l => Amount.ToDecimal(l.UnitPrice))] },
            new NpgsqlParameter<decimal[]> { TypedValue = [.. lines.Select(l => Amount.ToDecimal(l.Discount))] },
        });
        await update.ExecuteNonQueryAsync(ct);
    }
}
