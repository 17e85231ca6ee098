using System.Text.Json.Serialization;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Domain;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageUsers)]
internal sealed record EditUser(string Name, string Role, string Language, ScopeView Scope, bool Active) : ICommand<MemberView>
{
    [JsonIgnore]
    public Guid Id { get; init; }

    public static async Task<IResult> Endpoint(Guid id, EditUser body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(body with { Id = id }, ct));
}

internal sealed class EditUserValidator : AbstractValidator<EditUser>
{
    public EditUserValidator(IEnumerable<IScopeCodes> codes)
    {
        RuleFor(user => user.Name).IsName();
        RuleFor(user => user.Role).IsRole();
        RuleFor(user => user.Language).IsLanguage();
        RuleFor(user => user.Scope).IsScope(codes);
    }
}

internal sealed class EditUserHandler(
    TenantSession unit, TenancyDbContext context, Sessions sessions, Callers callers, OpenLinks links, AccountFacts facts, AuditTrail audit) : IRequestHandler<EditUser, MemberView>
{
    public async Task<MemberView> Handle(EditUser request, CancellationToken cancellationToken)
    {
        // Edits of a chain's people wait for one another: otherwise two administrators could each remove the other as the last one.
        await using (var inTurn = unit.Command("SELECT 1 FROM tenancy.tenant FOR UPDATE"))
            await inTurn.ExecuteNonQueryAsync(cancellationToken);
        var person = await context.Users.SingleOrDefaultAsync(user => user.UserId == request.Id, cancellationToken) ?? throw new NotFound();
        var (wasAdmin, before) = (person.IsActiveAdmin, Told(person));
        person.Name = request.Name.Trim();
        person.Role = request.Role;
        person.Language = request.Language;
        person.Active = request.Active;
        person.See(request.Scope.ToScope());
        if (wasAdmin && !person.IsActiveAdmin && !await IsAnotherAdminAsync(person, cancellationToken))
            throw new RuleBroken("last_admin");
        await context.SaveChangesAsync(cancellationToken);
        if (!person.Active)
            await sessions.EndAllOfAsync(person.UserId, "deactivated", cancellationToken);
        if (wasAdmin && !person.IsActiveAdmin)
            await links.WithdrawOfAsync(person.UserId, cancellationToken);
        audit.Record("user.edited", "user/" + person.Email, before, Told(person));
        unit.AfterCommit(() => callers.ForgetUser(person.TenantId, person.UserId));
        return MemberView.Of(person, await facts.OfAsync(person.UserId, cancellationToken));
    }

    private static object Told(User person) => new { person.Name, person.Role, person.Language, Scope = ScopeView.Of(person.Scope), person.Active };

    private Task<bool> IsAnotherAdminAsync(User person, CancellationToken ct) =>
        context.Users.AnyAsync(user => user.Active && user.Role == Roles.Admin && user.UserId != person.UserId, ct);
}
