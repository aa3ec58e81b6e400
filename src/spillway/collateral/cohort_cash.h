#pragma once
// The cash of one cohort: its sums times its survival, month by month. Private to collateral.

#include <algorithm>
#include <initializer_list>
#include <vector>

#include "spillway/cashflow/cashflow.h"
#include "spillway/collateral/cohort_sums.h"
#include "spillway/kernels/cohort.h"

namespace spillway::collateral {

/// Space that one cohort after another uses.
struct CashScratch {
  std::vector<double> paying, declines;                    // by month: survivors less defaults; scheduled principal
  std::vector<double> weights;                             // what defaulted by month, zeros before and after
  std::vector<double> recovered, fees;                     // by month: of what is liquidated in it
  std::vector<double> advanced, owned;                     // by month: weights in foreclosure, and those of them that are owned
};

/// Adds the cash of one cohort to the pool's vectors.
class CohortCash {
 public:
  CohortCash(const CohortSums& sums, const CohortSurvival& survival, CashScratch& scratch, cashflow::PoolVectors& out)
      : sums_(sums), survival_(survival), scratch_(scratch), out_(out), months_(sums.balance.size() - 1) {}

  void add_without_defaults() {
    const std::size_t from = static_cast<std::size_t>(sums_.key.first_period) - 1;
    kernels::add_surviving({sums_.balance.data(), sums_.interest.data(),
                            {sums_.servicing.data(), sums_.master.data(), sums_.trustee.data(), sums_.premium.data()}},
                           {survival_.survived.data(), survival_.smm.data()},
                           {out_.beginning_balance.data(), out_.gross_interest.data(), out_.servicing_fee.data(),
                            out_.master_servicing_fee.data(), out_.trustee_fee.data(), out_.mi_premium.data(),
                            out_.scheduled_principal.data(), out_.prepaid_principal.data()},
                           from, months_);
  }

  void add_with_defaults(const assumptions::Credit& credit, const CreditShape& shape, const ShapeSums& follows) {
    lag_ = static_cast<std::size_t>(shape.lag);
    const std::size_t from = static_cast<std::size_t>(sums_.key.first_period) - 1;
    from_ = from;
    add_performing();
    if (shape.short_interest) {
      const double short_part = 1.0 - credit.prepayment_interest.month_part;
      for (std::size_t t = from; t < months_; ++t) {
        out_.prepayment_interest_shortfall[t] += survival_.prepaid[t] * sums_.interest_after[t] * short_part;
      }
    }
    last_default_ = months_;
    while (last_default_ > from && survival_.defaulted[last_default_ - 1] == 0.0) --last_default_;
    const auto not_owned = lag_ - std::min(lag_, static_cast<std::size_t>(credit.reo_months));
    if (shape.advances_principal()) amortizing(follows, not_owned);
    else frozen(shape, follows, not_owned);
  }

 private:
  // Months side by side: what the loans that perform pay, and what of them defaults.
  void add_performing() {
    std::vector<double>&paying = scratch_.paying, &declines = scratch_.declines;
    paying.resize(months_);
    declines.resize(months_);
    for (std::size_t t = from_; t < months_; ++t) {
      paying[t] = survival_.survived[t] - survival_.defaulted[t];
      declines[t] = sums_.balance[t] - sums_.balance[t + 1];
    }
    add_products(paying.data(),
                 {{sums_.interest.data(), out_.gross_interest.data()},
                  {sums_.servicing.data(), out_.servicing_fee.data()},
                  {sums_.master.data(), out_.master_servicing_fee.data()},
                  {sums_.trustee.data(), out_.trustee_fee.data()},
                  {sums_.premium.data(), out_.mi_premium.data()},
                  {declines.data(), out_.scheduled_principal.data()}},
                 from_, months_);
    add_products(survival_.survived.data(), {{sums_.balance.data(), out_.beginning_balance.data()}}, from_, months_);
    add_products(survival_.defaulted.data(), {{sums_.balance.data(), out_.defaulted_balance.data()}}, from_, months_);
    add_products(survival_.prepaid.data(), {{sums_.balance.data() + 1, out_.prepaid_principal.data()}}, from_, months_);
  }

  static void add_products(const double* parts, std::initializer_list<kernels::Addend> addends, std::size_t begin, std::size_t end) {
    kernels::add_products(parts, {addends.begin(), addends.size()}, begin, end);
  }

  // Calls `use(k, d)` for what defaulted in month k = t - d, d from 0 to the lag.
  template <class Use>
  void for_each_default(std::size_t t, Use use) const {
    for (std::size_t d = 0; d <= lag_ && d <= t; ++d) {
      const std::size_t k = t - d;
      if (k >= from_ && k < last_default_) use(k, d);
    }
  }

  void liquidate(const ShapeSums& follows, std::size_t k, std::size_t t, double balance) {
    const double weight = survival_.defaulted[k];
    out_.realized_losses[t] += weight * follows.loss[k];
    out_.recoveries[t] += weight * (balance - follows.loss[k]);
    out_.mi_claims[t] += weight * follows.claims[k];
  }

  void end_month(std::size_t t, double left, double owned) {
    out_.foreclosure_balance[t] += left;
    out_.reo_balance[t] += owned;
    if (t + 1 < out_.periods()) out_.beginning_balance[t + 1] += left;
  }

  // Balances that stay as they were at default.
  void frozen(const CreditShape& shape, const ShapeSums& follows, std::size_t not_owned) {
    const std::size_t width = lag_ + 1;
    for (std::size_t t = from_; t < last_default_ + lag_; ++t) {
      double left = 0.0, owned = 0.0;
      for_each_default(t, [&](std::size_t k, std::size_t d) {
        const double weight = survival_.defaulted[k], balance = weight * sums_.balance[k];
        const std::size_t at = k * width + d;
        if (d == lag_) {
          liquidate(follows, k, t, sums_.balance[k]);
        } else {
          left += balance;
          if (d >= not_owned) owned += balance;
        }
        if (d < lag_ && shape.advances_interest()) {
          add_advance(t, weight, follows.interest[at], sums_.servicing[k] - follows.matured_servicing[at],
                      sums_.master[k] - follows.matured_master[at], sums_.trustee[k] - follows.matured_trustee[at]);
          out_.uncollected_interest[t] += weight * follows.matured_interest[at];
          out_.uncollected_fees[t] +=
              weight * (follows.matured_servicing[at] + follows.matured_master[at] + follows.matured_trustee[at]);
        } else {
          out_.uncollected_interest[t] += weight * (follows.interest[at] + follows.matured_interest[at]);
          out_.uncollected_fees[t] += weight * (sums_.servicing[k] + sums_.master[k] + sums_.trustee[k]);
        }
      });
      end_month(t, left, owned);
    }
  }

  void add_advance(std::size_t t, double weight, double interest, double servicing, double master, double trustee) {
    out_.gross_interest[t] += weight * interest;
    out_.advanced_interest[t] += weight * interest;
    out_.servicing_fee[t] += weight * servicing;
    out_.master_servicing_fee[t] += weight * master;
    out_.trustee_fee[t] += weight * trustee;
  }

  // What defaulted within the lag, oldest first, for all months at once.
  void add_up_weights(std::size_t not_owned) {
    const std::size_t periods = last_default_ + lag_;
    std::vector<double>&weights = scratch_.weights, &advanced = scratch_.advanced;
    weights.assign(periods + lag_, 0.0);
    std::copy(survival_.defaulted.begin() + static_cast<std::ptrdiff_t>(from_),
              survival_.defaulted.begin() + static_cast<std::ptrdiff_t>(last_default_),
              weights.begin() + static_cast<std::ptrdiff_t>(lag_ + from_));
    advanced.resize(periods);
    scratch_.owned.resize(periods);
    // Of the `lag` months before a month's end, those up to the last that is owned by now come first.
    kernels::add_windows(weights.data(), lag_, lag_ - not_owned, periods, advanced.data(), scratch_.owned.data());
  }

  // Balances that amortize by what is advanced, up to the last payment of the loan; after it they stay.
  void amortizing(const ShapeSums& follows, std::size_t not_owned) {
    add_up_weights(not_owned);
    const std::size_t end = last_default_ + lag_;
    for (std::size_t t = from_; t < end;) {
      std::size_t alike = t;
      while (alike < std::min(end, months_) && amortize_alike(alike)) ++alike;
      if (alike > t) {
        amortize_months(follows, t, alike);
        t = alike;
        continue;
      }
      const Foreclosed now = foreclosed_while_loans_mature(follows, t, not_owned);
      if (t < months_) {
        add_advance(t, now.weight, sums_.interest[t], sums_.servicing[t], sums_.master[t], sums_.trustee[t]);
        out_.advanced_principal[t] += now.weight * (sums_.balance[t] - sums_.balance[t + 1] - sums_.last_balance[t + 1]);
      }
      end_month(t, now.left, now.owned);
      ++t;
    }
  }

  // No loan matures while what is in foreclosure in month t is in it: all of it amortizes alike.
  bool amortize_alike(std::size_t t) const {
    const std::size_t first = t > lag_ + from_ ? t - lag_ : from_, end = std::min(t + 1, last_default_);
    return first < end && sums_.matured_balance[t + 1] == sums_.matured_balance[first];
  }

  // Months side by side, in all of which what is in foreclosure amortizes alike.
  void amortize_months(const ShapeSums& follows, std::size_t begin, std::size_t end) {
    const double *weights = scratch_.advanced.data(), *closing = sums_.balance.data() + 1;
    std::vector<double>& declines = scratch_.declines;
    for (std::size_t t = begin; t < end; ++t) declines[t] = sums_.balance[t] - closing[t] - sums_.last_balance[t + 1];
    add_products(weights,
                 {{declines.data(), out_.advanced_principal.data()},
                  {sums_.interest.data(), out_.gross_interest.data()},
                  {sums_.interest.data(), out_.advanced_interest.data()},
                  {sums_.servicing.data(), out_.servicing_fee.data()},
                  {sums_.master.data(), out_.master_servicing_fee.data()},
                  {sums_.trustee.data(), out_.trustee_fee.data()},
                  {closing, out_.foreclosure_balance.data()}},
                 begin, end);
    add_products(scratch_.owned.data(), {{closing, out_.reo_balance.data()}}, begin, end);
    add_products(weights, {{closing, out_.beginning_balance.data() + 1}}, begin, std::min(end, out_.periods() - 1));
    if (end > lag_ + from_) liquidate_months(follows, std::max(begin, lag_ + from_), end);
  }

  // Liquidates in each month what defaulted a lag before, no loan having matured since.
  void liquidate_months(const ShapeSums& follows, std::size_t begin, std::size_t end) {
    const double *weights = survival_.defaulted.data(), *lost = follows.loss.data();
    std::vector<double>&recovered = scratch_.recovered, &fees = scratch_.fees;
    recovered.resize(months_);
    fees.resize(months_);
    for (std::size_t t = begin; t < end; ++t) recovered[t] = sums_.balance[t] - lost[t - lag_];
    for (std::size_t t = begin; t < end; ++t) fees[t] = sums_.servicing[t] + sums_.master[t] + sums_.trustee[t];
    const std::size_t first = begin - lag_, last = end - lag_;
    add_products(weights,
                 {{lost, out_.realized_losses.data() + lag_},
                  {recovered.data() + lag_, out_.recoveries.data() + lag_},
                  {follows.claims.data(), out_.mi_claims.data() + lag_},
                  {sums_.interest.data() + lag_, out_.uncollected_interest.data() + lag_},
                  {fees.data() + lag_, out_.uncollected_fees.data() + lag_}},
                 first, last);
  }

  // What is in foreclosure: the weight that is advanced, and at the end of the month the balance left and owned.
  struct Foreclosed {
    double weight = 0.0, left = 0.0, owned = 0.0;
  };

  Foreclosed foreclosed_while_loans_mature(const ShapeSums& follows, std::size_t t, std::size_t not_owned) {
    const std::size_t now = std::min(t, months_), next = std::min(t + 1, months_);
    const std::vector<double>&balance = sums_.matured_balance, &interest = sums_.matured_interest, &fees = sums_.matured_fees;
    Foreclosed made;
    for_each_default(t, [&](std::size_t k, std::size_t d) {
      const double weight = survival_.defaulted[k];
      // Loans that matured since: their last payment was not advanced.
      out_.uncollected_interest[t] += weight * (interest[now] - interest[k]);
      out_.uncollected_fees[t] += weight * (fees[now] - fees[k]);
      if (d == lag_) {
        liquidate(follows, k, t, sums_.balance[now] + (balance[now] - balance[k]));
        out_.uncollected_interest[t] += weight * sums_.interest[now];
        out_.uncollected_fees[t] += weight * (sums_.servicing[now] + sums_.master[now] + sums_.trustee[now]);
      } else {
        const double closing = weight * (sums_.balance[next] + (balance[next] - balance[k]));
        made.weight += weight;
        made.left += closing;
        if (d >= not_owned) made.owned += closing;
      }
    });
    return made;
  }

  const CohortSums& sums_;
  const CohortSurvival& survival_;
  CashScratch& scratch_;
  cashflow::PoolVectors& out_;
  std::size_t months_;
  std::size_t lag_ = 0, from_ = 0, last_default_ = 0;
};

}  // namespace spillway::collateral
