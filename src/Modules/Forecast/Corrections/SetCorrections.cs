using EPM.Forecast.Answers;
using EPM.Forecast.Domain;
using EPM.Forecast.Persistence;
using EPM.Platform.Audit;
using EPM.Platform.Http;
using EPM.Platform.Mediation;
using EPM.Platform.Security;
using EPM.Platform.Tenancy;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using FluentValidation;
using MediatR;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;

namespace EPM.Forecast.Corrections;

/// <param name="Corrected">Units the day is to be learnt from as; null to learn nothing from it.</param>
/// <param name="Reason">One of stock_out, outlier, event, manual.</param>
internal sealed record CorrectionInput(string Sku, string Store, DateOnly Date, decimal? Corrected, string Reason, string? Note);

/// <summary>Corrects days of the past for those who learn from it; a day that was corrected is corrected anew. All or none.</summary>
[Needs(Permissions.EditForecasts)]
internal sealed record SetCorrections(IReadOnlyList<CorrectionInput> Items) : ICommand<CorrectionList>
{
    public static async Task<Ok<CorrectionList>> Endpoint(SetCorrections body, IMediator mediator, CancellationToken ct) =>
        TypedResults.Ok(await mediator.Send(body, ct));
}

internal sealed class SetCorrectionsValidator : AbstractValidator<SetCorrections>
{
    private const decimal Most = 1_000_000_000;

    public SetCorrectionsValidator()
    {
        RuleFor(set => set.Items).Cascade(CascadeMode.Stop).NotNull()
            .Must(items => items.All(item => item is not null)).WithErrorCode("NotNullValidator")
            .Must(items => items.Count <= 600).WithErrorCode("too_many_items");
        RuleForEach(set => set.Items).ChildRules(item =>
        {
            item.RuleLevelCascadeMode = CascadeMode.Stop;
            item.RuleFor(day => day.Sku).NotEmpty();
            item.RuleFor(day => day.Store).NotEmpty();
            item.RuleFor(day => day.Date).NotEmpty().IsDayOfBusiness();
            item.RuleFor(day => day.Corrected).InclusiveBetween(0, Most);
            item.RuleFor(day => day.Reason).Must(reason => CorrectionReasons.All.Contains(reason)).WithErrorCode("correction_reason");
            item.RuleFor(day => day.Note).MaximumLength(300).Must(note => note?.Any(char.IsControl) != true).WithErrorCode("text_plain");
        });
    }
}

internal sealed class SetCorrectionsHandler(
    CorrectionWriter writer, Sight sight, CorrectionViews views, CurrentTenant tenant, AuditTrail audit, TimeProvider time) : IRequestHandler<SetCorrections, CorrectionList>
{
    public async Task<CorrectionList> Handle(SetCorrections request, CancellationToken cancellationToken)
    {
        var cells = await sight.OfAsync(cancellationToken);
        var today = BusinessDay.Today(time, tenant.Info.TimeZone);
        var days = new List<DayToCorrect>(request.Items.Count);
        for (var i = 0; i < request.Items.Count; i++)
        {
            var item = request.Items[i];
            if (item.Date > today)
                throw new Invalid([new FieldError(FormattableString.Invariant($"items[{i}].date"), "correction_in_future")]);
            var cell = new CellKey(cells.Store(item.Store).StoreNo, cells.Product(item.Sku).ProductNo);
            var corrected = item.Corrected is { } units ? (long?)decimal.Round(units * Formula.Unit, MidpointRounding.AwayFromZero) : null;
            days.Add(new DayToCorrect(cell, item.Date, corrected, item.Reason, string.IsNullOrWhiteSpace(item.Note) ? null : item.Note.Trim()));
        }
        var written = await writer.WriteAsync(days, cancellationToken);
        foreach (var (now, before, existed) in written)
        {
            audit.Record("correction.set", $"correction/{now.CorrectionId}", existed ? new { Corrected = Units(before) } : null,
                new { now.StoreNo, now.ProductNo, now.Day, Corrected = Units(now.Corrected), now.Reason, now.Note });
        }
        return new CorrectionList(await views.OfAsync([.. written.Select(row => row.Now).Distinct()], cells, cancellationToken), written.Count);
    }

    private static double? Units(long? quantity) => quantity is { } known ? Quantity.Units(known) : null;
}
