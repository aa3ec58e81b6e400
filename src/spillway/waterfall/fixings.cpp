#include "spillway/waterfall/fixings.h"

#include <algorithm>
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

FixingsSideBySide fix_side_by_side(const deal::Deal& deal, ScheduleDays& days, std::span<const rates::IndexPaths> paths, std::size_t stride) {
  FixingsSideBySide made{{days.dates, days.actual_days, {}}, stride, std::vector<std::vector<double>>(deal.indices.size())};
  std::vector<const rates::IndexPaths*> all;
  for (std::size_t r = 0; r < stride; ++r) all.push_back(&paths[std::min(r, paths.size() - 1)]);
  for (std::size_t i = 0; i < deal.indices.size(); ++i) {
    if (!deal.is_read[static_cast<std::size_t>(deal.index_slot) + i]) continue;
    made.indices[i].resize(days.fixers[i].size() * stride);
    days.fixers[i].fix_all(all, deal.indices[i], made.indices[i].data());
  }
  return made;
}

Fixings fixings_of(const FixingsSideBySide& fixings, std::size_t run) {
  Fixings made = fixings.dates;
  for (const std::vector<double>& index : fixings.indices) {
    std::vector<double>& own = made.indices.emplace_back();
    for (std::size_t at = run; at < index.size(); at += fixings.stride) own.push_back(index[at]);
  }
  return made;
}

}  // namespace spillway::waterfall
