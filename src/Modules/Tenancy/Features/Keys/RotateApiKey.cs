using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

/// <param name="OverlapHours">How long the secret so far goes on opening; 0 ends it at once.</param>
/// <param name="ExpiresOn">A new last day, or null to keep the one it has.</param>
[Needs(Permissions.ManageKeys)]
internal sealed record RotateApiKey(int OverlapHours, DateOnly? ExpiresOn = null) : ICommand<NewKeyView>
{
    [JsonIgnore]
    public string Id { get; init; } = "";

    public static async Task<IResult> Endpoint(string id, RotateApiKey body, IMediator mediator, CancellationToken ct)
    {
        var rotated = await mediator.Send(body with { Id = id }, ct);
        return TypedResults.Created($"/api/v1/api-keys/{rotated.Id}", rotated);
    }
}

internal sealed class RotateApiKeyValidator : AbstractValidator<RotateApiKey>
{
    private const int LongestOverlap = 30 * 24;

    public RotateApiKeyValidator() => RuleFor(key => key.OverlapHours).InclusiveBetween(0, LongestOverlap);
}

internal sealed class RotateApiKeyHandler(
    TenancyDbContext context, TenantSession unit, CurrentTenant tenant, KeyCallers keys, AuditTrail trail, TimeProvider time) : IRequestHandler<RotateApiKey, NewKeyView>
{
    public async Task<NewKeyView> Handle(RotateApiKey request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var key = await context.ApiKeys.SingleOrDefaultAsync(one => one.KeyId == request.Id, cancellationToken) ?? throw new NotFound();
        if (key.IsOver(now))
            throw new RuleBroken("api_key_over");
        var (text, before) = (KeyText.Of(key.KeyId), new { key.ExpiresOn });
        key.Rotate(text.Hash(), now.AddHours(request.OverlapHours), now);
        if (request.ExpiresOn is { } day)
            KeyLife.Give(key, day, tenant.Info.TimeZone, now);
        await context.SaveChangesAsync(cancellationToken);
        unit.AfterCommit(() => keys.Forget(tenant.Id, key.KeyId));
        trail.Record("api-key.rotated", $"api-key/{key.KeyId}", before, new { key.ExpiresOn, key.OverlapUntil });
        return NewKeyView.Of(key, text, now);
    }
}
