using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Platform.Messaging;

/// <summary>Who reacts to what, found in the modules' assemblies.</summary>
public sealed class Reactions
{
    private static readonly MethodInfo Call = typeof(Reactions).GetMethod(nameof(CallAsync), BindingFlags.NonPublic | BindingFlags.Static)!;

    private readonly FrozenDictionary<string, Reaction[]> _byKind;

    private Reactions(IEnumerable<Type> types) => _byKind = types
        .SelectMany(type => FactsOf(type).Select(fact => (Kind: KindOf(fact), Reaction: new Reaction(type.FullName!, Call.MakeGenericMethod(fact).CreateDelegate<Run>(type)))))
        .GroupBy(pair => pair.Kind, pair => pair.Reaction, StringComparer.Ordinal)
        .ToFrozenDictionary(kind => kind.Key, kind => kind.OrderBy(reaction => reaction.Consumer, StringComparer.Ordinal).ToArray(), StringComparer.Ordinal);

    /// <summary>Does what one consumer does about a fact.</summary>
    public delegate Task Run(IServiceProvider services, string body, Guid factId, CancellationToken ct);

    /// <summary>Kinds that this host knows what to do about. A host of the release before leaves the others to those that know them.</summary>
    public string[] Kinds => [.. _byKind.Keys];

    /// <summary>Kept with every fact: a fact's type keeps its name as long as any of it may be waiting.</summary>
    public static string KindOf(Type fact) => fact.FullName!;

    public IReadOnlyList<Reaction> To(string kind) => _byKind.TryGetValue(kind, out var reactions) ? reactions : [];

    /// <summary>Registers every reaction of the assemblies; the last call decides who is asked.</summary>
    public static void AddTo(IServiceCollection services, IEnumerable<Assembly> assemblies)
    {
        var types = assemblies.SelectMany(assembly => assembly.GetTypes()).Where(type => type is { IsClass: true, IsAbstract: false } && FactsOf(type).Any()).ToArray();
        foreach (var type in types)
            services.AddScoped(type);
        services.AddSingleton(new Reactions(types));
    }

    private static IEnumerable<Type> FactsOf(Type type) => type.GetInterfaces()
        .Where(face => face.IsGenericType && face.GetGenericTypeDefinition() == typeof(IReaction<>)).Select(face => face.GetGenericArguments()[0]);

    private static Task CallAsync<TFact>(Type consumer, IServiceProvider services, string body, Guid factId, CancellationToken ct)
        where TFact : IFact =>
        ((IReaction<TFact>)services.GetRequiredService(consumer)).ReactAsync(JsonSerializer.Deserialize<TFact>(body, JsonSerializerOptions.Web)!, factId, ct);
}

/// <param name="Consumer">Name in the inbox: the reaction's type, which keeps it as long as facts may be waiting.</param>
public sealed record Reaction(string Consumer, Reactions.Run Run);
