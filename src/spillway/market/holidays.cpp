#include "spillway/market/holidays.h"

#include <ql/time/calendars/unitedstates.hpp>

#include "spillway/result/issue.h"

namespace spillway::market {

calendar::BusinessCalendar business_calendar(const std::string& name, int first_year, int last_year) {
  calendar::BusinessCalendar made{name, {}};
  if (name == "weekends") return made;
  result::require(name == "new_york", "no business-day calendar of that name");
  const QuantLib::UnitedStates federal_reserve(QuantLib::UnitedStates::FederalReserve);
  const QuantLib::Date from(1, QuantLib::January, first_year);
  const QuantLib::Date to(31, QuantLib::December, last_year);
  for (QuantLib::Date day = from; day <= to; ++day) {
    // Weekends come first: they need no calendar, and asking it takes long.
    if (const int weekday = day.weekday(); weekday == QuantLib::Saturday || weekday == QuantLib::Sunday) continue;
    if (federal_reserve.isBusinessDay(day)) continue;
    made.holidays.push_back(calendar::make_date(day.year(), static_cast<unsigned>(day.month()),
                                                static_cast<unsigned>(day.dayOfMonth())));
  }
  return made;
}

}  // namespace spillway::market
