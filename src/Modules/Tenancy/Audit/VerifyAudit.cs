using EPM.Platform.Audit;
using EPM.Platform.Localisation;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using MediatR;
using Microsoft.AspNetCore.Http;

namespace EPM.Tenancy.Audit;

/// <summary>Checks the chain's whole trail, against this host's anchors too.</summary>
[Needs(Permissions.ViewAudit)]
internal sealed record VerifyAudit : IDirect<AuditVerdict>
{
    public static async Task<IResult> Endpoint(IMediator mediator, CancellationToken ct) => TypedResults.Ok(await mediator.Send(new VerifyAudit(), ct));
}

internal sealed record AnchorView(long Number, DateTimeOffset At);

/// <param name="BrokenAt">Number of the first entry that is wrong or missing.</param>
/// <param name="Reason">Stable code.</param>
/// <param name="Explanation">The reason in the caller's language.</param>
/// <param name="Anchor">The newest entry that this host noted outside the database.</param>
internal sealed record AuditVerdict(
    bool Intact, long Entries, long? First, long? Last, long? BrokenAt, string? Reason, string? Explanation, AnchorView? Anchor, DateTimeOffset CheckedAt);

internal sealed class VerifyAuditHandler(TenantSession session, CurrentCaller caller, AuditVerification verification, AuditAnchors anchors, Texts texts)
    : IRequestHandler<VerifyAudit, AuditVerdict>
{
    public async Task<AuditVerdict> Handle(VerifyAudit request, CancellationToken cancellationToken)
    {
        WholeChain.Require(caller);
        var report = await verification.VerifyAsync(session, AnchorFile.Read(anchors.Path), cancellationToken);
        return new AuditVerdict(report.Intact, report.Entries, report.First, report.Last, report.BrokenAt, report.Reason,
            report.Reason is { } reason ? texts.Say(caller.Value.Language, "audit_fault." + reason) : null,
            report.Anchor is { } anchor ? new AnchorView(anchor.Number, anchor.At) : null, report.CheckedAt);
    }
}
