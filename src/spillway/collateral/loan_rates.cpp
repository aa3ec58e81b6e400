#include "spillway/collateral/loan_rates.h"

#include <algorithm>
#include <cmath>

#include "spillway/calendar/calendar.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

FixingTables::FixingTables(const pool::Pool& pool, std::size_t paths, int months) : pool_(pool), paths_(paths) {
  const Table* last = nullptr;
  for (std::size_t i = 0; i < pool.size(); ++i) {
    const int index = pool.index[i], lookback = pool.lookback_days[i];
    if (index < 0 || (last != nullptr && last->index == index && last->lookback_days == lookback)) continue;
    last = find(index, lookback);
    if (last != nullptr) continue;
    std::vector<std::chrono::sys_days> fixings;
    for (int month = 0; month <= months; ++month) {
      fixings.push_back(std::chrono::sys_days{calendar::add_months(pool.cut_off, month)} - std::chrono::days{lookback});
    }
    std::vector<double> rates(fixings.size() * paths_);
    last = &tables_.emplace_back(Table{index, lookback, rates::Fixer(std::move(fixings)), std::move(rates)});
  }
}

void FixingTables::fill(std::span<const rates::IndexPaths> paths) {
  std::vector<const rates::IndexPaths*> all;
  for (std::size_t p = 0; p < paths_; ++p) all.push_back(&paths[std::min(p, paths.size() - 1)]);
  for (Table& table : tables_) table.fixings.fix_all(all, pool_.indices[static_cast<std::size_t>(table.index)], table.rates.data());
}

const FixingTables::Table* FixingTables::find(int index, int lookback_days) const {
  const auto found = std::find_if(tables_.begin(), tables_.end(), [&](const Table& table) {
    return table.index == index && table.lookback_days == lookback_days;
  });
  return found == tables_.end() ? nullptr : &*found;
}

const double* FixingTables::rates(int index, int lookback_days, int month) const {
  return find(index, lookback_days)->rates.data() + static_cast<std::size_t>(month) * paths_;
}

double reset_rate(double index, double margin, double rounding, double current, double cap, double floor,
                  double maximum) {
  double rate = index + margin;
  if (rounding > 0.0) rate = std::round(rate / rounding) * rounding;
  rate = std::clamp(rate, current - cap, current + cap);
  return std::min(std::max(rate, floor), maximum);
}

void rate_segments(const pool::Pool& pool, std::size_t loan, double initial_rate, int last_period,
                   const FixingTables& fixings, std::vector<RateSegment>& segments) {
  segments.assign(1, {1, initial_rate});
  if (pool.index[loan] < 0) return;
  double rate = initial_rate;
  double cap = pool.first_cap[loan];
  for (int month = pool.months_to_roll[loan];; month += pool.reset_months[loan]) {
    const int first_paid = month + 1 + pool.rate_change_lag[loan];
    if (first_paid > last_period) return;
    const double index = *fixings.rates(pool.index[loan], pool.lookback_days[loan], month);
    rate = reset_rate(index, pool.margin[loan], pool.rounding[loan], rate, cap, pool.min_rate[loan],
                      pool.max_rate[loan]);
    cap = pool.periodic_cap[loan];
    segments.push_back({first_paid, rate});
  }
}

}  // namespace spillway::collateral
