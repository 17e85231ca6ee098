using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.EntityFrameworkCore;

namespace EPM.Tenancy.Features;

[Needs(Permissions.ManageUsers)]
internal sealed record ListUsers : IQuery<MembersView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ListUsers(), ct));
}

internal sealed record MembersView(IReadOnlyList<MemberView> Items);

internal sealed class ListUsersHandler(TenancyDbContext context, AccountFacts facts) : IRequestHandler<ListUsers, MembersView>
{
    public async Task<MembersView> Handle(ListUsers request, CancellationToken cancellationToken)
    {
        var people = await context.Users.AsNoTracking().OrderBy(user => user.Name).ThenBy(user => user.UserId).ToListAsync(cancellationToken);
        var known = await facts.ByPersonAsync(null, cancellationToken);
        return new MembersView([.. people.Select(person => MemberView.Of(person, known[person.UserId]))]);
    }
}
