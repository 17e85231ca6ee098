using EPM.Platform.Mediation;
using EPM.Platform.Modules;
using EPM.Platform.Persistence;
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
/// <param name="Passwords">False where people sign in by the chain's provider only.</param>
/// <param name="DemoSignIns">Only on the demonstration tenant, in development.</param>
internal sealed record SiteView(string Kind, string? Slug, string? Name, string? Language, IReadOnlyList<DemoSignInView>? DemoSignIns,
    SingleSignOnView? SingleSignOn, bool Passwords);

/// <param name="Label">What the button says.</param>
internal sealed record SingleSignOnView(string Label);

internal sealed record DemoSignInView(string Role, string Email, string Password);

internal sealed class ShowSiteHandler(CurrentTenant tenant, TenantSession unit, EpmSettings settings) : IRequestHandler<ShowSite, SiteView>
{
    public async Task<SiteView> Handle(ShowSite request, CancellationToken cancellationToken)
    {
        if (!tenant.IsSet)
            return new SiteView("apex", null, null, null, null, null, Passwords: true);
        var (label, passwords) = await unit.ReadAsync("SELECT label, passwords_allowed FROM tenancy.sign_in_provider", [],
            async reader => await reader.ReadAsync(cancellationToken) ? ((string?)reader.GetString(0), reader.GetBoolean(1)) : (null, true), cancellationToken);
        return new SiteView("tenant", tenant.Info.Slug, tenant.Info.Name, tenant.Info.Language, Demo(), label is null ? null : new SingleSignOnView(label), passwords);
    }

    private DemoSignInView[]? Demo() => settings.Development && tenant.Info.Slug == DemoTenant.Slug
        ? [.. DemoTenant.Accounts.Select(account => new DemoSignInView(account.Role, account.Email, account.Password))]
        : null;
}
