using EPM.Forecast.Answers;
using EPM.Forecast.Domain;
using EPM.Platform.Localisation;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Forecast.Accuracy;

/// <param name="Key">The step, or the person's id.</param>
/// <param name="Gain">Points of WAPE less than the step before; of a person, than the statistical forecast of the same days.</param>
/// <param name="Better">Cells whose error became smaller by it.</param>
internal sealed record ValueAddedRow(string Key, string Label, int Cells, double? Wape, double? Gain, int Better, int Worse);

internal sealed record ValueAddedList(DateOnly From, DateOnly To, string By, IReadOnlyList<ValueAddedRow> Rows);

/// <summary>What each step from naive to overridden brought, of the forecasts that were made one day ahead.</summary>
/// <param name="From">Eight weeks before <paramref name="To"/> when null.</param>
/// <param name="To">Today when null.</param>
/// <param name="By">step or person.</param>
/// <param name="Store">Code; null for all the person sees.</param>
/// <param name="Category">Code; null for all the person sees.</param>
[Needs(Permissions.ViewForecasts)]
internal sealed record GetValueAdded(DateOnly? From, DateOnly? To, string By, string? Store, string? Category) : IQuery<ValueAddedList>
{
    public static async Task<Ok<ValueAddedList>> Endpoint(
        IMediator mediator, CancellationToken ct, DateOnly? from = null, DateOnly? to = null, string by = "step", string? store = null, string? category = null) =>
        TypedResults.Ok(await mediator.Send(new GetValueAdded(from, to, by, store, category), ct));
}

internal sealed class GetValueAddedValidator : AbstractValidator<GetValueAdded>
{
    private const int MostDays = 366;

    public GetValueAddedValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(query => query.From).IsDayOfBusiness();
        RuleFor(query => query.To).IsDayOfBusiness();
        RuleFor(query => query.By).Must(by => by is "step" or "person").WithErrorCode("value_added_by");
        RuleFor(query => query.To).Must((query, to) => query.From is null || to is null || to >= query.From).WithErrorCode("accuracy_period")
            .Must((query, to) => query.From is not { } from || to is not { } last || last.DayNumber - from.DayNumber < MostDays).WithErrorCode("accuracy_period");
    }
}

internal sealed class GetValueAddedHandler(
    Sight sight, PastReader past, PastOverrides overrides, CurrentCaller caller, CurrentTenant tenant, Texts texts, TimeProvider time) : IRequestHandler<GetValueAdded, ValueAddedList>
{
    private const int DefaultDays = 56;

    public async Task<ValueAddedList> Handle(GetValueAdded request, CancellationToken cancellationToken)
    {
        var seen = await sight.OfAsync(cancellationToken);
        HashSet<int> stores = request.Store is { } code ? [seen.Store(code).StoreNo] : [.. seen.StoreNos()];
        var products = request.Category is { } category ? seen.ProductsOf(seen.Category(category)) : seen.ProductNos();
        var to = request.To ?? request.From?.AddDays(DefaultDays - 1) ?? BusinessDay.Today(time, tenant.Info.TimeZone);
        var from = request.From ?? to.AddDays(1 - DefaultDays);
        var history = await overrides.ReadAsync(from, to, cancellationToken);
        var added = new ValueAdded();
        await past.ReadAsync([OverrideScores.Lag], products, from, to, row => Add(added, row, stores, history), cancellationToken);
        return new ValueAddedList(from, to, request.By, request.By == "step" ? Steps(added) : Persons(added, history));
    }

    private IReadOnlyList<ValueAddedRow> Steps(ValueAdded added) =>
        [.. added.BySteps().Select(row => Told(row, row.Key, texts.Say(caller.Value.Language, "forecast_step." + row.Key)))];

    // As the person was called when they did it last.
    private static IReadOnlyList<ValueAddedRow> Persons(ValueAdded added, OverrideHistory history)
    {
        var names = history.Overrides.Select(laid => laid.Made).OrderBy(made => made.CreatedAt).GroupBy(made => made.CreatedBy).ToDictionary(made => made.Key, made => made.Last().CreatedByName);
        return [.. added.ByPersons().Select(row => Told(row, row.Key.ToString(), names[row.Key])).OrderByDescending(row => row.Gain).ThenBy(row => row.Label, StringComparer.Ordinal)];
    }

    private static ValueAddedRow Told<T>(AddedValue<T> row, string key, string label) => new(key, label, row.Cells, row.Wape, row.Gain, row.Better, row.Worse);

    private static void Add(ValueAdded added, PastRow row, HashSet<int> stores, OverrideHistory history)
    {
        for (var i = 0; i < row.StoreNos.Length; i++)
        {
            if (!row.Came(i) || !stores.Contains(row.StoreNos[i]))
                continue;
            var changed = row.Overridden is not null && !row.Overridden[i].Equals(row.Statistical[i]);
            var by = changed ? history.LastOn(new CellKey(row.StoreNos[i], row.ProductNo), row.Day, row.KeptAt)?.CreatedBy : null;
            added.Add(new PastDay(row.StoreNos[i], row.ProductNo, row.Actual![i], row.Naive[i], row.Statistical[i], row.Said(i), by));
        }
    }
}
