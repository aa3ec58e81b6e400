#pragma once
// The month loops of the collateral engine, over plain spans. Every flow scales with the balance, so a loan's balance is
// its amortization path times the survival of its cohort; the two are computed apart and multiplied here.

#include <cstddef>
#include <span>

namespace spillway::kernels {

/// Level monthly payment that retires `balance` in `months` payments (>= 1) at `monthly_rate` (>= 0):
/// balance x i / (1 - (1 + i)^-months); balance / months when the rate is zero.
double level_payment(double balance, double monthly_rate, int months);

/// Runs `opening.size()` months of a loan at one rate and payment: fills opening balances and scheduled principal
/// (payment less interest, never more than the balance) and returns the balance left.
double amortize(double balance, double monthly_rate, double payment, std::span<double> opening,
                std::span<double> scheduled);

/// One loan's paths, entry 0 = the first month of the span.
struct LoanPath {
  const double* opening;    ///< balance before the month's payment, had no one prepaid
  const double* scheduled;  ///< scheduled principal of the month, likewise
  const double* rate;       ///< annual gross rate of the month, decimal
};

/// What a cohort's prepayments do, entry 0 = the first month of the span.
struct Survival {
  const double* survived;  ///< part of the loan left before the month
  const double* smm;       ///< part of the balance after scheduled principal that prepays in the month
};

/// Pool sums by month, entry 0 = the first month of the span.
struct PoolSums {
  double* balance;
  double* gross_interest;
  double* servicing_fee;
  double* master_servicing_fee;
  double* trustee_fee;
  double* mi_premium;
  double* scheduled;
  double* prepaid;
};

/// Annual fee rates of a loan, decimals.
struct FeeRates {
  double servicing = 0, master_servicing = 0, trustee = 0, mi_premium = 0;
};

/// Adds `months` months of one surviving loan to the sums: balances, interest at rate / 12, fees at fee / 12, scheduled
/// and prepaid principal.
void accumulate(const LoanPath& loan, const Survival& survival, const FeeRates& fees, const PoolSums& sums,
                std::size_t months);

}  // namespace spillway::kernels
