using System.Text.Json;
using EPM.Platform.Http;

namespace EPM.Platform.Idempotency;

/// <summary>Leaves a unit of work whose key was answered before; the mediator turns it back into that answer.</summary>
public sealed class AnsweredBefore(byte[] answer) : Exception("This key was answered before.")
{
    internal T As<T>() => JsonSerializer.Deserialize<T>(answer, JsonSerializerOptions.Web)!;
}

/// <summary>The same request under the same key is being done at this moment, and takes longer than anybody should be kept waiting.</summary>
public sealed class KeyInFlight() : Failure(409, "idempotency_in_flight")
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(4);
}
