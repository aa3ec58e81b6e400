#include "spillway/waterfall/fixings.h"

#include "spillway/result/issue.h"

namespace spillway::waterfall {

ScheduleDays days_of(const std::vector<calendar::PaymentPeriod>& schedule) {
  ScheduleDays made;
  for (const calendar::PaymentPeriod& period : schedule) {
    made.dates.push_back(static_cast<double>(std::chrono::sys_days{period.payment}.time_since_epoch().count()));
    made.actual_days.push_back(calendar::days_between(period.accrual_start, period.accrual_end));
    made.starts.emplace_back(period.accrual_start);
  }
  return made;
}

Fixings fix(const deal::Deal& deal, const std::vector<calendar::PaymentPeriod>& schedule, const rates::IndexPaths& indices) {
  return fix(deal, days_of(schedule), indices);
}

Fixings fix(const deal::Deal& deal, const ScheduleDays& days, const rates::IndexPaths& indices) {
  Fixings made{days.dates, days.actual_days, std::vector<std::vector<double>>(deal.indices.size())};
  for (std::size_t i = 0; i < deal.indices.size(); ++i) {
    const auto found = indices.find(deal.indices[i]);
    if (!found) throw result::InvariantViolation("the scenario gives no path for index " + deal.indices[i]);
    if (!deal.is_read[static_cast<std::size_t>(deal.index_slot) + i]) continue;
    made.indices[i].resize(days.starts.size());
    indices.fix(static_cast<int>(*found), days.starts, made.indices[i].data());
  }
  return made;
}

}  // namespace spillway::waterfall
