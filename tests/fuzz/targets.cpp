#include "targets.h"

#include "spillway/deal/deal.h"
#include "spillway/deal/formula.h"
#include "spillway/io/book_reader.h"
#include "spillway/io/csv_reader.h"
#include "spillway/io/csv_table.h"
#include "spillway/io/load.h"
#include "spillway/io/market_files.h"
#include "spillway/io/rate_paths.h"
#include "spillway/io/scenario_reader.h"
#include "spillway/io/tape_reader.h"
#include "spillway/io/written_tape_reader.h"
#include "spillway/pool/pool.h"
#include "spillway/profile/tables.h"
#include "spillway/report/report.h"

namespace fuzz {

namespace {

using namespace spillway;

const std::vector<std::string> kGroups{"arm", "fixed"};
const std::vector<std::string> kIndices{"libor_1m", "libor_6m", "libor_1y", "cmt_1y"};

// Every issue can be written out, and an error has a place in a file.
void show(const std::vector<result::Issue>& issues) {
  for (const result::Issue& issue : issues) {
    result::require(!result::to_text(issue).empty() && !issue.where.file.empty(), "an issue names no file");
    result::require(issue.where.line >= 0 && issue.where.column >= 0, "an issue has no sensible place");
  }
}

}  // namespace

void read_deal(const std::string& text) {
  const auto read = io::read_deal(text, "deal.yaml");
  show(read.issues);
  const auto deal = deal::resolve(read.value, kGroups);
  if (result::has_errors(read.issues)) return;  // the loader stops there; that resolve came back is all we ask
  show(deal.issues);
  result::require(deal.ok() != result::has_errors(deal.issues), "a deal with errors, or none without");
}

void read_scenarios(const std::string& text) {
  const io::ScenarioContext context{"nowhere", kGroups, kIndices, {"available_rate"}};
  const auto read = io::read_scenarios(text, "scenarios.yaml", context);
  show(read.issues);
}

void read_formula(const std::string& text) {
  const auto parsed = deal::parse_formula({text, {"deal.yaml", 1, 1}}, {"A-1", "M-1"});
  show(parsed.issues);
  if (!parsed.ok()) return;
  const auto lookup = [](std::string_view name) -> std::optional<deal::Symbol> {
    deal::Symbol symbol;
    symbol.slot = 0;
    if (name == "money") symbol.type = deal::Type::money;
    else if (name == "rate") symbol.type = deal::Type::rate;
    else if (name == "date") symbol.type = deal::Type::date;
    else if (name == "A-1.balance") symbol.type = deal::Type::money;
    else if (name == "test") symbol.type = deal::Type::condition;
    else return std::nullopt;
    return symbol;
  };
  const auto compiled = deal::compile(*parsed, {"deal.yaml", 1, 1}, lookup, {"money", "rate", "date", "A-1.balance", "test"});
  show(compiled.issues);
  if (!compiled.ok()) return;
  const double slots[] = {1.0};
  deal::evaluate(compiled->program, slots);
}

void read_tape(const std::string& text) {
  static const pool::ProductTable products = *io::standard_products();
  const calendar::Date cut_off = calendar::make_date(2003, 12, 1);
  const auto tape = io::read_tape(text, "tape.csv", products, cut_off);
  show(tape.issues);
  const auto pool = pool::make_pool(tape.value, products, {}, calendar::make_date(2004, 1, 1));
  show(pool.issues);
  result::require(pool.value.size() <= tape.value.size(), "a pool larger than its tape");
}

void read_book(const std::string& text) {
  const auto read = io::read_book(text, "book.json");
  show(read.issues);
  result::require(read.ok() != result::has_errors(read.issues), "a book with errors, or none without");
  show(io::read_made_from(text, "run.json").issues);
  const auto table = io::read_csv_table(text, "table.csv", "table");
  show(table.issues);
  if (table.ok()) report::to_csv(*table);
}

void read_csv(const std::string& text) {
  show(io::read_forwards(text, "curves.csv", kIndices).issues);
  show(io::read_rate_paths(text, "paths.csv", {kIndices, {}}).issues);
  show(io::read_quotes(text, "quotes.csv").issues);
  show(io::read_swaps(text, "swaps.csv").issues);
  io::CsvReader csv(text, "any.csv");
  while (csv.next()) {
    for (std::size_t column = 0; column < csv.headers().size(); ++column) csv.location(column);
  }
  show(csv.issues());
}

void profile_tape(const std::string& text) {
  static const pool::ProductTable products = *io::standard_products();
  const auto tape = io::read_written_tape(text, "tape.csv", calendar::make_date(2003, 12, 1));
  show(tape.issues);
  if (!tape.ok()) return;
  const auto findings = profile::find_problems(*tape, products);
  profile::likely_cut_off(*tape);
  const std::vector<table::Table> tables{profile::columns_table(*tape), profile::values_table(*tape),
                                         profile::findings_table(*tape, findings, {}), profile::loans_table(*tape, findings)};
  report::to_json({{"tape", "tape.csv"}}, tables);
  for (const table::Table& table : tables) report::to_text(table, {40, true});
}

}  // namespace fuzz
