#include "spillway/waterfall/kept_series.h"

#include <algorithm>

namespace spillway::waterfall {

using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using Of = SeriesAt::Of;

std::vector<double>& series_at(DealCashFlows& flows, const SeriesAt& at) {
  switch (at.of) {
    case Of::bond: return flows.classes[at.position].*cashflow::kClassSeries[at.which];
    case Of::account: return flows.accounts[at.position].*cashflow::kAccountSeries[at.which];
    case Of::party: return flows.parties[at.position].values;
    case Of::quantity: return flows.quantities[at.position].values;
    case Of::trigger: return flows.triggers[at.position].values;
    case Of::total: break;
  }
  return flows.*kTotals[at.position];
}

std::vector<SeriesAt> series_of(const deal::Deal& deal, const Record& record) {
  std::vector<SeriesAt> kept;
  for (std::size_t c = 0; c < deal.classes.size(); ++c) {
    for (std::size_t s = 0; s < std::size(cashflow::kClassSeries); ++s) {
      const bool starts_notional = s == deal::class_beginning && deal.classes[c].is_notional;
      if (starts_notional || record.keeps_class_series(static_cast<int>(s))) kept.push_back({Of::bond, c, s});
    }
  }
  const auto keep = [&](Of of, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) kept.push_back({of, i});
  };
  if (record.parties) keep(Of::party, deal.parties.size());
  if (record.quantities) {
    keep(Of::quantity, deal.quantities.size());
    keep(Of::trigger, deal.triggers.size());
  }
  if (!record.totals) return kept;
  for (std::size_t a = 0; a < deal.accounts.size(); ++a) {
    for (std::size_t s = 0; s < std::size(cashflow::kAccountSeries); ++s) kept.push_back({Of::account, a, s});
  }
  keep(Of::total, std::size(kTotals));
  return kept;
}

int slot_of(const deal::Deal& deal, const SeriesAt& at) {
  const auto position = static_cast<int>(at.position);
  switch (at.of) {
    case Of::bond: return deal.classes[at.position].first_slot + static_cast<int>(at.which);
    case Of::account: return deal.accounts[at.position].first_slot + static_cast<int>(at.which);
    case Of::party: return deal.party_slot + position;
    case Of::quantity: return deal.quantities[at.position].end_slot;
    case Of::trigger: return deal.triggers[at.position].slot;
    case Of::total: break;
  }
  constexpr int hedges[] = {deal::slot_hedge_notional, deal::slot_hedge_net, deal::slot_hedge_unpaid};
  return at.position < std::size(hedges) ? hedges[at.position] : -1;
}

DealCashFlows name_flows(const deal::Deal& deal) {
  DealCashFlows made;
  made.call_part = deal.call_part;
  made.has_make_whole = deal.make_whole.has_value();
  for (const deal::BondClass& bond : deal.classes) {
    ClassCashFlows& flows = made.classes.emplace_back();
    flows.name = bond.name;
    flows.original_balance = bond.original_balance;
    flows.is_notional = bond.is_notional;
  }
  for (const std::string& name : deal.parties) made.parties.push_back({name, {}});
  for (const deal::Quantity& quantity : deal.quantities) made.quantities.push_back({quantity.name, {}});
  for (const deal::Trigger& trigger : deal.triggers) made.triggers.push_back({trigger.name, {}});
  for (const deal::Account& account : deal.accounts) {
    made.accounts.push_back({account.name, account.opening, {}, {}, {}, {}, {}, {}});
  }
  return made;
}

void end_notionals(const deal::Deal& deal, DealCashFlows& flows) {
  for (std::size_t c = 0; c < flows.classes.size(); ++c) {
    ClassCashFlows& bond = flows.classes[c];
    if (!deal.classes[c].is_notional || bond.beginning_balance.empty()) continue;
    bond.original_balance = bond.beginning_balance.front();
    if (bond.ending_balance.empty()) continue;
    std::copy(bond.beginning_balance.begin() + 1, bond.beginning_balance.end(), bond.ending_balance.begin());
  }
}

}  // namespace spillway::waterfall
