#include <algorithm>
#include <cmath>
#include <limits>

#include "spillway/assumptions/scenario.h"

namespace spillway::assumptions {

namespace {

double ramp_cpr(const Ramp& ramp, int age) {
  if (age >= ramp.months || ramp.months <= 1) return ramp.to;
  return ramp.from + (ramp.to - ramp.from) * (std::max(age, 1) - 1) / (ramp.months - 1);
}

double psa_cpr(int age) { return 0.002 * std::min(std::max(age, 0), 30); }

double vector_cpr(const CprVector& vector, int age, int period) {
  if (vector.cpr.empty()) return 0.0;
  const int month = std::max(vector.by_loan_age ? age : period, 1);
  return vector.cpr[std::min(static_cast<std::size_t>(month), vector.cpr.size()) - 1];
}

double abs_smm(double abs, int age) {
  const double left = 1.0 - abs * (std::max(age, 1) - 1);
  return left <= abs ? 1.0 : abs / left;
}

}  // namespace

double smm_from_cpr(double cpr) {
  if (cpr >= 1.0) return 1.0;
  return 1.0 - std::pow(1.0 - cpr, 1.0 / 12.0);
}

double cpr_from_smm(double smm) { return 1.0 - std::pow(1.0 - smm, 12.0); }

double smm(const Prepayment& curve, int age, int period, double speed) {
  if (const auto* c = std::get_if<Cpr>(&curve)) return smm_from_cpr(speed * c->cpr);
  if (const auto* c = std::get_if<Smm>(&curve)) return std::min(1.0, speed * c->smm);
  if (const auto* c = std::get_if<Psa>(&curve)) return smm_from_cpr(speed * c->psa * psa_cpr(age));
  if (const auto* c = std::get_if<Ramp>(&curve)) return smm_from_cpr(speed * ramp_cpr(*c, age));
  if (const auto* c = std::get_if<Abs>(&curve)) return abs_smm(speed * c->abs, age);
  return smm_from_cpr(speed * vector_cpr(std::get<CprVector>(curve), age, period));
}

int last_changing_age(const Prepayment& curve) {
  if (std::holds_alternative<Psa>(curve)) return 30;
  if (std::holds_alternative<Abs>(curve)) return std::numeric_limits<int>::max();
  if (const auto* c = std::get_if<Ramp>(&curve)) return std::max(c->months, 0);
  const auto* vector = std::get_if<CprVector>(&curve);
  return vector && vector->by_loan_age ? static_cast<int>(vector->cpr.size()) : 0;
}

}  // namespace spillway::assumptions
