using System.Globalization;
using System.Text;
using EPM.Platform.Http;
using EPM.Platform.Tenancy;
using Microsoft.AspNetCore.Mvc;
using Npgsql;

namespace EPM.Tenancy.Audit;

/// <summary>Which entries of the trail are asked for. Days are the chain's own; both ends count.</summary>
/// <param name="Who">A person's id, or a part of a name or address.</param>
/// <param name="Subject">What the subject begins with.</param>
/// <param name="Search">A part of subject, person, action, or of what changed.</param>
internal sealed record AuditFilter(
    [FromQuery] DateOnly? From, [FromQuery] DateOnly? To, [FromQuery] string? Who, [FromQuery] string? Action, [FromQuery] string? Subject, [FromQuery] string? Search)
{
    private const int LongestText = 200;

    /// <summary>The condition behind the tenant's own, and its parameters from <c>$2</c> on.</summary>
    public (string Condition, List<NpgsqlParameter> Parameters) ToSql(TenantInfo tenant)
    {
        var (sql, parameters) = (new StringBuilder("true"), new List<NpgsqlParameter>());
        var zone = TimeZoneInfo.FindSystemTimeZoneById(tenant.TimeZone);
        if (From is { } from)
            And("at >= {0}", Midnight(from, zone));
        if (To is { } to)
            And("at < {0}", Midnight(to < DateOnly.MaxValue ? to.AddDays(1) : to, zone));
        if (Guid.TryParse(Who, out var person))
            And("user_id = {0}", person);
        else if (Text(Who) is { } who)
            And("(user_name ILIKE {0} OR user_email ILIKE {0})", $"%{Escaped(who)}%");
        if (Text(Action) is { } action)
            And("action = {0}", action);
        if (Text(Subject) is { } subject)
            And("subject LIKE {0}", Escaped(subject) + "%");
        if (Text(Search) is { } search)
            And("(subject ILIKE {0} OR user_name ILIKE {0} OR user_email ILIKE {0} OR action ILIKE {0} OR before::text ILIKE {0} OR after::text ILIKE {0})", $"%{Escaped(search)}%");
        return (sql.ToString(), parameters);

        void And<T>(string condition, T value)
        {
            parameters.Add(new NpgsqlParameter<T> { TypedValue = value });
            sql.Append(" AND ").AppendFormat(CultureInfo.InvariantCulture, condition, $"${parameters.Count + 1}");
        }
    }

    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var local = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null
        : text.Length <= LongestText && !text.Contains('\0', StringComparison.Ordinal) ? text.Trim() : throw new BadInput("audit_filter_too_long");

    private static string Escaped(string text) =>
        text.Replace(@"\", @"\\", StringComparison.Ordinal).Replace("%", @"\%", StringComparison.Ordinal).Replace("_", @"\_", StringComparison.Ordinal);
}
