#include "spillway/kernels/credit.h"

#include <algorithm>

namespace spillway::kernels {

namespace {

constexpr double per_month = 1.0 / 12.0;

// A window of months that ends with month t and is `length` long, as a difference of sums to date.
double window(const std::vector<double>& to_date, std::size_t t, std::size_t length, std::size_t months) {
  const std::size_t end = std::min(t + 1, months);
  const std::size_t start = t + 1 > length ? std::min(t + 1 - length, months) : 0;
  return to_date[end] - to_date[start];
}

class LoanRun {
 public:
  LoanRun(const LoanPath& loan, const CreditSurvival& survival, const FeeRates& fees, const CreditTerms& terms,
          std::size_t from, std::size_t months, const CreditSums& sums, CreditScratch& scratch)
      : loan_(loan), survival_(survival), fees_(fees), terms_(terms), from_(from), months_(months),
        lag_(static_cast<std::size_t>(terms.lag)), sums_(sums), scratch_(scratch) {}

  void run() {
    sum_to_date();
    double in_foreclosure = 0.0;
    for (std::size_t t = from_; t < months_ + lag_; ++t) {
      const std::size_t path = std::min(t, months_ - 1);  // a loan past its maturity keeps its last balance and rate
      const double defaulted = t < months_ ? survival_.defaulted[t] * loan_.opening[t] : 0.0;
      double performing = 0.0;
      if (t < months_) performing = perform(t, defaulted);
      const double left = foreclosed(t, lag_);
      if (t >= lag_ && t - lag_ >= from_ && t - lag_ < months_) liquidate(t - lag_, t);
      const double advanced_on = advance(t, left);
      const double uncollected = std::max(0.0, in_foreclosure + defaulted - advanced_on) * per_month;
      sums_.cash.balance[t] += performing + in_foreclosure;
      sums_.uncollected_interest[t] += uncollected * loan_.rate[path];
      sums_.uncollected_fees[t] += uncollected * (fees_.servicing + fees_.master_servicing + fees_.trustee);
      sums_.foreclosure[t] += left;
      if (terms_.reo_months > 0) sums_.reo[t] += owned(t, left);
      in_foreclosure = left;
    }
  }

 private:
  void sum_to_date() {
    auto& balance = scratch_.defaulted_to_date;
    auto& weight = scratch_.weight_to_date;
    auto& interest = scratch_.interest_to_date;
    for (auto* sums : {&balance, &weight, &interest}) sums->assign(months_ + 1, 0.0);
    for (std::size_t t = from_; t < months_; ++t) {
      weight[t + 1] = weight[t] + survival_.defaulted[t];
      balance[t + 1] = balance[t] + survival_.defaulted[t] * loan_.opening[t];
      interest[t + 1] = interest[t] + loan_.rate[t] * per_month * (terms_.advances_principal ? loan_.opening[t] : 1.0);
    }
  }

  // What the performing part pays in month t; its opening balance comes back.
  double perform(std::size_t t, double defaulted) {
    const double performing = survival_.survived[t] * loan_.opening[t];
    const double paying = survival_.survived[t] - survival_.defaulted[t];
    const double left = paying * loan_.opening[t];
    const double prepaid = survival_.prepaid[t] * (loan_.opening[t] - loan_.scheduled[t]);
    charge(t, left);
    sums_.cash.mi_premium[t] += left * per_month * fees_.mi_premium;
    sums_.cash.scheduled[t] += paying * loan_.scheduled[t];
    sums_.cash.prepaid[t] += prepaid;
    sums_.defaulted[t] += defaulted;
    sums_.short_interest[t] += prepaid * loan_.rate[t] * per_month * terms_.short_interest;
    return performing;
  }

  // Interest and fees on a balance that pays, or is advanced.
  void charge(std::size_t t, double balance) {
    const double monthly = balance * per_month;
    sums_.cash.gross_interest[t] += monthly * loan_.rate[t];
    sums_.cash.servicing_fee[t] += monthly * fees_.servicing;
    sums_.cash.master_servicing_fee[t] += monthly * fees_.master_servicing;
    sums_.cash.trustee_fee[t] += monthly * fees_.trustee;
  }

  // Balance that defaulted within the last `length` months, as it stands at the end of month t.
  double foreclosed(std::size_t t, std::size_t length) const {
    if (!terms_.advances_principal) return window(scratch_.defaulted_to_date, t, length, months_);
    return window(scratch_.weight_to_date, t, length, months_) * loan_.opening[std::min(t + 1, months_ - 1)];
  }

  // The part of what is left in foreclosure that is real estate owned: what has been there longest.
  double owned(std::size_t t, double left) const {
    return std::max(0.0, left - foreclosed(t, lag_ - static_cast<std::size_t>(terms_.reo_months)));
  }

  // Advances of month t; the balance whose interest is advanced comes back.
  double advance(std::size_t t, double left) {
    if (!terms_.advances_interest || t >= months_) return 0.0;
    double balance = left;
    if (terms_.advances_principal) {
      const double weight = window(scratch_.weight_to_date, t, lag_, months_);
      balance = weight * loan_.opening[t];
      if (t + 1 < months_) sums_.advanced_principal[t] += weight * loan_.scheduled[t];
    }
    charge(t, balance);
    sums_.advanced_interest[t] += balance * per_month * loan_.rate[t];
    return balance;
  }

  // Liquidates in month t what defaulted in month k.
  void liquidate(std::size_t k, std::size_t t) {
    const double at_default = survival_.defaulted[k] * loan_.opening[k];
    if (!(at_default > 0.0)) return;
    const double balance =
        terms_.advances_principal ? survival_.defaulted[k] * loan_.opening[std::min(t, months_ - 1)] : at_default;
    const double severity = terms_.severity[t];
    const double net = std::max(0.0, severity - terms_.mi_coverage);
    double loss = std::min(net * at_default, balance);
    if (terms_.interest_from_recoveries && terms_.advances_interest) {
      const auto& to_date = scratch_.interest_to_date;
      const double advanced = to_date[std::min(k + lag_, months_)] - to_date[k];
      loss = std::min(loss + advanced * (terms_.advances_principal ? survival_.defaulted[k] : at_default), balance);
    }
    sums_.losses[t] += loss;
    sums_.recoveries[t] += balance - loss;
    sums_.mi_claims[t] += (severity - net) * at_default;
  }

  const LoanPath& loan_;
  const CreditSurvival& survival_;
  const FeeRates& fees_;
  const CreditTerms& terms_;
  std::size_t from_, months_, lag_;
  const CreditSums& sums_;
  CreditScratch& scratch_;
};

}  // namespace

void accumulate_credit(const LoanPath& loan, const CreditSurvival& survival, const FeeRates& fees,
                       const CreditTerms& terms, std::size_t from, std::size_t months, const CreditSums& sums,
                       CreditScratch& scratch) {
  LoanRun(loan, survival, fees, terms, from, months, sums, scratch).run();
}

}  // namespace spillway::kernels
