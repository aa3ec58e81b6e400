// Random structures: trees of every kind of node over four to seven classes, an accrual class among them, on two loan groups.
// Whatever the structure, cash and balances must add up; what is only written another way must pay the same.

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <cmath>

#include "../unit/small_deal.h"

using namespace spillway;
using cashflow::ClassCashFlows;
using cashflow::CollateralCashFlows;
using cashflow::DealCashFlows;

namespace {

int whole(int low, int high) { return *rc::gen::inRange(low, high + 1); }

std::string join(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ", ") + part;
  return all;
}

std::string class_name(int c) { return "C" + std::to_string(c); }

struct Structure {
  std::vector<int> balances;          // dollars
  std::vector<int> group;             // loan group of each class, 0 or 1
  int accruing = -1;                  // its class, or none
  std::vector<std::string> trees;     // by loan group
  std::string accretion;              // where the accrual amount goes, before the class itself
};

std::vector<std::string> members(const Structure& made, int group) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < made.balances.size(); ++c) {
    if (made.group[c] == group) names.push_back(class_name(static_cast<int>(c)));
  }
  return names;
}

// A tree over `names`. Shares and limits may leave cash: a last sequence over all classes takes it.
std::string tree(std::vector<std::string> names, int depth, int scale) {
  if (names.size() == 1 && whole(0, 2) > 0) return names[0];
  if (depth == 0) return "{sequential: [" + join(names) + "]}";
  const auto cut = names.size() == 1 ? 1 : static_cast<std::ptrdiff_t>(whole(1, static_cast<int>(names.size()) - 1));
  const std::string first = tree({names.begin(), names.begin() + cut}, depth - 1, scale);
  const std::string second = cut == static_cast<std::ptrdiff_t>(names.size()) ? first : tree({names.begin() + cut, names.end()}, depth - 1, scale);
  const std::string limit = std::to_string(whole(0, 900) * scale);
  switch (whole(0, 5)) {
    case 0: return "{sequential: [" + first + ", " + second + "]}";
    case 1: return "{pro_rata: [" + first + ", " + second + "]}";
    case 2: {
      const int share = whole(1, 99);
      return "{shares: [" + std::to_string(share) + "%: " + first + ", " + std::to_string(100 - share) + "%: " + second + "]}";
    }
    case 3: return "{sequential: [{down_to: " + limit + ", pay: " + first + "}, " + second + ", " + first + "]}";
    case 4: return "{sequential: [{at_most: " + limit + ", pay: " + second + "}, " + first + ", " + second + "]}";
    default: return "{if: period <= " + std::to_string(whole(0, 20)) + ", then: {sequential: [" + first + ", " + second +
                    "]}, else: {pro_rata: [" + first + ", " + second + "]}}";
  }
}

Structure any_structure() {
  Structure made;
  const int classes = whole(4, 7);
  const int scale = *rc::gen::element(1, 99'991);  // up to a hundred million dollars a class
  for (int c = 0; c < classes; ++c) {
    made.balances.push_back(whole(1, 1'000) * scale);
    made.group.push_back(c < 2 ? c : whole(0, 1));  // each group has a class
  }
  for (int g : {0, 1}) {
    const auto names = members(made, g);
    made.trees.push_back("{sequential: [" + tree(names, 3, scale) + ", " + join(names) + "]}");
  }
  if (whole(0, 2) == 0) return made;
  made.accruing = whole(0, classes - 1);
  auto others = members(made, made.group[static_cast<std::size_t>(made.accruing)]);
  std::erase(others, class_name(made.accruing));
  made.accretion = others.empty() ? class_name(made.accruing) : "{sequential: [" + tree(others, 2, scale) + ", " + class_name(made.accruing) + "]}";
  return made;
}

// Each loan group's interest and principal to its own classes; one group's steps first, then the other's, or the other way.
std::string deal_text(const Structure& made, bool second_group_first = false) {
  std::string text = small_deal::head() + "parties: {Owner: residual}\nclasses:\n  defaults: {rate: 12%}\n";
  for (std::size_t c = 0; c < made.balances.size(); ++c) {
    const int position = static_cast<int>(c);
    text += "  " + class_name(position) + ": {balance: " + std::to_string(made.balances[c]) +
            (position == made.accruing ? ", accrues: true" : "") + "}\n";
  }
  text += "combinations: {Both: {of: [C0, C1]}}\n"
          "funds: {i1: group_1.interest.net, p1: group_1.principal, i2: group_2.interest.net, p2: group_2.principal}\nwaterfall:\n";
  std::vector<std::string> by_group;
  for (int g : {0, 1}) {
    const std::string n = std::to_string(g + 1);
    const bool accrues = made.accruing >= 0 && made.group[static_cast<std::size_t>(made.accruing)] == g;
    by_group.push_back("  - {pay: interest, from: i" + n + ", to: {pro_rata: [" + join(members(made, g)) + "]}}\n" +
                       (accrues ? "  - {pay: principal, from: i" + n + ", amount: " + class_name(made.accruing) + ".accrued, to: " + made.accretion + "}\n" : "") +
                       "  - {pay: principal, from: p" + n + ", to: " + made.trees[static_cast<std::size_t>(g)] + "}\n");
  }
  text += second_group_first ? by_group[1] + by_group[0] : by_group[0] + by_group[1];
  return text + "  - {pay: residual, from: [i1, p1, i2, p2], to: Owner}\n";
}

// Each group's loans are its classes' balances; interest is 1% a month of them, or now and then too little.
CollateralCashFlows any_collateral(const Structure& made) {
  const auto months = static_cast<std::size_t>(whole(1, 24));
  CollateralCashFlows flows;
  for (int g : {0, 1}) {
    double pool = 0;
    for (std::size_t c = 0; c < made.balances.size(); ++c) pool += made.group[c] == g ? made.balances[c] : 0;
    const double original = pool;
    std::vector<small_deal::Month> vectors;
    for (std::size_t t = 0; t < months; ++t) {
      const double principal = t + 1 == months ? pool : pool * whole(0, 3'000) / 1e4;
      vectors.push_back({pool * 0.01 * *rc::gen::element(1.0, 1.0, 1.0, 0.6), principal, 0.0});
      pool -= principal;
    }
    flows.groups.push_back(small_deal::collateral(original, vectors).total);
    flows.groups.back().name = "group_" + std::to_string(g + 1);
    if (g == 0) flows.total.resize(months);
    flows.total.add(flows.groups.back());
  }
  return flows;
}

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
