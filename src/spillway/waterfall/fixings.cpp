#include "spillway/waterfall/fixings.h"

#include <chrono>
#include <utility>

#include "spillway/result/issue.h"

namespace spillway::waterfall {

ScheduleDays days_of(const deal::Deal& deal, const std::vector<calendar::PaymentPeriod>& schedule) {
  ScheduleDays made;
  std::vector<std::chrono::sys_days> starts;
  made.dates.reserve(schedule.size());
  made.actual_days.reserve(schedule.size());
  starts.reserve(schedule.size());
  for (const calendar::PaymentPeriod& period : schedule) {
    made.dates.push_back(static_cast<double>(std::chrono::sys_days{period.payment}.time_since_epoch().count()));
    made.actual_days.push_back(calendar::days_between(period.accrual_start, period.accrual_end));
    starts.emplace_back(period.accrual_start);
  }
  made.fixers.assign(deal.indices.size(), rates::Fixer(std::move(starts)));
  return made;
}

Fixings fix(const deal::Deal& deal, const std::vector<calendar::PaymentPeriod>& schedule, const rates::IndexPaths& indices) {
  ScheduleDays days = days_of(deal, schedule);
  return fix(deal, days, indices);
}

Fixings fix(const deal::Deal& deal, ScheduleDays& days, const rates::IndexPaths& indices) {
  Fixings made{days.dates, days.actual_days, std::vector<std::vector<double>>(deal.indices.size())};
  for (std::size_t i = 0; i < deal.indices.size(); ++i) {
    const auto found = indices.find(deal.indices[i]);
    if (!found) throw result::InvariantViolation("the scenario gives no path for index " + deal.indices[i]);
    if (!deal.is_read[static_cast<std::size_t>(deal.index_slot) + i]) continue;
    made.indices[i].resize(days.fixers[i].size());
    days.fixers[i].fix(indices, *found, made.indices[i].data());
  }
  return made;
}

}  // namespace spillway::waterfall
