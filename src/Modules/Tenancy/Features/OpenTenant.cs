using System.Text.Json.Serialization;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Modules;
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

namespace EPM.Tenancy.Features;

[Public("a chain signs up before it has anybody who could sign in")]
internal sealed record OpenTenant(string Slug, string Name, string Country, string Currency, string TimeZone, string Language, FirstAdmin Admin) : IDirect<OpenedTenantView>
{
    /// <summary>Where the request comes from; never read from the body.</summary>
    [JsonIgnore]
    public string Address { get; init; } = "";

    /// <summary>Where chains sign up, as this one did; never read from the body.</summary>
    [JsonIgnore]
    public Uri? Apex { get; init; }

    public static async Task<IResult> Endpoint(OpenTenant body, IMediator mediator, HttpContext http, EpmSettings settings, CancellationToken ct)
    {
        var apex = new UriBuilder(http.Request.Scheme, settings.Domain, http.Request.Host.Port ?? -1).Uri;
        var opened = await mediator.Send(body with { Address = SignInBudget.NameOf(http.Connection.RemoteIpAddress), Apex = apex }, ct);
        var url = SiteAddress.Of(apex, opened.Slug);
        return TypedResults.Created(url, opened with { Url = url });
    }
}

internal sealed record FirstAdmin(string Name, string Email, string Password);

/// <param name="Url">Where the chain's people sign in.</param>
internal sealed record OpenedTenantView(string Slug, string Name, Uri? Url = null);

internal sealed class OpenTenantValidator : AbstractValidator<OpenTenant>
{
    public OpenTenantValidator()
    {
        RuleFor(tenant => tenant.Slug).Cascade(CascadeMode.Stop).NotEmpty()
            .Must(Slug.IsLabel).WithErrorCode("slug_label").Must(Slug.IsFree).WithErrorCode("slug_reserved");
        RuleFor(tenant => tenant.Name).IsName();
        RuleFor(tenant => tenant.Country).Cascade(CascadeMode.Stop).NotEmpty().Must(Countries.Exists).WithErrorCode("country_unknown");
        RuleFor(tenant => tenant.Currency).Cascade(CascadeMode.Stop).NotEmpty().Must(Currencies.Exists).WithErrorCode("currency_unknown");
        RuleFor(tenant => tenant.TimeZone).Cascade(CascadeMode.Stop).NotEmpty().Must(IsTimeZone).WithErrorCode("time_zone_unknown");
        RuleFor(tenant => tenant.Language).IsLanguage();
        RuleFor(tenant => tenant.Admin).Cascade(CascadeMode.Stop).NotNull().SetValidator(new FirstAdminValidator())
            .DependentRules(() => RuleFor(tenant => tenant.Admin.Password)
                .Must((tenant, password) => PasswordPolicy.IsMoreThan(password, tenant.Admin.Email, tenant.Admin.Name, tenant.Name, tenant.Slug)).WithErrorCode("password_own"));
    }

    private static bool IsTimeZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId;

    private sealed class FirstAdminValidator : AbstractValidator<FirstAdmin>
    {
        public FirstAdminValidator()
        {
            RuleFor(admin => admin.Name).IsName();
            RuleFor(admin => admin.Email).IsEmail();
            RuleFor(admin => admin.Password).IsNewPassword();
        }
    }
}

internal sealed class OpenTenantHandler(CurrentTenant tenant, TenantSession unit, SignUpBudget budget, TenantOpening opening) : IRequestHandler<OpenTenant, OpenedTenantView>
{
    public async Task<OpenedTenantView> Handle(OpenTenant request, CancellationToken cancellationToken)
    {
        if (tenant.IsSet)
            throw new NotFound("wrong_host");
        await budget.SpendAsync(request.Address, cancellationToken);
        var (admin, language) = (request.Admin, request.Language);
        return await opening.OpenAsync(
            new TenantToOpen(request.Slug, request.Name.Trim(), request.Country, request.Currency, request.TimeZone, language,
                Site: request.Apex is null ? null : SiteAddress.Of(request.Apex, request.Slug)),
            [new UserToAdd(admin.Name.Trim(), admin.Email, admin.Password, Roles.Admin, language, DataScope.Everything)],
            unit.Guard, opened => new OpenedTenantView(opened.Slug, opened.Name), cancellationToken);
    }
}
