#include "spillway/calendar/calendar.h"

#include <gtest/gtest.h>

using namespace spillway::calendar;

TEST(Date, reads_and_writes_iso_and_refuses_what_is_no_day) {
  EXPECT_EQ(parse_date("2003-12-25"), make_date(2003, 12, 25));
  EXPECT_EQ(to_iso(make_date(2004, 2, 9)), "2004-02-09");
  for (const char* bad : {"2003-02-30", "2003-13-01", "03-12-25", "2003/12/25", "", "2003-1-001", "200a-01-01"}) {
    EXPECT_EQ(parse_date(bad), std::nullopt) << bad;
  }
}

TEST(Date, adding_months_keeps_the_end_of_a_short_month) {
  EXPECT_EQ(add_months(make_date(2004, 1, 31), 1), make_date(2004, 2, 29));
  EXPECT_EQ(add_months(make_date(2003, 11, 25), -12), make_date(2002, 11, 25));
  EXPECT_EQ(add_days(make_date(2004, 2, 28), 2), make_date(2004, 3, 1));
}

TEST(DayCount, thirty_360_counts_every_month_as_thirty_days) {
  EXPECT_EQ(days_30_360(make_date(2003, 12, 18), make_date(2004, 1, 25)), 37);
  EXPECT_EQ(days_30_360(make_date(2004, 1, 31), make_date(2004, 3, 31)), 60);
  EXPECT_EQ(days_30_360(make_date(2004, 1, 30), make_date(2004, 2, 28)), 28);
  EXPECT_EQ(days_30_360(make_date(2025, 2, 28), make_date(2025, 3, 25)), 25);  // an end of month counts as day 30
  EXPECT_EQ(days_30_360(make_date(2024, 2, 28), make_date(2024, 3, 25)), 27);
  EXPECT_EQ(days_30_360(make_date(2025, 2, 28), make_date(2026, 2, 28)), 360);
  EXPECT_DOUBLE_EQ(year_fraction(DayCount::actual_360, make_date(2003, 12, 18), make_date(2004, 1, 25)), 38 / 360.0);
}

TEST(Schedule, impac_accrues_from_the_25th_to_the_25th_and_pays_on_the_next_business_day) {
  const BusinessCalendar new_york{"new_york", {make_date(2004, 1, 26)}};
  ScheduleTerms terms{.closing = make_date(2003, 12, 18), .first_payment = make_date(2004, 1, 25)};
  const auto schedule = make_schedule(terms, new_york, 4);
  EXPECT_EQ(schedule[0].days, 38);
  EXPECT_EQ(schedule[1].days, 31);
  EXPECT_EQ(schedule[2].days, 29);
  EXPECT_EQ(schedule[3].days, 31);
  EXPECT_EQ(schedule[0].payment_adjusted, make_date(2004, 1, 27));  // a Sunday, then a holiday
  EXPECT_EQ(schedule[3].payment, make_date(2004, 4, 25));
  terms.adjusted_accrual = true;
  EXPECT_EQ(make_schedule(terms, new_york, 2)[0].days, 40);
}

TEST(Schedule, a_payment_day_past_the_month_end_is_its_last_day) {
  ScheduleTerms terms{.closing = make_date(2004, 1, 1), .first_payment = make_date(2004, 1, 31), .payment_day = 31};
  const auto schedule = make_schedule(terms, {}, 3);
  EXPECT_EQ(schedule[1].payment, make_date(2004, 2, 29));
  EXPECT_EQ(schedule[2].payment, make_date(2004, 3, 31));
}

TEST(BusinessCalendar, modified_following_stays_in_its_month) {
  EXPECT_EQ(BusinessCalendar{}.adjust(make_date(2004, 1, 31), Roll::modified_following), make_date(2004, 1, 30));
}
