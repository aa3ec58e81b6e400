#include "spillway/collateral/survival.h"

#include <algorithm>
#include <cmath>

namespace spillway::collateral {

using assumptions::Credit;
using assumptions::LossTiming;
using assumptions::Scenario;
using pool::Pool;

const std::vector<double>& severity_of(const Credit& credit, std::size_t loan) {
  if (credit.loan_severity.empty() || credit.loan_severity[loan] < 0) return credit.severity;
  return credit.severities[static_cast<std::size_t>(credit.loan_severity[loan])];
}

double coverage_of(const Pool& pool, std::size_t loan, const Credit& credit) {
  if (!credit.use_mortgage_insurance) return 0.0;
  if (!credit.loan_coverage.empty() && !std::isnan(credit.loan_coverage[loan])) return credit.loan_coverage[loan];
  return pool.mi_coverage.empty() ? 0.0 : pool.mi_coverage[loan];
}

double severity_in(const std::vector<double>& by_period, int period) {
  return by_period.empty() ? 0.0 : by_period[std::min(static_cast<std::size_t>(period), by_period.size()) - 1];
}

namespace {

constexpr int kOldest = 1200;  // months: no loan gets older

// How many months a rate changes for; and whether they are counted by loan age.
struct Span {
  int months = 1;
  bool by_age = false;
};

Span span_of(const assumptions::Prepayment& curve) {
  if (const int age = assumptions::last_changing_age(curve); age > 0) return {std::min(age, kOldest), true};
  const auto* vector = std::get_if<assumptions::CprVector>(&curve);
  return {vector ? std::max(1, static_cast<int>(vector->cpr.size())) : 1, false};
}

Span span_of(const assumptions::Default& model) {
  if (const int age = assumptions::last_changing_age(model); age > 0) return {age, true};
  const auto* vector = std::get_if<assumptions::DefaultVector>(&model);
  return {vector ? std::max(1, static_cast<int>(vector->rates.size())) : 1, false};
}

}  // namespace

Survival::Survival(const Pool& pool, const Scenario& scenario, double speed, const Credit* credit) : credit_(credit) {
  for (const std::string& group : pool.groups) {
    const auto found = scenario.prepayment.find(group);
    const auto curve = found == scenario.prepayment.end() ? assumptions::Prepayment{assumptions::Cpr{0.0}} : found->second;
    const Span span = span_of(curve);
    RateTable& table = smm_.emplace_back();
    table.by_age = span.by_age;
    for (int month = 1; month <= span.months; ++month) table.rates.push_back(assumptions::smm(curve, month, month, speed));
    if (!credit_) continue;
    const auto model = credit_->defaults.find(group);
    models_.push_back(model == credit_->defaults.end() ? assumptions::Default{assumptions::Cdr{0.0}} : model->second);
  }
}

const Survival::RateTable& Survival::mdr_of(int group, double multiple) {
  const auto [entry, is_new] = mdr_.try_emplace({group, multiple});
  if (!is_new) return entry->second;
  const assumptions::Default& model = models_[static_cast<std::size_t>(group)];
  const Span span = span_of(model);
  entry->second.by_age = span.by_age;
  for (int month = 1; month <= span.months; ++month) {
    entry->second.rates.push_back(assumptions::mdr(model, month, month, multiple));
  }
  return entry->second;
}

bool Survival::is_timed(int group) const {
  return !models_.empty() && std::holds_alternative<LossTiming>(models_[static_cast<std::size_t>(group)]);
}

void Survival::RateTable::read(int age, int period, std::span<double> found) const {
  const int first = by_age ? age + period : period;  // the month of the first
  const auto before = static_cast<std::size_t>(std::max(1 - first, 0));
  const auto from = std::min(static_cast<std::size_t>(std::max(first, 1)) - 1, rates.size() - 1);
  const std::size_t led = std::min(before, found.size()), listed = std::min(found.size() - led, rates.size() - from);
  std::fill_n(found.begin(), led, rates.front());
  std::copy_n(rates.begin() + static_cast<std::ptrdiff_t>(from), listed, found.begin() + static_cast<std::ptrdiff_t>(led));
  std::fill(found.begin() + static_cast<std::ptrdiff_t>(led + listed), found.end(), rates.back());
}

double Survival::smm_of(const CohortKey& cohort, int period) const {
  if (period < cohort.first_period) return 0.0;
  return smm_[static_cast<std::size_t>(cohort.group)].at(cohort.age + period, period);
}

void Survival::fill(CohortSurvival& made, const CohortKey& cohort, int months) {
  if (credit_) {
    CohortSurvival* const one[] = {&made};
    read_rates(made, cohort, months);
    return follow<1>(one, months);
  }
  made.survived.resize(static_cast<std::size_t>(months));
  made.smm.resize(static_cast<std::size_t>(months));
  const auto from = static_cast<std::size_t>(std::clamp(cohort.first_period - 1, 0, months));
  std::fill_n(made.smm.begin(), from, 0.0);
  smm_[static_cast<std::size_t>(cohort.group)].read(cohort.age, cohort.first_period, std::span(made.smm).subspan(from));
  double survived = 1.0;
  for (std::size_t t = 0; t < made.smm.size(); ++t) {
    made.survived[t] = survived;
    survived *= 1.0 - made.smm[t];
  }
}

void Survival::fill(std::span<CohortSurvival> made, std::span<const CohortKey* const> cohorts, int months) {
  if (!credit_ || cohorts.size() != kCohortsAtOnce) {
    for (std::size_t c = 0; c < cohorts.size(); ++c) fill(made[c], *cohorts[c], months);
    return;
  }
  CohortSurvival* all[kCohortsAtOnce];
  for (std::size_t c = 0; c < kCohortsAtOnce; ++c) {
    all[c] = &made[c];
    read_rates(made[c], *cohorts[c], months);
  }
  follow<kCohortsAtOnce>(all, months);
}

// Puts the rates where what they come to will stand: of default in `defaulted`, of prepayment in `prepaid`.
void Survival::read_rates(CohortSurvival& made, const CohortKey& cohort, int months) {
  for (auto* parts : {&made.survived, &made.defaulted, &made.prepaid}) parts->resize(static_cast<std::size_t>(months));
  const int first = cohort.first_period, last = last_default(cohort, months);
  const auto from = static_cast<std::size_t>(std::clamp(first - 1, 0, months)), end = std::max(from, static_cast<std::size_t>(std::max(last, 0)));
  const std::span<double> defaulted = made.defaulted, prepaid = made.prepaid;
  std::fill_n(prepaid.begin(), from, 0.0);
  smm_[static_cast<std::size_t>(cohort.group)].read(cohort.age, first, prepaid.subspan(from));
  std::fill_n(defaulted.begin(), from, 0.0);
  mdr_of(cohort.group, credit_->multiple * cohort.multiple).read(cohort.age, first, defaulted.subspan(from, end - from));
  std::fill(defaulted.begin() + static_cast<std::ptrdiff_t>(end), defaulted.end(), 0.0);
}

// Each month waits for the one before: several cohorts side by side take little longer than one.
template <std::size_t count>
void Survival::follow(CohortSurvival* const (&made)[count], int months) const {
  const bool on_opening = credit_->order == assumptions::DefaultOrder::on_opening;
  double survived[count];
  std::fill_n(survived, count, 1.0);
  for (std::size_t t = 0; t < static_cast<std::size_t>(months); ++t) {
    for (std::size_t c = 0; c < count; ++c) {
      double &defaulted = made[c]->defaulted[t], &prepaid = made[c]->prepaid[t];
      const double smm = prepaid;
      defaulted = std::min(survived[c] * defaulted, survived[c]);
      const double left = survived[c] - defaulted;
      made[c]->survived[t] = survived[c];
      prepaid = on_opening ? std::min(survived[c] * smm, left) : left * smm;
      survived[c] = left - prepaid;
    }
  }
}

// The last period, of `months`, in which loans may default.
int Survival::last_default(const CohortKey& cohort, int months) const {
  return credit_->stop_before_maturity ? std::min(months, cohort.term - credit_->recovery_lag) : months;
}

bool Survival::may_default(const CohortKey& cohort, int period) const {
  return period >= cohort.first_period && period <= last_default(cohort, period);
}

// `defaulted_part(t, survived)` is the part that defaults in period t.
template <class DefaultedPart>
void Survival::fill_with_defaults(CohortSurvival& made, const CohortKey& cohort, int months,
                                  DefaultedPart defaulted_part) const {
  for (auto* parts : {&made.survived, &made.defaulted, &made.prepaid}) parts->resize(static_cast<std::size_t>(months));
  const bool on_opening = credit_->order == assumptions::DefaultOrder::on_opening;
  double survived = 1.0;
  for (int t = 1; t <= months; ++t) {
    const auto at = static_cast<std::size_t>(t - 1);
    const double defaulted = may_default(cohort, t) ? std::min(defaulted_part(t, survived), survived) : 0.0;
    const double left = survived - defaulted;
    const double smm = smm_of(cohort, t);
    made.survived[at] = survived;
    made.defaulted[at] = defaulted;
    made.prepaid[at] = on_opening ? std::min(survived * smm, left) : left * smm;
    survived = left - made.prepaid[at];
  }
}

void Survival::fill_timed(CohortSurvival& made, const CohortKey& cohort,
                          const std::vector<double>& severity, const LoanTerms& terms, const PathBuffers& path) const {
  const auto& timing = std::get<LossTiming>(models_[static_cast<std::size_t>(cohort.group)]);
  const double cut_off = path.opening.front(), multiple = credit_->multiple * cohort.multiple;
  fill_with_defaults(made, cohort, terms.remaining_term, [&](int t, double) {
    const auto at = static_cast<std::size_t>(t - 1);
    const double lost = severity_in(severity, t + credit_->recovery_lag);  // of what defaults now
    if (at >= timing.timing.size() || !(lost > 0.0) || !(path.opening[at] > 0.0)) return 0.0;
    return multiple * timing.cumulative_loss * timing.timing[at] / lost * cut_off / path.opening[at];
  });
}

}  // namespace spillway::collateral
