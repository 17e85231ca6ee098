using System.Text.RegularExpressions;
using EPM.Stores.Contracts;
using EPM.Tenancy.Contracts;
using FluentValidation;

namespace EPM.Stores.Domain;

/// <summary>All that is told of a store besides its code.</summary>
/// <param name="Region">Region code.</param>
/// <param name="ClosedOn">First day without business.</param>
internal sealed record StoreDetails(
    string Name, string Region, string Country, string Currency, decimal? Surface, DateOnly OpenedOn, DateOnly? ClosedOn, string TimeZone);

internal sealed partial class StoreDetailsValidator : AbstractValidator<StoreDetails>
{
    private static readonly DateOnly Earliest = new(1900, 1, 1);
    private static readonly DateOnly Latest = new(2100, 12, 31);

    public StoreDetailsValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(store => store.Name).IsGivenName();
        RuleFor(store => store.Region).NotEmpty().Must(code => StoreCode.IsValid(code)).WithErrorCode("code_format");
        RuleFor(store => store.Country).NotEmpty().Must(code => CountryForm().IsMatch(code)).WithErrorCode("country_format");
        RuleFor(store => store.Currency).NotEmpty().Must(Currencies.Exists).WithErrorCode("currency_unknown");
        RuleFor(store => store.Surface).GreaterThan(0).LessThanOrEqualTo(1_000_000).WithErrorCode("surface_range");
        RuleFor(store => store.OpenedOn).NotEmpty().InclusiveBetween(Earliest, Latest).WithErrorCode("date_range");
        RuleFor(store => store.ClosedOn).InclusiveBetween(Earliest, Latest).WithErrorCode("date_range")
            .Must((store, closed) => closed is null || closed >= store.OpenedOn).WithErrorCode("store_closed_before_opening");
        RuleFor(store => store.TimeZone).NotEmpty().Must(IsTimeZone).WithErrorCode("time_zone_unknown");
    }

    // The pattern keeps Windows names out, which the database would not know.
    private static bool IsTimeZone(string zone) => ZoneForm().IsMatch(zone) && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out _);

    [GeneratedRegex("^[A-Z]{2}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex CountryForm();

    [GeneratedRegex("^[A-Za-z_]{1,20}(/[A-Za-z0-9_+-]{1,30}){0,2}$", RegexOptions.ExplicitCapture, 100)]
    private static partial Regex ZoneForm();
}
