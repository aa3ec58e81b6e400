#include "spillway/analytics/yield.h"

#include <cmath>

#include "spillway/analytics/root_finder.h"

namespace spillway::analytics {

namespace {

double times_a_year(Compounding compounding) { return static_cast<double>(static_cast<int>(compounding)); }

double full_value(const TimedFlows& flows, double yield, double m) {
  double value = 0.0;
  for (std::size_t k = 0; k < flows.cash.size(); ++k) value += flows.cash[k] * std::pow(1.0 + yield / m, -m * flows.years[k]);
  return value;
}

}  // namespace

TimedFlows make_timed_flows(const cashflow::ClassCashFlows& flows, std::span<const calendar::PaymentPeriod> schedule,
                            calendar::Date settlement) {
  TimedFlows made;
  made.original_balance = flows.original_balance;
  for (std::size_t t = 0; t < schedule.size(); ++t) {
    made.years.push_back(calendar::year_fraction(calendar::DayCount::thirty_360, settlement, schedule[t].payment));
    made.cash.push_back(flows.cash(t));
  }
  if (!schedule.empty() && settlement > schedule.front().accrual_start) {
    made.accrued = flows.original_balance * flows.rate.front() *
                   calendar::year_fraction(calendar::DayCount::thirty_360, schedule.front().accrual_start, settlement);
  }
  return made;
}

double price_from_yield(const TimedFlows& flows, double yield, Compounding compounding) {
  return 100.0 * (full_value(flows, yield, times_a_year(compounding)) - flows.accrued) / flows.original_balance;
}

std::optional<double> yield_from_price(const TimedFlows& flows, double price, Compounding compounding) {
  // Found in annual terms, where the range is the same for every compounding.
  const double wanted = price * flows.original_balance / 100.0 + flows.accrued;
  const auto annual = find_root([&](double y) { return full_value(flows, y, 1.0) - wanted; }, -0.999, 1e4, 1e-13);
  if (!annual) return std::nullopt;
  return convert_yield(*annual, Compounding::annual, compounding);
}

double convert_yield(double yield, Compounding from, Compounding to) {
  const double m = times_a_year(from);
  const double n = times_a_year(to);
  return n * (std::pow(1.0 + yield / m, m / n) - 1.0);
}

YieldSensitivities sensitivities(const TimedFlows& flows, double yield, Compounding compounding) {
  const double m = times_a_year(compounding);
  double value = 0.0, first = 0.0, second = 0.0;
  for (std::size_t k = 0; k < flows.cash.size(); ++k) {
    const double t = flows.years[k];
    const double discounted = flows.cash[k] * std::pow(1.0 + yield / m, -m * t);
    value += discounted;
    first += discounted * t;
    second += discounted * t * (t + 1.0 / m);
  }
  if (value == 0.0) return {};
  const double growth = 1.0 + yield / m;
  return {first / value, first / value / growth, second / value / (growth * growth)};
}

double effective_duration(double price_down, double price, double price_up, double move) {
  return (price_down - price_up) / (2.0 * price * move);
}

double effective_convexity(double price_down, double price, double price_up, double move) {
  return (price_down + price_up - 2.0 * price) / (price * move * move);
}

}  // namespace spillway::analytics
