// Random structures: trees of every kind of node over four to seven classes, an accrual class among them, on two loan groups.
// Whatever the structure, cash and balances must add up; what is only written another way must pay the same.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "any_structure.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::CollateralCashFlows;
using cashflow::DealCashFlows;
using namespace random_structure;

namespace {

deal::Deal resolved(const std::string& text) {
  const auto definition = io::read_deal(text, "deal.yaml");
  auto deal = deal::resolve(definition.value, {"group_1", "group_2"});
  RC_LOG() << text;
  for (const auto& line : lines(definition.issues)) RC_LOG() << line << '\n';
  for (const auto& line : lines(deal.issues)) RC_LOG() << line << '\n';
  RC_ASSERT(definition.issues.empty());
  RC_ASSERT(deal.ok());
  return std::move(*deal);
}

DealCashFlows flows_of(const deal::Deal& deal, const CollateralCashFlows& collateral) {
  auto made = small_deal::run(deal, collateral);
  for (const auto& line : lines(made.issues)) RC_LOG() << line << '\n';
  RC_ASSERT(made.ok());
  return std::move(*made);
}

}  // namespace

RC_GTEST_PROP(Structures, pay_out_all_cash_and_roll_every_balance, ()) {
  const Structure made = any_structure();
  const CollateralCashFlows collateral = any_collateral(made);
  const DealCashFlows flows = flows_of(resolved(deal_text(made)), collateral);
  RC_CLASSIFY(made.accruing >= 0, "with an accrual class");
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    double out = flows.parties[0].values[t], balances = 0;
    for (const ClassCashFlows& c : flows.classes) {
      out += c.cash(t);
      balances += c.ending_balance[t];
      RC_ASSERT(c.ending_balance[t] >= -1e-6);
      RC_ASSERT(c.principal_paid[t] >= 0);
      RC_ASSERT(c.interest_paid[t] <= c.interest_due[t] - c.accrued[t] + 1e-6);
      RC_ASSERT(std::abs(c.beginning_balance[t] + c.accrued[t] - c.principal_paid[t] - c.ending_balance[t]) <= 1e-6);
    }
    RC_ASSERT(std::abs(collateral.total.net_interest(t) + collateral.total.principal(t) - out) <= 1e-6);
    RC_ASSERT(std::abs(flows.pool_ending_balance[t] - balances - flows.overcollateralization[t]) <= 1e-6);
    // Each group's principal goes to its classes while they are there.
    for (int g : {0, 1}) {
      double owed = 0, paid = 0;
      for (std::size_t c = 0; c < flows.classes.size(); ++c) {
        if (made.group[c] != g) continue;
        owed += flows.classes[c].beginning_balance[t] + flows.classes[c].accrued[t];
        paid += flows.classes[c].principal_paid[t];
      }
      RC_ASSERT(paid >= std::min(owed, collateral.groups[static_cast<std::size_t>(g)].principal(t)) - 1e-6);
    }
  }
}

RC_GTEST_PROP(Structures, and_their_exchangeable_recombinations_pay_the_same, ()) {
  const Structure made = any_structure();
  const CollateralCashFlows collateral = any_collateral(made);
  const deal::Deal deal = resolved(deal_text(made));
  const DealCashFlows flows = flows_of(deal, collateral);
  std::vector<const ClassCashFlows*> parts, all;
  for (std::size_t c : deal.combinations.at(0).parts) parts.push_back(&flows.classes[c]);
  for (const ClassCashFlows& c : flows.classes) all.push_back(&c);
  const ClassCashFlows both = cashflow::combine("Both", parts), whole_deal = cashflow::combine("All", all);
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    double apart = 0, recombined = both.cash(t), balances = both.ending_balance[t];
    for (std::size_t c = 0; c < flows.classes.size(); ++c) {
      apart += flows.classes[c].cash(t);
      if (c < 2) continue;
      recombined += flows.classes[c].cash(t);
      balances += flows.classes[c].ending_balance[t];
    }
    RC_ASSERT(std::abs(apart - recombined) <= 1e-6);
    RC_ASSERT(std::abs(apart - whole_deal.cash(t)) <= 1e-6);
    RC_ASSERT(std::abs(balances - whole_deal.ending_balance[t]) <= 1e-6);
  }
}

RC_GTEST_PROP(Structures, pay_the_same_whichever_of_two_groups_pays_first, ()) {
  const Structure made = any_structure();
  const CollateralCashFlows collateral = any_collateral(made);
  const DealCashFlows one = flows_of(resolved(deal_text(made)), collateral);
  const DealCashFlows other = flows_of(resolved(deal_text(made, true)), collateral);
  RC_ASSERT(one.periods() == other.periods());
  for (std::size_t c = 0; c < one.classes.size(); ++c) {
    RC_ASSERT(one.classes[c].ending_balance == other.classes[c].ending_balance);
    RC_ASSERT(one.classes[c].interest_paid == other.classes[c].interest_paid);
    RC_ASSERT(one.classes[c].principal_paid == other.classes[c].principal_paid);
    RC_ASSERT(one.classes[c].unpaid_interest == other.classes[c].unpaid_interest);
  }
  RC_ASSERT(one.parties[0].values == other.parties[0].values);
}
