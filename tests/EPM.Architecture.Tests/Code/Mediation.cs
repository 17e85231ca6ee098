using System.Reflection;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Routing;

namespace EPM.Architecture.Tests.Code;

/// <summary>Rules about requests and routes. Each returns the breaches it found.</summary>
internal static class Mediation
{
    private static readonly HashSet<string> Known = [.. typeof(Permissions).GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.IsLiteral).Select(field => (string)field.GetRawConstantValue()!)];

    private static readonly Type[] Kinds = [typeof(ICommand<>), typeof(IQuery<>), typeof(IDirect<>)];

    public static IEnumerable<Type> RequestsIn(IEnumerable<Assembly> assemblies) =>
        assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IBaseRequest).IsAssignableFrom(type));

    /// <summary>Who may send it is said once, and means something.</summary>
    public static IEnumerable<string> Undeclared(IEnumerable<Type> requests)
    {
        foreach (var request in requests)
        {
            var (needs, open) = (request.GetCustomAttribute<NeedsAttribute>(), request.GetCustomAttribute<PublicAttribute>());
            if (needs is null == open is null)
                yield return $"{request.Name} says {(needs is null ? "nothing" : "two things")} about who may send it";
            else if (needs is not null && !Known.Contains(needs.Permission))
                yield return $"{request.Name} needs '{needs.Permission}', which is no permission";
            else if (open is { Reason.Length: < 10 })
                yield return $"{request.Name} is public without a reason";
        }
    }

    /// <summary>Every request is of one kind, which decides its transaction, and has one handler.</summary>
    public static IEnumerable<string> Misfits(IEnumerable<Type> requests, IEnumerable<Type> types)
    {
        var answered = types.Where(type => type is { IsClass: true, IsAbstract: false }).SelectMany(type => type.GetInterfaces())
            .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IRequestHandler<,>))
            .GroupBy(face => face.GetGenericArguments()[0]).ToDictionary(group => group.Key, group => group.Count());
        foreach (var request in requests)
        {
            var kinds = request.GetInterfaces().Count(face => face.IsGenericType && Kinds.Contains(face.GetGenericTypeDefinition()));
            if (kinds != 1)
                yield return $"{request.Name} is of {kinds} kinds";
            if (answered.GetValueOrDefault(request) is var handlers && handlers != 1)
                yield return $"{request.Name} has {handlers} handlers";
        }
    }

    /// <summary>A route of a module hands over to the mediator.</summary>
    public static IEnumerable<string> BesideTheMediator(IEnumerable<RouteEndpoint> routes) =>
        from route in routes
        let method = route.Metadata.GetMetadata<MethodInfo>()
        where method is null || !method.GetParameters().Any(parameter => parameter.ParameterType == typeof(IMediator))
        select $"{route.RoutePattern.RawText} does not go through the mediator";
}
