using System.Text.Json.Nodes;
using EPM.Platform.Audit;
using EPM.Platform.Localisation;
using EPM.Platform.Security;

namespace EPM.Tenancy.Audit;

internal sealed record AuditPerson(Guid Id, string Name, string Email);

/// <param name="Label">The action in the caller's language.</param>
/// <param name="Before">The fields that changed, as they were; null when there was nothing before.</param>
internal sealed record AuditEntryView(
    long Number, DateTimeOffset At, AuditPerson? Who, string Via, string Action, string Label, string? Subject,
    JsonNode? Before, JsonNode? After, string? Address, string? Agent);

/// <summary>Tells entries in the caller's language, and nothing that the caller may not see.</summary>
internal sealed class AuditViews(CurrentCaller caller, Texts texts)
{
    public const string Prefix = "audit.";

    // The one kind of field that some readers of the trail may not see.
    private const string Cost = "purchasePrice";

    public IReadOnlyList<AuditActionView> Actions() =>
        [.. texts.Codes(caller.Value.Language).Where(code => code.StartsWith(Prefix, StringComparison.Ordinal))
            .Select(code => new AuditActionView(code[Prefix.Length..], texts.Say(caller.Value.Language, code))).OrderBy(action => action.Label, StringComparer.CurrentCulture)];

    public AuditEntryView Tell(ChainedEntry chained)
    {
        var entry = chained.Entry;
        return new AuditEntryView(chained.Number, entry.At, entry.UserId is { } id ? new AuditPerson(id, entry.UserName ?? "", entry.UserEmail ?? "") : null, entry.Via,
            entry.Action, texts.Say(caller.Value.Language, Prefix + entry.Action), entry.Subject, Fields(entry.Before), Fields(entry.After), entry.Address, entry.Agent);
    }

    private JsonNode? Fields(string? json)
    {
        var fields = json is null ? null : JsonNode.Parse(json);
        if (!caller.Value.Scope.SeesCost && fields is JsonObject members)
            members.Remove(Cost);
        return fields;
    }
}

internal sealed record AuditActionView(string Action, string Label);

internal static class WholeChain
{
    /// <summary>The trail tells of every store and person, and cannot be checked in part.</summary>
    public static void Require(CurrentCaller caller)
    {
        if (caller.Value.Scope.Kind != ScopeKind.All || caller.Value.Scope.IsPartOfAssortment)
            throw new Platform.Http.Forbidden("audit_whole_chain_only");
    }
}
