using EPM.Sales.Catalogue;

namespace EPM.Modules.Tests.Sales.Catalogue;

public sealed class CategoryTreeTests
{
    private static readonly Dictionary<int, int?> Tree = new() { [1] = null, [2] = 1, [3] = 2, [4] = 2, [5] = null };

    [Fact]
    public void Ways_lead_up_to_the_root_and_down_to_every_leaf()
    {
        CategoryTree.SelfAndAncestors(4, Tree).ShouldBe([4, 2, 1]);
        CategoryTree.SelfAndDescendants(2, Tree).Order().ShouldBe([2, 3, 4]);
    }

    [Theory]
    [InlineData(2, null, null)]
    [InlineData(2, 5, null)]
    [InlineData(2, 2, "category_cycle")]
    [InlineData(1, 4, "category_cycle")]
    public void A_category_hangs_anywhere_but_below_itself(int category, int? parent, string? fault) =>
        CategoryTree.Fault(category, parent, Tree).ShouldBe(fault);

    [Fact]
    public void What_hangs_below_a_category_counts_for_its_depth()
    {
        var deep = new Dictionary<int, int?>(Tree) { [6] = 5, [7] = 6, [8] = 7 };
        CategoryTree.Fault(3, 8, deep).ShouldBeNull();
        CategoryTree.Fault(2, 8, deep).ShouldBe("category_too_deep");
        CategoryTree.Fault(2, 7, deep).ShouldBeNull();
    }
}
