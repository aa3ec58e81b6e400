#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "credit_options.h"
#include "messages.h"
#include "option_files.h"
#include "spillway/engine/tape_effects.h"
#include "spillway/io/files.h"
#include "spillway/io/written_tape_reader.h"
#include "spillway/profile/findings.h"
#include "spillway/profile/tables.h"
#include "spillway/report/report.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

namespace fs = std::filesystem;

// What a profile is made from: the tape as written, and the loans that can be run.
struct Profiled {
  profile::WrittenTape written;
  pool::ProductTable products;
  std::optional<engine::Inputs> inputs;   // of the deal, with these loans
  std::optional<pool::Pool> pool;         // without a deal
  pool::LoanTape read;                    // without a deal
  std::vector<result::Issue> reading;     // what the reader says of the loans
};

// A profile holds the tape: a limit that does not fit is an issue.
void hold_to_limit(const TapeOptions& options, std::vector<result::Issue>& issues) {
  constexpr std::uint64_t kMega = 1000000;
  const auto limit = memory_limit(options.memory, issues);
  const std::uint64_t needed = io::memory_of_profile(options.tape, !options.deal.empty());
  if (!limit || needed <= *limit) return;
  issues.push_back(result::error({"--memory", 0, 0}, "quartiles, copies and what a problem moves need all loans at once, more than the limit holds",
                                 "give " + std::to_string(needed / kMega + 1) + "MB at least; strat reads a tape in blocks"));
}

std::vector<result::Issue> only_of(const std::string& file, const std::vector<result::Issue>& issues, bool of_file) {
  std::vector<result::Issue> some;
  for (const result::Issue& issue : issues) {
    if ((issue.where.file == file) == of_file) some.push_back(issue);
  }
  return some;
}

// A profile with a deal: the deal gives cut-off, products and mapping.
bool read_with_deal(const TapeOptions& options, Profiled& made, std::vector<result::Issue>& issues) {
  if (!options.products.empty() || !options.mapping.empty() || !options.cut_off.empty()) {
    issues.push_back(result::error({"--deal", 0, 0}, "products, mapping and cut-off are the deal's", "leave out --products, --mapping and --cut-off"));
    return false;
  }
  io::LoadOptions wanted;
  wanted.tape = options.tape;
  io::Loaded loaded = io::load_inputs(options.deal, wanted);
  made.reading = only_of(options.tape, loaded.issues, true);
  result::append(issues, only_of(options.tape, loaded.issues, false));
  if (!loaded.inputs) {
    result::append(issues, made.reading);
    return false;
  }
  std::optional<io::TapeMapping> mapping;
  if (const auto& file = loaded.definition.mapping_file) {
    mapping = from_option<io::TapeMapping>((fs::path(options.deal).parent_path() / file->text).string(), io::read_tape_mapping, {}, issues);
  }
  auto text = io::read_file(options.tape);
  if (!text.ok()) return false;
  auto written = io::read_written_tape(*text, options.tape, loaded.inputs->deal.cut_off, mapping);
  result::append(issues, std::move(written.issues));
  if (!written.ok()) return false;
  made.written = std::move(*written);
  made.products = loaded.inputs->products;
  made.inputs = std::move(loaded.inputs);
  return true;
}

// A profile of a tape alone.
bool read_alone(const TapeOptions& options, Profiled& made, std::vector<result::Issue>& issues) {
  auto source = tape_source(options.tape, options.products, options.mapping, options.cut_off, issues);
  auto text = io::read_file(options.tape);
  result::append(issues, std::move(text.issues));
  if (!source || !text.ok()) return false;
  auto written = io::read_written_tape(*text, options.tape, source->cut_off, source->mapping);
  result::append(issues, std::move(written.issues));
  if (!written.ok()) return false;
  made.written = std::move(*written);
  made.products = std::move(source->products);
  if (!made.written.cut_off.ok()) made.written.cut_off = profile::likely_cut_off(made.written);
  auto read = io::read_tape(*text, options.tape, made.products, made.written.cut_off, source->mapping);
  made.reading = std::move(read.issues);
  made.read = std::move(read.value);
  if (!made.written.cut_off.ok() || made.read.size() == 0) return true;
  const calendar::Date first_due = calendar::add_months(made.written.cut_off, 1);
  auto pool = pool::make_pool(made.read, made.products, {}, {first_due.year(), first_due.month(), std::chrono::day{1}});
  result::append(made.reading, std::move(pool.issues));
  if (pool.value.size() > 0) made.pool = std::move(pool.value);
  return true;
}

// The rows of the reader's tape that the loans of each finding are; lines tell them apart.
std::vector<engine::TapeRows> rows_read(const std::vector<profile::Finding>& findings, const profile::WrittenTape& written,
                                        const pool::LoanTape& tape) {
  std::vector<engine::TapeRows> all;
  for (const profile::Finding& finding : findings) {
    all.emplace_back();
    for (const profile::Finding::Loan& loan : finding.loans) {
      const int line = written.line[loan.row];
      const auto at = std::lower_bound(tape.line.begin(), tape.line.end(), line);
      if (at != tape.line.end() && *at == line) all.back().push_back(static_cast<std::size_t>(at - tape.line.begin()));
    }
  }
  return all;
}

std::string percent_text(double percent) {
  char text[32];
  std::snprintf(text, sizeof text, "%g", percent);
  return text;
}

// What each finding moves; nothing if there is no pool to run. Problems go to `issues`.
std::optional<profile::Effects> effects_of(const TapeOptions& options, const Profiled& made,
                                           const std::vector<profile::Finding>& findings, std::vector<result::Issue>& issues) {
  if (made.inputs) {
    const std::string scenario = scenario_of(options.scenario, {price_scenario(*made.inputs), credit_scenario(*made.inputs)}, *made.inputs, issues);
    if (scenario.empty()) return std::nullopt;
    const auto rows = rows_read(findings, made.written, made.inputs->tape);
    auto effects = engine::effects_on_deal(*made.inputs, {scenario, options.speed_percent / 100.0, false, {}}, rows, {options.threads});
    result::append(issues, std::move(effects.issues));
    if (!effects.ok()) return std::nullopt;
    effects->assumption = percent_text(options.speed_percent) + "% of the speed of scenario " + scenario + ", to maturity";
    return std::move(*effects);
  }
  if (!made.pool) return std::nullopt;
  auto effects = engine::effects_on_pool(*made.pool, options.cpr_percent / 100.0, rows_read(findings, made.written, made.read));
  effects.assumption = percent_text(options.cpr_percent) + " CPR, adjustable rates as they are at the cut-off";
  return effects;
}

std::string head_of(const profile::WrittenTape& tape) {
  const table::Cell balance(profile::total_balance(tape), table::dollars_format(2)), loans(static_cast<std::int64_t>(tape.size()));
  std::string text = tape.file + ": " + table::format_cell(loans, {"", "", "", {table::Kind::number, 0, true}}, table::Style::print) +
                     " loans, " + table::format_cell(balance, {}, table::Style::print) + ", ";
  return text + (tape.cut_off.ok() ? "as of " + calendar::to_iso(tape.cut_off) : "no cut-off date known: give --cut-off") + "\n";
}

// For a reader: a finding in words, without its name.
table::Table in_words(table::Table findings) {
  for (table::Row& row : findings.rows) row.cells.erase(row.cells.begin());
  findings.columns.erase(findings.columns.begin());
  return findings;
}

// Loans under the words of their finding; what is wrong names the columns.
table::Table in_words(const table::Table& findings, table::Table loans) {
  for (table::Row& row : loans.rows) {
    const auto finding = std::find_if(findings.rows.begin(), findings.rows.end(),
                                      [&](const table::Row& known) { return known.cells[0].value == row.cells[0].value; });
    if (finding != findings.rows.end()) row.cells[0] = finding->cells[1];
    row.cells.erase(row.cells.begin() + 1);
  }
  loans.columns.erase(loans.columns.begin() + 1);
  return loans;
}

std::string text_of(const TapeOptions& options, const profile::WrittenTape& tape, const std::vector<table::Table>& tables) {
  const report::TextLayout layout = layout_of(options.color, options.wide);
  std::string text = head_of(tape) + "\n" + report::to_text(tables[0], layout) + "\n";
  if (tables[2].rows.empty()) return text + "Nothing is odd.\n";
  return text + report::to_text(in_words(tables[2]), layout) + "\n" + report::to_text(in_words(tables[2], tables[3]), layout);
}

}  // namespace

int tape(const TapeOptions& options) {
  Profiled made;
  std::vector<result::Issue> issues;
  hold_to_limit(options, issues);
  const bool read = !result::has_errors(issues) && (options.deal.empty() ? read_alone(options, made, issues) : read_with_deal(options, made, issues));
  if (!read) {
    print_issues(issues);
    return kInputProblem;
  }
  auto findings = profile::find_problems(made.written, made.products);
  profile::add_left_out(findings, made.written, made.reading);
  const auto effects = effects_of(options, made, findings, issues);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  const std::size_t most = options.all ? made.written.size() : static_cast<std::size_t>(options.loans);
  const std::vector<table::Table> tables{profile::columns_table(made.written), profile::values_table(made.written),
                                         profile::findings_table(made.written, findings, effects),
                                         profile::loans_table(made.written, findings, most)};
  std::string text;
  if (options.format == "text") text = text_of(options, made.written, tables);
  else if (options.format == "json") text = report::to_json({{"tape", options.tape}}, tables);
  else {
    const auto wanted = std::find_if(tables.begin(), tables.end(), [&](const auto& table) { return table.name == options.table; });
    text = report::to_csv(*wanted);
  }
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

}  // namespace spillway::cli
