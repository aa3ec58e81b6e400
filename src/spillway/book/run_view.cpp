#include "spillway/book/run_view.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "spillway/book/carried_run.h"

namespace spillway::book {

namespace {

using cashflow::ClassCashFlows;
using cashflow::DealCashFlows;
using cashflow::PoolVectors;

/// One value a period.
template <class Value>
std::vector<double> by_period(std::size_t periods, Value value) {
  std::vector<double> values(periods);
  for (std::size_t t = 0; t < periods; ++t) values[t] = value(t);
  return values;
}

ViewSeries dollars(std::string name, std::string title, std::vector<double> values) {
  return {std::move(name), std::move(title), "dollars", std::move(values)};
}

ViewSeries percent(std::string name, std::string title, std::vector<double> values, double scale = 100.0) {
  for (double& value : values) value *= scale;
  return {std::move(name), std::move(title), "percent", std::move(values)};
}

// A monthly decrement as an annual rate.
double annual(double part, double whole) {
  if (!(whole > 0.0)) return 0.0;
  return 1.0 - std::pow(1.0 - std::clamp(part / whole, 0.0, 1.0), 12.0);
}

std::vector<ViewSeries> pool_series(const PoolVectors& pool, std::size_t periods) {
  const auto take = [periods](const std::vector<double>& all) {
    return std::vector<double>(all.begin(), all.begin() + static_cast<std::ptrdiff_t>(periods));
  };
  const auto performing = [&](std::size_t t) {
    return pool.beginning_balance[t] - (t > 0 ? pool.foreclosure_balance[t - 1] : 0.0);
  };
  std::vector<ViewSeries> made;
  made.push_back(dollars("balance", "Balance", take(pool.ending_balance)));
  made.push_back(dollars("beginning_balance", "Beginning balance", take(pool.beginning_balance)));
  made.push_back(dollars("gross_interest", "Gross interest", take(pool.gross_interest)));
  made.push_back(dollars("fees", "Fees", by_period(periods, [&](std::size_t t) { return pool.gross_interest[t] - pool.net_interest(t); })));
  made.push_back(dollars("net_interest", "Net interest", by_period(periods, [&](std::size_t t) { return pool.net_interest(t); })));
  made.push_back(dollars("scheduled", "Scheduled principal", take(pool.scheduled_principal)));
  made.push_back(dollars("prepaid", "Prepaid principal", take(pool.prepaid_principal)));
  made.push_back(dollars("defaulted", "Defaulted balance", take(pool.defaulted_balance)));
  made.push_back(dollars("recoveries", "Recoveries", take(pool.recoveries)));
  made.push_back(dollars("losses", "Realized losses", take(pool.realized_losses)));
  made.push_back(percent("cpr", "CPR", by_period(periods, [&](std::size_t t) {
    return annual(pool.prepaid_principal[t], performing(t) - pool.scheduled_principal[t] - pool.defaulted_balance[t]);
  })));
  made.push_back(percent("cdr", "CDR", by_period(periods, [&](std::size_t t) {
    return annual(pool.defaulted_balance[t], performing(t));
  })));
  made.push_back(percent("net_rate", "Net rate", by_period(periods, [&](std::size_t t) {
    return pool.beginning_balance[t] > 0.0 ? 12.0 * pool.net_interest_due(t) / pool.beginning_balance[t] : 0.0;
  })));
  return made;
}

// A quantity under the title of its own name, money or a rate by its type.
ViewSeries quantity_series(const deal::Quantity& quantity, const cashflow::NamedSeries& series) {
  ViewSeries made{series.name, series.name, "", series.values};
  if (quantity.type == deal::Type::money) made = dollars(series.name, series.name, series.values);
  if (quantity.type == deal::Type::rate) made = percent(series.name, series.name, series.values);
  made.formula = quantity.formula;
  return made;
}

std::vector<ViewSeries> deal_series(const DealCashFlows& flows, const PoolVectors& pool, const ViewTerms& terms) {
  const std::size_t periods = flows.periods();
  std::vector<ViewSeries> made;
  made.push_back(dollars("overcollateralization", "Overcollateralization", flows.overcollateralization));
  for (const cashflow::NamedSeries& quantity : flows.quantities) {
    if (quantity.name == terms.oc_target) made.push_back(dollars("oc_target", "Target", quantity.values));
  }
  const std::vector<double> excess = by_period(periods, [&](std::size_t t) {
    double left = pool.net_interest(t) + flows.hedge_net_payment[t];
    for (const ClassCashFlows& bond : flows.classes) left -= bond.interest_due[t];
    return left;
  });
  made.push_back(dollars("excess_spread", "Excess spread", excess));
  made.push_back(percent("excess_spread_pct", "Excess spread, a year", by_period(periods, [&](std::size_t t) {
    return pool.beginning_balance[t] > 0.0 ? 12.0 * excess[t] / pool.beginning_balance[t] : 0.0;
  })));
  made.push_back(dollars("hedge_notional", "Swap notional", flows.hedge_notional));
  made.push_back(dollars("hedge_net", "Net swap payment", flows.hedge_net_payment));
  return made;
}

ClassView class_view(const ClassCashFlows& bond, const DealCashFlows& flows, const deal::Deal& deal, const ViewTerms& terms) {
  ClassView view{bond.name, bond.is_notional, bond.original_balance, {}, {}, {}, 0.0};
  std::vector<double> index = terms.index_rates;
  index.resize(flows.periods(), 0.0);
  const analytics::FloaterFlows priced = analytics::make_floater_flows(bond, flows.schedule, index, deal.settlement);
  view.measures = analytics::measure(priced, terms.price, terms.conventions);
  view.accrued = priced.accrued;
  view.series.push_back(dollars("balance", "Balance", bond.ending_balance));
  view.series.push_back(dollars("beginning_balance", "Beginning balance", bond.beginning_balance));
  view.series.push_back(percent("rate", "Rate", bond.rate));
  view.series.push_back(percent("stated_rate", "Stated rate", bond.stated_rate));
  view.series.push_back(dollars("interest_due", "Interest due", bond.interest_due));
  view.series.push_back(dollars("interest_paid", "Interest paid", bond.interest_paid));
  view.series.push_back(dollars("principal_paid", "Principal paid", bond.principal_paid));
  view.series.push_back(dollars("other_paid", "Other cash", by_period(flows.periods(), [&](std::size_t t) {
    return bond.unpaid_interest_paid[t] + bond.basis_risk_paid[t] + bond.allocated_loss_paid[t] + bond.premium_paid[t];
  })));
  view.series.push_back(dollars("written_down", "Written down", bond.written_down));
  view.series.push_back(dollars("unpaid_interest", "Unpaid interest", bond.unpaid_interest));
  view.series.push_back(dollars("basis_risk", "Basis risk carried", bond.basis_risk));
  for (std::size_t i = 0; i < bond.rate_terms.size(); ++i) {
    const cashflow::NamedSeries& term = bond.rate_terms[i];
    view.rate_terms.push_back(percent("term_" + std::to_string(i + 1), term.name, term.values));
  }
  return view;
}

bool ever_paid(const cashflow::StepPayment& payment) {
  return std::any_of(payment.amounts.begin(), payment.amounts.end(), [](double amount) { return amount != 0.0; });
}

}  // namespace

RunView carried_view(const DealCashFlows& flows, const ViewTerms& terms) {
  RunView view;
  view.scenario = terms.scenario;
  view.speed_pct = 100.0 * terms.speed;
  view.to_call = terms.to_call;
  view.price = terms.price;
  view.call_period = flows.call_period;
  view.average_life = terms.conventions.average_life;
  for (const calendar::PaymentPeriod& period : flows.schedule) {
    view.dates.push_back(period.payment);
    view.paid.push_back(period.payment_adjusted);
    view.days.push_back(period.days);
  }
  for (double rate : terms.index_rates) view.index_rates.push_back(100.0 * rate);
  return view;
}

ClassView carried_class(const std::string& name, const ClassCashFlows& flows, std::vector<ViewSeries> series, double accrued) {
  return {name, flows.is_notional, flows.original_balance, {}, std::move(series), {}, accrued};
}

ViewSeries carried_dollars(std::string name, std::string title, std::vector<double> values) {
  return dollars(std::move(name), std::move(title), std::move(values));
}

RunView make_run_view(const deal::Deal& deal, const DealCashFlows& flows, const PoolVectors& pool, const ViewTerms& terms) {
  RunView view = carried_view(flows, terms);
  view.settlement = deal.settlement;
  PoolVectors left = pool;  // what an earlier call of a part left of the collateral
  if (flows.call_period > 0 && flows.call_part < 1.0) {
    left.scale_from(static_cast<std::size_t>(flows.call_period), 1.0 - flows.call_part);
  }
  view.pool = pool_series(left, flows.periods());
  view.deal = deal_series(flows, left, terms);
  for (std::size_t q = 0; q < flows.quantities.size(); ++q) {
    view.quantities.push_back(quantity_series(deal.quantities[q], flows.quantities[q]));
  }
  for (const cashflow::NamedSeries& party : flows.parties) view.parties.push_back(dollars(party.name, party.name, party.values));
  for (const cashflow::NamedSeries& trigger : flows.triggers) view.triggers.push_back({trigger.name, trigger.name, "", trigger.values});
  for (const cashflow::AccountCashFlows& account : flows.accounts) {
    view.accounts.push_back(dollars(account.name + " balance", account.name + " balance", account.ending_balance));
    view.accounts.push_back(dollars(account.name + " target", account.name + " target", account.target));
  }
  for (std::size_t c = 0; c < flows.classes.size(); ++c) {
    view.classes.push_back(class_view(flows.classes[c], flows, deal, terms));
    view.classes.back().title = deal.classes[c].title;
  }
  for (const cashflow::StepPayment& payment : flows.trace) {
    if (ever_paid(payment)) view.steps.push_back({payment.section, payment.pay, payment.receiver, payment.amounts});
  }
  return view;
}

const ViewSeries* find_series(const std::vector<ViewSeries>& series, std::string_view name) {
  const auto found = std::find_if(series.begin(), series.end(), [&](const ViewSeries& s) { return s.name == name; });
  return found == series.end() ? nullptr : &*found;
}

}  // namespace spillway::book
