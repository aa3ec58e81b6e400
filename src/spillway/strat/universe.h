#pragma once
// Universes: which loans a table or a summary line is about. Private to strat.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"

namespace spillway::strat {

/// A universe as written: a name (all, arm, fixed), or a number attribute compared with a bound.
struct UniverseRule {
  enum class Kind { all, arm, fixed, comparison };
  Kind kind = Kind::all;
  std::string attribute = {};
  std::string comparison = {};  ///< > >= < <= = !=
  double bound = 0;
};

/// Reads "arm" or "orig_ltv > 80". Empty if it is neither; the attribute is not checked.
std::optional<UniverseRule> parse_universe(std::string_view text);

/// 1 for each loan in the universe. A loan whose number is unknown is outside every comparison; one whose product is
/// unknown is neither arm nor fixed.
std::vector<char> universe_members(const pool::LoanTape& tape, const pool::ProductTable& products,
                                   std::string_view universe);

}  // namespace spillway::strat
