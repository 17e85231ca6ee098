using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

[Needs(Platform.Security.Permissions.ManageKeys)]
internal sealed record AddApiKey(string Name, IReadOnlyList<string> Permissions, ScopeView Scope, DateOnly ExpiresOn) : ICommand<NewKeyView>
{
    public static async Task<IResult> Endpoint(AddApiKey body, IMediator mediator, CancellationToken ct)
    {
        var added = await mediator.Send(body, ct);
        return TypedResults.Created($"/api/v1/api-keys/{added.Id}", added);
    }
}

internal sealed class AddApiKeyValidator : AbstractValidator<AddApiKey>
{
    public AddApiKeyValidator(IEnumerable<IScopeCodes> codes)
    {
        RuleFor(key => key.Name).IsName();
        RuleFor(key => key.Permissions).Cascade(CascadeMode.Stop).NotEmpty().Must(AreGiveable).WithErrorCode("api_key_permissions");
        RuleFor(key => key.Scope).IsScope(codes);
    }

    private static bool AreGiveable(IReadOnlyList<string> permissions) =>
        permissions.All(permission => Permissions.OfKeys.Contains(permission)) && permissions.Distinct(StringComparer.Ordinal).Count() == permissions.Count;
}

internal sealed class AddApiKeyHandler(
    TenancyDbContext context, TenantSession unit, CurrentTenant tenant, CurrentCaller caller, KeyCallers keys, AuditTrail trail, Ids ids, TimeProvider time)
    : IRequestHandler<AddApiKey, NewKeyView>
{
    private const int MostAlive = 100;

    public async Task<NewKeyView> Handle(AddApiKey request, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        if (await context.ApiKeys.CountAsync(one => one.RevokedAt == null && one.ExpiresAt > now, cancellationToken) >= MostAlive)
            throw new RuleBroken("api_keys_too_many");
        var text = KeyText.New();
        var key = new ApiKey
        {
            KeyId = text.Id,
            ActorId = ids.Next(),
            Name = request.Name.Trim(),
            SecretHash = text.Hash(),
            Permissions = [.. request.Permissions.Order(StringComparer.Ordinal)],
            Scope = ScopeView.Of(request.Scope.ToScope()).Kept(),
            CreatedAt = now,
            CreatedBy = caller.Value.Name,
        };
        KeyLife.Give(key, request.ExpiresOn, tenant.Info.TimeZone, now);
        context.ApiKeys.Add(key);
        await context.SaveChangesAsync(cancellationToken);
        unit.AfterCommit(() => keys.Forget(tenant.Id, key.KeyId));
        trail.Record("api-key.created", $"api-key/{key.KeyId}", after: new { key.Name, key.Permissions, key.Scope, key.ExpiresOn });
        return NewKeyView.Of(key, text, now);
    }
}
