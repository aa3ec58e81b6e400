#include "spillway/rates/discount_curve.h"

#include <algorithm>
#include <cmath>
#include <functional>

#include "spillway/result/issue.h"

namespace spillway::rates {

DiscountCurve::DiscountCurve(std::vector<calendar::Date> dates, std::vector<double> factors)
    : dates_(std::move(dates)), factors_(std::move(factors)) {
  result::require(dates_.size() >= 2 && dates_.size() == factors_.size(),
                  "a discount curve needs as many dates as factors, at least two");
  result::require(std::adjacent_find(dates_.begin(), dates_.end(), std::greater_equal<>{}) == dates_.end(),
                  "the dates of a discount curve must ascend");
  result::require(std::all_of(factors_.begin(), factors_.end(), [](double factor) { return factor > 0.0; }),
                  "discount factors are above 0");
}

double DiscountCurve::discount(calendar::Date date) const {
  const auto after = std::upper_bound(dates_.begin() + 1, dates_.end() - 1, date);
  const auto right = static_cast<std::size_t>(after - dates_.begin());
  const double weight = static_cast<double>(calendar::days_between(dates_[right - 1], date)) /
                        calendar::days_between(dates_[right - 1], dates_[right]);
  return factors_[right - 1] * std::pow(factors_[right] / factors_[right - 1], weight);
}

}  // namespace spillway::rates
