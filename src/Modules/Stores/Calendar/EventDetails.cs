using EPM.Stores.Contracts;
using FluentValidation;

namespace EPM.Stores.Calendar;

/// <summary>What is told of an event besides its code and its stores.</summary>
/// <param name="Country">ISO 3166-1 alpha-2; null for all countries of the chain.</param>
/// <param name="Lead">Days before the first on which trade feels it already.</param>
/// <param name="Lag">Days after the last on which trade still feels it.</param>
internal sealed record EventDetails(string Name, string? Country, DateOnly From, DateOnly To, int Lead, int Lag);

internal sealed class EventDetailsValidator : AbstractValidator<EventDetails>
{
    private const int MostDays = 366;
    private const int MostAround = 60;

    private static readonly DateOnly Earliest = new(1990, 1, 1);
    private static readonly DateOnly Latest = new(2100, 12, 31);

    public EventDetailsValidator()
    {
        RuleLevelCascadeMode = CascadeMode.Stop;
        RuleFor(one => one.Name).IsGivenName();
        RuleFor(one => one.Country).Length(2).WithErrorCode("country_format").Matches("^[A-Z]{2}$").WithErrorCode("country_format");
        RuleFor(one => one.From).NotEmpty().InclusiveBetween(Earliest, Latest).WithErrorCode("date_range");
        RuleFor(one => one.To).NotEmpty().Must((one, to) => to >= one.From).WithErrorCode("event_ends_before_start")
            .Must((one, to) => to.DayNumber - one.From.DayNumber < MostDays).WithErrorCode("event_too_long");
        RuleFor(one => one.Lead).InclusiveBetween(0, MostAround).WithErrorCode("event_around_range");
        RuleFor(one => one.Lag).InclusiveBetween(0, MostAround).WithErrorCode("event_around_range");
    }
}
