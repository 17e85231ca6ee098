using Npgsql;

namespace EPM.Platform.Persistence;

/// <summary>
/// Inserts up to a few thousand rows in one statement, a column an array: Postgres refuses COPY into a table with row-level security.
/// From there on <see cref="StagedInsert"/> is faster.
/// </summary>
public sealed class BulkInsert(TenantSession session, string table)
{
    private readonly List<NpgsqlParameter> _parameters = [new NpgsqlParameter<Guid> { TypedValue = session.TenantId }];
    private readonly List<string> _names = [];
    private readonly List<string> _arrays = [];
    private readonly List<(string Name, string Parameter)> _constants = [];

    /// <summary>Adds a column.</summary>
    /// <param name="type">Postgres type of one element.</param>
    /// <param name="values">One value a row; all columns are equally long.</param>
    public BulkInsert Column<T>(string name, string type, T[] values)
    {
        _parameters.Add(new NpgsqlParameter<T[]> { TypedValue = values });
        _names.Add(name);
        _arrays.Add($"${_parameters.Count}::{type}[]");
        return this;
    }

    /// <summary>Adds a column that has the same value on every row.</summary>
    public BulkInsert Constant<T>(string name, T value)
    {
        _parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
        _constants.Add((name, $"${_parameters.Count}"));
        return this;
    }

    /// <param name="onConflict">What to do with rows that exist, such as <c>ON CONFLICT (…) DO UPDATE …</c>; the target is named r.</param>
    public async Task RunAsync(CancellationToken ct, string onConflict = "")
    {
        var columns = string.Join(", ", _constants.Select(c => c.Name).Prepend("tenant_id").Concat(_names));
        var constants = string.Concat(_constants.Select(c => $", {c.Parameter}"));
        await using var insert = session.Command(
            $"INSERT INTO {table} AS r ({columns}) SELECT $1{constants}, rows.* FROM unnest({string.Join(", ", _arrays)}) AS rows {onConflict}");
        foreach (var parameter in _parameters)
            insert.Parameters.Add(parameter);
        await insert.ExecuteNonQueryAsync(ct);
    }
}
