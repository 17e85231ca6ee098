using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Features;

/// <summary>Replaces all closures of a store.</summary>
[Needs(Permissions.EditStores)]
internal sealed record SetClosures(string Code, ClosureList Body) : ICommand<ClosureList>
{
    public static async Task<Ok<ClosureList>> Endpoint(string code, ClosureList body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new SetClosures(code, body), ct));
}

internal sealed class SetClosuresValidator : AbstractValidator<SetClosures>
{
    public SetClosuresValidator()
    {
        RuleFor(set => set.Body.Items).Cascade(CascadeMode.Stop).NotNull()
            .Must(items => items.All(item => item is not null)).WithErrorCode("NotNullValidator")
            .Must(items => items.Count <= 600).WithErrorCode("too_many_items")
            .Must(AreApart).WithErrorCode("closures_overlap");
        RuleForEach(set => set.Body.Items).ChildRules(item =>
        {
            item.RuleLevelCascadeMode = CascadeMode.Stop;
            item.RuleFor(closure => closure.From).NotEmpty();
            item.RuleFor(closure => closure.To).NotEmpty().Must((closure, to) => to >= closure.From).WithErrorCode("closure_ends_before_start");
            item.RuleFor(closure => closure.Reason).IsGivenName(most: 200);
        });
    }

    private static bool AreApart(IReadOnlyList<ClosureView> items)
    {
        var ordered = items.OrderBy(item => item.From).ToArray();
        return ordered.Zip(ordered.Skip(1)).All(pair => pair.First.To < pair.Second.From);
    }
}

internal sealed class SetClosuresHandler(TenantSession session, StoresDbContext db, VisibleStores stores, AuditTrail audit) : IRequestHandler<SetClosures, ClosureList>
{
    public async Task<ClosureList> Handle(SetClosures request, CancellationToken cancellationToken)
    {
        var store = await stores.FindAsync(request.Code, cancellationToken);
        var stored = db.Closures.Where(closure => closure.StoreNo == store.StoreNo);
        var before = await stored.OrderBy(closure => closure.FromDay).Select(closure => new { From = closure.FromDay, To = closure.ToDay, closure.Reason }).ToListAsync(cancellationToken);
        await stored.ExecuteDeleteAsync(cancellationToken);
        var items = request.Body.Items.OrderBy(item => item.From).ToArray();
        db.Closures.AddRange(items.Select(item => new Closure { StoreNo = store.StoreNo, FromDay = item.From, ToDay = item.To, Reason = item.Reason.Trim() }));
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        audit.Record("closures.set", "store/" + store.Code, new { Closures = before }, new { Closures = items });
        return new ClosureList(items);
    }
}
