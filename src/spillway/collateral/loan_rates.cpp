#include "spillway/collateral/loan_rates.h"

#include <algorithm>
#include <cmath>

#include "spillway/calendar/calendar.h"
#include "spillway/result/issue.h"

namespace spillway::collateral {

FixingTables::FixingTables(const pool::Pool& pool, const rates::IndexPaths& indices, int months) {
  std::vector<int> position;
  for (const std::string& name : pool.indices) {
    const auto found = indices.find(name);
    if (!found) throw result::InvariantViolation("the scenario gives no path for index " + name);
    position.push_back(*found);
  }
  for (std::size_t i = 0; i < pool.size(); ++i) {
    if (pool.index[i] < 0) continue;
    std::vector<double>& table = tables_[{pool.index[i], pool.lookback_days[i]}];
    if (!table.empty()) continue;
    for (int month = 0; month <= months; ++month) {
      const calendar::Date adjustment = calendar::add_months(pool.cut_off, month);
      table.push_back(indices.rate(position[static_cast<std::size_t>(pool.index[i])],
                                   calendar::add_days(adjustment, -pool.lookback_days[i])));
    }
  }
}

double FixingTables::rate(int index, int lookback_days, int month) const {
  return tables_.at({index, lookback_days})[static_cast<std::size_t>(month)];
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
    const double index = fixings.rate(pool.index[loan], pool.lookback_days[loan], month);
    rate = reset_rate(index, pool.margin[loan], pool.rounding[loan], rate, cap, pool.min_rate[loan],
                      pool.max_rate[loan]);
    cap = pool.periodic_cap[loan];
    segments.push_back({first_paid, rate});
  }
}

}  // namespace spillway::collateral
