// Decrement tables, yields and break-evens add up from the printed number to the loans, in every example that has them.

#include "explained_deal.h"

namespace spillway::explain {
namespace {

const std::vector<std::string> kDecrements{"class", "date", "psa"}, kYields{"class", "index_pct", "psa"},
    kBreakEvens{"class", "target", "speed_pct", "severity_pct"};

struct Example {
  const char* name;
  std::size_t decrements, to_loans;  // cells of the table at least; explained down to the loans one in so many
};

class DecrementsExplained : public testing::TestWithParam<Example> {};

TEST_P(DecrementsExplained, AddUpFromFormulaToLoans) {
  ExplainedDeal(GetParam().name).expect_explained("decrements", kDecrements, GetParam().decrements, GetParam().to_loans);
}

INSTANTIATE_TEST_SUITE_P(Examples, DecrementsExplained,
                         testing::Values(Example{"auto-abs", 100, 29}, Example{"auto-reserve", 100, 29}, Example{"fannie-2025-21", 1950, 1},
                                         Example{"pac-support", 300, 1}, Example{"sequential-z", 600, 1}, Example{"shifting-interest", 200, 1},
                                         Example{"subprime", 200, 29}),
                         [](const auto& info) {
                           std::string name = info.param.name;
                           std::erase(name, '-');
                           return name;
                         });

TEST(YieldsExplained, AddUpFromFormulaToLoans) { ExplainedDeal("fannie-2025-21").expect_explained("yields", kYields, 118); }

// Grids priced by margins and by yields.
TEST(LossGridsExplained, AddUpInOtherDeals) {
  for (const char* name : {"auto-reserve", "subprime"}) {
    ExplainedDeal(name).expect_explained("loss_grid", {"class", "speed_pct", "cdr_pct", "severity_pct"}, 900, 97);
  }
}

void expect_break_evens(const char* example, std::size_t least) {
  ExplainedDeal deal(example);
  deal.find_break_evens();
  deal.expect_explained("break_evens", kBreakEvens, least, 31);
}

TEST(BreakEvensExplained, AddUpInImpac) { expect_break_evens("impac-2003-12", 168); }
TEST(BreakEvensExplained, AddUpInSubprime) { expect_break_evens("subprime", 256); }

TEST(BreakEvensExplained, AddUpWhereAMarginOrInterestIsTheTarget) {
  ExplainedDeal deal("impac-2003-12", [](engine::Inputs& inputs) {
    inputs.plan.credit->break_evens = {{book::BreakEvenTarget::discount_margin, 0.002}, {book::BreakEvenTarget::interest, {}}};
    inputs.plan.credit->severities = {0.4};
  });
  deal.find_break_evens();
  deal.expect_explained("break_evens", kBreakEvens, 84, 13);
}

// Searched for anew, the way the command does: in as many runs as the book's search took.
TEST(BreakEvensExplained, AddUpInAutoReserve) { ExplainedDeal("auto-reserve").expect_explained("break_evens", kBreakEvens, 96, 31); }

}  // namespace
}  // namespace spillway::explain
