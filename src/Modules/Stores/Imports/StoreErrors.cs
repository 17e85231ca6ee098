using System.Globalization;
using EPM.Platform.Imports;
using FluentValidation.Results;

namespace EPM.Stores.Imports;

internal static class StoreErrors
{
    /// <summary>Tells broken rules of a store by the file's columns, leaving out columns that could not even be read.</summary>
    public static IEnumerable<RowError> In(ValidationResult result, IReadOnlyCollection<RowError> unread) =>
        result.Errors
            .Select(failure => new RowError(
                Column(failure.PropertyName), Code(failure.ErrorCode), Convert.ToString(failure.AttemptedValue, CultureInfo.InvariantCulture) ?? ""))
            .Where(error => unread.All(other => other.Column != error.Column)).ToArray();

    private static string Column(string property) => property switch
    {
        "OpenedOn" => "opened_on",
        "ClosedOn" => "closed_on",
        "TimeZone" => "time_zone",
        _ => property.ToLowerInvariant(),
    };

    private static string Code(string code) => code switch
    {
        "NotEmptyValidator" => "import_required",
        "MaximumLengthValidator" => "import_too_long",
        "GreaterThanValidator" => "surface_range",
        "InclusiveBetweenValidator" => "date_range",
        _ => code,
    };
}
