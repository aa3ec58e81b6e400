#include "spillway/calendar/calendar.h"

#include <algorithm>

namespace spillway::calendar {

namespace {

using std::chrono::days;
using std::chrono::sys_days;

bool read_digits(std::string_view text, int& value) {
  value = 0;
  for (const char c : text) {
    if (c < '0' || c > '9') return false;
    value = 10 * value + (c - '0');
  }
  return true;
}

std::string padded(unsigned value, int width) {
  std::string text = std::to_string(value);
  return std::string(static_cast<std::size_t>(std::max(0, width - static_cast<int>(text.size()))), '0') + text;
}

bool ends_february(Date date) {
  return date.month() == std::chrono::February &&
         date.day() == (date.year() / std::chrono::February / std::chrono::last).day();
}

// The payment day in the month of `first` + `months`.
Date payment_date(Date first, int months, int day) {
  const auto month = std::chrono::year_month{first.year(), first.month()} + std::chrono::months{months};
  const auto last = (month / std::chrono::last).day();
  return month / std::min(std::chrono::day{static_cast<unsigned>(day)}, last);
}

}  // namespace

std::optional<Date> parse_date(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int year = 0, month = 0, day = 0;
  if (!read_digits(text.substr(0, 4), year) || !read_digits(text.substr(5, 2), month) ||
      !read_digits(text.substr(8, 2), day)) {
    return std::nullopt;
  }
  const Date date = make_date(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
  return date.ok() ? std::optional<Date>{date} : std::nullopt;
}

std::string to_iso_month(Date date) {
  return padded(static_cast<unsigned>(static_cast<int>(date.year())), 4) + '-' +
         padded(static_cast<unsigned>(date.month()), 2);
}

std::string to_iso(Date date) { return to_iso_month(date) + '-' + padded(static_cast<unsigned>(date.day()), 2); }

Date add_months(Date date, int months) {
  const Date moved = date + std::chrono::months{months};
  return moved.ok() ? moved : Date{moved.year() / moved.month() / std::chrono::last};
}

Date add_days(Date date, int count) { return Date{sys_days{date} + days{count}}; }

int days_between(Date from, Date to) { return static_cast<int>((sys_days{to} - sys_days{from}).count()); }

int months_between(Date from, Date to) {
  return (static_cast<int>(to.year()) - static_cast<int>(from.year())) * 12 +
         static_cast<int>(static_cast<unsigned>(to.month())) - static_cast<int>(static_cast<unsigned>(from.month()));
}

int days_30_360(Date from, Date to) {
  int d1 = std::min(static_cast<int>(static_cast<unsigned>(from.day())), 30);
  int d2 = static_cast<int>(static_cast<unsigned>(to.day()));
  if (ends_february(from)) {
    d1 = 30;
    if (ends_february(to)) d2 = 30;
  }
  if (d2 == 31 && d1 == 30) d2 = 30;
  return months_between(from, to) * 30 + d2 - d1;
}

double year_fraction(DayCount count, Date from, Date to) {
  switch (count) {
    case DayCount::actual_360: return days_between(from, to) / 360.0;
    case DayCount::actual_365: return days_between(from, to) / 365.0;
    case DayCount::thirty_360: return days_30_360(from, to) / 360.0;
  }
  return 0;
}

bool BusinessCalendar::is_business_day(Date date) const {
  const std::chrono::weekday weekday{sys_days{date}};
  if (weekday == std::chrono::Saturday || weekday == std::chrono::Sunday) return false;
  return !std::binary_search(holidays.begin(), holidays.end(), date);
}

Date BusinessCalendar::adjust(Date date, Roll roll) const {
  if (roll == Roll::none) return date;
  const int step = roll == Roll::preceding ? -1 : 1;
  Date moved = date;
  while (!is_business_day(moved)) moved = add_days(moved, step);
  if (roll == Roll::modified_following && moved.month() != date.month()) return adjust(date, Roll::preceding);
  return moved;
}

std::vector<PaymentPeriod> make_schedule(const ScheduleTerms& terms, const BusinessCalendar& business_days,
                                         int periods) {
  std::vector<PaymentPeriod> schedule(static_cast<std::size_t>(periods));
  Date start = terms.closing;
  for (int t = 0; t < periods; ++t) {
    PaymentPeriod& period = schedule[static_cast<std::size_t>(t)];
    period.payment = t == 0 ? terms.first_payment : payment_date(terms.first_payment, t, terms.payment_day);
    period.payment_adjusted = business_days.adjust(period.payment, terms.roll);
    period.accrual_start = start;
    period.accrual_end = terms.adjusted_accrual ? period.payment_adjusted : period.payment;
    period.days = terms.day_count == DayCount::thirty_360 ? days_30_360(period.accrual_start, period.accrual_end)
                                                          : days_between(period.accrual_start, period.accrual_end);
    period.year_fraction = year_fraction(terms.day_count, period.accrual_start, period.accrual_end);
    start = period.accrual_end;
  }
  return schedule;
}

}  // namespace spillway::calendar
