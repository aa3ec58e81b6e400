#include "scalar_waterfall.h"

#include <algorithm>

namespace bench {

namespace {

using namespace spillway;

constexpr int kClasses = 6;
constexpr double kBalances[kClasses] = {861e6, 33e6, 35e6, 46.5e6, 17e6, 7.5e6};
constexpr double kMargins[kClasses] = {0.0035, 0.0050, 0.0070, 0.0120, 0.0140, 0.0150};
constexpr double kStepUps[kClasses] = {2, 2, 1.5, 1.5, 1.5, 1.5};

struct State {
  double balance[kClasses], unpaid[kClasses] = {}, carried[kClasses] = {};
  double total = 0;
};

// Takes up to `amount` for what each class is due, in order; what is left comes back.
double pay_in_order(double amount, double* due, double& paid) {
  for (int c = 0; c < kClasses; ++c) {
    const double part = std::min(amount, due[c]);
    due[c] -= part;
    amount -= part;
    paid += part;
  }
  return amount;
}

double pay_pro_rata(double amount, State& s, double& paid) {
  const double part = std::min(amount, s.total);
  if (part > 0.0) {
    const double left = 1.0 - part / s.total;
    for (double& balance : s.balance) balance *= left;
    s.total -= part;
    paid += part;
  }
  return amount - part;
}

}  // namespace

ScalarDeal scalar_waterfall(const ScalarFlows& pool, double cut_off, std::span<const double> index,
                            std::span<const calendar::PaymentPeriod> schedule) {
  static const calendar::Date oc_from = calendar::make_date(2004, 6, 25), call_date = calendar::make_date(2014, 1, 25);
  State s;
  std::copy_n(kBalances, kClasses, s.balance);
  for (double balance : s.balance) s.total += balance;
  ScalarDeal deal;
  bool call_passed = false;
  for (std::size_t t = 0; t < pool.balance.size(); ++t) {
    const double opening = pool.balance[t], principal = pool.scheduled[t] + pool.prepaid[t], closing = opening - principal;
    const double net = pool.interest[t] - pool.fees[t], days = schedule[t].days;
    const double available_rate = s.total > 0.0 && opening > 0.0 ? 12.0 * net / opening * opening / s.total * 30.0 / days : 0.0;
    double due[kClasses];
    for (int c = 0; c < kClasses; ++c) {
      const double stated = std::min(index[t] + kMargins[c] * (call_passed ? kStepUps[c] : 1.0), 0.115);
      const double rate = std::max(0.0, std::min(stated, available_rate)), fraction = days / 360.0;
      s.carried[c] += s.carried[c] * rate * fraction + std::max(0.0, stated - rate) * s.balance[c] * fraction;
      due[c] = rate * s.balance[c] * fraction;
    }
    double cash = pay_in_order(net, due, deal.interest);
    for (int c = 0; c < kClasses; ++c) s.unpaid[c] += due[c];
    cash += pay_pro_rata(principal, s, deal.principal);
    const double target = schedule[t].payment <= oc_from ? 0.0 : 0.005 * cut_off;
    const double deficiency = std::min(cash, std::max(0.0, target - (closing - s.total)));
    cash = cash - deficiency + pay_pro_rata(deficiency, s, deal.principal);
    cash = pay_in_order(cash, s.unpaid, deal.interest);
    deal.residual += pay_in_order(cash, s.carried, deal.basis_risk);
    call_passed = call_passed || closing <= 0.25 * cut_off || schedule[t].payment >= call_date;
  }
  return deal;
}

spillway::waterfall::Record series_by_hand() {
  using namespace spillway;
  waterfall::Record made;
  made.class_series = 1u << deal::class_interest_paid | 1u << deal::class_unpaid_interest_paid | 1u << deal::class_basis_risk_paid |
                      1u << deal::class_principal_paid;
  made.quantities = made.totals = false;
  return made;
}

}  // namespace bench
