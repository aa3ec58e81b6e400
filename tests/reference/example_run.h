#pragma once
// An example and its runs, as the tests that pay it apart from the engine need them.

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "../unit/issue_lines.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

namespace example_run {

using spillway::cashflow::ClassCashFlows;
using spillway::cashflow::DealCashFlows;
using spillway::cashflow::NamedSeries;
using spillway::cashflow::PoolVectors;

/// What a run was made from, and what it paid.
struct Made {
  PoolVectors pool;
  DealCashFlows flows;
};

/// An example, loaded once.
class Example {
 public:
  explicit Example(const std::string& name) : folder_(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + name + "/") {
    auto loaded = spillway::io::load_inputs(folder_ + "deal.yaml");
    EXPECT_EQ(lines(loaded.issues), Lines{});
    inputs_ = std::move(loaded.inputs.value());
  }

  Made run(const std::string& scenario, bool to_call = false) const {
    const double speed = scenario_of(scenario).speeds.size() > 1 ? 1.0 : scenario_of(scenario).speeds.front();
    auto set = spillway::engine::run_scenarios(inputs_, {{scenario, speed, to_call, {}}}, {1, false});
    EXPECT_EQ(lines(set.issues), Lines{});
    return {set->collateral[set->runs[0].collateral].total, std::move(set->runs[0].flows)};
  }

  const spillway::engine::Inputs& inputs() const { return inputs_; }

  /// Every row of expected.csv, which comes from a calculation that shares neither collateral nor waterfall with the engine.
  void expect_listed_amounts() const {
    std::ifstream file(folder_ + "expected.csv");
    std::string line, scenario, period, item, dollars, last;
    Made made;
    int rows = 0;
    for (std::getline(file, line); std::getline(file, line); ++rows) {
      std::istringstream row(line);
      std::getline(std::getline(std::getline(std::getline(row, scenario, ','), period, ','), item, ','), dollars);
      if (scenario != last) made = run(scenario);
      last = scenario;
      EXPECT_NEAR(amount(made, item, std::stoul(period) - 1), std::stod(dollars), 0.005 + 1e-6) << line;
    }
    EXPECT_GE(rows, 100);
  }

 private:
  const spillway::engine::ScenarioDefinition& scenario_of(const std::string& name) const { return *inputs_.scenario(name); }

  static double amount(const Made& made, const std::string& item, std::size_t t) {
    if (item == "overcollateralization") return made.flows.overcollateralization[t];
    if (item == "losses") {
      double total = 0;
      for (std::size_t i = 0; i <= t; ++i) total += made.pool.realized_losses[i];
      return total;
    }
    for (const auto& bond : made.flows.classes) {
      if (bond.name == item) return bond.ending_balance[t];
    }
    for (const auto& account : made.flows.accounts) {
      if (account.name == item) return account.ending_balance[t];
    }
    for (const auto& party : made.flows.parties) {
      if (party.name == item) return party.values[t];
    }
    throw std::out_of_range("no amount is called " + item);
  }

  std::string folder_;
  spillway::engine::Inputs inputs_;
};

inline const std::vector<double>& named(const std::vector<NamedSeries>& all, const std::string& name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& series) { return series.name == name; });
  if (found == all.end()) throw std::out_of_range("nothing is called " + name);
  return found->values;
}

inline double sum(const std::vector<double>& amounts) {
  double total = 0;
  for (double amount : amounts) total += amount;
  return total;
}

}  // namespace example_run
