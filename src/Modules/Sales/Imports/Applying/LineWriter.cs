using System.Runtime.InteropServices;
using EPM.Platform.Persistence;
using Npgsql;

namespace EPM.Sales.Imports.Applying;

/// <summary>Writes sale lines: new ones by way of a temporary table, which may be copied into, changed ones in place.</summary>
internal static class LineWriter
{
    private static readonly string[] Columns =
        ["tenant_id", "sold_at", "store_no", "product_no", "import_no", "line", "tax_basis_points", "ticket", "customer", "quantity", "unit_price", "discount"];

    public static Task AddAsync(TenantSession session, int importNo, List<SaleLine> added, CancellationToken ct) => StagedInsert.RunAsync(
        session, "sales.line", Columns, added.Count, (copy, row) => Encode(copy, session.TenantId, importNo, in CollectionsMarshal.AsSpan(added)[row]), ct);

    private static void Encode(CopyWriter copy, Guid tenant, int importNo, in SaleLine line)
    {
        copy.Uuid(tenant);
        copy.Int64(line.Instant);
        copy.Int32(line.StoreNo);
        copy.Int32(line.ProductNo);
        copy.Int32(importNo);
        copy.Int16(line.Line);
        copy.Int16((short)line.TaxBasisPoints);
        copy.Text(line.Ticket);
        copy.Text(line.Customer);
        copy.Numeric(line.Quantity);
        copy.Numeric(line.UnitPrice);
        copy.Numeric(line.Discount);
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
