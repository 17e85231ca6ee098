using EPM.Platform.Imports;
using EPM.TestKit;
using Microsoft.Extensions.DependencyInjection;

namespace EPM.Modules.Tests.Stores;

/// <summary>Applies rows of a small kind of import as the import's job does, in one transaction.</summary>
internal static class ImportRows
{
    /// <param name="rows">Written <c>column=value;column=value</c>, numbers with a decimal comma, days before months.</param>
    public static Task<IReadOnlyList<RowOutcome>> ApplyAsync(this TestTenant tenant, string kind, params string[] rows) =>
        tenant.InTransactionAsync((session, services) => services.GetServices<IImportKind>().Single(known => known.Name == kind).ApplyAsync(session, [.. rows.Select(Row)], CancellationToken.None));

    public static ImportRow Row(string text, int at) => new(
        at + 2, text.Split(';').Select(field => field.Split('=')).ToDictionary(field => field[0], field => field[1], StringComparer.Ordinal),
        new FieldFormat(',', DateOrder.DayMonthYear));
}
