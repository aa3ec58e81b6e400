#include <algorithm>
#include <cmath>

#include "spillway/assumptions/scenario.h"
#include "spillway/result/issue.h"

namespace spillway::assumptions {

namespace {

// 100 SDA by month of loan age, annual. BMA Standard Formulas, 1999.
double sda_cdr(int age) {
  constexpr double peak = 0.0060, tail = 0.0003;
  if (age <= 0) return 0.0;
  if (age <= 30) return 0.0002 * age;
  if (age <= 60) return peak;
  return age < 120 ? peak - (peak - tail) * (age - 60) / 60.0 : tail;
}

double vector_mdr(const DefaultVector& vector, int age, int period, double multiple) {
  if (vector.rates.empty()) return 0.0;
  const int month = std::max(vector.by_loan_age ? age : period, 1);
  const double rate = multiple * vector.rates[std::min(static_cast<std::size_t>(month), vector.rates.size()) - 1];
  return vector.is_monthly ? std::min(1.0, rate) : mdr_from_cdr(rate);
}

bool all_zero(const std::vector<double>& values) {
  return std::all_of(values.begin(), values.end(), [](double value) { return value == 0.0; });
}

bool never_defaults(const Default& model) {
  if (const auto* m = std::get_if<Cdr>(&model)) return m->cdr == 0.0;
  if (const auto* m = std::get_if<Mdr>(&model)) return m->mdr == 0.0;
  if (const auto* m = std::get_if<Sda>(&model)) return m->sda == 0.0;
  if (const auto* m = std::get_if<LossTiming>(&model)) return m->cumulative_loss == 0.0 || all_zero(m->timing);
  return all_zero(std::get<DefaultVector>(model).rates);
}

bool anyone_late(const Delinquency& d) {
  const bool at_cut_off = !all_zero({d.days_30, d.days_60, d.days_90, d.foreclosure, d.reo});
  return at_cut_off || (d.rolls && d.rolls->current_to_30 != 0.0);
}

}  // namespace

double mdr_from_cdr(double cdr) { return smm_from_cpr(cdr); }

double mdr(const Default& model, int age, int period, double multiple) {
  if (const auto* m = std::get_if<Cdr>(&model)) return mdr_from_cdr(multiple * m->cdr);
  if (const auto* m = std::get_if<Mdr>(&model)) return std::min(1.0, multiple * m->mdr);
  if (const auto* m = std::get_if<Sda>(&model)) return mdr_from_cdr(multiple * m->sda * sda_cdr(age));
  result::require(!std::holds_alternative<LossTiming>(model), "a loss timing has no rate apart from its loan");
  return vector_mdr(std::get<DefaultVector>(model), age, period, multiple);
}

int last_changing_age(const Default& model) {
  if (std::holds_alternative<Sda>(model)) return 120;
  const auto* vector = std::get_if<DefaultVector>(&model);
  return vector && vector->by_loan_age ? static_cast<int>(vector->rates.size()) : 0;
}

bool Credit::defaults_at_all() const {
  if (multiple == 0.0 || (!loan_multiple.empty() && all_zero(loan_multiple))) return false;
  return std::any_of(defaults.begin(), defaults.end(), [](const auto& entry) { return !never_defaults(entry.second); });
}

bool Credit::is_idle() const {
  const bool short_interest = prepayment_interest.short_interest && prepayment_interest.month_part != 1.0;
  return !defaults_at_all() && !(delinquency && anyone_late(*delinquency)) && !short_interest;
}

}  // namespace spillway::assumptions
