#pragma once
// Credit by definition: each loan is walked month by month on its surviving dollars, with a list of what has defaulted, each
// entry with its own month of default, balance and advances. Of the engine it uses prepayment and default rates alone.

#include <algorithm>
#include <cmath>
#include <list>
#include <vector>

#include "any_pool.h"

namespace credit_walk {

using spillway::cashflow::PoolVectors;
namespace assumptions = spillway::assumptions;

/// The part of a loan that defaulted in one month.
struct Defaulted {
  int month;
  double at_default, balance, interest_advanced;
};

class LoanWalk {
 public:
  LoanWalk(const any_pool::Case& given, std::size_t position, PoolVectors& sums)
      : given_(given), credit_(given.scenario.credit), position_(position), loan_(given.loans[position]),
        terms_(any_pool::terms_in(loan_, given.scenario)), sums_(sums), performing_(loan_.balance) {}

  void walk() {
    for (month_ = 1; month_ <= terms_.remaining || !defaulted_.empty(); ++month_) {
      rate_ = any_pool::rate_in(loan_, terms_.initial_rate, std::min(month_, terms_.remaining), given_.indices);
      sums_.beginning_balance.at(at()) += performing_ + in_foreclosure();
      if (month_ < terms_.first_period) {
        if (any_pool::charged_before_joining(given_.settings, month_)) charge_fees(loan_.balance, true);
      } else {
        if (month_ <= terms_.remaining) perform();
        foreclose();
      }
      sums_.ending_balance[at()] += performing_ + in_foreclosure();
      sums_.foreclosure_balance[at()] += in_foreclosure();
    }
  }

 private:
  std::size_t at() const { return static_cast<std::size_t>(month_ - 1); }

  double in_foreclosure() const {
    double sum = 0;
    for (const Defaulted& part : defaulted_) sum += part.balance;
    return sum;
  }

  double severity(int month) const {
    const int rule = credit_.loan_severity.empty() ? -1 : credit_.loan_severity[position_];
    const auto& by_month = rule < 0 ? credit_.severity : credit_.severities[static_cast<std::size_t>(rule)];
    if (by_month.empty()) return 0;
    return month > static_cast<int>(by_month.size()) ? by_month.back() : by_month[static_cast<std::size_t>(month - 1)];
  }

  double coverage() const {
    if (!credit_.use_mortgage_insurance) return 0;
    if (credit_.loan_coverage.empty() || std::isnan(credit_.loan_coverage[position_])) return loan_.mi_coverage;
    return credit_.loan_coverage[position_];
  }

  // Dollars that default this month.
  double defaults() const {
    const auto model = credit_.defaults.find(any_pool::kGroups[static_cast<std::size_t>(loan_.group)]);
    if (model == credit_.defaults.end() || month_ < loan_.first_period) return 0;
    if (credit_.stop_before_maturity && month_ > terms_.remaining - credit_.recovery_lag) return 0;
    const double multiple = credit_.multiple * (credit_.loan_multiple.empty() ? 1.0 : credit_.loan_multiple[position_]);
    if (const auto* timing = std::get_if<assumptions::LossTiming>(&model->second)) {
      const double lost = severity(month_ + credit_.recovery_lag);
      if (at() >= timing->timing.size() || lost == 0) return 0;
      return std::min(performing_, multiple * timing->cumulative_loss * timing->timing[at()] * loan_.balance / lost);
    }
    return performing_ * assumptions::mdr(model->second, terms_.age + month_, month_, multiple);
  }

  void perform() {
    const double defaults_now = defaults(), paying = performing_ - defaults_now;
    const double part = any_pool::scheduled_part(loan_, terms_, month_, rate_);
    const double smm = any_pool::smm_in(loan_, terms_, given_.scenario, month_);
    const double scheduled = paying * part, left = paying - scheduled;
    const bool on_opening = credit_.order == assumptions::DefaultOrder::on_opening;
    const double prepaid = on_opening ? std::min(smm * performing_ * (1 - part), left) : smm * left;
    sums_.gross_interest[at()] += paying * rate_ / 12;
    charge_fees(paying, true);
    sums_.defaulted_balance[at()] += defaults_now;
    sums_.scheduled_principal[at()] += scheduled;
    sums_.prepaid_principal[at()] += prepaid;
    if (credit_.prepayment_interest.short_interest) {
      sums_.prepayment_interest_shortfall[at()] += (1 - credit_.prepayment_interest.month_part) * prepaid * rate_ / 12;
    }
    if (defaults_now > 0) defaulted_.push_back({month_, defaults_now, defaults_now, 0});
    performing_ = month_ == terms_.remaining ? 0 : left - prepaid;
  }

  void charge_fees(double balance, bool pays) {
    sums_.servicing_fee[at()] += balance * loan_.servicing / 12;
    sums_.master_servicing_fee[at()] += balance * loan_.master_servicing / 12;
    sums_.trustee_fee[at()] += balance * loan_.trustee / 12;
    if (pays) sums_.mi_premium[at()] += balance * loan_.mi_premium / 12;
  }

  void foreclose() {
    for (auto part = defaulted_.begin(); part != defaulted_.end();) {
      const bool liquidates = month_ == part->month + credit_.recovery_lag;
      if (!liquidates && credit_.advances != assumptions::Advances::none && month_ <= terms_.remaining) advance(*part);
      else leave_uncollected(part->balance);
      if (!liquidates && part->month + credit_.recovery_lag - month_ <= credit_.reo_months) {
        sums_.reo_balance[at()] += part->balance;
      }
      if (liquidates) liquidate(*part);
      part = liquidates ? defaulted_.erase(part) : std::next(part);
    }
  }

  void advance(Defaulted& part) {
    const double interest = part.balance * rate_ / 12;
    sums_.gross_interest[at()] += interest;
    sums_.advanced_interest[at()] += interest;
    charge_fees(part.balance, false);
    part.interest_advanced += interest;
    if (credit_.advances != assumptions::Advances::principal_and_interest || month_ == terms_.remaining) return;
    const double principal = part.balance * any_pool::scheduled_part(loan_, terms_, month_, rate_);
    sums_.advanced_principal[at()] += principal;
    part.balance -= principal;
  }

  void leave_uncollected(double balance) {
    sums_.uncollected_interest[at()] += balance * rate_ / 12;
    sums_.uncollected_fees[at()] += balance * (loan_.servicing + loan_.master_servicing + loan_.trustee) / 12;
  }

  void liquidate(const Defaulted& part) {
    const double claim = std::min(severity(month_), coverage()) * part.at_default;
    double loss = severity(month_) * part.at_default - claim;
    if (credit_.reimbursement == assumptions::Reimbursement::from_recoveries) loss += part.interest_advanced;
    loss = std::min(loss, part.balance);
    sums_.mi_claims[at()] += claim;
    sums_.realized_losses[at()] += loss;
    sums_.recoveries[at()] += part.balance - loss;
  }

  const any_pool::Case& given_;
  const assumptions::Credit& credit_;
  std::size_t position_;
  const any_pool::Loan& loan_;
  any_pool::Terms terms_;
  PoolVectors& sums_;
  double performing_, rate_ = 0;
  int month_ = 1;
  std::list<Defaulted> defaulted_;
};

/// What a group's loans come to, delinquency apart.
inline PoolVectors group_flows(const any_pool::Case& given, int group, std::size_t periods) {
  PoolVectors sums;
  sums.resize(periods);
  for (std::size_t i = 0; i < given.loans.size(); ++i) {
    if (given.loans[i].group == group) LoanWalk(given, i, sums).walk();
  }
  const assumptions::Credit& credit = given.scenario.credit;
  for (std::size_t t = 0; t < periods; ++t) {
    const std::size_t later = t + static_cast<std::size_t>(credit.subsequent.lag);
    if (later < periods) sums.subsequent_recoveries[later] += credit.subsequent.part * sums.realized_losses[t];
    const double shortfall = sums.prepayment_interest_shortfall[t];
    const double made_up = credit.prepayment_interest.compensated ? std::min(shortfall, sums.servicing_fee[t]) : 0;
    sums.compensating_interest[t] = made_up;
    sums.gross_interest[t] -= shortfall;
    sums.uncollected_interest[t] += shortfall;
    sums.servicing_fee[t] -= made_up;
    sums.uncollected_fees[t] += made_up;
  }
  return sums;
}

}  // namespace credit_walk
