using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Stores.Contracts;
using EPM.Stores.Domain;
using EPM.Stores.Persistence;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace EPM.Stores.Features;

/// <param name="Month">Written 2026-10.</param>
/// <param name="Revenue">With tax; null, when written, removes the objective.</param>
internal sealed record MonthObjective(string Month, decimal? Revenue)
{
    public static MonthObjective Of(Objective objective) =>
        new(objective.Month.ToString("yyyy-MM", System.Globalization.CultureInfo.InvariantCulture), objective.Revenue);
}

internal sealed record ObjectiveList(IReadOnlyList<MonthObjective> Items);

/// <param name="Year">Calendar year; the tenant's current one when null.</param>
[Needs(Permissions.ViewStores)]
internal sealed record GetObjectives(string Code, int? Year) : IQuery<ObjectiveList>
{
    public static async Task<Ok<ObjectiveList>> Endpoint(string code, int? year, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new GetObjectives(code, year), ct));
}

internal sealed class GetObjectivesValidator : AbstractValidator<GetObjectives>
{
    public GetObjectivesValidator() => RuleFor(query => query.Year).InclusiveBetween(1990, 2100);
}

internal sealed class GetObjectivesHandler(StoresDbContext db, VisibleStores stores, CurrentTenant tenant, TimeProvider time)
    : IRequestHandler<GetObjectives, ObjectiveList>
{
    public async Task<ObjectiveList> Handle(GetObjectives request, CancellationToken cancellationToken)
    {
        var store = await stores.FindAsync(request.Code, cancellationToken);
        var year = request.Year ?? BusinessDay.Today(time, tenant.Info.TimeZone).Year;
        var (first, last) = (new DateOnly(year, 1, 1), new DateOnly(year, 12, 1));
        var months = await db.Objectives.Where(row => row.StoreNo == store.StoreNo && row.Month >= first && row.Month <= last)
            .OrderBy(row => row.Month).ToListAsync(cancellationToken);
        return new ObjectiveList([.. months.Select(MonthObjective.Of)]);
    }
}
