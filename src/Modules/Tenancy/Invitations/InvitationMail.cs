using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Tenancy.Mail;
using EPM.Tenancy.Security;

namespace EPM.Tenancy.Invitations;

/// <summary>What an administrator gets for an invitation: the link, this once, to hand over when mail is off or lost.</summary>
internal sealed record InvitationLinkView(Guid Id, Uri Link, DateTimeOffset ExpiresAt, bool Mailed);

internal sealed class InvitationMail(MailQueue mail, CurrentTenant tenant, CurrentCaller caller)
{
    /// <summary>Gives the invitation a new link and mails it, if mail is on.</summary>
    public async Task<InvitationLinkView> OpenAsync(Invitation invitation, Uri site, DateTimeOffset now, CancellationToken ct)
    {
        var token = LinkToken.Make();
        invitation.Open(token.Hash, now);
        var link = SiteAddress.LinkTo(site, "invitation", token.Text);
        var mailed = await mail.SendAsync("invitation", invitation.Email, invitation.Language, new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["name"] = invitation.Name,
            ["inviter"] = caller.Value.Name,
            ["chain"] = tenant.Info.Name,
            ["days"] = Invitation.OpenFor.Days,
            ["link"] = link,
        }, invitation.ExpiresAt, ct);
        return new InvitationLinkView(invitation.InvitationId, link, invitation.ExpiresAt, mailed);
    }
}
