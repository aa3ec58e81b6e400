#pragma once
// A discount curve: what a dollar on a later date is worth.

#include <vector>

#include "spillway/calendar/calendar.h"

namespace spillway::rates {

/// Discount factors at ascending dates, at least two, all above 0. The logarithm is linear in days between the dates and
/// goes on at the slope of the first and last pair outside them (flat forwards).
class DiscountCurve {
 public:
  DiscountCurve(std::vector<calendar::Date> dates, std::vector<double> factors);

  const std::vector<calendar::Date>& dates() const { return dates_; }
  const std::vector<double>& factors() const { return factors_; }

  /// The factor on a date.
  double discount(calendar::Date date) const;

 private:
  std::vector<calendar::Date> dates_;
  std::vector<double> factors_;
};

}  // namespace spillway::rates
