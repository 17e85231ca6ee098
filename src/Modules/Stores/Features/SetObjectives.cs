using System.Globalization;
using EPM.Platform.Audit;
using EPM.Platform.Mediation;
using EPM.Platform.Persistence;
using EPM.Platform.Security;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Features;

[Needs(Permissions.EditStores)]
internal sealed record SetObjectives(string Code, ObjectiveList Body) : ICommand<ObjectiveList>
{
    public static async Task<Ok<ObjectiveList>> Endpoint(string code, ObjectiveList body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new SetObjectives(code, body), ct));
}

internal sealed class SetObjectivesValidator : AbstractValidator<SetObjectives>
{
    public SetObjectivesValidator()
    {
        RuleFor(set => set.Body.Items).Cascade(CascadeMode.Stop).NotNull()
            .Must(items => items.All(item => item is not null)).WithErrorCode("NotNullValidator")
            .Must(items => items.Count <= 600).WithErrorCode("too_many_items")
            .Must(items => items.DistinctBy(item => item.Month, StringComparer.Ordinal).Count() == items.Count).WithErrorCode("month_twice");
        RuleForEach(set => set.Body.Items).ChildRules(item =>
        {
            item.RuleFor(month => month.Month).Must(text => Months.TryRead(text, out _)).WithErrorCode("month_format");
            item.RuleFor(month => month.Revenue).InclusiveBetween(0, Objective.Most);
        });
    }
}

internal sealed class SetObjectivesHandler(TenantSession session, StoresDbContext db, VisibleStores stores, AuditTrail audit)
    : IRequestHandler<SetObjectives, ObjectiveList>
{
    public async Task<ObjectiveList> Handle(SetObjectives request, CancellationToken cancellationToken)
    {
        var store = await stores.FindAsync(request.Code, cancellationToken);
        var wanted = request.Body.Items.ToDictionary(item => Months.Read(item.Month), item => item.Revenue);
        var months = wanted.Keys.ToArray();
        var known = await db.Objectives.Where(row => row.StoreNo == store.StoreNo && months.Contains(row.Month))
            .ToDictionaryAsync(row => row.Month, cancellationToken);
        audit.Record("objectives.set", "store/" + store.Code,
            wanted.Keys.ToDictionary(Months.Write, month => known.GetValueOrDefault(month)?.Revenue), wanted.ToDictionary(item => Months.Write(item.Key), item => item.Value));
        foreach (var (month, revenue) in wanted)
        {
            var there = known.GetValueOrDefault(month);
            if (revenue is null && there is not null)
                db.Objectives.Remove(there);
            else if (revenue is { } amount && there is not null)
                there.Revenue = amount;
            else if (revenue is { } first)
                db.Objectives.Add(new Objective { StoreNo = store.StoreNo, Month = month, Revenue = first });
        }
        await db.SaveChangesAsync(cancellationToken);
        session.FiguresChange();
        return new ObjectiveList([.. request.Body.Items.Where(item => item.Revenue is not null).OrderBy(item => item.Month, StringComparer.Ordinal)]);
    }
}

/// <summary>Months as the API writes them: 2026-10.</summary>
internal static class Months
{
    public static bool TryRead(string? text, out DateOnly month) =>
        DateOnly.TryParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture, DateTimeStyles.None, out month) && month.Year is >= 1990 and <= 2100;

    public static string Write(DateOnly month) => month.ToString("yyyy-MM", CultureInfo.InvariantCulture);

    public static DateOnly Read(string text) => DateOnly.ParseExact(text, "yyyy-MM", CultureInfo.InvariantCulture);
}
