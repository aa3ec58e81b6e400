#include "spillway/explain/period_values.h"

#include <algorithm>
#include <cmath>

#include "spillway/result/issue.h"

namespace spillway::explain {

namespace {

// The series of a name of the pool, or of a loan group.
using PoolSeries = std::vector<double> cashflow::PoolVectors::*;
constexpr std::pair<std::string_view, PoolSeries> kPoolSeries[] = {
    {"balance.beginning", &cashflow::PoolVectors::beginning_balance},
    {"balance.ending", &cashflow::PoolVectors::ending_balance},
    {"interest.gross", &cashflow::PoolVectors::gross_interest},
    {"principal.scheduled", &cashflow::PoolVectors::scheduled_principal},
    {"principal.prepaid", &cashflow::PoolVectors::prepaid_principal},
    {"recoveries", &cashflow::PoolVectors::recoveries},
    {"losses", &cashflow::PoolVectors::realized_losses},
    {"defaults", &cashflow::PoolVectors::defaulted_balance},
    {"subsequent_recoveries", &cashflow::PoolVectors::subsequent_recoveries},
    {"advanced", &cashflow::PoolVectors::advanced_principal},
    {"foreclosure", &cashflow::PoolVectors::foreclosure_balance},
    {"reo", &cashflow::PoolVectors::reo_balance},
    {"delinquent_30", &cashflow::PoolVectors::delinquent_30},
    {"delinquent_60", &cashflow::PoolVectors::delinquent_60},
    {"delinquent_90", &cashflow::PoolVectors::delinquent_90}};

const std::vector<double>* named(const std::vector<cashflow::NamedSeries>& all, std::string_view name) {
  const auto found = std::find_if(all.begin(), all.end(), [&](const auto& series) { return series.name == name; });
  return found == all.end() ? nullptr : &found->values;
}

}  // namespace

PeriodValues::PeriodValues(const RunView& view, std::size_t period, std::size_t step) : view_(view), t_(period), step_(step) {}

PeriodValues::PeriodValues(const RunView& view, std::size_t period)
    : PeriodValues(view, period, view.deal().waterfall.size()) {}

std::optional<double> PeriodValues::value(const deal::Text& formula, const std::string& scope) const {
  return evaluate(parsed(view_.source, formula), [&](std::string_view name) { return find(name, scope); });
}

std::optional<double> PeriodValues::find(std::string_view name, const std::string& scope) const {
  if (!scope.empty()) {
    if (const auto scoped = plain(scope + "." + std::string(name))) return scoped;
  }
  return plain(name);
}

std::optional<double> PeriodValues::plain(std::string_view name) const {
  if (const auto quantity = of_quantity(name)) return quantity;
  const deal::Deal& deal = view_.deal();
  for (std::size_t c = 0; c < deal.classes.size(); ++c) {
    const std::string prefix = deal.classes[c].name + ".";
    if (name.starts_with(prefix)) return of_class(c, name.substr(prefix.size()));
  }
  for (std::size_t a = 0; a < deal.accounts.size(); ++a) {
    if (name == deal.accounts[a].name) return of_account(a, "balance");
    const std::string prefix = deal.accounts[a].name + ".";
    if (name.starts_with(prefix)) return of_account(a, name.substr(prefix.size()));
  }
  if (name.starts_with("pool.")) return of_pool(view_.collateral.total, name.substr(5));
  for (const cashflow::PoolVectors& group : view_.collateral.groups) {
    if (name.starts_with(group.name + ".")) return of_pool(group, name.substr(group.name.size() + 1));
  }
  if (name.starts_with("hedges.")) return of_hedges(name.substr(7));
  if (name.starts_with("call.")) return of_call(name.substr(5));
  if (name.starts_with("classes.")) return of_all_classes(name.substr(8));
  if (const auto fund = of_fund(name)) return fund;
  if (const auto schedule = of_schedule(name)) return schedule;
  return of_period(name);
}

std::optional<double> PeriodValues::of_period(std::string_view name) const {
  const calendar::PaymentPeriod& period = view_.flows().schedule[t_];
  if (name == "date") return static_cast<double>(std::chrono::sys_days{period.payment}.time_since_epoch().count());
  if (name == "period") return static_cast<double>(t_ + 1);
  if (name == "days") return period.days;
  if (name == "year_fraction") return period.year_fraction;
  const auto& indices = view_.deal().indices;
  if (std::find(indices.begin(), indices.end(), name) == indices.end()) return std::nullopt;
  rates::IndexPaths paths = view_.source.inputs.scenario(view_.run.request.scenario)->indices;
  if (const auto& level = view_.run.request.index_level) paths = paths.with_level(level->first, level->second);
  const auto position = paths.find(name);
  if (!position) return std::nullopt;
  return paths.rate(*position, period.accrual_start) + view_.run.request.index_shift;
}

// What steps from this one on paid a receiver.
double PeriodValues::paid_later(std::size_t receiver, std::string_view pay) const {
  const deal::Deal& deal = view_.deal();
  const std::size_t width = deal.classes.size() + deal.parties.size() + deal.accounts.size();
  double paid = 0.0;
  for (std::size_t s = step_; s < deal.waterfall.size(); ++s) {
    const cashflow::StepPayment& payment = view_.flows().trace[s * width + receiver];
    if (payment.pay == pay) paid += payment.amounts[t_];
  }
  return paid;
}

// Amounts that move are what they end at, less what is still to happen.
std::optional<double> PeriodValues::of_class(std::size_t c, std::string_view name) const {
  const cashflow::ClassCashFlows& flows = view_.flows().classes[c];
  const auto later = [&](const char* pay) { return paid_later(c, pay); };
  if (name == "balance") {
    return flows.ending_balance[t_] + later("principal") + later("write_down") - later("write_up");
  }
  if (name == "balance.beginning" || name == "notional") return flows.beginning_balance[t_];
  if (name == "balance.original") return flows.original_balance;
  if (name == "rate") return flows.rate[t_];
  if (name == "stated_rate") return flows.stated_rate[t_];
  if (name == "interest.due") return flows.interest_due[t_];
  if (name == "accrued") return flows.accrued[t_];
  if (name == "interest.paid") return flows.interest_paid[t_] - later("interest");
  if (name == "principal.paid") return flows.principal_paid[t_] - later("principal");
  if (name == "unpaid_interest") return flows.unpaid_interest[t_] + later("interest") + later("unpaid_interest");
  if (name == "basis_risk") return flows.basis_risk[t_] + later("basis_risk");
  if (name == "allocated_loss") {
    return flows.allocated_loss[t_] + later("allocated_loss") + later("write_up") - later("write_down");
  }
  return view_.deal().classes[c].constant(name);
}

std::optional<double> PeriodValues::of_all_classes(std::string_view name) const {
  const deal::Deal& deal = view_.deal();
  if (name == "balance.original") return deal.class_total();
  double sum = 0.0;
  for (std::size_t c = 0; c < deal.classes.size(); ++c) {
    const cashflow::ClassCashFlows& flows = view_.flows().classes[c];
    if (name == "basis_risk_shortfall") {
      const double excess = std::max(0.0, flows.stated_rate[t_] - std::max(0.0, flows.rate[t_]));
      if (deal.classes[c].has_basis_risk) sum += excess * flows.beginning_balance[t_] * view_.flows().schedule[t_].year_fraction;
    } else if (name == "balance" || name == "balance.beginning") {
      if (!flows.is_notional) sum += *of_class(c, name);
    } else {
      return std::nullopt;
    }
  }
  return sum;
}

std::optional<double> PeriodValues::of_pool(const cashflow::PoolVectors& pool, std::string_view name) const {
  const double part = view_.part_left(t_), balance = pool.beginning_balance[t_];
  for (const auto& [known, series] : kPoolSeries) {
    if (known == name) return part * (pool.*series)[t_];
  }
  const auto rate = [&](double interest) { return balance > 0.0 ? 12.0 * interest / balance : 0.0; };
  const auto to_date = [&](PoolSeries series) {
    double sum = 0.0;
    for (std::size_t t = 0; t <= t_; ++t) sum += view_.part_left(t) * (pool.*series)[t];
    return sum;
  };
  if (name == "balance.cut_off") return pool.cut_off_balance;
  if (name == "interest.net") return part * pool.net_interest(t_);
  if (name == "fees") return part * (pool.gross_interest[t_] - pool.net_interest(t_));
  if (name == "principal") return part * pool.principal(t_);
  if (name == "gross_rate") return rate(pool.gross_interest[t_] + pool.uncollected_interest[t_]);
  if (name == "net_rate") return rate(pool.net_interest_due(t_));
  if (name == "net_rate.collected") return rate(pool.net_interest(t_));
  if (name == "balance.performing") return part * (pool.ending_balance[t_] - pool.foreclosure_balance[t_]);
  if (name == "losses.cumulative") return to_date(&cashflow::PoolVectors::realized_losses);
  if (name == "defaults.cumulative") return to_date(&cashflow::PoolVectors::defaulted_balance);
  if (name == "delinquent_60_plus") {
    return part * (pool.delinquent_60[t_] + pool.delinquent_90[t_] + pool.foreclosure_balance[t_]);
  }
  if (name == "prepayment_interest_shortfall") {
    return part * (pool.prepayment_interest_shortfall[t_] - pool.compensating_interest[t_]);
  }
  return std::nullopt;
}

std::optional<double> PeriodValues::of_account(std::size_t a, std::string_view name) const {
  const cashflow::AccountCashFlows& flows = view_.flows().accounts[a];
  if (name == "balance.beginning") return flows.beginning_balance[t_];
  if (name == "interest") return flows.interest[t_];
  if (name == "target") return flows.target[t_];
  if (name != "balance") return std::nullopt;
  const deal::Deal& deal = view_.deal();
  for (std::size_t f = 0; f < deal.funds.size(); ++f) {
    if (deal.funds[f].account == static_cast<int>(a)) return remaining_in(f);
  }
  return step_ >= deal.waterfall.size() ? std::optional(flows.ending_balance[t_]) : std::nullopt;
}

std::optional<double> PeriodValues::of_hedges(std::string_view name) const {
  const double net = view_.flows().hedge_net_payment[t_];
  if (name == "notional") return view_.flows().hedge_notional[t_];
  if (name == "net_payment") return net;
  if (name == "receipts") return std::max(0.0, net);
  if (name == "payments") return std::max(0.0, -net);
  if (name == "unpaid") return view_.flows().hedge_unpaid[t_];
  return std::nullopt;
}

std::optional<double> PeriodValues::of_call(std::string_view name) const {
  const cashflow::DealCashFlows& flows = view_.flows();
  const int now = static_cast<int>(t_) + 1;
  const auto& written = view_.source.definition.call;
  const bool exercised = flows.call_period == now;
  if (name == "part") return flows.call_part;
  if (name == "exercised") return exercised ? 1.0 : 0.0;
  if (name == "passed") {
    const bool was_callable = flows.first_callable_period > 0 && flows.first_callable_period < now;
    return was_callable && !(flows.call_period > 0 && flows.call_period < now) ? 1.0 : 0.0;
  }
  if (name == "test") return written ? value(written->when) : std::optional(0.0);
  if (name != "proceeds") return std::nullopt;
  if (!exercised || !written) return 0.0;
  if (written->proceeds) return value(*written->proceeds);
  if (flows.has_make_whole) return std::nullopt;
  return std::max(*plain("pool.balance.ending"), *plain("classes.balance.beginning") - *plain("pool.principal")) * flows.call_part;
}

// A simple fund's amount less what earlier steps drew, each from its funds in their order.
std::optional<double> PeriodValues::remaining_in(std::size_t fund) const {
  const deal::Deal& deal = view_.deal();
  std::vector<std::optional<double>> left(deal.funds.size());
  for (std::size_t f = 0; f < deal.funds.size(); ++f) {
    const deal::Fund& known = deal.funds[f];
    if (known.compound) continue;
    if (known.account >= 0) {
      const cashflow::AccountCashFlows& flows = view_.flows().accounts[static_cast<std::size_t>(known.account)];
      left[f] = flows.beginning_balance[t_] + flows.interest[t_];
    } else {
      left[f] = value(*view_.source.definition.funds[f].amount);
    }
  }
  const std::size_t first_account = deal.classes.size() + deal.parties.size();
  const std::size_t width = first_account + deal.accounts.size();
  for (std::size_t s = 0; s < step_; ++s) {
    double paid = deal::moves_cash(deal.waterfall[s].pay) ? view_.flows().steps[s].paid[t_] : 0.0;
    for (int source : deal.waterfall[s].funds) {
      auto& amount = left[static_cast<std::size_t>(source)];
      if (!amount) return std::nullopt;
      const double drawn = std::min(paid, std::max(0.0, *amount));
      *amount -= drawn;
      paid -= drawn;
    }
    for (std::size_t f = 0; f < deal.funds.size(); ++f) {
      if (deal.funds[f].account < 0 || deal.waterfall[s].pay != deal::Pay::deposit) continue;
      *left[f] += view_.flows().trace[s * width + first_account + static_cast<std::size_t>(deal.funds[f].account)].amounts[t_];
    }
  }
  return left[fund];
}

std::optional<double> PeriodValues::of_fund(std::string_view name) const {
  const deal::Deal& deal = view_.deal();
  for (std::size_t f = 0; f < deal.funds.size(); ++f) {
    const std::string& own = deal.funds[f].name;
    if (name == own + ".beginning" && !deal.funds[f].compound && deal.funds[f].account < 0) {
      return value(*view_.source.definition.funds[f].amount);
    }
    if (name != own && name != own + ".remaining") continue;
    double sum = 0.0;
    for (int part : deal.funds[f].draws_on) {
      const auto left = remaining_in(static_cast<std::size_t>(part));
      if (!left) return std::nullopt;
      sum += *left;
    }
    return sum;
  }
  return std::nullopt;
}

std::optional<double> PeriodValues::of_quantity(std::string_view name) const {
  if (const auto* trigger = named(view_.flows().triggers, name)) return (*trigger)[t_];
  const auto* recorded = named(view_.flows().quantities, name);
  if (!recorded) return std::nullopt;
  for (const deal::QuantityDefinition& written : view_.source.definition.quantities) {
    // One that moves is figured anew wherever it is read; others are what they were recorded as.
    if (written.name.text != name || written.memory != deal::Memory::none || written.before) continue;
    const auto now = step_ >= view_.deal().waterfall.size() ? std::nullopt : value(written.formula);
    return now ? now : std::optional((*recorded)[t_]);
  }
  return (*recorded)[t_];
}

std::optional<double> PeriodValues::of_schedule(std::string_view name) const {
  for (const deal::ScheduleDefinition& schedule : view_.deal().schedules) {
    if (schedule.name.text != name || !schedule.speeds.empty()) continue;
    double value = 0.0;
    for (const auto& [from, step] : schedule.steps) value = static_cast<int>(t_) + 1 >= from ? step : value;
    if (!schedule.steps.empty()) return value;
    if (schedule.balances.empty()) return 0.0;
    return schedule.balances[std::min(t_, schedule.balances.size() - 1)];
  }
  return std::nullopt;
}

}  // namespace spillway::explain
