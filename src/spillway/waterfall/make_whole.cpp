#include "spillway/waterfall/make_whole.h"

#include <algorithm>

#include "spillway/result/issue.h"

namespace spillway::waterfall {

std::vector<std::vector<double>> make_whole_premiums(const deal::Deal& deal, const cashflow::DealCashFlows& to_maturity,
                                                     const rates::IndexPaths& indices) {
  result::require(deal.make_whole.has_value(), "the deal has no make-whole premium");
  const std::string& name = deal.indices[static_cast<std::size_t>(deal.make_whole->index)];
  const auto index = indices.find(name);
  if (!index) throw result::InvariantViolation("the scenario gives no path for index " + name);
  const std::size_t periods = to_maturity.periods();
  std::vector<std::vector<double>> premiums(deal.classes.size(), std::vector<double>(periods));
  for (std::size_t t = 0; t < periods; ++t) {
    const double rate = indices.rate(*index, to_maturity.schedule[t].accrual_start) + deal.make_whole->spread;
    for (std::size_t c = 0; c < deal.classes.size(); ++c) {
      const cashflow::ClassCashFlows& flows = to_maturity.classes[c];
      double value = 0.0;
      for (std::size_t later = periods; later-- > t + 1;) {
        value = (value + flows.cash(later)) / (1.0 + rate * to_maturity.schedule[later].days / 360.0);
      }
      const double balance = deal.classes[c].is_notional ? 0.0 : flows.ending_balance[t];
      premiums[c][t] = std::max(0.0, value - balance);
    }
  }
  return premiums;
}

}  // namespace spillway::waterfall
