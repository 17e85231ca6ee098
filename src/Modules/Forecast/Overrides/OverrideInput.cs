using EPM.Forecast.Domain;
using EPM.Platform.Http;
using EPM.Sales.Contracts;
using EPM.Stores.Contracts;
using FluentValidation;
using FluentValidation.Results;

namespace EPM.Forecast.Overrides;

/// <summary>An override as a planner asks for it.</summary>
/// <param name="Id">Of the override it takes the place of; null for a new one.</param>
/// <param name="Level">One of product, category, store, region, group. What is named beside it narrows it, such as a product to a store.</param>
/// <param name="Formula">As <c>*1.2</c>, <c>-10%</c>, <c>+250</c>, <c>=300</c> or <c>*3.5+100</c>; a decimal comma is understood.</param>
/// <param name="ExpiresOn">Last day on which it counts.</param>
internal sealed record OverrideInput(
    Guid? Id, string Level, string? Sku, string? Category, string? Store, string? Region, DateOnly From, DateOnly To, string Formula, string Reason, DateOnly? ExpiresOn)
{
    /// <exception cref="NotFound">The chain has no such product, category, store or region.</exception>
    /// <exception cref="RuleBroken">What it names has nothing in common, such as a store and another region.</exception>
    public OverrideReach Reach(StoreMap stores, ProductMap products)
    {
        var product = Sku is null ? null : products.BySku.GetValueOrDefault(Sku) ?? throw new NotFound("forecast_product_unknown");
        var category = Category is null ? null : products.CategoryByCode.GetValueOrDefault(Category) ?? throw new NotFound("forecast_category_unknown");
        var store = Store is null ? null : stores.ByCode.GetValueOrDefault(Store) ?? throw new NotFound("forecast_store_unknown");
        if (Region is not null && !stores.Regions.Any(region => region.Code == Region))
            throw new NotFound("forecast_region_unknown");
        if ((store is not null && Region is not null && store.RegionCode != Region) || (product is not null && category is not null && !products.IsWithin(product, category.CategoryNo)))
            throw new RuleBroken("override_nowhere");
        return new OverrideReach(stores, products, product?.ProductNo, category?.CategoryNo, store?.StoreNo, Region);
    }

    public Formula Read() => Domain.Formula.Read(Formula, out var formula) is { } wrong ? throw new Invalid([new FieldError("formula", wrong)]) : formula;
}

internal sealed class OverrideInputValidator : AbstractValidator<OverrideInput>
{
    private const int MostDays = 366;

    public OverrideInputValidator()
        : this(withReason: true)
    {
    }

    public OverrideInputValidator(bool withReason)
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(item => item.Level).NotNull().Must(level => OverrideLevels.All.Contains(level)).WithErrorCode("override_level");
        RuleFor(item => item.Level).Must((item, _) => NamesItsTarget(item)).WithErrorCode("override_target").When(item => OverrideLevels.All.Contains(item.Level));
        RuleFor(item => item.From).NotEmpty().IsDayOfBusiness();
        RuleFor(item => item.To).NotEmpty().IsDayOfBusiness().Must((item, to) => to >= item.From).WithErrorCode("override_ends_before_start")
            .Must((item, to) => to.DayNumber - item.From.DayNumber < MostDays).WithErrorCode("override_too_long");
        RuleFor(item => item.ExpiresOn).IsDayOfBusiness();
        RuleFor(item => item.Formula).NotEmpty().MaximumLength(Domain.Formula.MostCharacters).Custom((text, context) =>
        {
            if (Domain.Formula.Read(text, out _) is { } wrong)
                context.AddFailure(new ValidationFailure(context.PropertyPath, wrong) { ErrorCode = wrong });
        });
        if (withReason)
            RuleFor(item => item.Reason).IsGivenName(most: 300);
    }

    // What stands beside what the level is of narrows it; a whole store, region or chain cannot be narrowed to some products.
    private static bool NamesItsTarget(OverrideInput item) => item.Level switch
    {
        OverrideLevels.Product => item.Sku is not null,
        OverrideLevels.Category => item.Category is not null && item.Sku is null,
        OverrideLevels.Store => item.Store is not null && item.Sku is null && item.Category is null,
        OverrideLevels.Region => item.Region is not null && item.Sku is null && item.Category is null && item.Store is null,
        _ => item.Sku is null && item.Category is null && item.Store is null && item.Region is null,
    };
}
