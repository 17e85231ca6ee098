using EPM.Forecast.Domain;
using EPM.Modules.Tests.Sales;
using FsCheck;
using FsCheck.Fluent;
using Xunit.Abstractions;

namespace EPM.Modules.Tests.Forecast.Domain;

/// <summary>A total that is planned for many days and stores is, over these days and stores, that total: not a ten-thousandth less.</summary>
public sealed class DisaggregationTests(ITestOutputHelper output)
{
    private static readonly Gen<(long[] Weights, long Total)> Cases =
        from size in Gen.Choose(1, 40)
        from weights in Gen.ArrayOf(Gen.Frequency((1, Gen.Constant(0)), (3, Gen.Choose(0, 50)), (2, Gen.Choose(0, 900_000_000))), size)
        from total in Gen.OneOf(Gen.Choose(-40, 40), Gen.Choose(-1_000_000_000, 1_000_000_000))
        select (weights.Select(weight => (long)weight).ToArray(), (long)total * (total % 7 == 0 ? 10_000 : 1));

    public static TheoryData<long> Seeds => Samples.Seeds;

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void Shares_sum_to_the_total_and_none_is_further_than_one_unit_from_its_part(long seed)
    {
        output.WriteLine($"seed {seed}");
        foreach (var (weights, total) in Samples.Of(Cases, seed, 300))
        {
            var shares = Disaggregation.Share(weights, total);
            shares.Sum().ShouldBe(total);
            var all = weights.Sum();
            for (var i = 0; i < shares.Length; i++)
            {
                var part = all == 0 ? (decimal)total / weights.Length : (decimal)total * weights[i] / all;
                Math.Abs(shares[i] - part).ShouldBeLessThan(1);
                if (all > 0 && weights[i] == 0)
                    shares[i].ShouldBe(0, "nothing is planned where nothing is forecast");
            }
        }
    }

    [Theory]
    [MemberData(nameof(Seeds), DisableDiscoveryEnumeration = true)]
    public void Any_formula_over_any_cells_reaches_exactly_what_it_says(long seed)
    {
        output.WriteLine($"seed {seed}");
        foreach (var (weights, total) in Samples.Of(Cases, seed, 300))
        {
            var factor = 1 + (Math.Abs(total) % 30 / 10m);
            Sum(new Formula(1, total, null), weights).ShouldBe(Math.Max(0, weights.Sum() + total));
            Sum(new Formula(0, 0, Math.Abs(total)), weights).ShouldBe(Math.Abs(total));
            var multiplied = weights.Sum(weight => Quantity.Times(weight, factor));
            Sum(new Formula(factor, total, null), weights).ShouldBe(Math.Max(0, multiplied + total));
            Sum(new Formula(factor, 0, null), weights).ShouldBe(multiplied);
        }

        static long Sum(in Formula formula, long[] means)
        {
            var shares = OverrideShares.Of(formula, means);
            var sum = 0L;
            for (var i = 0; i < means.Length; i++)
            {
                var after = OverrideShares.Apply(formula, means[i], shares?[i] ?? 0);
                after.ShouldBeGreaterThanOrEqualTo(0);
                sum += after;
            }
            return sum;
        }
    }

    [Fact]
    public void What_is_added_goes_where_the_forecast_says_it_will_sell() =>
        Disaggregation.Share([30, 10, 0, 60], 1_000).ShouldBe([300, 100, 0, 600]);

    [Fact]
    public void Where_nothing_is_forecast_everybody_has_an_equal_share() =>
        Disaggregation.Share([0, 0, 0], 10).ShouldBe([4, 3, 3]);

    [Fact]
    public void Three_thirds_of_one_are_one() =>
        Disaggregation.Share([1, 1, 1], Formula.Unit).ShouldBe([3334, 3333, 3333]);

    [Fact]
    public void A_total_of_which_nobody_can_have_a_share_is_refused() =>
        Should.Throw<ArgumentException>(() => Disaggregation.Share([], 1));

    [Fact]
    public void Hundreds_of_millions_of_units_do_not_overflow()
    {
        var shares = Disaggregation.Share([long.MaxValue / 4, long.MaxValue / 4, long.MaxValue / 4], 1_000_000_000L * Formula.Unit);
        shares.Sum().ShouldBe(1_000_000_000L * Formula.Unit);
    }
}
