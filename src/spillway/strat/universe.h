#pragma once
// Universes: which loans a table or a summary line is about. Private to strat.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/pool/loan_tape.h"
#include "spillway/pool/product.h"
#include "spillway/strat/attribute.h"

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

/// The loans of a universe. A loan whose number is unknown is outside every comparison; one whose product is unknown is
/// neither arm nor fixed. The tape must outlive it.
class Universe {
 public:
  Universe(const pool::LoanTape& tape, const pool::ProductTable& products, std::string_view written);

  bool has_all() const { return rule_.kind == UniverseRule::Kind::all; }

  /// 1 for each loan of the block in the universe, 0 for each outside.
  void mark(LoanBlock block, std::uint32_t* in) const;

 private:
  UniverseRule rule_;
  const pool::TextColumn* product_;
  std::vector<std::uint32_t> wanted_;  // by label of the product column
  NumberColumn compared_;
};

/// The universes that several definitions name, each marked once a block.
class Universes {
 public:
  Universes(const pool::LoanTape& tape, const pool::ProductTable& products) : tape_(&tape), products_(&products) {}

  /// The number of the universe written so.
  std::size_t number(const std::string& written);

  void mark(LoanBlock block);

  /// Whether every loan is in the universe.
  bool has_all(std::size_t number) const { return universes_[number].has_all(); }

  /// 1 for each loan of the block last marked that is in the universe, 0 for each outside.
  const std::uint32_t* in(std::size_t number) const { return in_[number].data(); }

 private:
  const pool::LoanTape* tape_;
  const pool::ProductTable* products_;
  std::vector<std::string> written_;
  std::vector<Universe> universes_;
  std::vector<std::vector<std::uint32_t>> in_;
};

}  // namespace spillway::strat
