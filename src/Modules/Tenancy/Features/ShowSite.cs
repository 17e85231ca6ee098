using EPM.Platform.Mediation;
using EPM.Platform.Modules;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Contracts;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Features;

[Public("the sign-in page names the chain before anybody is signed in")]
[Reads]
internal sealed record ShowSite : IDirect<SiteView>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new ShowSite(), ct));
}

/// <param name="Kind">apex, where chains sign up, or tenant.</param>
/// <param name="DemoSignIns">Only on the demonstration tenant, in development.</param>
internal sealed record SiteView(string Kind, string? Slug, string? Name, string? Language, IReadOnlyList<DemoSignInView>? DemoSignIns);

internal sealed record DemoSignInView(string Role, string Email, string Password);

internal sealed class ShowSiteHandler(CurrentTenant tenant, EpmSettings settings) : IRequestHandler<ShowSite, SiteView>
{
    public Task<SiteView> Handle(ShowSite request, CancellationToken cancellationToken) => Task.FromResult(tenant.IsSet
        ? new SiteView("tenant", tenant.Info.Slug, tenant.Info.Name, tenant.Info.Language, Demo())
        : new SiteView("apex", null, null, null, null));

    private DemoSignInView[]? Demo() => settings.Development && tenant.Info.Slug == DemoTenant.Slug
        ? [.. DemoTenant.Accounts.Select(account => new DemoSignInView(account.Role, account.Email, account.Password))]
        : null;
}
