#pragma once
// Products: what kinds of loan there are, as data.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spillway/result/issue.h"

namespace spillway::pool {

/// A loan program. A tape's own columns override these terms loan by loan where it has them.
struct Product {
  std::string name;                  ///< as on the tape: "2/28 LIB6M"
  std::string group;                 ///< loan group its loans belong to: "arm", "fixed"
  bool adjustable = false;
  std::string index;                 ///< index name: "libor_6m"; empty if fixed
  int months_to_first_reset = 0;     ///< from origination
  int reset_months = 0;              ///< months between resets
  int lookback_days = 45;            ///< index fixing, days before the adjustment date
  std::optional<double> first_cap;   ///< annual decimals; unset: no cap
  std::optional<double> periodic_cap;
  std::optional<double> lifetime_cap;  ///< over the rate at cut-off, where the tape gives no max_rate
  std::optional<double> floor;         ///< lowest rate, where the tape gives no min_rate
  double rounding = 0.0;             ///< new rates round to the nearest multiple; 0 = not at all
  result::Location where;
};

/// The products of a deal, and the tape's words for indices.
struct ProductTable {
  std::vector<Product> products;
  std::vector<std::pair<std::string, std::string>> index_names;  ///< tape's word -> index name: LIB6M -> libor_6m

  const Product* find(std::string_view name) const;
  std::vector<std::string> names() const;

  /// The index that a tape's word stands for; index names stand for themselves. Empty if the word is unknown.
  std::optional<std::string> index_name(std::string_view word) const;

  /// Every word `index_name` knows.
  std::vector<std::string> index_words() const;
};

}  // namespace spillway::pool
