#pragma once
// Runs side by side must be the same, to the bit, as one by one.

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <cstdint>
#include <string>
#include <vector>

#include "issue_lines.h"
#include "spillway/waterfall/many_runs.h"

namespace same_in_lanes {

using namespace spillway;
using cashflow::DealCashFlows;

/// All numbers of a run, in one order, each series with its name and length.
struct Numbers {
  std::vector<std::string> names;
  std::vector<std::vector<double>> series;
};

inline Numbers numbers_of(const DealCashFlows& flows) {
  Numbers all;
  const auto add = [&](const std::string& name, const std::vector<double>& series) {
    all.names.push_back(name);
    all.series.push_back(series);
  };
  for (const auto& bond : flows.classes) {
    add(bond.name + ".original", {bond.original_balance, double(bond.is_notional)});
    int at = 0;
    for (auto each : cashflow::kClassSeries) add(bond.name + " series " + std::to_string(at++), bond.*each);
  }
  for (const auto* named : {&flows.parties, &flows.quantities, &flows.triggers}) {
    for (const auto& series : *named) add(series.name, series.values);
  }
  for (const auto& account : flows.accounts) {
    add(account.name + ".original", {account.original_balance});
    int at = 0;
    for (auto each : cashflow::kAccountSeries) add(account.name + " series " + std::to_string(at++), account.*each);
  }
  add("pool", flows.pool_ending_balance);
  add("oc", flows.overcollateralization);
  add("hedge notional", flows.hedge_notional);
  add("hedge net", flows.hedge_net_payment);
  add("hedge unpaid", flows.hedge_unpaid);
  add("losses by excess", flows.losses_by_excess);
  add("losses by oc", flows.losses_by_oc);
  add("losses written down", flows.losses_written_down);
  std::vector<double> dates;
  for (const auto& period : flows.schedule) dates.push_back(std::chrono::sys_days{period.payment}.time_since_epoch().count());
  add("schedule", dates);
  add("call", {double(flows.call_period), double(flows.first_callable_period), flows.call_part, double(flows.has_make_whole)});
  return all;
}

inline bool same_bits(double a, double b) {
  return std::bit_cast<std::uint64_t>(a) == std::bit_cast<std::uint64_t>(b) || (std::isnan(a) && std::isnan(b));
}

/// The first number that differs; empty if none does. Series that `found` leaves out are not looked at where `part` is true.
inline std::string difference(const DealCashFlows& found, const DealCashFlows& expected, bool part = false) {
  const Numbers a = numbers_of(found), b = numbers_of(expected);
  if (a.names != b.names) return "other series";
  for (std::size_t s = 0; s < a.names.size(); ++s) {
    if (part && a.series[s].empty()) continue;
    if (a.series[s].size() != b.series[s].size()) {
      return a.names[s] + " has " + std::to_string(a.series[s].size()) + " periods, not " + std::to_string(b.series[s].size());
    }
    for (std::size_t t = 0; t < a.series[s].size(); ++t) {
      if (same_bits(a.series[s][t], b.series[s][t])) continue;
      char text[120];
      std::snprintf(text, sizeof text, " in period %zu: %.17g, not %.17g", t + 1, a.series[s][t], b.series[s][t]);
      return a.names[s] + text;
    }
  }
  return {};
}

inline std::string difference(const result::Result<DealCashFlows>& found, const result::Result<DealCashFlows>& expected) {
  if (lines(found.issues) != lines(expected.issues)) return "other issues";
  if (found.ok() != expected.ok()) return "only one of them ran";
  return found.ok() ? difference(*found, *expected) : std::string{};
}

/// Expects a run among others of the same deal to be what it is alone.
inline void expect_same(const deal::Deal& deal, const waterfall::RunInputs& inputs, const waterfall::RunOptions& options,
                        const result::Result<DealCashFlows>& alone) {
  const std::vector<waterfall::RunInputs> runs(3, inputs);
  for (const auto& found : waterfall::run_waterfalls(deal, runs, options)) EXPECT_EQ(difference(found, alone), "");
}

}  // namespace same_in_lanes
