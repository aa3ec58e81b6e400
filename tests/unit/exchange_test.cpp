#include "spillway/deal/exchange.h"

#include <gtest/gtest.h>

#include "spillway/io/load.h"

using namespace spillway;
using deal::DealDefinition;
using Names = std::set<std::string>;

namespace {

DealDefinition definition(const std::string& quantities, const std::string& more = "") {
  return io::read_deal("spillway: 1\ndeal: Test\n"
                       "dates: {cut_off: 2003-12-01, closing: 2003-12-25, payments: {first: 2004-01-25}}\n"
                       "pool: {tape: tape.csv}\nquantities:\n" + quantities + more,
                       "deal.yaml")
      .value;
}

std::string formula(const DealDefinition& deal, const std::string& name) {
  for (const auto& quantity : deal.quantities) {
    if (quantity.name.text == name) return quantity.formula.text;
  }
  return "none";
}

}  // namespace

TEST(TargetNames, are_those_named_for_it_and_all_they_stand_on) {
  const auto deal = definition("  oc_target: max(least, stepped)\n  least: 1 * base\n  base: pool.balance.cut_off\n  stepped: 2 * base\n"
                               "  docket: 1\n  oc: 5\n  overcollateralization_deficiency: max(0, oc_target - base)\n  other: oc_target\n");
  EXPECT_EQ(deal::target_names(deal, ""), (Names{"oc_target", "least", "base", "stepped", "oc", "overcollateralization_deficiency"}));
}

TEST(TargetNames, take_what_the_book_states_and_the_enhancement_target_names) {
  const auto deal = definition("  required: floor_amount\n  floor_amount: 5\n  goal: 7\n  other: 1\n", "credit_enhancement_target: goal + planned\n"
                               "schedules: {planned: {steps: {1: 10}}}\n");
  EXPECT_EQ(deal::target_names(deal, "required"), (Names{"required", "floor_amount", "goal", "planned"}));
  EXPECT_EQ(deal::target_names(deal, "unknown"), (Names{"goal", "planned"}));
}

TEST(Exchange, the_target_of_another_deal_comes_with_its_quantities_alone) {
  const auto a = definition("  oc_target: 1\n  oc_old: 2\n  other: 3\n"), b = definition("  other: 30\n  oc_target: 10\n  oc_new: 20\n");
  Names names = deal::target_names(a, "");
  names.merge(deal::target_names(b, ""));
  const auto made = deal::with_target_of(a, b, names);
  EXPECT_EQ(formula(made, "oc_target"), "10");
  EXPECT_EQ(formula(made, "oc_new"), "20");
  EXPECT_EQ(formula(made, "oc_old"), "none");
  EXPECT_EQ(formula(made, "other"), "3");
  EXPECT_EQ(made.quantities.size(), 3u);
}

TEST(Exchange, calls_hedges_and_caps_come_whole_or_go) {
  const std::string more = "call: {when: period > 5}\nindices: {libor_1m: x}\nhedges: {swaps: a.csv, index: libor_1m}\n"
                           "caps: {Cap: {notional: 1, strike: 5%, index: libor_1m}}\n";
  const auto a = definition("  x: 1\n"), b = definition("  x: 2\n", more);
  EXPECT_EQ(deal::with_call_of(a, b).call->when.text, "period > 5");
  EXPECT_FALSE(deal::with_call_of(b, a).call);
  EXPECT_EQ(deal::with_hedges_of(a, b).caps.size(), 1u);
  EXPECT_EQ(deal::with_hedges_of(a, b).hedges->index.text, "libor_1m");
  EXPECT_FALSE(deal::with_hedges_of(b, a).hedges);
  EXPECT_EQ(formula(deal::with_call_of(a, b), "x"), "1");
}
