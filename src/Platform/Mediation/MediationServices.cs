using System.Reflection;
using FluentValidation;
using MediatR;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Platform.Mediation;

public static class MediationServices
{
    /// <summary>Registers the mediator, its behaviours in their fixed order, and every handler and validator of the assemblies.</summary>
    public static IServiceCollection AddMediation(this IServiceCollection services, IEnumerable<Assembly> assemblies)
    {
        services.AddScoped<ServiceFactory>(provider => provider.GetRequiredService);
        services.AddScoped<IMediator, Mediator>();
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TelemetryBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(PermissionBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(PreviewBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(ValidationBehavior<,>));
        services.AddScoped(typeof(IPipelineBehavior<,>), typeof(TransactionBehavior<,>));
        foreach (var type in assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false, IsGenericTypeDefinition: false }))
        {
            foreach (var face in type.GetInterfaces().Where(IsScanned))
                services.AddScoped(face, type);
        }
        return services;
    }

    private static bool IsScanned(Type face) =>
        face.IsGenericType && (face.GetGenericTypeDefinition() == typeof(IRequestHandler<,>) || face.GetGenericTypeDefinition() == typeof(IValidator<>));
}
