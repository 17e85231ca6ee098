namespace EPM.Platform.Http;

/// <summary>A use case that could not be done, with a stable code that texts are kept under.</summary>
public abstract class Failure(int status, string code, IReadOnlyDictionary<string, object>? args = null, Exception? cause = null) : Exception(code, cause)
{
    public int Status { get; } = status;

    public string Code { get; } = code;

    /// <summary>Values the localised text names, by placeholder.</summary>
    public IReadOnlyDictionary<string, object> Args { get; } = args ?? new Dictionary<string, object>(StringComparer.Ordinal);

    protected static IReadOnlyDictionary<string, object> Named((string Name, object Value)[] args) =>
        args.ToDictionary(a => a.Name, a => a.Value, StringComparer.Ordinal);
}

/// <summary>There is no such thing for this caller; the same answer whether it is foreign or absent.</summary>
public sealed class NotFound(string code = "not_found") : Failure(404, code);

/// <summary>A business rule says no.</summary>
public sealed class RuleBroken(string code, params (string, object)[] args) : Failure(422, code, Named(args));

/// <summary>What was asked collides with what is there.</summary>
public sealed class Conflict(string code, params (string, object)[] args) : Failure(409, code, Named(args));

/// <summary>The body or query cannot be read as what the route takes.</summary>
public sealed class BadInput(string code, params (string, object)[] args) : Failure(400, code, Named(args));

/// <summary>The body is larger than the route takes.</summary>
public sealed class TooLarge(string code, params (string, object)[] args) : Failure(413, code, Named(args));

/// <summary>The body is of a kind the route does not take.</summary>
public sealed class UnsupportedKind(string code, params (string, object)[] args) : Failure(415, code, Named(args));

/// <summary>The route exists, but not for this method.</summary>
public sealed class BadMethod() : Failure(405, "method_not_allowed");

/// <summary>Who calls is not known.</summary>
public sealed class NotSignedIn(string code = "not_signed_in") : Failure(401, code);

/// <summary>Who calls may not do this.</summary>
public sealed class Forbidden(string code = "forbidden") : Failure(403, code);

/// <summary>Too often in too short a time; the answer says when it is worth trying again.</summary>
public sealed class TooMany(string code, TimeSpan retryAfter) : Failure(429, code, Named(
    [("minutes", Math.Max(1, (int)Math.Ceiling(retryAfter.TotalMinutes))), ("seconds", Math.Max(1, (int)Math.Ceiling(retryAfter.TotalSeconds)))]))
{
    public TimeSpan RetryAfter { get; } = retryAfter;
}

/// <summary>More is asked at this moment than can be done well.</summary>
public sealed class Busy(Exception? cause = null) : Failure(503, "busy", cause: cause);

/// <summary>The chain as a whole is being restored or deleted; all others are served.</summary>
public sealed class TenantClosed() : Failure(503, "tenant_closed");

/// <summary>The change was sent to be committed and the answer never came: it may have happened or not.</summary>
public sealed class OutcomeUnknown(Exception cause) : Failure(503, "outcome_unknown", cause: cause);

/// <summary>Fields that break their rules, each with a code.</summary>
public sealed class Invalid(IReadOnlyList<FieldError> errors) : Failure(400, "invalid")
{
    public IReadOnlyList<FieldError> Errors { get; } = errors;
}

/// <param name="Field">Camel-case path of the field.</param>
/// <param name="Code">Stable code; FluentValidation's own or ours.</param>
public sealed record FieldError(string Field, string Code);
