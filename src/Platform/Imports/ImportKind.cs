using EPM.Platform.Persistence;

namespace EPM.Platform.Imports;

/// <summary>One column a kind of import takes.</summary>
/// <param name="Name">Canonical name, as in the documented header.</param>
/// <param name="Synonyms">Other headers understood as this column, lower case, French ones included.</param>
public sealed record ImportColumn(string Name, bool Required, params string[] Synonyms);

/// <summary>A kind of file whose rows are applied in small batches, such as stores or products.</summary>
public interface IImportKind
{
    /// <summary>Name in the API, such as <c>stores</c>.</summary>
    string Name { get; }

    IReadOnlyList<ImportColumn> Columns { get; }

    /// <summary>
    /// Applies the rows by natural key inside the session's transaction (which the caller commits, or rolls back for a dry run)
    /// and says for each, in order, what became of it. A rejected row has changed nothing.
    /// </summary>
    Task<IReadOnlyList<RowOutcome>> ApplyAsync(TenantSession session, IReadOnlyList<ImportRow> rows, CancellationToken ct);
}

public enum RowState
{
    Added,
    Updated,
    Unchanged,
    Rejected,
}

/// <param name="Errors">Why the row was rejected; empty otherwise.</param>
public sealed record RowOutcome(RowState State, IReadOnlyList<RowError> Errors)
{
    public static readonly RowOutcome Added = new(RowState.Added, []);
    public static readonly RowOutcome Updated = new(RowState.Updated, []);
    public static readonly RowOutcome Unchanged = new(RowState.Unchanged, []);

    public static RowOutcome Rejected(params IReadOnlyList<RowError> errors) => new(RowState.Rejected, errors);
}

/// <summary>One broken field. Texts hold the sentence under the code, and what to do under <c>code.fix</c>.</summary>
/// <param name="Value">What stood there; the texts may name it as <c>{value}</c>.</param>
public sealed record RowError(string Column, string Code, string Value);
