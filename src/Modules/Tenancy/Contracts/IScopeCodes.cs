using EPM.Platform.Security;

namespace EPM.Tenancy.Contracts;

/// <summary>Answered by every module that owns something which a person's scope names by code.</summary>
public interface IScopeCodes
{
    /// <summary>Asked before a scope is given to somebody, for the current tenant.</summary>
    /// <returns>Which lists of the scope, by the names the API gives them (<c>Regions</c>, <c>Stores</c>), hold a code that names nothing.</returns>
    ValueTask<IReadOnlyCollection<string>> UnknownAsync(DataScope scope, CancellationToken ct);
}
