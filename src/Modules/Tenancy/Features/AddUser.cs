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
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageUsers)]
internal sealed record AddUser(string Name, string Email, string Password, string Role, string Language, ScopeView Scope) : IDirect<MemberView>
{
    public static async Task<IResult> Endpoint(AddUser body, IMediator mediator, CancellationToken ct)
    {
        var added = await mediator.Send(body, ct);
        return TypedResults.Created($"/api/v1/users/{added.Id}", added);
    }
}

internal sealed class AddUserValidator : AbstractValidator<AddUser>
{
    public AddUserValidator(CurrentTenant tenant, IEnumerable<IScopeCodes> codes)
    {
        RuleFor(user => user.Name).IsName();
        RuleFor(user => user.Email).IsEmail();
        RuleFor(user => user.Password).IsNewPassword(user => [user.Email, user.Name, tenant.Info.Name, tenant.Info.Slug]);
        RuleFor(user => user.Role).IsRole();
        RuleFor(user => user.Language).IsLanguage();
        RuleFor(user => user.Scope).IsScope(codes);
    }
}

/// <summary>Opens its own transaction, once the password is hashed: no connection waits for that arithmetic.</summary>
internal sealed class AddUserHandler(TenantSession unit, IServiceProvider services, PasswordHasher hasher, AuditTrail audit, Ids ids, TimeProvider time)
    : IRequestHandler<AddUser, MemberView>
{
    public async Task<MemberView> Handle(AddUser request, CancellationToken cancellationToken)
    {
        var person = new User
        {
            UserId = ids.Next(),
            Email = User.Normal(request.Email),
            Name = request.Name.Trim(),
            Role = request.Role,
            Language = request.Language,
            PasswordHash = await hasher.HashAsync(request.Password, cancellationToken),
            AddedAt = time.GetUtcNow(),
        };
        person.See(request.Scope.ToScope());
        await unit.BeginAsync(readOnly: false, cancellationToken);
        var context = services.GetRequiredService<TenancyDbContext>();
        if (await context.Users.AnyAsync(user => user.Email == person.Email, cancellationToken))
            throw new Conflict("email_taken");
        context.Users.Add(person);
        await context.SaveChangesAsync(cancellationToken);
        audit.Record("user.added", "user/" + person.Email, after: new { person.Name, person.Role, person.Language, Scope = ScopeView.Of(person.Scope) });
        return await unit.CommitAsync(MemberView.Of(person, AccountFact.OfNewcomer), cancellationToken);
    }
}
