#include "spillway/analytics/spread.h"

#include <cmath>

#include "spillway/analytics/root_finder.h"
#include "spillway/result/issue.h"

namespace spillway::analytics {

namespace {

constexpr double kLowestSpread = -1.0;
constexpr double kHighestSpread = 100.0;
constexpr double kDaysAYear = 365.25;

}  // namespace

double zero_yield(const DiscountCurve& curve, calendar::Date settlement, calendar::Date date) {
  const double years = calendar::year_fraction(calendar::DayCount::thirty_360, settlement, date);
  if (!(years > 0.0)) return 0.0;
  return 2.0 * (std::pow(curve.discount(settlement) / curve.discount(date), 0.5 / years) - 1.0);
}

std::vector<double> zero_yields(const DiscountCurve& curve, calendar::Date settlement,
                                std::span<const calendar::PaymentPeriod> schedule) {
  std::vector<double> yields;
  for (const calendar::PaymentPeriod& period : schedule) yields.push_back(zero_yield(curve, settlement, period.payment));
  return yields;
}

double price_from_z_spread(const TimedFlows& flows, std::span<const double> zero_yields, double spread) {
  result::require(zero_yields.size() == flows.cash.size(), "a z-spread needs a zero yield for every cash flow");
  double value = 0.0;
  for (std::size_t k = 0; k < flows.cash.size(); ++k) {
    value += flows.cash[k] * std::pow(1.0 + (zero_yields[k] + spread) / 2.0, -2.0 * flows.years[k]);
  }
  return 100.0 * (value - flows.accrued) / flows.original_balance;
}

std::optional<double> z_spread(const TimedFlows& flows, std::span<const double> zero_yields, double price) {
  return find_root([&](double spread) { return price_from_z_spread(flows, zero_yields, spread) - price; }, kLowestSpread,
                   kHighestSpread, 1e-13);
}

double nominal_spread(double yield, Compounding compounding, const DiscountCurve& curve, calendar::Date settlement,
                      double average_life) {
  const calendar::Date date = calendar::add_days(settlement, static_cast<int>(std::lround(kDaysAYear * average_life)));
  return convert_yield(yield, compounding, Compounding::semiannual) - zero_yield(curve, settlement, date);
}

}  // namespace spillway::analytics
