using EPM.Platform.Audit;
using EPM.Platform.Backup;
using EPM.Platform.Caching;
using EPM.Platform.Http;
using EPM.Platform.Idempotency;
using EPM.Platform.Jobs;
using EPM.Platform.Limits;
using EPM.Platform.Localisation;
using EPM.Platform.Mail;
using EPM.Platform.Mediation;
using EPM.Platform.Messaging;
using EPM.Platform.Operations;
using EPM.Platform.Persistence;
using EPM.Platform.Redis;
using EPM.Platform.Security;
using EPM.Platform.Telemetry;
using EPM.Platform.Tenancy;
using EPM.Platform.TenantCopies;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace EPM.Platform.Modules;

public static class PlatformServices
{
    /// <summary>Registers what every module stands on, then the modules themselves.</summary>
    public static IServiceCollection AddPlatform(this IServiceCollection services, EpmSettings settings, IReadOnlyList<IModule> modules)
    {
        var assemblies = modules.Select(module => module.Assembly).ToArray();
        services.AddSingleton(settings);
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Database>();
        services.AddSingleton<Ids>();
        services.AddSingleton(new Texts(assemblies.Prepend(typeof(PlatformServices).Assembly)));
        services.AddSingleton<DataVersions>();
        services.AddSingleton<RedisStore>();
        services.AddSingleton<SharedAnswers>();
        services.AddSingleton<AnswerCache>();
        services.AddSingleton<RateLimits>();
        services.AddSingleton<TenantLimits>();
        services.AddSingleton<JobQueue>();
        services.AddScoped<HeldJob>();
        services.TryAddSingleton<OutboundRules>();
        services.AddSingleton<GuardedHttp>();
        // Read here too, so that a host with an unreadable one does not start.
        SmtpServer.Parse(settings.Smtp, settings.Domain);
        services.AddSingleton<IMailSender, SmtpMailSender>();
        services.AddSingleton<Migrator>();
        services.AddSingleton<PhysicalBackup>();
        services.AddSingleton<Drill>();
        services.AddScoped<ICommandLineVerb, BackupVerb>();
        services.AddScoped<ICommandLineVerb, DrillVerb>();
        services.AddSingleton<ServiceAlarms>();
        services.AddSingleton<OperationsWatch>();
        services.AddTenantCopies();
        services.AddSingleton<TelemetryExport>();
        services.AddSingleton<DeploymentKeys>();
        services.AddSingleton<AuditKeys>();
        services.AddSingleton<AuditAnchors>();
        services.AddSingleton<AuditChain>();
        services.AddSingleton<AuditVerification>();
        services.AddScoped<RequestOrigin>();
        services.AddScoped<AuditTrail>();
        services.AddScoped<CurrentTenant>();
        services.AddScoped<CurrentCaller>();
        services.AddScoped<TenantSession>();
        services.AddSingleton<AnswerSeal>();
        services.AddSingleton<KeysInFlight>();
        services.AddScoped<KeyedRequest>();
        services.AddSingleton<Deliveries>();
        services.AddSingleton<SingleDelivery>();
        services.AddSingleton<BatchDelivery>();
        services.AddScoped<IOutbox, Outbox>();
        Reactions.AddTo(services, assemblies);
        services.AddMediation(assemblies);
        foreach (var module in modules)
        {
            services.AddSingleton(module);
            module.AddServices(services);
        }
        return services;
    }

    /// <summary>The loops that run beside the requests of a serving host.</summary>
    public static IServiceCollection AddPlatformWorkers(this IServiceCollection services) =>
        services.AddHostedService(provider => provider.GetRequiredService<TelemetryExport>())
            .AddHostedService(provider => provider.GetRequiredService<RedisStore>()).AddHostedService<SharedRates>()
            .AddHostedService<VersionListener>().AddHostedService<JobWorker>().AddHostedService<ForgetKeys>().AddHostedService<FactDispatcher>()
            .AddHostedService<AnchorLoop>().AddHostedService(provider => provider.GetRequiredService<OperationsWatch>());
}
