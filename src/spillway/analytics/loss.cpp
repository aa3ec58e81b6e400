#include "spillway/analytics/loss.h"

#include <algorithm>

#include "spillway/analytics/yield.h"

namespace spillway::analytics {

ClassLoss class_loss(const cashflow::ClassCashFlows& flows) {
  ClassLoss loss;
  for (std::size_t t = 0; t < flows.ending_balance.size(); ++t) {
    loss.written_down += flows.written_down[t];
    loss.made_good += flows.written_up[t] + flows.allocated_loss_paid[t];
    loss.interest_shortfall += std::max(0.0, flows.interest_due[t] - flows.accrued[t] - flows.interest_paid[t]);
    if (loss.first_written_down == 0 && flows.written_down[t] > 0.0) loss.first_written_down = static_cast<int>(t + 1);
  }
  if (flows.ending_balance.empty()) return loss;
  loss.principal_loss = principal_loss(flows);
  loss.unpaid_interest = std::max(0.0, flows.unpaid_interest.back());
  loss.unpaid_basis_risk = std::max(0.0, flows.basis_risk.back());
  return loss;
}

double principal_loss(const cashflow::ClassCashFlows& flows) {
  if (flows.ending_balance.empty()) return 0.0;
  const double owed = flows.is_notional ? 0.0 : flows.ending_balance.back();
  return std::max(0.0, owed + flows.allocated_loss.back());
}

double total_cash(const cashflow::ClassCashFlows& flows) {
  double total = 0.0;
  for (std::size_t t = 0; t < flows.ending_balance.size(); ++t) total += flows.cash(t);
  return total;
}

std::optional<double> internal_rate_of_return(double investment, std::span<const double> cash,
                                              std::span<const calendar::PaymentPeriod> schedule,
                                              calendar::Date settlement) {
  if (!(investment > 0.0)) return std::nullopt;
  TimedFlows flows;
  flows.original_balance = investment;
  flows.cash.assign(cash.begin(), cash.end());
  for (std::size_t t = 0; t < cash.size(); ++t) {
    flows.years.push_back(calendar::year_fraction(calendar::DayCount::thirty_360, settlement, schedule[t].payment));
  }
  return yield_from_price(flows, 100.0, Compounding::annual);
}

}  // namespace spillway::analytics
