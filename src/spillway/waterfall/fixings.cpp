#include "spillway/waterfall/fixings.h"

#include "spillway/result/issue.h"

namespace spillway::waterfall {

Fixings fix(const deal::Deal& deal, const std::vector<calendar::PaymentPeriod>& schedule, const rates::IndexPaths& indices) {
  Fixings made;
  made.indices.resize(deal.indices.size());
  made.dates.reserve(schedule.size());
  made.actual_days.reserve(schedule.size());
  for (const calendar::PaymentPeriod& period : schedule) {
    made.dates.push_back(static_cast<double>(std::chrono::sys_days{period.payment}.time_since_epoch().count()));
    made.actual_days.push_back(calendar::days_between(period.accrual_start, period.accrual_end));
  }
  for (std::size_t i = 0; i < deal.indices.size(); ++i) {
    const auto found = indices.find(deal.indices[i]);
    if (!found) throw result::InvariantViolation("the scenario gives no path for index " + deal.indices[i]);
    if (!deal.is_read[static_cast<std::size_t>(deal.index_slot) + i]) continue;
    made.indices[i].reserve(schedule.size());
    for (const calendar::PaymentPeriod& period : schedule) {
      made.indices[i].push_back(indices.rate(*found, period.accrual_start));
    }
  }
  return made;
}

}  // namespace spillway::waterfall
