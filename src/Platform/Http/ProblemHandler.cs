using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using EPM.Platform.Localisation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Npgsql;

namespace EPM.Platform.Http;

/// <summary>The one place where failures become RFC 9457 problem details, in the caller's language, revealing nothing else.</summary>
public sealed partial class ProblemHandler(RequestDelegate next, Texts texts, ILogger<ProblemHandler> logger)
{
    public async Task InvokeAsync(HttpContext http, CurrentCaller caller)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            // The client left; there is nobody to answer.
        }
        catch (Exception failure) when (!http.Response.HasStarted)
        {
            await AnswerAsync(http, caller, failure);
        }
    }

    private async Task AnswerAsync(HttpContext http, CurrentCaller caller, Exception failure)
    {
        var (status, code) = Classify(failure);
        // Who is refused because others have just waited in vain adds nothing to what their failures said.
        if (status >= 500 && failure is not Busy { InnerException: null })
            LogUnexpected(failure, http.Request.Method, http.Request.Path);
        if (status is 503 or 507)
            http.Response.Headers.RetryAfter = "2";
        if (failure is TooMany often)
            http.Response.Headers.RetryAfter = ((int)Math.Ceiling(often.RetryAfter.TotalSeconds)).ToString(CultureInfo.InvariantCulture);
        if (status == 401)
            http.Response.Headers.WWWAuthenticate = "Bearer";
        var known = failure as Failure;
        await WriteAsync(http, caller, status, code, known?.Args, (known as Invalid)?.Errors);
    }

    /// <summary>Answers a problem without an exception, for statuses that the framework decides (401, 403, 404, 405, 415).</summary>
    public Task WriteAsync(HttpContext http, CurrentCaller caller, int status, string code,
        IReadOnlyDictionary<string, object>? args = null, IReadOnlyList<FieldError>? errors = null)
    {
        var language = caller.IsSet ? caller.Value.Language : Texts.FromHeader(http.Request.Headers.AcceptLanguage);
        var body = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["type"] = $"urn:epm:problem:{code}",
            ["title"] = texts.Say(language, code, args),
            ["status"] = status,
            ["code"] = code,
            ["traceId"] = Activity.Current?.TraceId.ToString() ?? http.TraceIdentifier,
        };
        if (errors is not null)
        {
            body["errors"] = errors.GroupBy(e => e.Field, StringComparer.Ordinal).ToDictionary(
                field => field.Key, field => field.Select(e => new { code = e.Code, message = texts.Say(language, e.Code) }).ToArray(), StringComparer.Ordinal);
        }
        http.Response.StatusCode = status;
        http.Response.Headers.CacheControl = "no-store";
        return http.Response.WriteAsJsonAsync(body, JsonSerializerOptions.Web, "application/problem+json", http.RequestAborted);
    }

    private static (int Status, string Code) Classify(Exception failure) => Transience.Cause(failure) switch
    {
        Failure known => (known.Status, known.Code),
        BadHttpRequestException bad => (bad.StatusCode, bad.StatusCode == 413 ? "body_too_large" : "body_unreadable"),
        JsonException => (400, "body_unreadable"),
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => (409, "conflict_changed"),
        PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter } => (400, "body_unreadable"),
        PostgresException { SqlState: PostgresErrorCodes.DiskFull } => (507, "storage_full"),
        NpgsqlException or TimeoutException or OperationCanceledException => (503, "busy"),
        _ => (500, "unexpected"),
    };

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} {Path} failed")]
    private partial void LogUnexpected(Exception failure, string method, string path);
}
