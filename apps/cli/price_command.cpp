#include <cstdio>

#include "credit_options.h"
#include "messages.h"
#include "pricing_options.h"
#include "spillway/book/loss_tables.h"
#include "spillway/book/price_grid.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/files.h"
#include "spillway/io/market_files.h"
#include "spillway/report/report.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

using Measure = book::GridRequest::Measure;

// What the options come to, every problem of theirs noted.
struct Plan {
  std::string scenario;
  std::string index;
  std::vector<book::GridSubject> subjects;
  book::GridRequest request;
  engine::CreditChange credit;
  std::vector<std::optional<double>> severities, cdrs;
  std::vector<result::Issue> issues;

  void fail(const char* option, std::string what, std::string remedy) {
    issues.push_back(result::error({option, 0, 0}, std::move(what), std::move(remedy)));
  }
};

void plan_measure(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  plan.index = options.index;
  if (plan.index.empty() && inputs.plan.price_dm) plan.index = inputs.plan.price_dm->index;
  const bool by_yield = options.measure == "yield" || !options.yields_percent.empty() ||
                        (options.measure.empty() && options.margins_bps.empty() && plan.index.empty());
  plan.request.measure = by_yield ? Measure::yield : Measure::discount_margin;
  if (!options.margins_bps.empty() && by_yield) {
    plan.fail("--dm", "margins and yields are asked for at once", "give one of --dm, --yield and --measure");
  }
  if (!by_yield) plan.index = classes_index(options.index, inputs, plan.issues);
}

void plan_levels(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  book::GridRequest& request = plan.request;
  request.prices = options.prices;
  for (double margin : options.margins_bps) request.levels.push_back(margin / 1e4);
  for (double yield : options.yields_percent) request.levels.push_back(yield / 100.0);
  if (request.prices.empty() && request.levels.empty()) request.prices = {100.0};
  if (options.compounding == "annual") request.compounding = analytics::Compounding::annual;
  if (options.compounding == "monthly") request.compounding = analytics::Compounding::monthly;
  if (inputs.plan.price_dm) request.conventions = inputs.plan.price_dm->conventions;
}

void plan_curve(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  plan.request.shift = options.shift_bps / 1e4;
  if (options.curve.empty() && options.curve_date.empty()) return;
  if (options.curve.empty()) return plan.fail("--curve-date", "a date of quotes without quotes", "name their file with --curve");
  if (options.curve_date.empty()) {
    return plan.fail("--curve", "market quotes need a date", "add --curve-date, the date of the quotes");
  }
  const auto date = calendar::parse_date(options.curve_date);
  if (!date) return plan.fail("--curve-date", options.curve_date + " is not a date", "write it as 2003-11-25");
  if (*date > inputs.deal.settlement) {
    return plan.fail("--curve-date", options.curve_date + " is after settlement, " + calendar::to_iso(inputs.deal.settlement),
                     "take quotes of the settlement date or before");
  }
  if (plan.request.measure != Measure::yield) {
    plan.fail("--curve", "spreads are of yields, and margins are asked for", "add --measure yield");
  }
  auto text = io::read_file(options.curve);
  result::append(plan.issues, std::move(text.issues));
  if (!text.ok()) return;
  auto curve = io::read_discount_curve(*text, options.curve, *date);
  result::append(plan.issues, std::move(curve.issues));
  plan.request.curve = std::move(curve.value);
}

bool wants_losses(const PriceOptions& options) { return !options.cdrs.empty() || !options.severities.empty(); }

// The rates of a list option; one unset where the list is empty.
std::vector<std::optional<double>> rates_of(const char* option, const std::vector<std::string>& texts,
                                            std::vector<result::Issue>& issues) {
  std::vector<std::optional<double>> rates;
  for (const std::string& text : texts) rates.push_back(percent_of(option, text, issues));
  if (rates.empty()) rates.emplace_back();
  return rates;
}

// A row of runs per speed, severity and default rate.
void plan_losses(const PriceOptions& options, const engine::Inputs& inputs, Plan& plan) {
  plan.credit = credit_change(options, inputs, plan.issues);
  plan.severities = rates_of("--severity", options.severities, plan.issues);
  plan.cdrs = rates_of("--cdr", options.cdrs, plan.issues);
  if (wants_losses(options) && (plan.request.shift > 0.0 || plan.request.curve)) {
    plan.fail("--cdr", "a loss grid has no effective durations and no spreads", "leave out --shift and --curve");
  }
}

// A run per speed, or with a shift three: as it is, down and up.
std::vector<engine::RunRequest> requests_of(const PriceOptions& options, const Plan& plan) {
  std::vector<double> shifts{0.0};
  if (plan.request.shift > 0.0) shifts = {0.0, -plan.request.shift, plan.request.shift};
  std::vector<engine::RunRequest> requests;
  for (double speed : options.speed_percents) {
    for (const auto& severity : plan.severities) {
      for (const auto& cdr : plan.cdrs) {
        engine::CreditChange credit = plan.credit;
        credit.severity = severity;
        credit.cdr = cdr;
        for (double shift : shifts) requests.push_back({plan.scenario, speed / 100.0, options.to == "call", {}, shift, credit});
      }
    }
  }
  return requests;
}

std::vector<book::GridRun> grid_runs(const engine::Inputs& inputs, const engine::RunSet& set, const Plan& plan) {
  std::vector<book::GridRun> runs;
  for (const engine::Run& run : set.runs) {
    std::vector<double> rates(run.flows.periods());
    if (!plan.index.empty()) rates = engine::index_rates(inputs, run, plan.index);
    book::GridRun made{run.request.speed, &run.flows, std::move(rates), {}};
    if (run.request.index_shift == 0.0) runs.push_back(std::move(made));
    else runs.back().shifted.push_back(std::move(made));
  }
  return runs;
}

std::vector<book::LossRun> loss_runs(const engine::RunSet& set, const std::vector<book::GridRun>& runs) {
  std::vector<book::LossRun> made;
  for (std::size_t r = 0; r < runs.size(); ++r) {
    const engine::Run& run = set.runs[r];
    made.push_back({run.request.speed, run.request.credit.cdr, run.request.credit.severity, &run.flows,
                    &set.collateral[run.collateral], runs[r].index_rates});
  }
  return made;
}

std::string shown(const table::Table& prices, const std::string& format) {
  if (format == "csv") return report::to_csv(prices);
  return format == "json" ? report::to_json(prices) : on_terminal(prices);
}

}  // namespace

int price(const PriceOptions& options) {
  const io::Loaded loaded = load(options);
  if (!loaded.inputs) return kInputProblem;
  const engine::Inputs& inputs = *loaded.inputs;
  Plan plan;
  plan.scenario = scenario_of(options.scenario, {price_scenario(inputs)}, inputs, plan.issues);
  plan_measure(options, inputs, plan);
  plan_levels(options, inputs, plan);
  plan_curve(options, inputs, plan);
  plan.subjects = subjects_of(options.classes, inputs, plan.issues);
  plan_losses(options, inputs, plan);
  print_issues(plan.issues);
  if (result::has_errors(plan.issues)) return kInputProblem;

  const waterfall::Record record = wants_losses(options) ? waterfall::Record::classes() : waterfall::Record::cash();
  const auto set = engine::run_scenarios(inputs, requests_of(options, plan), {options.threads, false, {}, record});
  print_issues(set.issues);
  if (!set.ok()) return kInputProblem;
  const std::vector<book::GridRun> runs = grid_runs(inputs, *set, plan);
  const std::string text =
      shown(wants_losses(options) ? book::loss_grid(inputs.deal, plan.subjects, loss_runs(*set, runs), plan.request)
                                  : book::price_grid(inputs.deal, plan.subjects, runs, plan.request),
            options.format);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
