#pragma once
// Dates, day counts, business days and payment schedules of monthly-pay securities.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace spillway::calendar {

using Date = std::chrono::year_month_day;

/// The date `year`-`month`-`day`; the caller vouches for it.
constexpr Date make_date(int year, unsigned month, unsigned day) {
  return Date{std::chrono::year{year}, std::chrono::month{month}, std::chrono::day{day}};
}

/// Reads an ISO date, `2003-12-25`. Empty if it is not one, or no such day exists.
std::optional<Date> parse_date(std::string_view text);

/// Writes `2003-12-25`.
std::string to_iso(Date date);

/// Writes `2003-12`.
std::string to_iso_month(Date date);

/// Whole calendar months added (negative: taken away); a day past the month's end becomes its last day.
Date add_months(Date date, int months);

/// Calendar days added (negative: taken away).
Date add_days(Date date, int days);

/// Calendar days from `from` to `to`; negative when `to` is earlier.
int days_between(Date from, Date to);

/// Whole months from the month of `from` to the month of `to`, days ignored.
int months_between(Date from, Date to);

/// Days from `from` to `to` where every month has 30 and a year 360: day 31 counts as 30 (for `to`, when `from` is the
/// 30th or later), and so does a `from` on the last day of February (SIA bond basis).
int days_30_360(Date from, Date to);

enum class DayCount { actual_360, actual_365, thirty_360 };

/// Years from `from` to `to` on the day count: days / 360, days / 365, or 30/360 days / 360.
double year_fraction(DayCount count, Date from, Date to);

enum class Roll { none, following, modified_following, preceding };

/// Weekends plus a list of holidays. An empty list knows weekends only.
struct BusinessCalendar {
  std::string name;
  std::vector<Date> holidays;  ///< ascending

  bool is_business_day(Date date) const;
  Date adjust(Date date, Roll roll) const;
};

/// How a class's accrual periods run.
struct ScheduleTerms {
  Date closing;                          ///< interest accrues from here
  Date first_payment;                    ///< nominal, before any business-day adjustment
  int payment_day = 25;                  ///< 1 to 31; past a month's end it is the last day
  DayCount day_count = DayCount::actual_360;
  Roll roll = Roll::following;
  bool adjusted_accrual = false;         ///< accrual runs between adjusted payment dates instead of nominal ones
};

/// One payment period. Dates are nominal unless they say otherwise.
struct PaymentPeriod {
  Date accrual_start;
  Date accrual_end;
  Date payment;           ///< nominal: conditions and average lives use this date
  Date payment_adjusted;  ///< next business day: when the money moves
  double days = 0;        ///< accrual days on the day count
  double year_fraction = 0;
};

/// Monthly schedule of `periods` payments from the terms; entry 0 is period 1.
std::vector<PaymentPeriod> make_schedule(const ScheduleTerms& terms, const BusinessCalendar& business_days,
                                         int periods);

}  // namespace spillway::calendar
