#pragma once
// Structures at random: trees of every kind of node over four to seven classes, an accrual class among them, on two loan groups.

#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

#include "../unit/small_deal.h"

namespace random_structure {

using spillway::cashflow::CollateralCashFlows;

inline int whole(int low, int high) { return *rc::gen::inRange(low, high + 1); }

inline std::string join(const std::vector<std::string>& parts) {
  std::string all;
  for (const std::string& part : parts) all += (all.empty() ? "" : ", ") + part;
  return all;
}

inline std::string class_name(int c) { return "C" + std::to_string(c); }

struct Structure {
  std::vector<int> balances;          // dollars
  std::vector<int> group;             // loan group of each class, 0 or 1
  int accruing = -1;                  // its class, or none
  std::vector<std::string> trees;     // by loan group
  std::string accretion;              // where the accrual amount goes, before the class itself
};

inline std::vector<std::string> members(const Structure& made, int group) {
  std::vector<std::string> names;
  for (std::size_t c = 0; c < made.balances.size(); ++c) {
    if (made.group[c] == group) names.push_back(class_name(static_cast<int>(c)));
  }
  return names;
}

// A tree over `names`. Shares and limits may leave cash: a last sequence over all classes takes it.
inline std::string tree(std::vector<std::string> names, int depth, int scale) {
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

inline Structure any_structure() {
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
inline std::string deal_text(const Structure& made, bool second_group_first = false) {
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
inline CollateralCashFlows any_collateral(const Structure& made) {
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

}  // namespace random_structure
