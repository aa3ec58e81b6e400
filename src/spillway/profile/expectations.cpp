#include "spillway/profile/expectations.h"

#include <algorithm>
#include <iterator>

namespace spillway::profile {

namespace {

// Ranges of residential mortgages. Rates and ratios in percent, terms in months, as on the tape.
constexpr Expectation kExpectations[] = {
    {"current_balance", Unit::dollars, 1000, 2e7, 0.3, true},
    {"original_balance", Unit::dollars, 1000, 2e7, 0.3, true},
    {"gross_rate", Unit::percent, 0.5, 20, 0.5},
    {"net_rate", Unit::percent, 0.25, 20, 0.5},
    {"servicing_fee", Unit::percent, 0, 2},
    {"master_servicing_fee", Unit::percent, 0, 1},
    {"trustee_fee", Unit::percent, 0, 0.5},
    {"mi_premium", Unit::percent, 0, 3},
    {"mi_coverage", Unit::percent, 0, 50},
    {"original_term", Unit::months, 60, 480},
    {"remaining_term", Unit::months, 1, 480},
    {"amortization_term", Unit::months, 1, 480},
    {"age", Unit::other, 0, 360, 24},
    {"interest_only_months", Unit::months, 0, 480},
    {"months_to_roll", Unit::other, 0, 180},
    {"gross_margin", Unit::percent, 0.5, 12, 0.5},
    {"first_periodic_cap", Unit::percent, 0.5, 10},
    {"periodic_cap", Unit::percent, 0.25, 6},
    {"max_rate", Unit::percent, 4, 30, 1},
    {"min_rate", Unit::percent, 0, 15, 1},
    {"rate_rounding", Unit::percent, 0, 0.25},
    {"reset_months", Unit::other, 0, 120},
    {"lookback_days", Unit::other, 0, 90},
    {"orig_ltv", Unit::percent, 5, 125, 5},
    {"fico", Unit::other, 350, 850, 20},
    {"dti", Unit::percent, 1, 75, 5},
    {"prepay_penalty_months", Unit::other, 0, 60},
    {"lien", Unit::other, 1, 3},
};

}  // namespace

const Expectation* expectation_of(std::string_view name) {
  const auto found = std::find_if(std::begin(kExpectations), std::end(kExpectations), [&](const auto& e) { return e.name == name; });
  return found == std::end(kExpectations) ? nullptr : &*found;
}

}  // namespace spillway::profile
