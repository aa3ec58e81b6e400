#include "spillway/analytics/floater.h"

#include <cmath>

#include "spillway/analytics/root_finder.h"

namespace spillway::analytics {

namespace {

constexpr double kDaysAMonth = 365.25 / 12.0;
constexpr double kHalfCent = 0.005;

// Price in dollars, and the present-value-weighted time, at a margin. `times` in years.
struct PresentValue {
  double value = 0;
  double time_weighted = 0;
};

PresentValue present_value(const FloaterFlows& flows, double margin) {
  PresentValue pv;
  double factor = 1.0;
  double years = 0.0;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    factor /= 1.0 + (flows.index_rates[t] + margin) * flows.days[t] / 360.0;
    years += flows.days[t] / 360.0;
    pv.value += flows.cash[t] * factor;
    pv.time_weighted += flows.cash[t] * factor * years;
  }
  return pv;
}

// Present value at a semiannual yield on 30/360 times.
PresentValue present_value_30_360(const FloaterFlows& flows, double semiannual_yield) {
  PresentValue pv;
  for (std::size_t t = 0; t < flows.cash.size(); ++t) {
    const double years = calendar::year_fraction(calendar::DayCount::thirty_360, flows.settlement, flows.dates[t]);
    const double value = flows.cash[t] * std::pow(1.0 + semiannual_yield / 2.0, -2.0 * years);
    pv.value += value;
    pv.time_weighted += value * years;
  }
  return pv;
}

// Bond-equivalent yield of an average month at the first period's index plus the margin.
double bond_equivalent_yield(const FloaterFlows& flows, double margin) {
  const double index = flows.index_rates.empty() ? 0.0 : flows.index_rates.front();
  return 2.0 * (std::pow(1.0 + (index + margin) * kDaysAMonth / 360.0, 6.0) - 1.0);
}

double semiannual_yield(const FloaterFlows& flows, double margin) {
  const double value = present_value(flows, margin).value;
  const auto yield = find_root([&](double y) { return present_value_30_360(flows, y).value - value; }, -0.9, 4.0, 1e-13);
  return yield.value_or(bond_equivalent_yield(flows, margin));
}

double ratio(const PresentValue& pv) { return pv.value != 0.0 ? pv.time_weighted / pv.value : 0.0; }

}  // namespace

FloaterFlows make_floater_flows(const cashflow::ClassCashFlows& flows,
                                std::span<const calendar::PaymentPeriod> schedule,
                                std::span<const double> index_rates, calendar::Date settlement) {
  FloaterFlows made;
  made.settlement = settlement;
  made.original_balance = flows.original_balance;
  calendar::Date from = settlement;
  for (std::size_t t = 0; t < schedule.size(); ++t) {
    made.dates.push_back(schedule[t].payment);
    made.days.push_back(calendar::days_between(from, schedule[t].payment));
    made.index_rates.push_back(index_rates[t]);
    made.cash.push_back(flows.cash(t));
    made.principal.push_back(flows.principal_paid[t]);
    from = schedule[t].payment;
  }
  if (!schedule.empty()) {
    const int days = calendar::days_between(schedule.front().accrual_start, settlement);
    if (days > 0) made.accrued = flows.original_balance * flows.rate.front() * days / 360.0;
  }
  return made;
}

double discounted_at_index(std::span<const double> cash, std::span<const double> days, std::span<const double> index_rates,
                           double margin) {
  double value = 0.0;
  double factor = 1.0;
  for (std::size_t t = 0; t < cash.size(); ++t) {
    factor /= 1.0 + (index_rates[t] + margin) * days[t] / 360.0;
    value += cash[t] * factor;
  }
  return value;
}

double price_from_discount_margin(const FloaterFlows& flows, double discount_margin) {
  const double value = discounted_at_index(flows.cash, flows.days, flows.index_rates, discount_margin);
  return 100.0 * (value - flows.accrued) / flows.original_balance;
}

std::optional<double> discount_margin_from_price(const FloaterFlows& flows, double price) {
  return find_root([&](double margin) { return price_from_discount_margin(flows, margin) - price; }, kLowestMargin,
                   kHighestMargin, kMarginTolerance);
}

std::optional<double> average_life(const FloaterFlows& flows, calendar::DayCount count) {
  double principal = 0.0, weighted = 0.0;
  for (std::size_t t = 0; t < flows.principal.size(); ++t) {
    principal += flows.principal[t];
    weighted += flows.principal[t] * calendar::year_fraction(count, flows.settlement, flows.dates[t]);
  }
  if (!(principal > 0.0)) return std::nullopt;
  return weighted / principal;
}

double macaulay_duration(const FloaterFlows& flows, double discount_margin, DurationConvention convention) {
  if (convention == DurationConvention::semiannual_30_360) {
    return ratio(present_value_30_360(flows, semiannual_yield(flows, discount_margin)));
  }
  return ratio(present_value(flows, discount_margin));
}

double modified_duration(const FloaterFlows& flows, double discount_margin, DurationConvention convention) {
  switch (convention) {
    case DurationConvention::actual_360_bey:
      return macaulay_duration(flows, discount_margin, convention) /
             (1.0 + bond_equivalent_yield(flows, discount_margin) / 2.0);
    case DurationConvention::semiannual_30_360:
      return macaulay_duration(flows, discount_margin, convention) /
             (1.0 + semiannual_yield(flows, discount_margin) / 2.0);
    case DurationConvention::margin_sensitivity: {
      constexpr double step = 1e-5;
      const double up = present_value(flows, discount_margin + step).value;
      const double down = present_value(flows, discount_margin - step).value;
      return (down - up) / (2.0 * step) / present_value(flows, discount_margin).value;
    }
  }
  return 0.0;
}

std::optional<PrincipalWindow> principal_window(const FloaterFlows& flows) {
  PrincipalWindow window;
  for (std::size_t t = 0; t < flows.principal.size(); ++t) {
    if (flows.principal[t] < kHalfCent) continue;
    window.last = static_cast<int>(t + 1);
    if (window.first == 0) window.first = window.last;
  }
  if (window.last == 0) return std::nullopt;
  return window;
}

FloaterMeasures measure(const FloaterFlows& flows, double price, const Conventions& conventions) {
  FloaterMeasures measures;
  measures.discount_margin = discount_margin_from_price(flows, price);
  measures.average_life = average_life(flows, conventions.average_life);
  measures.window = principal_window(flows);
  if (measures.discount_margin) {
    measures.modified_duration = modified_duration(flows, *measures.discount_margin, conventions.duration);
  }
  return measures;
}

}  // namespace spillway::analytics
