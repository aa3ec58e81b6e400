#include "spillway/deal/names.h"

#include <algorithm>

namespace spillway::deal {

namespace {

struct BuiltIn {
  std::string_view name;
  int slot;
  Type type;
  bool live = false;
};

constexpr BuiltIn kPeriodNames[] = {
    {"date", slot_date, Type::date},
    {"period", slot_period, Type::number},
    {"days", slot_days, Type::number},
    {"year_fraction", slot_year_fraction, Type::number},
    {"call.passed", slot_call_passed, Type::condition},
    {"call.part", slot_call_part, Type::rate},
    {"classes.balance", slot_classes_balance, Type::money, true},
    {"classes.balance.beginning", slot_classes_beginning, Type::money},
    {"classes.balance.original", slot_classes_original, Type::money},
    {"classes.basis_risk_shortfall", slot_classes_basis_risk_shortfall, Type::money, true},  // set after the rates
};

constexpr BuiltIn kPoolNames[] = {
    {"balance.cut_off", pool_cut_off, Type::money},
    {"balance.beginning", pool_beginning, Type::money},
    {"balance.ending", pool_ending, Type::money},
    {"interest.gross", pool_gross_interest, Type::money},
    {"interest.net", pool_net_interest, Type::money},
    {"fees", pool_fees, Type::money},
    {"principal", pool_principal, Type::money},
    {"principal.scheduled", pool_scheduled, Type::money},
    {"principal.prepaid", pool_prepaid, Type::money},
    {"recoveries", pool_recoveries, Type::money},
    {"losses", pool_losses, Type::money},
    {"defaults", pool_defaults, Type::money},
    {"gross_rate", pool_gross_rate, Type::rate},
    {"net_rate", pool_net_rate, Type::rate},
    {"net_rate.collected", pool_net_rate_collected, Type::rate},
    {"balance.performing", pool_performing, Type::money},
    {"losses.cumulative", pool_losses_to_date, Type::money},
    {"defaults.cumulative", pool_defaults_to_date, Type::money},
    {"subsequent_recoveries", pool_subsequent_recoveries, Type::money},
    {"advanced", pool_advanced, Type::money},
    {"foreclosure", pool_foreclosure, Type::money},
    {"reo", pool_reo, Type::money},
    {"delinquent_30", pool_delinquent_30, Type::money},
    {"delinquent_60", pool_delinquent_60, Type::money},
    {"delinquent_90", pool_delinquent_90, Type::money},
    {"delinquent_60_plus", pool_delinquent_60_plus, Type::money},
    {"prepayment_interest_shortfall", pool_prepayment_interest_shortfall, Type::money},
};

constexpr BuiltIn kClassNames[] = {
    {"balance", class_balance, Type::money, true},
    {"balance.beginning", class_beginning, Type::money},
    {"balance.original", class_original, Type::money},
    {"interest.paid", class_interest_paid, Type::money, true},
    {"principal.paid", class_principal_paid, Type::money, true},
    {"unpaid_interest", class_unpaid_interest, Type::money, true},
    {"basis_risk", class_basis_risk, Type::money, true},
    {"allocated_loss", class_allocated_loss, Type::money, true},
};

constexpr BuiltIn kAccountNames[] = {
    {"balance", account_balance, Type::money, true},
    {"balance.beginning", account_beginning, Type::money},
};

Symbol symbol_of(const BuiltIn& built_in, int first_slot) {
  Symbol symbol;
  symbol.type = built_in.type;
  symbol.slot = first_slot + built_in.slot;
  symbol.live = built_in.live;
  return symbol;
}

void add_block(Names& names, const std::string& prefix, std::span<const BuiltIn> block, int first_slot) {
  for (const BuiltIn& built_in : block) names.add(prefix + std::string(built_in.name), symbol_of(built_in, first_slot));
}

}  // namespace

void Names::add(const std::string& name, Symbol symbol) { entries_[name] = {State::ready, std::move(symbol), {}}; }

void Names::add_pending(const std::string& name, Build build) {
  entries_[name] = {State::pending, {}, std::move(build)};
}

Symbol Names::resolve(const std::string& name, Entry& entry) {
  if (entry.state == State::ready) return entry.symbol;
  if (entry.state == State::building) {
    std::vector<std::string> path(std::find(building_.begin(), building_.end(), name), building_.end());
    path.push_back(name);
    if (on_cycle) on_cycle(path);
    Symbol broken;
    broken.broken = true;
    return broken;
  }
  if (building_.size() >= kLongestChain) {
    if (on_long_chain) on_long_chain(name);
    entry.symbol.broken = true;
    entry.state = State::ready;
    return entry.symbol;
  }
  entry.state = State::building;
  building_.push_back(name);
  entry.symbol = entry.build();
  building_.pop_back();
  entry.state = State::ready;
  return entry.symbol;
}

std::optional<Symbol> Names::find(std::string_view name, const std::string& scope) {
  if (!scope.empty()) {
    const std::string scoped = scope + "." + std::string(name);
    if (auto found = entries_.find(scoped); found != entries_.end()) return resolve(scoped, found->second);
  }
  const std::string plain(name);
  if (auto found = entries_.find(plain); found != entries_.end()) return resolve(plain, found->second);
  return std::nullopt;
}

std::vector<std::string> Names::known(const std::string& scope) const {
  std::vector<std::string> all;
  for (const auto& [name, entry] : entries_) {
    if (!scope.empty() && name.starts_with(scope + ".")) all.push_back(name.substr(scope.size() + 1));
    all.push_back(name);
  }
  return all;
}

void add_period_names(Names& names, const Deal& deal) {
  add_block(names, "", kPeriodNames, 0);
  add_block(names, "pool.", kPoolNames, deal.pool_slot);
  for (std::size_t g = 0; g < deal.groups.size(); ++g) {
    add_block(names, deal.groups[g] + ".", kPoolNames, deal.group_slot + static_cast<int>(g) * pool_slot_count);
  }
  for (std::size_t i = 0; i < deal.indices.size(); ++i) {
    Symbol symbol;
    symbol.type = Type::rate;
    symbol.slot = deal.index_slot + static_cast<int>(i);
    names.add(deal.indices[i], symbol);
  }
}

void add_class_names(Names& names, const Deal& deal, std::size_t position) {
  const BondClass& bond = deal.classes[position];
  add_block(names, bond.name + ".", kClassNames, bond.first_slot);
}

void add_account_names(Names& names, const Account& account) {
  names.add(account.name, make_symbol(Type::money, account.first_slot + account_balance, true));
  add_block(names, account.name + ".", kAccountNames, account.first_slot);
}

}  // namespace spillway::deal
