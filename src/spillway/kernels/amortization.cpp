#include "spillway/kernels/amortization.h"

#include <algorithm>
#include <cmath>

namespace spillway::kernels {

double level_payment(double balance, double monthly_rate, int months) {
  if (monthly_rate == 0.0) return balance / months;
  return balance * monthly_rate / -std::expm1(-months * std::log1p(monthly_rate));
}

double amortize(double balance, double monthly_rate, double payment, std::span<double> opening,
                std::span<double> scheduled) {
  for (std::size_t t = 0; t < opening.size(); ++t) {
    const double principal = std::min(payment - balance * monthly_rate, balance);
    opening[t] = balance;
    scheduled[t] = principal;
    balance -= principal;
  }
  return balance;
}

void accumulate(const LoanPath& loan, const Survival& survival, const FeeRates& fees, const PoolSums& sums,
                std::size_t months) {
  constexpr double per_month = 1.0 / 12.0;
  const double* __restrict opening = loan.opening;
  const double* __restrict scheduled = loan.scheduled;
  const double* __restrict rate = loan.rate;
  const double* __restrict survived = survival.survived;
  const double* __restrict smm = survival.smm;
  double* __restrict balance = sums.balance;
  double* __restrict interest = sums.gross_interest;
  double* __restrict servicing = sums.servicing_fee;
  double* __restrict master = sums.master_servicing_fee;
  double* __restrict trustee = sums.trustee_fee;
  double* __restrict premium = sums.mi_premium;
  double* __restrict scheduled_sum = sums.scheduled;
  double* __restrict prepaid = sums.prepaid;
  for (std::size_t t = 0; t < months; ++t) {
    const double left = survived[t] * opening[t];
    const double principal = survived[t] * scheduled[t];
    const double monthly = left * per_month;
    balance[t] += left;
    interest[t] += monthly * rate[t];
    servicing[t] += monthly * fees.servicing;
    master[t] += monthly * fees.master_servicing;
    trustee[t] += monthly * fees.trustee;
    premium[t] += monthly * fees.mi_premium;
    scheduled_sum[t] += principal;
    prepaid[t] += (left - principal) * smm[t];
  }
}

}  // namespace spillway::kernels
