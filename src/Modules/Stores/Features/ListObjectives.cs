using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Stores.Features;

/// <param name="Revenue">With tax, of the whole month.</param>
internal sealed record StoreMonthObjective(string Store, string Month, decimal Revenue);

internal sealed record StoreObjectiveList(IReadOnlyList<StoreMonthObjective> Items);

/// <summary>One month's objectives of every store the caller sees: whole months, where the metric counts only the days so far.</summary>
[Needs(Permissions.ViewStores)]
[Reads]
internal sealed record ListObjectives(string Month) : IDirect<StoreObjectiveList>
{
    public static async Task<Ok<StoreObjectiveList>> Endpoint(string month, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(new ListObjectives(month), ct));
}

internal sealed class ListObjectivesValidator : AbstractValidator<ListObjectives>
{
    public ListObjectivesValidator() => RuleFor(list => list.Month).Must(text => Months.TryRead(text, out _)).WithErrorCode("month_format");
}

internal sealed class ListObjectivesHandler(IStoreDirectory directory, IObjectives objectives, CurrentCaller caller)
    : IRequestHandler<ListObjectives, StoreObjectiveList>
{
    public async Task<StoreObjectiveList> Handle(ListObjectives request, CancellationToken cancellationToken)
    {
        var month = Months.Read(request.Month);
        var visible = (await directory.AllAsync(cancellationToken)).VisibleTo(caller.Value.Scope).ToDictionary(store => store.StoreNo, store => store.Code);
        var found = await objectives.MonthlyAsync(visible.Keys, month, month, cancellationToken);
        return new StoreObjectiveList([.. found.Select(objective => new StoreMonthObjective(visible[objective.StoreNo], request.Month, objective.Revenue))]);
    }
}
