#include "spillway/collateral/survival.h"

#include <algorithm>
#include <limits>

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::LossTiming;
using assumptions::Scenario;
using pool::Pool;

namespace {

// The severity a loan's losses are figured at, by period of the liquidation; the last entry stays.
const std::vector<double>& severity_of(const Credit& credit, std::size_t loan) {
  if (credit.loan_severity.empty() || credit.loan_severity[loan] < 0) return credit.severity;
  return credit.severities[static_cast<std::size_t>(credit.loan_severity[loan])];
}

double severity_in(const std::vector<double>& by_period, int period) {
  return by_period.empty() ? 0.0 : by_period[std::min(static_cast<std::size_t>(period), by_period.size()) - 1];
}

}  // namespace

SurvivalTables::SurvivalTables(const Pool& pool, const Scenario& scenario, double speed, const Credit* credit,
                               int periods)
    : speed_(speed), credit_(credit && !credit->is_idle() ? credit : nullptr), periods_(periods) {
  for (const std::string& group : pool.groups) {
    const auto curve = scenario.prepayment.find(group);
    curves_.push_back(curve == scenario.prepayment.end() ? assumptions::Prepayment{assumptions::Cpr{0.0}} : curve->second);
    if (!credit_) continue;
    const auto model = credit_->defaults.find(group);
    models_.push_back(model == credit_->defaults.end() ? assumptions::Default{assumptions::Cdr{0.0}} : model->second);
  }
}

const CohortSurvival& SurvivalTables::of(const Pool& pool, std::size_t loan, const LoanTerms& terms,
                                         const PathBuffers& path) {
  Cohort cohort{pool.group[loan], terms.age, pool.first_period[loan], std::numeric_limits<int>::max(), 1.0};
  if (credit_) {
    cohort.multiple = credit_->multiple * (credit_->loan_multiple.empty() ? 1.0 : credit_->loan_multiple[loan]);
    if (credit_->stop_before_maturity) cohort.last_default = terms.remaining_term - credit_->recovery_lag;
    const auto* timing = std::get_if<LossTiming>(&models_[static_cast<std::size_t>(cohort.group)]);
    if (timing) {
      fill_timed(own_, cohort, *timing, severity_of(*credit_, loan), terms, path);
      return own_;
    }
  }
  auto [entry, is_new] = tables_.try_emplace(cohort);
  if (is_new) fill(entry->second, cohort);
  return entry->second;
}

double SurvivalTables::smm_of(const Cohort& cohort, int period) const {
  if (period < cohort.first_period) return 0.0;
  return assumptions::smm(curves_[static_cast<std::size_t>(cohort.group)], cohort.age + period, period, speed_);
}

void SurvivalTables::fill(CohortSurvival& made, const Cohort& cohort) const {
  if (credit_) {
    const assumptions::Default& model = models_[static_cast<std::size_t>(cohort.group)];
    fill_with_defaults(made, cohort, periods_, [&](int t, double survived) {
      return survived * assumptions::mdr(model, cohort.age + t, t, cohort.multiple);
    });
    return;
  }
  made.survived.resize(static_cast<std::size_t>(periods_));
  made.smm.resize(static_cast<std::size_t>(periods_));
  double survived = 1.0;
  for (int t = 1; t <= periods_; ++t) {
    const double smm = smm_of(cohort, t);
    made.survived[static_cast<std::size_t>(t - 1)] = survived;
    made.smm[static_cast<std::size_t>(t - 1)] = smm;
    survived *= 1.0 - smm;
  }
}

// `default_rate(t, survived)` is the part that defaults in period t.
template <class DefaultRate>
void SurvivalTables::fill_with_defaults(CohortSurvival& made, const Cohort& cohort, int months,
                                        DefaultRate default_rate) const {
  for (auto* parts : {&made.survived, &made.defaulted, &made.prepaid}) parts->resize(static_cast<std::size_t>(months));
  double survived = 1.0;
  for (int t = 1; t <= months; ++t) {
    const auto at = static_cast<std::size_t>(t - 1);
    const bool may_default = t >= cohort.first_period && t <= cohort.last_default;
    const double defaulted = may_default ? std::min(default_rate(t, survived), survived) : 0.0;
    const double left = survived - defaulted;
    const double smm = smm_of(cohort, t);
    const bool on_opening = credit_->order == assumptions::DefaultOrder::on_opening;
    made.survived[at] = survived;
    made.defaulted[at] = defaulted;
    made.prepaid[at] = on_opening ? std::min(survived * smm, left) : left * smm;
    survived = left - made.prepaid[at];
  }
}

void SurvivalTables::fill_timed(CohortSurvival& made, const Cohort& cohort, const LossTiming& timing,
                                const std::vector<double>& severity, const LoanTerms& terms,
                                const PathBuffers& path) const {
  const double cut_off = path.opening.front();
  fill_with_defaults(made, cohort, terms.remaining_term, [&](int t, double) {
    const auto at = static_cast<std::size_t>(t - 1);
    const double lost = severity_in(severity, t + credit_->recovery_lag);  // of what defaults now
    if (at >= timing.timing.size() || !(lost > 0.0) || !(path.opening[at] > 0.0)) return 0.0;
    return cohort.multiple * timing.cumulative_loss * timing.timing[at] / lost * cut_off / path.opening[at];
  });
}

}  // namespace spillway::collateral
