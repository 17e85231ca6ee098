using EPM.Platform.Http;
using EPM.Platform.Idempotency;
using EPM.Platform.Jobs;
using EPM.Platform.Modules;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Audit;
using EPM.Tenancy.Contracts;
using EPM.Tenancy.Features;
using EPM.Tenancy.Invitations;
using EPM.Tenancy.LiveSessions;
using EPM.Tenancy.Mail;
using EPM.Tenancy.Operations;
using EPM.Tenancy.Passwords;
using EPM.Tenancy.Persistence;
using EPM.Tenancy.Security;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Tenancy;

public sealed class TenancyModule : IModule
{
    public string Name => "tenancy";

    public void AddServices(IServiceCollection services)
    {
        services.AddSingleton<TenantDirectory>();
        services.AddSingleton<ITenantDirectory>(provider => provider.GetRequiredService<TenantDirectory>());
        services.AddSingleton<TenantOpening>();
        services.AddSingleton<ITenantOpening>(provider => provider.GetRequiredService<TenantOpening>());
        services.TryAddSingleton(PasswordCost.Production);
        services.AddSingleton<PasswordHasher>();
        services.AddSingleton<DeploymentSecret>();
        services.AddSingleton<SigningKeys>();
        services.AddSingleton<Callers>();
        services.AddSingleton<KeyCallers>();
        services.AddSingleton<KeyUse>();
        services.AddHostedService(provider => provider.GetRequiredService<KeyUse>());
        services.AddScoped<TenancyDbContext>();
        services.AddScoped<Sessions>();
        services.AddScoped<SignInBudget>();
        services.AddScoped<KnownDevices>();
        services.AddScoped<TwoFactor>();
        services.AddScoped<SignInProviders>();
        services.AddScoped<ProviderSignIn>();
        services.AddSingleton<OidcProvider>();
        services.AddScoped<Arrivals>();
        services.AddScoped<PasswordSignIn>();
        services.AddScoped<PasswordProof>();
        services.AddSingleton<SignUpBudget>();
        services.AddScoped<AccountFacts>();
        services.AddScoped<OpenLinks>();
        services.AddScoped<SessionList>();
        services.AddScoped<PasswordLinks>();
        services.AddScoped<InvitationMail>();
        services.AddScoped<InvitedPeople>();
        services.AddScoped<MailQueue>();
        services.AddScoped<IJobHandler, MailJob>();
        services.AddScoped<ICommandLineVerb, RotateKeys>();
        services.AddScoped<ICommandLineVerb, AuditVerb>();
        services.AddScoped<AuditViews>();
        AccessTokens.AddTo(services);
    }

    public void MapRoutes(IEndpointRouteBuilder api)
    {
        api.MapGet("/site", ShowSite.Endpoint).WithName("ShowSite").WithTags("Tenancy").Produces<SiteView>();
        api.MapPost("/tenants", OpenTenant.Endpoint).WithName("OpenTenant").WithTags("Tenancy").Produces<OpenedTenantView>(StatusCodes.Status201Created)
            .WithMetadata(new KeyedByBody());

        api.MapGet("/audit", ListAudit.Endpoint).WithName("ListAudit").WithTags("Audit").Produces<AuditPage>();
        api.MapGet("/audit/export", ExportAudit.Endpoint).WithName("ExportAudit").WithTags("Audit").Produces<string>(contentType: "text/csv").TakesItsTime();
        api.MapPost("/audit/verify", VerifyAudit.Endpoint).WithName("VerifyAudit").WithTags("Audit").Produces<AuditVerdict>().TakesItsTime();

        api.MapGet("/operations", ShowOperations.Endpoint).WithName("ShowOperations").WithTags("Operations").Produces<OperationsView>();

        var auth = api.MapGroup("/auth").WithTags("Sessions");
        auth.MapPost("/sign-in", SignIn.Endpoint).WithName("SignIn").Produces<SessionView>();
        auth.MapPost("/refresh", RefreshSession.Endpoint).WithName("RefreshSession").Produces<SessionView>();
        auth.MapPost("/sign-out", SignOut.Endpoint).WithName("SignOut").Produces(StatusCodes.Status204NoContent);

        // Not among those above: the browser comes back from the provider's site, and both are opened by a person, not by a script.
        api.MapGet("/auth/oidc/start", StartOidc.Endpoint).WithName("StartProviderSignIn").WithTags("Sessions").Produces(StatusCodes.Status302Found);
        api.MapGet("/auth/oidc/callback", FinishOidc.Endpoint).WithName("FinishProviderSignIn").WithTags("Sessions").Produces(StatusCodes.Status302Found);
        api.MapGet("/sign-in-provider", ShowSignInProvider.Endpoint).WithName("ShowSignInProvider").WithTags("Settings").Produces<SignInProviderView>();
        api.MapPut("/sign-in-provider", SetSignInProvider.Endpoint).WithName("SetSignInProvider").WithTags("Settings").Produces<SignInProviderView>();
        api.MapDelete("/sign-in-provider", RemoveSignInProvider.Endpoint).WithName("RemoveSignInProvider").WithTags("Settings").Produces(StatusCodes.Status204NoContent);

        api.MapGet("/me", ShowMe.Endpoint).WithName("ShowMe").WithTags("Me").Produces<MeView>();
        api.MapGet("/me/two-factor", ShowTwoFactor.Endpoint).WithName("ShowTwoFactor").WithTags("Me").Produces<TwoFactorView>();
        api.MapPost("/me/two-factor", BeginTwoFactor.Endpoint).WithName("BeginTwoFactor").WithTags("Me").Produces<TwoFactorSetUpView>();
        api.MapPut("/me/two-factor", ConfirmTwoFactor.Endpoint).WithName("ConfirmTwoFactor").WithTags("Me").Produces<RecoveryCodesView>();
        api.MapDelete("/me/two-factor", TurnOffTwoFactor.Endpoint).WithName("TurnOffTwoFactor").WithTags("Me").Produces(StatusCodes.Status204NoContent);
        api.MapDelete("/users/{id:guid}/two-factor", ResetTwoFactor.Endpoint).WithName("ResetTwoFactor").WithTags("Users").Produces(StatusCodes.Status204NoContent);
        api.MapPut("/me/preferences", SetPreferences.Endpoint).WithName("SetPreferences").WithTags("Me").Produces(StatusCodes.Status204NoContent);

        api.MapGet("/users", ListUsers.Endpoint).WithName("ListUsers").WithTags("Users").Produces<MembersView>();
        api.MapPost("/users", AddUser.Endpoint).WithName("AddUser").WithTags("Users").Produces<MemberView>(StatusCodes.Status201Created);
        api.MapPut("/users/{id:guid}", EditUser.Endpoint).WithName("EditUser").WithTags("Users").Produces<MemberView>();
        api.MapPost("/users/{id:guid}/see-as", SeeAs.Endpoint).WithName("SeeAs").WithTags("Users").Produces<SessionView>();

        var keys = api.MapGroup("").WithTags("API keys");
        keys.MapGet("/api-keys", ListApiKeys.Endpoint).WithName("ListApiKeys").Produces<KeysView>();
        keys.MapPost("/api-keys", AddApiKey.Endpoint).WithName("AddApiKey").Produces<NewKeyView>(StatusCodes.Status201Created);
        keys.MapPost("/api-keys/{id}/rotate", RotateApiKey.Endpoint).WithName("RotateApiKey").Produces<NewKeyView>(StatusCodes.Status201Created);
        keys.MapDelete("/api-keys/{id}", RevokeApiKey.Endpoint).WithName("RevokeApiKey").Produces(StatusCodes.Status204NoContent);

        var limits = api.MapGroup("").WithTags("Limits");
        limits.MapGet("/limits", GetLimits.Endpoint).WithName("GetLimits").Produces<LimitsView>();
        limits.MapPut("/limits", SetLimits.Endpoint).WithName("SetLimits").Produces<LimitsView>();
        limits.MapGet("/usage", GetUsage.Endpoint).WithName("GetUsage").Produces<UsageView>();

        api.MapGet("/me/sessions", ListMySessions.Endpoint).WithName("ListMySessions").WithTags("Me").Produces<LiveSessionsView>();
        api.MapDelete("/me/sessions/{session:guid}", EndMySession.Endpoint).WithName("EndMySession").WithTags("Me").Produces(StatusCodes.Status204NoContent);
        api.MapGet("/users/{id:guid}/sessions", ListUserSessions.Endpoint).WithName("ListUserSessions").WithTags("Users").Produces<LiveSessionsView>();
        api.MapDelete("/users/{id:guid}/sessions", EndUserSessions.Endpoint).WithName("EndUserSessions").WithTags("Users").Produces(StatusCodes.Status204NoContent);
        api.MapDelete("/users/{id:guid}/sessions/{session:guid}", EndUserSession.Endpoint).WithName("EndUserSession").WithTags("Users").Produces(StatusCodes.Status204NoContent);

        api.MapPut("/me/password", ChangePassword.Endpoint).WithName("ChangePassword").WithTags("Me").Produces(StatusCodes.Status204NoContent);
        api.MapPost("/users/{id:guid}/password-link", LinkPassword.Endpoint).WithName("LinkPassword").WithTags("Users").Produces<PasswordLinkView>(StatusCodes.Status201Created);
        var links = api.MapGroup("/password-links").WithTags("Links");
        links.MapGet("/open", OpenPasswordLink.Endpoint).WithName("OpenPasswordLink").Produces<WelcomeView>();
        links.MapPost("/use", UsePasswordLink.Endpoint).WithName("UsePasswordLink").Produces(StatusCodes.Status204NoContent);

        api.MapGet("/invitations", ListInvitations.Endpoint).WithName("ListInvitations").WithTags("Invitations").Produces<InvitationsView>();
        api.MapPost("/invitations", InvitePerson.Endpoint).WithName("InvitePerson").WithTags("Invitations").Produces<InvitationLinkView>(StatusCodes.Status201Created);
        api.MapPost("/invitations/{id:guid}/renew", RenewInvitation.Endpoint).WithName("RenewInvitation").WithTags("Invitations").Produces<InvitationLinkView>();
        api.MapDelete("/invitations/{id:guid}", WithdrawInvitation.Endpoint).WithName("WithdrawInvitation").WithTags("Invitations").Produces(StatusCodes.Status204NoContent);
        var invited = api.MapGroup("/invitations").WithTags("Links");
        invited.MapGet("/open", OpenInvitation.Endpoint).WithName("OpenInvitation").Produces<WelcomeView>();
        invited.MapPost("/accept", AcceptInvitation.Endpoint).WithName("AcceptInvitation").Produces<SessionView>();
    }
}
