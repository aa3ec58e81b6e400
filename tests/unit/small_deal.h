#pragma once
// Deals of a few classes, written as deal files and run over collateral worked by hand.

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "issue_lines.h"
#include "same_in_lanes.h"
#include "spillway/io/load.h"
#include "spillway/waterfall/make_whole.h"
#include "spillway/waterfall/run_waterfall.h"

namespace small_deal {

using spillway::cashflow::CollateralCashFlows;
using spillway::cashflow::DealCashFlows;

/// One month of collateral, dollars: what it pays, the balance lost, what liquidations bring at once and long after, the
/// performing balance 60 days late at the end.
struct Month {
  double net_interest = 0, principal = 0, loss = 0, recovery = 0, subsequent = 0, delinquent_60 = 0;
};

inline CollateralCashFlows collateral(double pool, const std::vector<Month>& months) {
  spillway::cashflow::PoolVectors made;
  made.name = "all";
  made.cut_off_balance = pool;
  made.resize(months.size());
  made.has_credit = true;
  for (std::size_t t = 0; t < months.size(); ++t) {
    made.beginning_balance[t] = pool;
    made.gross_interest[t] = months[t].net_interest;
    made.scheduled_principal[t] = months[t].principal;
    made.defaulted_balance[t] = months[t].loss + months[t].recovery;
    made.realized_losses[t] = months[t].loss;
    made.recoveries[t] = months[t].recovery;
    made.subsequent_recoveries[t] = months[t].subsequent;
    made.delinquent_60[t] = months[t].delinquent_60;
    pool -= months[t].principal + months[t].loss + months[t].recovery;
    made.ending_balance[t] = pool;
  }
  spillway::cashflow::check_identities(made);
  return {{made}, made};
}

/// Pays on the 25th, accrues from 2003-12-25 on 30/360: a month is a twelfth of a year.
inline std::string head(const std::string& day_count = "30/360") {
  return "spillway: 1\ndeal: Test\n"
         "dates: {cut_off: 2003-12-01, closing: 2003-12-25, payments: {first: 2004-01-25}, accrual: {day_count: " + day_count + "}}\n"
         "pool: {tape: tape.csv}\nindices: {libor_1m: One-Month LIBOR}\n";
}

inline spillway::deal::Deal resolve(const std::string& text, const std::vector<std::string>& groups = {"all"}) {
  const auto definition = spillway::io::read_deal(text, "deal.yaml");
  EXPECT_EQ(lines(definition.issues), Lines{}) << text;
  auto deal = spillway::deal::resolve(definition.value, groups);
  EXPECT_EQ(lines(deal.issues), Lines{}) << text;
  return deal.ok() ? std::move(*deal) : spillway::deal::Deal{};
}

/// What reading and resolving say of a deal file.
inline Lines issues_of(const std::string& text) {
  const auto read = spillway::io::read_deal(text, "deal.yaml");
  Lines all = lines(read.issues);
  for (std::string& line : lines(spillway::deal::resolve(read.value, {"all"}).issues)) all.push_back(std::move(line));
  return all;
}

struct Options {
  bool to_call = false;
  double libor = 0.0;
  spillway::hedges::SwapSchedule swaps = {};
  bool trace = false;
  std::vector<std::vector<double>> series = {};  ///< by schedule of the deal
};

/// The same in lanes, which is checked each time.
inline spillway::result::Result<DealCashFlows> run(const spillway::deal::Deal& deal, const CollateralCashFlows& flows,
                                                   const Options& options = {}) {
  const auto schedule = spillway::calendar::make_schedule(deal.schedule, {}, static_cast<int>(flows.total.periods()));
  const spillway::rates::IndexPaths indices({spillway::rates::flat_path("libor_1m", options.libor)});
  spillway::waterfall::RunInputs inputs{flows, indices, options.swaps, schedule, options.series};
  std::vector<std::vector<double>> premiums;
  if (deal.make_whole && options.to_call) {
    const auto to_maturity = spillway::waterfall::run_waterfall(deal, inputs, {});
    if (!to_maturity.ok()) return to_maturity;
    premiums = spillway::waterfall::make_whole_premiums(deal, *to_maturity, indices);
    inputs.make_whole = premiums;
  }
  const spillway::waterfall::RunOptions how{options.to_call, options.trace};
  auto made = spillway::waterfall::run_waterfall(deal, inputs, how);
  same_in_lanes::expect_same(deal, inputs, how, made);
  return made;
}

/// The run's cash flows over months that start with `pool` dollars; any issue is a failure.
inline DealCashFlows flows_of(const std::string& text, const std::vector<Month>& months, const Options& options = {},
                              double pool = 1'000) {
  auto flows = run(resolve(text), collateral(pool, months), options);
  EXPECT_EQ(lines(flows.issues), Lines{});
  return flows.ok() ? std::move(*flows) : DealCashFlows{};
}

inline void expect_near(const std::vector<double>& found, const std::vector<double>& expected, const std::string& what) {
  ASSERT_EQ(found.size(), expected.size()) << what;
  for (std::size_t t = 0; t < found.size(); ++t) EXPECT_NEAR(found[t], expected[t], 1e-6) << what << ", period " << t + 1;
}

/// One class's numbers in a period.
inline std::vector<double> by_class(const DealCashFlows& flows,
                                    std::vector<double> spillway::cashflow::ClassCashFlows::*vector, std::size_t t) {
  std::vector<double> all;
  for (const auto& bond : flows.classes) all.push_back((bond.*vector)[t]);
  return all;
}

/// The values by period of a quantity, trigger or party; none if there is no such.
inline std::vector<double> named(const std::vector<spillway::cashflow::NamedSeries>& all, const std::string& name) {
  for (const auto& series : all) {
    if (series.name == name) return series.values;
  }
  ADD_FAILURE() << "nothing is called " << name;
  return {};
}

}  // namespace small_deal
