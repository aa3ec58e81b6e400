#include <gtest/gtest.h>

#include "small_deal.h"

using namespace small_deal;

namespace {

// One class, a corridor on its balance, and a residual holder who gets what the corridor pays.
std::string deal_with(const std::string& cap) {
  return head("actual/360") +
         "classes: {A: {balance: 1_000, rate: 1%}}\n"
         "parties: {R: residual}\n"
         "caps: {Corridor: " + cap + "}\n"
         "funds: {cash: pool.interest.net + pool.principal, corridor: Corridor.payment}\n"
         "waterfall:\n"
         "  - {section: 1, pay: interest, from: cash, to: A}\n"
         "  - {section: 2, pay: principal, from: cash, to: A}\n"
         "  - {section: 3, pay: residual, from: corridor, to: R}\n"
         "  - {section: 4, pay: residual, from: cash, to: R}\n";
}

// What the corridor pays in the first period: 31 days from 2003-12-25, at a LIBOR of `libor`.
double first_payment(const std::string& cap, double libor) {
  auto flows = run(resolve(deal_with(cap)), collateral(1'000, {{10, 400}, {10, 600}}), {.libor = libor, .trace = true});
  EXPECT_EQ(lines(flows.issues), Lines{});
  double paid = 0.0;
  for (const auto& payment : flows->trace) {
    if (payment.section == "3") paid += payment.amounts[0];
  }
  return paid;
}

}  // namespace

TEST(Corridor, pays_on_actual_days_what_the_index_is_above_the_strike) {
  const std::string corridor = "{notional: A.balance.beginning, strike: 5%, ceiling: 8%, index: libor_1m}";
  EXPECT_NEAR(first_payment(corridor, 0.06), 1'000 * 0.01 * 31 / 360, 1e-12);
}

TEST(Corridor, pays_nothing_under_its_strike_and_no_more_above_its_ceiling) {
  const std::string corridor = "{notional: A.balance.beginning, strike: 5%, ceiling: 8%, index: libor_1m}";
  EXPECT_EQ(first_payment(corridor, 0.049), 0.0);
  EXPECT_NEAR(first_payment(corridor, 0.12), 1'000 * 0.03 * 31 / 360, 1e-12);
}

TEST(Corridor, without_a_ceiling_is_a_cap) {
  EXPECT_NEAR(first_payment("{notional: 500, strike: 5%, index: libor_1m}", 0.12), 500 * 0.07 * 31 / 360, 1e-12);
}

TEST(Corridor, on_an_unknown_index_is_refused_with_the_near_name) {
  const auto definition = spillway::io::read_deal(deal_with("{notional: 500, strike: 5%, index: libor_1n}"), "deal.yaml");
  const auto deal = spillway::deal::resolve(definition.value, {"all"});
  EXPECT_EQ(lines(deal.issues), (Lines{"deal.yaml:8:53: error: no index is called libor_1n; did you mean libor_1m?"}));
}

TEST(Corridor, whose_cash_no_fund_takes_up_is_reported) {
  std::string text = deal_with("{notional: 500, strike: 5%, index: libor_1m}");
  text.replace(text.find("corridor: Corridor.payment"), 26, "corridor: 0");
  const auto flows = run(resolve(text), collateral(1'000, {{10, 400}, {10, 600}}), {.libor = 0.06});
  ASSERT_EQ(flows.issues.size(), 1u);
  EXPECT_NE(flows.issues[0].what.find("the funds hold"), std::string::npos);
}
