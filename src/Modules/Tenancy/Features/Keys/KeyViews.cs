using EPM.Tenancy.Domain;

namespace EPM.Tenancy.Features;

/// <summary>A key as an administrator sees it: everything but the secret.</summary>
internal sealed record KeyView(
    string Id, string Name, string Prefix, IReadOnlyList<string> Permissions, ScopeView Scope, DateTimeOffset CreatedAt, string CreatedBy,
    DateOnly ExpiresOn, DateTimeOffset? LastUsedAt, string? LastUsedFrom, string State, DateTimeOffset? OverlapUntil)
{
    public static KeyView Of(ApiKey key, DateTimeOffset now) => new(
        key.KeyId, key.Name, KeyText.Prefix(key.KeyId), key.Permissions, ScopeView.Read(key.Scope),
        key.CreatedAt, key.CreatedBy, key.ExpiresOn, key.LastUsedAt, key.LastUsedFrom, key.StateAt(now), key.OverlapUntil > now ? key.OverlapUntil : null);
}

internal sealed record KeysView(IReadOnlyList<KeyView> Items);

/// <param name="Key">The whole key: told this once and kept nowhere.</param>
internal sealed record NewKeyView(
    string Id, string Key, string Name, string Prefix, IReadOnlyList<string> Permissions, ScopeView Scope, DateTimeOffset CreatedAt, string CreatedBy,
    DateOnly ExpiresOn, string State, DateTimeOffset? OverlapUntil)
{
    public static NewKeyView Of(ApiKey key, KeyText text, DateTimeOffset now)
    {
        var view = KeyView.Of(key, now);
        return new(view.Id, text.ToString(), view.Name, view.Prefix, view.Permissions, view.Scope, view.CreatedAt, view.CreatedBy, view.ExpiresOn, view.State, view.OverlapUntil);
    }
}

/// <summary>How long a key may live, counted in days where the chain is.</summary>
internal static class KeyLife
{
    public static void Give(ApiKey key, DateOnly expiresOn, string timeZone, DateTimeOffset now)
    {
        var zone = TimeZoneInfo.FindSystemTimeZoneById(timeZone);
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(now, zone).DateTime);
        if (expiresOn < today || expiresOn > today.AddYears(1))
            throw new Platform.Http.Invalid([new Platform.Http.FieldError("expiresOn", "api_key_life")]);
        key.ExpireOn(expiresOn, zone);
    }
}
