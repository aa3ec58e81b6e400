// Levels 4 and 5: what the collateral brought in a period, and which loans brought it.

#include <cmath>

#include "spillway/collateral/project.h"
#include "spillway/explain/lines.h"
#include "spillway/explain/nodes.h"

namespace spillway::explain {

namespace {

using cashflow::PoolVectors;
using Series = std::vector<double> PoolVectors::*;

struct Component {
  const char* name;
  Series series;
  double sign;
};

constexpr Component kNetInterest[] = {{"gross interest", &PoolVectors::gross_interest, 1.0},
                                      {"servicing fee", &PoolVectors::servicing_fee, -1.0},
                                      {"master servicing fee", &PoolVectors::master_servicing_fee, -1.0},
                                      {"trustee fee", &PoolVectors::trustee_fee, -1.0},
                                      {"mortgage insurance premium", &PoolVectors::mi_premium, -1.0}};
constexpr Component kDue[] = {{"interest due and not collected", &PoolVectors::uncollected_interest, 1.0},
                              {"fees not charged on it", &PoolVectors::uncollected_fees, -1.0}};
constexpr Component kPrincipal[] = {{"scheduled principal", &PoolVectors::scheduled_principal, 1.0},
                                    {"prepaid principal", &PoolVectors::prepaid_principal, 1.0},
                                    {"advanced principal", &PoolVectors::advanced_principal, 1.0},
                                    {"recoveries", &PoolVectors::recoveries, 1.0},
                                    {"subsequent recoveries", &PoolVectors::subsequent_recoveries, 1.0}};

std::vector<Component> components(CollateralAmount amount) {
  std::vector<Component> all;
  if (amount == CollateralAmount::principal) {
    all.assign(std::begin(kPrincipal), std::end(kPrincipal));
  } else {
    all.assign(std::begin(kNetInterest), std::end(kNetInterest));
    if (amount == CollateralAmount::net_interest_due) all.insert(all.end(), std::begin(kDue), std::end(kDue));
  }
  return all;
}

LoanAmount loan_amount(CollateralAmount amount) {
  switch (amount) {
    case CollateralAmount::net_interest:
      return {"net interest collected", [](const PoolVectors& pool, std::size_t i) { return pool.net_interest(i); }, "docs/formulas/amortization.md"};
    case CollateralAmount::net_interest_due:
      return {"net interest due", [](const PoolVectors& pool, std::size_t i) { return pool.net_interest_due(i); }, "docs/formulas/amortization.md"};
    case CollateralAmount::principal: break;
  }
  return {"principal collected", [](const PoolVectors& pool, std::size_t i) { return pool.principal(i); },
          "docs/formulas/amortization.md, docs/formulas/prepayment.md"};
}

rates::IndexPaths paths_of(const RunView& view) {
  const engine::RunRequest& request = view.run.request;
  rates::IndexPaths paths = view.source.inputs.scenario(request.scenario)->indices;
  if (request.index_level) paths = paths.with_level(request.index_level->first, request.index_level->second);
  return request.index_shift != 0.0 ? paths.shifted(request.index_shift) : paths;
}

std::string loan_name(const engine::Inputs& in, std::size_t loan) {
  if (loan < in.pool.tape_row.size() && in.pool.tape_row[loan] < in.tape.loan_id.size()) {
    return std::string(in.tape.loan_id[in.pool.tape_row[loan]]);
  }
  return "assumed loan " + std::to_string(loan + 1);
}

}  // namespace

Explanation loans_of_amount(const RunView& view, std::size_t t, const LoanAmount& amount) {
  const engine::Inputs& in = view.source.inputs;
  const engine::RunRequest& request = view.run.request;
  const auto& scenario = in.scenario(request.scenario)->assumptions;
  const assumptions::Credit credit = engine::changed_credit(scenario.credit, request.credit, in.pool.groups);
  const PoolVectors loans = collateral::loans_in_period(in.pool, scenario, {request.speed, &credit}, paths_of(view), in.collateral, t);
  const double part = view.part_left(t);
  const double all = part * amount.of(view.collateral.total, t);
  Lines lines("Loans by " + amount.words + ", period " + std::to_string(t + 1),
              {{{"loan", "Loan", "", table::text_format()}, false},
               {{"group", "Group", "", table::text_format()}, false},
               {{"rate_pct", "Gross Rate at Cut-off", "percent", table::percent_format(3)}, false},
               {{"balance", "Balance at Cut-off", "dollars", cents()}, true},
               {{"beginning", "Balance before the Period", "dollars", cents()}, true},
               {{"amount", "Amount", "dollars", cents()}, true},
               {{"share_pct", "Share", "percent", table::percent_format(4)}, true}});
  double sum = 0.0;
  for (std::size_t i = 0; i < in.pool.size(); ++i) {
    const double own = part * amount.of(loans, i);
    sum += own;
    lines.add({loan_name(in, i), in.pool.groups[static_cast<std::size_t>(in.pool.group[i])], 100.0 * in.pool.gross_rate[i],
               in.pool.balance[i], part * loans.beginning_balance[i], own, all != 0.0 ? table::Cell(100.0 * own / all) : table::Cell()},
              own);
  }
  // Late payments and compensating interest are figured for a loan group as a whole.
  if (std::abs(all - sum) > 1e-9 * std::abs(all) + 1e-6) {
    lines.add({"figured for the group as a whole", {}, {}, {}, {}, all - sum, all != 0.0 ? table::Cell(100.0 * (all - sum) / all) : table::Cell()},
              HUGE_VAL);
  }
  Explanation e = column_sum("loans", "amount", {all, cents()}, "dollars");
  e.title = "Loans that brought the " + amount.words + " of period " + std::to_string(t + 1);
  e.source = amount.source;
  e.lines = lines.finish(view.options.loans, "loans", Lines::Order::heaviest);
  return e;
}

Explanation collateral_amount(const RunView& view, std::size_t t, CollateralAmount amount) {
  const PoolVectors& pool = view.collateral.total;
  const LoanAmount loans = loan_amount(amount);
  const double part = view.part_left(t);
  std::vector<Explanation> parts;
  for (const Component& component : components(amount)) {
    const double value = component.sign * part * (pool.*component.series)[t];
    if (value != 0.0) parts.push_back(given(component.name, {value, cents()}, "dollars"));
  }
  Explanation e = made(loans.words, Rule::sum, 1.0, std::move(parts), {part * loans.of(pool, t), cents()}, "dollars");
  e.title = "Collateral: " + loans.words + ", period " + std::to_string(t + 1);
  e.source = "docs/formulas/amortization.md, docs/formulas/prepayment.md, docs/formulas/credit.md";
  if (view.options.depth >= 5) e.behind.push_back(loans_of_amount(view, t, loans));
  return e;
}

Explanation losses_of_period(const RunView& view, std::size_t t) {
  const PoolVectors& pool = view.collateral.total;
  std::vector<Explanation> parts;
  parts.push_back(given("realized losses", {pool.realized_losses[t], cents()}, "dollars"));
  parts.push_back(given("subsequent recoveries", {-pool.subsequent_recoveries[t], cents()}, "dollars"));
  const LoanAmount losses{"losses", [](const PoolVectors& v, std::size_t i) { return v.realized_losses[i] - v.subsequent_recoveries[i]; },
                          "docs/formulas/credit.md"};
  Explanation e = made("losses", Rule::sum, 1.0, std::move(parts), {losses.of(pool, t), cents()}, "dollars");
  e.title = "Collateral: losses less subsequent recoveries, period " + std::to_string(t + 1);
  e.source = losses.source;
  if (view.options.depth >= 5) e.behind.push_back(loans_of_amount(view, t, losses));
  return e;
}

Explanation cash_of_period(const RunView& view, std::size_t t, Paid what) {
  const cashflow::DealCashFlows& flows = view.flows();
  const PeriodValues values(view, t);
  std::vector<Explanation> parts;
  Explanation interest = collateral_amount(view, t, CollateralAmount::net_interest);
  Explanation principal = collateral_amount(view, t, CollateralAmount::principal);
  // The loans of an amount that the number is not about would only be in the way.
  if (what == Paid::principal) interest.behind.clear();
  if (what == Paid::interest) principal.behind.clear();
  double in = *interest.number() + *principal.number(), out = 0.0;
  parts.push_back(std::move(interest));
  parts.push_back(std::move(principal));
  const auto add = [&](const char* name, double amount, const char* source) {
    if (amount == 0.0) return;
    in += amount;
    parts.push_back(given(name, {amount, cents()}, "dollars", source));
  };
  add("hedges, net", flows.hedge_net_payment[t], "docs/formulas/hedges.md");
  add("call proceeds", values.find("call.proceeds").value_or(0.0), "docs/conventions.md");
  for (const cashflow::AccountCashFlows& account : flows.accounts) {
    add(("from " + account.name).c_str(), account.beginning_balance[t] - account.ending_balance[t] + account.interest[t], "docs/deal-format.md");
  }
  for (const cashflow::ClassCashFlows& bond : flows.classes) out += bond.cash(t);
  for (const cashflow::NamedSeries& party : flows.parties) out += party.values[t];
  if (std::abs(out - in) > 1e-6) add("caps and other receipts", out - in, "docs/deal-format.md");
  Explanation e = made("cash of the period", Rule::sum, 1.0, std::move(parts), {out, cents()}, "dollars");
  e.title = "Cash that came in and was paid out, period " + std::to_string(t + 1);
  return e;
}

}  // namespace spillway::explain
