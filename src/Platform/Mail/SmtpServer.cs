using System.Net;
using System.Net.Mail;
using Microsoft.AspNetCore.WebUtilities;

namespace EPM.Platform.Mail;

/// <summary>
/// What <c>EPM_SMTP</c> says: <c>smtp://user:password@host:port?from=address&amp;tls=off</c>. Encrypted by STARTTLS unless the server is
/// this machine or <c>tls=off</c> is given; a password is never sent in the clear to another machine.
/// </summary>
internal sealed record SmtpServer(string Host, int Port, bool Encrypted, NetworkCredential? Account, MailAddress From)
{
    private const int SubmissionPort = 587;

    /// <exception cref="InvalidOperationException">It cannot be read. The message does not repeat it: it may hold a password.</exception>
    public static SmtpServer? Parse(string? text, string domain)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var uri) || uri.Scheme != "smtp" || uri.Host.Length == 0)
            throw new InvalidOperationException("EPM_SMTP is not of the form smtp://user:password@host:port?from=address.");
        var options = QueryHelpers.ParseQuery(uri.Query);
        var encrypted = !uri.IsLoopback && options.GetValueOrDefault("tls") != "off";
        var account = AccountOf(uri);
        if (account is not null && !encrypted && !uri.IsLoopback)
            throw new InvalidOperationException("EPM_SMTP would send its password in the clear: leave out tls=off.");
        var from = options.TryGetValue("from", out var given) ? given.ToString() : $"EPM Retail <no-reply@{domain}>";
        return MailAddress.TryCreate(from, out var sender)
            ? new SmtpServer(uri.IdnHost, uri.IsDefaultPort || uri.Port < 0 ? SubmissionPort : uri.Port, encrypted, account, sender)
            : throw new InvalidOperationException("EPM_SMTP has a from that is no mail address.");
    }

    private static NetworkCredential? AccountOf(Uri uri)
    {
        var parts = uri.UserInfo.Split(':', 2);
        return parts[0].Length == 0 ? null : new NetworkCredential(Uri.UnescapeDataString(parts[0]), Uri.UnescapeDataString(parts.ElementAtOrDefault(1) ?? ""));
    }
}
