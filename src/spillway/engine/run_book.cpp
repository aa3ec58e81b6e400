#include "spillway/engine/run_book.h"

#include <algorithm>

#include "spillway/book/tables.h"
#include "spillway/strat/strat.h"

namespace spillway::engine {

namespace {

using book::PricedRun;

void add_request(std::vector<RunRequest>& requests, RunRequest request) {
  if (std::find(requests.begin(), requests.end(), request) == requests.end()) requests.push_back(std::move(request));
}

// Every run that a table of the plan needs.
std::vector<RunRequest> requests_of(const Inputs& inputs) {
  std::vector<RunRequest> requests;
  const BookPlan& plan = inputs.plan;
  if (plan.price_dm) {
    const ScenarioDefinition& scenario = *inputs.scenario(plan.price_dm->scenario);
    for (const bool to_call : {true, false}) {
      if (to_call ? !scenario.to_call : !scenario.to_maturity) continue;
      for (double speed : scenario.speeds) add_request(requests, {scenario.name, speed, to_call});
    }
  }
  if (plan.class_summary) {
    add_request(requests, {plan.class_summary->scenario, plan.class_summary->speed, true});
    add_request(requests, {plan.class_summary->scenario, plan.class_summary->speed, false});
    add_request(requests, {plan.class_summary->scenario, 0.0, false});  // the last scheduled payment: no prepayment
  }
  if (plan.available_rate) {
    for (const auto& [column, scenario] : plan.available_rate->columns) {
      const ScenarioDefinition& definition = *inputs.scenario(scenario);
      add_request(requests, {scenario, definition.speeds.front(), definition.to_call});
    }
  }
  if (plan.balances) add_request(requests, {plan.balances->scenario, plan.balances->speed, plan.balances->to_call});
  return requests;
}

class BookMaker {
 public:
  BookMaker(const Inputs& inputs, const RunSet& set) : in_(inputs), set_(set) {}

  book::Book make() {
    book::Parts parts;
    parts.document = in_.document;
    if (in_.plan.price_dm) add_prices(parts);
    if (in_.plan.class_summary) add_class_summary(parts);
    if (in_.plan.available_rate) add_available_rate(parts);
    if (in_.plan.balances) add_balances(parts);
    parts.credit_enhancement = book::credit_enhancement(in_.deal, in_.pool.total_balance());
    parts.pool_summary = strat::pool_summary(in_.tape, in_.products, in_.strats);
    parts.strat_tables = strat::stratify(in_.tape, in_.products, in_.strats);
    parts.strats = strat::combined_table(parts.strat_tables);
    return book::assemble(in_.deal, std::move(parts));
  }

 private:
  const Run& run_of(const std::string& scenario, double speed, bool to_call) const {
    const Run* run = set_.find({scenario, speed, to_call});
    result::require(run != nullptr, "a table asks for a run that was not made");
    return *run;
  }

  PricedRun priced(const Run& run) const {
    const BookPlan::PriceDm pricing = in_.plan.price_dm.value_or(BookPlan::PriceDm{"", in_.deal.indices.front(), 100.0, {}});
    return book::price_run(in_.deal, run.flows, run.request.speed, run.request.to_call,
                           index_rates(in_, run, pricing.index), pricing.price, pricing.conventions);
  }

  void add_prices(book::Parts& parts) const {
    const ScenarioDefinition& scenario = *in_.scenario(in_.plan.price_dm->scenario);
    parts.price = in_.plan.price_dm->price;
    for (const bool to_call : {true, false}) {
      if (to_call ? !scenario.to_call : !scenario.to_maturity) continue;
      for (double speed : scenario.speeds) parts.runs.push_back(priced(run_of(scenario.name, speed, to_call)));
    }
    parts.dm_table = book::dm_table(in_.deal, parts.runs);
  }

  void add_class_summary(book::Parts& parts) const {
    const auto& plan = *in_.plan.class_summary;
    parts.class_summary = book::class_summary(in_.deal, priced(run_of(plan.scenario, plan.speed, true)),
                                              priced(run_of(plan.scenario, plan.speed, false)),
                                              priced(run_of(plan.scenario, 0.0, false)));
  }

  void add_available_rate(book::Parts& parts) const {
    std::vector<book::AvailableRateColumn> columns;
    for (const auto& [name, scenario] : in_.plan.available_rate->columns) {
      const ScenarioDefinition& definition = *in_.scenario(scenario);
      columns.push_back({name, &run_of(scenario, definition.speeds.front(), definition.to_call).flows});
    }
    parts.available_rate = book::available_rate(columns, in_.plan.available_rate->quantity);
  }

  void add_balances(book::Parts& parts) const {
    const auto& plan = *in_.plan.balances;
    parts.class_charts.push_back(book::class_balance_chart(
        run_of(plan.scenario, plan.speed, plan.to_call).flows,
        std::string("Class balances at the pricing speed, to ") + (plan.to_call ? "call" : "maturity")));
  }

  const Inputs& in_;
  const RunSet& set_;
};

}  // namespace

std::vector<double> index_rates(const Inputs& inputs, const Run& run, const std::string& index) {
  const rates::IndexPaths& paths = inputs.scenario(run.request.scenario)->indices;
  const auto position = paths.find(index);
  result::require(position.has_value(), "the pricing index has no path");
  std::vector<double> rates;
  for (const calendar::PaymentPeriod& period : run.flows.schedule) {
    rates.push_back(paths.rate(*position, period.accrual_start));
  }
  return rates;
}

result::Result<book::Book> run_book(const Inputs& inputs, const RunSettings& settings) {
  auto set = run_scenarios(inputs, requests_of(inputs), settings);
  if (!set.ok()) return {std::nullopt, std::move(set.issues)};
  return {BookMaker(inputs, *set).make(), std::move(set.issues)};
}

}  // namespace spillway::engine
