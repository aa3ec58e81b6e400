#include <cstdio>

#include "credit_options.h"
#include "messages.h"
#include "spillway/explain/explain.h"
#include "spillway/report/explanation_report.h"

namespace spillway::cli {

namespace {

// The run that cash flows are asked about; unset if no option says another than usual.
std::optional<engine::RunRequest> run_of(const ExplainOptions& options, const engine::Inputs& inputs, std::vector<result::Issue>& issues) {
  engine::CreditChange credit = credit_change(options, inputs, issues);
  if (options.scenario.empty() && options.to.empty() && options.speed_percent < 0.0 && credit.is_none()) return std::nullopt;
  engine::RunRequest request;
  request.scenario = scenario_of(options.scenario, {price_scenario(inputs)}, inputs, issues);
  request.speed = options.speed_percent < 0.0 ? 1.0 : options.speed_percent / 100.0;
  request.to_call = options.to == "call";
  request.credit = credit;
  return request;
}

// An option that the number has no use for would be silently ignored.
void check_options(const explain::Question& question, const explain::Options& options, std::vector<result::Issue>& issues) {
  if (options.run && question.table != "cash_flows") {
    issues.push_back(result::error({"--scenario", 0, 0}, "the runs of " + question.table + " are the book's own",
                                   "leave out --scenario, --to, --speed and the credit options, or ask about cash_flows"));
  }
}

// A tape read in blocks: what would have to hold its loans is an issue, or left out with a note.
void leave_out_loans(const std::string& path, explain::Options& options, std::vector<result::Issue>& issues) {
  const std::string table = path.substr(0, path.find('/'));
  if (table == "strats" || table == "pool_summary") {
    issues.push_back(result::error({"--memory", 0, 0}, "an explanation of " + table + " lists loans, and the tape needs more memory than the limit",
                                   "raise the limit, or leave it out"));
  }
  constexpr int kWithoutLoans = 4;
  if (options.depth <= kWithoutLoans) return;
  options.depth = kWithoutLoans;
  if (issues.empty()) std::fprintf(stderr, "note: the tape needs more memory than the limit, so its loans are not listed: --depth 4\n");
}

}  // namespace

int explain(const ExplainOptions& options) {
  const io::Loaded loaded = load(options);
  if (!loaded.inputs) return kInputProblem;
  const spillway::explain::Source source{*loaded.inputs, loaded.definition};
  spillway::explain::Options wanted;
  wanted.depth = options.depth;
  wanted.period = options.period;
  wanted.rows = options.rows;
  wanted.loans = options.loans;
  std::vector<result::Issue> issues;
  wanted.run = run_of(options, *loaded.inputs, issues);
  if (loaded.inputs->parts) leave_out_loans(options.path, wanted, issues);
  if (result::has_errors(issues)) {
    print_issues(issues);
    return kInputProblem;
  }
  auto question = spillway::explain::ask(source, options.path);
  result::append(issues, std::move(question.issues));
  if (question.ok()) check_options(*question, wanted, issues);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;

  const auto runs = engine::run_scenarios(*loaded.inputs, spillway::explain::runs_of(source, *question, wanted), {options.threads, true});
  print_issues(runs.issues);
  if (!runs.ok()) return kInputProblem;
  const auto explanation = spillway::explain::explain(source, *question, *runs, wanted);
  print_issues(explanation.issues);
  if (!explanation.ok()) return kInputProblem;
  const std::string text = options.format == "json" ? report::to_json(*explanation) : report::to_text(*explanation);
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
