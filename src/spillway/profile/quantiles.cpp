#include "spillway/profile/quantiles.h"

#include <algorithm>
#include <cmath>

#include "spillway/table/quantile.h"

namespace spillway::profile {

Quantiles quantiles_of(std::vector<double> values) {
  std::erase_if(values, [](double value) { return std::isnan(value); });
  if (values.empty()) return {};
  std::sort(values.begin(), values.end());
  const auto at = [&](double part) { return table::quantile(values, part); };
  return {values.front(), at(0.25), at(0.5), at(0.75), values.back(), values.size()};
}

}  // namespace spillway::profile
