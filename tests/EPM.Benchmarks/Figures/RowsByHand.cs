using Npgsql;

namespace EPM.Benchmarks.Figures;

/// <summary>Reads every column of every row by its type, as a caller would who fills objects of his own.</summary>
internal static class RowsByHand
{
    /// <returns>Sum of the column revenue of the first result behind the tenant's.</returns>
    public static async Task<long> ReadAsync(NpgsqlBatch batch)
    {
        await using var reader = await batch.ExecuteReaderAsync();
        long revenue = 0, read = 0;
        for (var result = 0; await reader.NextResultAsync(); result++)
        {
            var types = Enumerable.Range(0, reader.FieldCount).Select(i => Type.GetTypeCode(reader.GetFieldType(i))).ToArray();
            var at = result == 0 ? reader.GetOrdinal("revenue") : -1;
            while (await reader.ReadAsync())
            {
                for (var i = 0; i < types.Length; i++)
                    read += Read(reader, i, types[i]);
                if (at >= 0)
                    revenue += reader.GetInt64(at);
            }
        }
        return read == 0 ? throw new ImpossibleException("Nothing was read by hand.") : revenue;
    }

    private static long Read(NpgsqlDataReader reader, int column, TypeCode type) => reader.IsDBNull(column) ? 0 : type switch
    {
        TypeCode.Int64 => reader.GetInt64(column),
        TypeCode.Int32 => reader.GetInt32(column),
        TypeCode.Int16 => reader.GetInt16(column),
        TypeCode.String => reader.GetString(column).Length,
        _ => reader.GetFieldValue<DateOnly>(column).DayNumber,
    };
}
