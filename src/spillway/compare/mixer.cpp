#include "spillway/compare/mixer.h"

#include <algorithm>

#include "spillway/deal/exchange.h"

namespace spillway::compare {

namespace {

constexpr Mix kOfCollateral = 1u << static_cast<unsigned>(Ingredient::speed) | 1u << static_cast<unsigned>(Ingredient::curve) |
                              1u << static_cast<unsigned>(Ingredient::credit) | 1u << static_cast<unsigned>(Ingredient::collateral);

engine::ScenarioDefinition& scenario_of(engine::Inputs& inputs, const std::string& name) {
  for (engine::ScenarioDefinition& scenario : inputs.scenarios) {
    if (scenario.name == name) return scenario;
  }
  throw result::InvariantViolation("a side of an attribution asks for a scenario that is not there");
}

double class_total(const deal::DealDefinition& definition) {
  double total = 0.0;
  for (const auto& written : definition.classes) total += written.notional ? 0.0 : written.original_balance;
  return total;
}

std::vector<hedges::Swap> scaled(std::vector<hedges::Swap> swaps, double scale) {
  for (hedges::Swap& swap : swaps) {
    for (hedges::SwapPeriod& period : swap.periods) period.notional *= scale;
  }
  return swaps;
}

// Parts whose balances are multiplied by `scale`. With `other_credit`, what their own scenarios say of credit does not count.
decltype(engine::LoanParts::for_each) mixed(const decltype(engine::LoanParts::for_each)& for_each, double scale, bool other_credit) {
  return [=](const engine::LoanParts::Use& use, bool with_tape) {
    return for_each([&](const engine::LoanParts::Part& part) {
      engine::LoanParts::Part made = part;
      for (double& balance : made.pool.balance) balance *= scale;
      if (other_credit) made.credits.clear();
      use(made);
    }, with_tape);
  };
}

std::string index_of(const engine::Inputs& inputs) {
  const engine::BookPlan& plan = inputs.plan;
  if (plan.price_dm) return plan.price_dm->index;
  return plan.credit ? plan.credit->index : std::string();
}

}  // namespace

Mixer::Mixer(Side a, Side b, std::vector<std::string> classes, std::optional<double> price, int threads)
    : classes_(std::move(classes)), threads_(threads) {
  own_[0].side = std::move(a);
  own_[1].side = std::move(b);
  for (Own& own : own_) {
    own.scenario = scenario_of(own.side.inputs, own.side.request.scenario);
    own.swaps = own.side.inputs.swaps;
    own.balances = own.side.inputs.pool.balance;
    if (own.side.inputs.parts) own.for_each = own.side.inputs.parts->for_each;
    own.class_total = class_total(own.side.definition);
    own.business_days = own.side.inputs.business_days;
    target_names_.merge(deal::target_names(own.side.definition, own.side.inputs.plan.oc_target));
  }
  const engine::Inputs &of_a = own_[0].side.inputs, &of_b = own_[1].side.inputs;
  same_loans_ = !of_a.parts && !of_b.parts && of_a.pool == of_b.pool;
  index_ = index_of(own_[0].side.inputs);
  const auto& plan = own_[0].side.inputs.plan.price_dm;
  yardstick_.prices = {price.value_or(plan ? plan->price : 100.0)};
  if (plan) yardstick_.conventions = plan->conventions;
  const bool by_yield = index_.empty();
  if (by_yield) yardstick_.measure = book::GridRequest::Measure::yield;
  measures_ = {{"average_life", "Average life", "years", 4},
               by_yield ? MeasureTerms{"yield_pct", "Yield", "percent", 4} : MeasureTerms{"dm_bps", "Discount margin", "basis points", 2},
               {"duration", "Modified duration", "years", 4},
               {"first_principal", "First principal", "payments", 0},
               {"last_principal", "Last principal", "payments", 0}};
}

const Outcome& Mixer::run(Mix mix) {
  if (const auto known = outcomes_.find(mix); known != outcomes_.end()) return known->second;
  Outcome made = make(mix);
  return outcomes_.emplace(mix, std::move(made)).first->second;
}

deal::DealDefinition Mixer::definition_of(Mix mix) const {
  const auto& base = of(mix, Ingredient::structure);
  deal::DealDefinition made = base.side.definition;
  const auto other = [&](Ingredient ingredient) -> const deal::DealDefinition* {
    const auto& own = of(mix, ingredient);
    return &own == &base ? nullptr : &own.side.definition;
  };
  if (const auto* theirs = other(Ingredient::oc)) made = deal::with_target_of(std::move(made), *theirs, target_names_);
  if (const auto* theirs = other(Ingredient::hedge)) made = deal::with_hedges_of(std::move(made), *theirs);
  if (const auto* theirs = other(Ingredient::call)) made = deal::with_call_of(std::move(made), *theirs);
  return made;
}

// What amounts of `own` are multiplied by beside the classes of the mix; 1 beside its own.
double Mixer::scale_to_structure(Mix mix, const Own& own) const {
  const double classes = of(mix, Ingredient::structure).class_total;
  return classes > 0.0 && own.class_total > 0.0 ? classes / own.class_total : 1.0;
}

void Mixer::set_up(Mix mix, engine::Inputs& inputs, const engine::RunRequest& request) {
  const Own& loans = of(mix, Ingredient::collateral);
  const double scale = scale_to_structure(mix, loans);
  for (std::size_t i = 0; i < loans.balances.size(); ++i) inputs.pool.balance[i] = loans.balances[i] * scale;
  if (inputs.parts) inputs.parts->for_each = mixed(loans.for_each, scale, &of(mix, Ingredient::credit) != &loans);
  const Own& hedge = of(mix, Ingredient::hedge);
  inputs.swaps = scaled(hedge.swaps, scale_to_structure(mix, hedge));
  inputs.business_days = of(mix, Ingredient::structure).business_days;
  engine::ScenarioDefinition& scenario = scenario_of(inputs, request.scenario);
  scenario.assumptions.prepayment = of(mix, Ingredient::speed).scenario.assumptions.prepayment;
  scenario.assumptions.credit = of(mix, Ingredient::credit).scenario.assumptions.credit;
  scenario.indices = of(mix, Ingredient::curve).scenario.indices;
  scenario.hedged = hedge.scenario.hedged;
}

Outcome Mixer::make(Mix mix) {
  if (auto refusal = refused(mix)) return {{}, std::move(refusal), {}};
  Own& loans = own_[(mix & bit(Ingredient::collateral)) ? 1 : 0];
  engine::Inputs& inputs = loans.side.inputs;
  auto resolved = deal::resolve(definition_of(mix), inputs.pool.groups);
  if (!resolved.ok()) return culprit(mix, std::move(resolved.issues));
  inputs.deal = std::move(*resolved);
  const engine::RunRequest request{loans.scenario.name, of(mix, Ingredient::speed).side.request.speed,
                                   of(mix, Ingredient::call).side.request.to_call, {}};
  set_up(mix, inputs, request);

  engine::Run run{request, 0, {}};
  const Mix depends_on = mix & (kOfCollateral | (scales() ? bit(Ingredient::structure) : 0u));
  const auto known = collateral_.find(depends_on);
  if (known == collateral_.end()) {
    auto set = engine::run_scenarios(inputs, {request}, {threads_, false});
    if (!set.ok()) return culprit(mix, std::move(set.issues));
    collateral_.emplace(depends_on, std::move(set->collateral.front()));
    run.flows = std::move(set->runs.front().flows);
  } else {
    auto flows = engine::run_deal(inputs, known->second, request, {threads_, false});
    if (!flows.ok()) return culprit(mix, std::move(flows.issues));
    run.flows = std::move(*flows);
  }
  return {measure(inputs, std::move(run)), std::nullopt, {}};
}

// The ingredient that must come from where the structure comes from: the first with which the run then can be made.
Outcome Mixer::culprit(Mix mix, std::vector<result::Issue> issues) {
  const bool structure_of_b = mix & bit(Ingredient::structure);
  std::optional<Ingredient> found;
  for (const Ingredient ingredient : all_ingredients()) {
    const bool of_b = mix & bit(ingredient);
    if (of_b == structure_of_b) continue;
    if (!found) found = ingredient;
    if (run(mix ^ bit(ingredient)).refusal) continue;
    found = ingredient;
    break;
  }
  const auto error = std::find_if(issues.begin(), issues.end(), [](const auto& i) { return i.severity == result::Severity::error; });
  const std::string why = error == issues.end() ? "the deal cannot run" : error->what;
  return {{}, Refusal{found.value_or(Ingredient::structure), Ingredient::structure, why}, std::move(issues)};
}

std::vector<std::optional<double>> Mixer::measure(const engine::Inputs& inputs, engine::Run run) const {
  std::vector<double> rates(run.flows.periods());
  if (!index_.empty()) rates = engine::index_rates(inputs, run, index_);
  std::vector<book::GridSubject> subjects;
  for (const std::string& name : classes_) subjects.push_back(book::grid_subject(inputs.deal, name));
  const std::vector<book::GridRun> runs{{run.request.speed, &run.flows, std::move(rates), {}}};
  const table::Table grid = book::price_grid(inputs.deal, subjects, runs, yardstick_);

  std::vector<std::optional<double>> values;
  for (const table::Row& row : grid.rows) {
    for (const char* column : {"wal", index_.empty() ? "yield_pct" : "dm_bps", "mdur", "first_prin", "last_prin"}) {
      const table::Value& value = row.cells[table::column_index(grid, column)].value;
      const auto* date = std::get_if<calendar::Date>(&value);
      if (const auto* number = std::get_if<double>(&value)) values.emplace_back(*number);
      else if (date) values.emplace_back(1.0 + calendar::months_between(inputs.deal.schedule.first_payment, *date));
      else values.emplace_back();
    }
  }
  return values;
}

}  // namespace spillway::compare
