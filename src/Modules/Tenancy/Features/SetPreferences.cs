using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

[Needs(Permissions.SignedIn)]
internal sealed record SetPreferences(string Language) : ICommand<Unit>
{
    public static async Task<IResult> Endpoint(SetPreferences body, IMediator mediator, CancellationToken ct)
    {
        await mediator.Send(body, ct);
        return TypedResults.NoContent();
    }
}

internal sealed class SetPreferencesValidator : AbstractValidator<SetPreferences>
{
    public SetPreferencesValidator() => RuleFor(preferences => preferences.Language).IsLanguage();
}

internal sealed class SetPreferencesHandler(CurrentCaller caller, TenantSession unit, TenancyDbContext context, Callers callers, AuditTrail audit) : IRequestHandler<SetPreferences, Unit>
{
    public async Task<Unit> Handle(SetPreferences request, CancellationToken cancellationToken)
    {
        var person = await context.Users.SingleAsync(user => user.UserId == caller.Value.UserId, cancellationToken);
        audit.Record("preferences.set", "user/" + person.Email, new { person.Language }, new { request.Language });
        person.Language = request.Language;
        await context.SaveChangesAsync(cancellationToken);
        unit.AfterCommit(() => callers.ForgetUser(person.TenantId, person.UserId));
        return Unit.Value;
    }
}
