using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Needs(Permissions.SignedIn)]
[Reads]
internal sealed record ShowMe : IDirect<MeView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ShowMe(), ct));
}

/// <param name="SeenBy">The administrator who looks as this person; null when it is the person.</param>
/// <param name="Barred">The code that everything but the own account is refused with for now; null when nothing is in the way.</param>
internal sealed record MeView(UserView User, TenantView Tenant, SeerView? SeenBy, string? Barred);

internal sealed record SeerView(string Name);

internal sealed class ShowMeHandler(CurrentCaller caller, CurrentTenant tenant) : IRequestHandler<ShowMe, MeView>
{
    public Task<MeView> Handle(ShowMe request, CancellationToken cancellationToken) =>
        Task.FromResult(new MeView(UserView.Of(caller.Value), TenantView.Of(tenant.Info), caller.Value.SeenBy is { } seer ? new SeerView(seer.Name) : null, caller.Value.Barred));
}
