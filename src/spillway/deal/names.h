#pragma once
// The names formulas may use: built in ones, and those a deal file defines. Private to deal.

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "spillway/deal/deal.h"
#include "spillway/deal/formula.h"

namespace spillway::deal {

/// Names in reach of a deal's formulas. A name may stand for something still to be defined: it is then built when it is
/// first used, so that definitions come out in the order they depend on each other.
class Names {
 public:
  using Build = std::function<Symbol()>;

  /// Adds a name that is ready.
  void add(const std::string& name, Symbol symbol);

  /// Adds a name whose symbol `build` makes when first asked for.
  void add_pending(const std::string& name, Build build);

  bool has(const std::string& name) const { return entries_.contains(name); }

  /// The symbol of `name`, tried first as a property of `scope` ("A-1" makes `margin` mean `A-1.margin`).
  /// A name asked for while it is being built is circular: `on_cycle` gets the path, the symbol comes back broken.
  std::optional<Symbol> find(std::string_view name, const std::string& scope);

  /// All names, those of `scope` without their prefix: for suggestions.
  std::vector<std::string> known(const std::string& scope) const;

  std::function<void(const std::vector<std::string>& path)> on_cycle;

  /// Called for a name at the end of a chain of definitions longer than `kLongestChain`; its symbol comes back broken.
  std::function<void(const std::string& name)> on_long_chain;

  static constexpr std::size_t kLongestChain = 300;

 private:
  enum class State { ready, pending, building };
  struct Entry {
    State state = State::ready;
    Symbol symbol;
    Build build;
  };

  Symbol resolve(const std::string& name, Entry& entry);

  std::map<std::string, Entry> entries_;
  std::vector<std::string> building_;
};

/// A symbol of a slot.
inline Symbol make_symbol(Type type, int slot, bool live = false) {
  Symbol symbol;
  symbol.type = type;
  symbol.slot = slot;
  symbol.live = live;
  return symbol;
}

/// A symbol whose own definition has errors, already reported.
inline Symbol broken_symbol(Type type) {
  Symbol symbol;
  symbol.type = type;
  symbol.broken = true;
  return symbol;
}

/// Adds the names every deal has: period, pool, loan groups, indices, hedges, call, totals of the classes.
void add_period_names(Names& names, const Deal& deal);

/// Adds the names of class `position`: balances, amounts due and carried, constants (from `constant_slot` on).
void add_class_names(Names& names, const Deal& deal, std::size_t position);

/// Adds the names of an account that are amounts: itself, its balance now and before the payment date.
void add_account_names(Names& names, const Account& account);

}  // namespace spillway::deal
