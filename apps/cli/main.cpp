// Arguments of the spillway command.

#include <CLI/CLI.hpp>

#include <algorithm>
#include <cstdio>
#include <exception>

#include "arguments.h"
#include "commands.h"
#include "spillway/result/issue.h"
#include "spillway/strat/cross_tab.h"

namespace {

using namespace spillway;

using cli::add_command;
using cli::add_credit_options;
using cli::add_deal_options;
using cli::add_memory_option;
const CLI::Validator kFinite = cli::finite();

// A first word that is no command: the parser would only say that one is missing.
bool names_no_command(const CLI::App& app, int argc, char** argv) {
  if (argc < 2 || argv[1][0] == '-') return false;
  std::vector<std::string> names;
  for (const CLI::App* command : app.get_subcommands({})) names.push_back(command->get_name());
  if (std::find(names.begin(), names.end(), argv[1]) != names.end()) return false;
  std::fprintf(stderr, "spillway: no command is called %s; %s\n", argv[1],
               spillway::result::suggestion(argv[1], names).c_str());
  return true;
}

}  // namespace

int main(int argc, char** argv) {
  CLI::App app{"Spillway: loan tape and deal file in, computational materials out."};
  app.require_subcommand(1);
  app.set_version_flag("--version", SPILLWAY_VERSION);
  app.footer("Exit codes: 0 done, 2 a problem with the input, 3 a bug of ours.\n"
             "spillway COMMAND --help tells more of a command.");
  app.failure_message(CLI::FailureMessage::help);

  cli::BookOptions book;
  CLI::App* book_command = add_command(app, "book", "Write the computational materials of a deal",
                                       "spillway book examples/impac-2003-12/deal.yaml --out out/impac-2003-12");
  add_deal_options(book_command, book);
  book_command->add_option("--out", book.out, "Folder to write to; made if it is not there")->capture_default_str();
  book_command->add_option("--format", book.formats, "Formats to write: html, csv, json, pdf, xlsx (default: all)")
      ->delimiter(',')
      ->check(CLI::IsMember({"html", "csv", "json", "pdf", "xlsx"}));
  book_command->add_flag("--quiet", book.quiet, "Leave out progress and the front page; problems are printed all the same");

  cli::RunOptions run;
  CLI::App* run_command = add_command(app, "run", "Run one scenario and write the cash flows by period as CSV",
                                      "spillway run examples/impac-2003-12/deal.yaml --scenario pricing --to call");
  add_deal_options(run_command, run);
  run_command->add_option("--scenario", run.scenario, "Scenario of the scenarios file")->required();
  run_command->add_option("--to", run.to, "call or maturity")->check(CLI::IsMember({"call", "maturity"}))->capture_default_str();
  run_command->add_option("--speed", run.speed_percent, "Percent of the scenario's prepayment speed")
      ->check(CLI::Range(0.0, 1000.0))->check(kFinite)->capture_default_str();
  add_credit_options(run_command, run);
  run_command->add_flag("--steps", run.steps, "Write what each step of the waterfall paid to whom");
  run_command->add_option("--out", run.out, "File to write to (default: standard output)");

  cli::PriceOptions price;
  CLI::App* price_command = add_command(app, "price", "Price classes from margins or yields, or find these from prices",
                                        "spillway price examples/impac-2003-12/deal.yaml --class M-2 --price 99.5,100 --speed 80,100,150");
  add_deal_options(price_command, price);
  price_command->add_option("--scenario", price.scenario, "Scenario of the scenarios file (default: the price-DM pages', or the only one)");
  price_command->add_option("--to", price.to, "call or maturity")->check(CLI::IsMember({"call", "maturity"}))->capture_default_str();
  price_command->add_option("--speed", price.speed_percents, "Percents of the scenario's prepayment speed, a row each")
      ->delimiter(',')->check(CLI::Range(0.0, 10000.0))->check(kFinite)->capture_default_str();
  price_command->add_option("--class", price.classes, "Classes or combinations to price (default: all)")->delimiter(',');
  price_command->add_option("--price", price.prices, "Prices per 100 of original balance or notional, without accrued interest (default: 100)")
      ->delimiter(',')->check(CLI::PositiveNumber)->check(kFinite);
  price_command->add_option("--dm", price.margins_bps, "Discount margins in basis points")->delimiter(',')->check(kFinite);
  price_command->add_option("--yield", price.yields_percent, "Yields in percent")->delimiter(',')->check(kFinite);
  price_command->add_option("--measure", price.measure, "What a price is turned into: dm or yield (default: dm where the scenarios name the classes' index)")
      ->check(CLI::IsMember({"dm", "yield"}));
  price_command->add_option("--index", price.index, "The classes' index, for discount margins (default: the price-DM pages')");
  price_command->add_option("--compounding", price.compounding, "Of yields: annual, semiannual (bond equivalent) or monthly (mortgage yield)")
      ->check(CLI::IsMember({"annual", "semiannual", "monthly"}))->capture_default_str();
  price_command->add_option("--shift", price.shift_bps, "Basis points to move every index down and up, for effective duration and convexity")
      ->check(CLI::PositiveNumber)->check(CLI::Range(0.0, 1000.0))->check(kFinite);
  price_command->add_option("--curve", price.curve, "Market quotes (CSV) of the curve to give spreads over, for yields");
  price_command->add_option("--curve-date", price.curve_date, "Date of the quotes, such as 2003-11-25; at settlement or before");
  price_command->add_option("--format", price.format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();

  price_command->add_option("--cdr", price.cdrs, "Default rates in percent a year, a row each: adds what is lost to the table")->delimiter(',');
  price_command->add_option("--severity", price.severities, "Severities in percent, a row each; with --cdr")->delimiter(',');
  add_credit_options(price_command, price, false);

  cli::SolveOptions solve;
  CLI::App* solve_command = add_command(app, "solve", "Find how much default a class bears",
                                        "spillway solve examples/impac-2003-12/deal.yaml --class M-2 --for breakeven-cdr --severity 40%");
  add_deal_options(solve_command, solve);
  solve_command->add_option("--class", solve.class_name, "Class or combination")->required();
  solve_command->add_option("--for", solve.what, "breakeven-cdr, or breakeven-loss: the pool's cumulative loss there")
      ->check(CLI::IsMember({"breakeven-cdr", "breakeven-loss"}))->capture_default_str();
  solve_command->add_option("--target", solve.target, "Up to: principal or interest (its first dollar lost), zero-yield, or dm")
      ->check(CLI::IsMember({"principal", "interest", "zero-yield", "dm"}))->capture_default_str();
  solve_command->add_option("--dm", solve.margin_bps, "Discount margin in basis points, for --target dm")->check(kFinite);
  solve_command->add_option("--price", solve.price, "Price per 100, for yields and margins")->check(CLI::PositiveNumber)->check(kFinite)->capture_default_str();
  solve_command->add_option("--index", solve.index, "The classes' index, for margins (default: the price-DM pages')");
  solve_command->add_option("--scenario", solve.scenario, "Scenario of the scenarios file (default: the loss tables', or the only one)");
  solve_command->add_option("--to", solve.to, "call or maturity")->check(CLI::IsMember({"call", "maturity"}))->capture_default_str();
  solve_command->add_option("--speed", solve.speed_percent, "Percent of the scenario's prepayment speed")
      ->check(CLI::Range(0.0, 10000.0))->check(kFinite)->capture_default_str();
  add_credit_options(solve_command, solve);
  solve_command->add_option("--tolerance", solve.tolerance, "Width of the last bracket, as a decimal CDR")
      ->check(CLI::Range(1e-14, 0.01))->check(kFinite)->capture_default_str();
  solve_command->add_flag("--json", solve.json, "Print JSON");

  cli::StratOptions strat;
  CLI::App* strat_command = add_command(app, "strat", "Stratify a loan tape",
                                        "spillway strat examples/impac-2003-12/tape.csv");
  strat_command->add_option("tape", strat.tape, "Loan tape (CSV)")->required();
  strat_command->add_option("--tables", strat.tables, "Stratification file (default: the standard tables)");
  strat_command->add_option("--products", strat.products, "Products file (default: the standard products)");
  strat_command->add_option("--mapping", strat.mapping, "Mapping file for a tape with other columns");
  strat_command->add_option("--cut-off", strat.cut_off, "Date that balances and terms are stated at (default: not stated)");
  strat_command->add_option("--cross", strat.cross, "Two tables or loan attributes to cross, such as state,purpose, in place of the tables");
  strat_command->add_option("--measure", strat.measure, "What the cells of --cross show (default: balance; in csv and json, all)")
      ->check(CLI::IsMember(spillway::strat::cross_measures()));
  strat_command->add_option("--format", strat.format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();
  strat_command->add_option("--out", strat.out, "Folder for strats.csv and pool_summary.csv, or cross.csv (default: standard output)");
  strat_command->add_flag("--strict", strat.strict, "Refuse a tape with any bad row");
  add_memory_option(strat_command, strat.memory);

  cli::ExplainOptions explain;
  CLI::App* explain_command = add_command(app, "explain", "Say where a number of the book comes from",
                                          "spillway explain examples/impac-2003-12/deal.yaml dm_tables/A-1/maturity/150/wal");
  add_deal_options(explain_command, explain);
  explain_command->add_option("path", explain.path, "TABLE/KEY.../COLUMN, as in dm_tables/A-1/maturity/150/wal")->required();
  explain_command->add_option("--depth", explain.depth, "1 formula, 2 cash flows, 3 steps of the waterfall, 4 collateral, 5 loans")
      ->check(CLI::Range(1, 5))->capture_default_str();
  explain_command->add_option("--period", explain.period, "Period that steps, collateral and loans are of (default: the one that weighs most)")
      ->check(CLI::Range(1, 1200));
  explain_command->add_option("--rows", explain.rows, "Periods shown of a table, the rest in one line; 0: all")->check(CLI::Range(0, 100000))->capture_default_str();
  explain_command->add_option("--loans", explain.loans, "Loans shown of a table, the rest in one line; 0: all")->check(CLI::Range(0, 100000000))->capture_default_str();
  explain_command->add_option("--scenario", explain.scenario, "Scenario of cash_flows (default: the front page's)");
  explain_command->add_option("--to", explain.to, "Of cash_flows: call or maturity (default: maturity)")->check(CLI::IsMember({"call", "maturity"}));
  explain_command->add_option("--speed", explain.speed_percent, "Percent of the scenario's prepayment speed, of cash_flows (default: 100)")
      ->check(CLI::Range(0.0, 10000.0))->check(kFinite);
  add_credit_options(explain_command, explain);
  explain_command->add_option("--format", explain.format, "text or json")->check(CLI::IsMember({"text", "json"}))->capture_default_str();

  cli::ContributionsOptions contributions;
  CLI::App* contributions_command = add_command(app, "contributions", "Say what each row of a stratification table brings to the pool",
                                                "spillway contributions examples/impac-2003-12/deal.yaml --table rate_type");
  add_deal_options(contributions_command, contributions);
  contributions_command->add_option("--table", contributions.tables, "Stratification tables or loan attributes (default: all tables)")->delimiter(',');
  contributions_command->add_option("--scenario", contributions.scenario, "Scenario of the scenarios file (default: the price-DM pages', or the only one)");
  contributions_command->add_option("--speed", contributions.speed_percent, "Percent of the scenario's prepayment speed")
      ->check(CLI::Range(0.0, 10000.0))->check(kFinite)->capture_default_str();
  add_credit_options(contributions_command, contributions);
  contributions_command->add_option("--period", contributions.period, "One period instead of all")->check(CLI::Range(1, 1200));
  contributions_command->add_flag("--by-year", contributions.by_year, "Add principal by year");
  contributions_command->add_option("--format", contributions.format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();

  cli::CheckOptions check;
  CLI::App* check_command = add_command(app, "check", "Read everything a deal names and report every problem",
                                        "spillway check examples/impac-2003-12/deal.yaml");
  add_deal_options(check_command, check);
  check_command->add_flag("--prose", check.prose, "Print the deal back as English sentences, to compare with its document");

  cli::TieOutOptions tieout;
  CLI::App* tieout_command = add_command(app, "tieout", "Compare every computed cell with the published record",
                                         "spillway tieout examples/impac-2003-12/deal.yaml");
  add_deal_options(tieout_command, tieout);
  tieout_command->add_option("--published", tieout.published, "Folder of the published record (default: the deal's own)");
  tieout_command->add_flag("--json", tieout.json, "Print JSON");
  tieout_command->add_flag("--misses,!--no-misses", tieout.misses, "List the cells that do not match (default)");

  cli::CompareOptions compare;
  CLI::App* compare_command = add_command(app, "compare", "Compare two books cell by cell, and say where the change comes from",
                                          "spillway compare examples/impac-2003-12/deal.yaml examples/impac-2003-12/deal.yaml@pricing:150");
  compare_command->add_option("a", compare.a, "Deal file or folder of a book; @SCENARIO:SPEED:TO after it names the run to attribute")->required();
  compare_command->add_option("b", compare.b, "The same of the other book")->required();
  compare_command->add_option("--table", compare.tables, "Tables to compare (default: all)")->delimiter(',');
  CLI::Option* tolerance = compare_command->add_option("--tolerance", compare.tolerance, "Numbers so far apart are equal (default: half the last printed digit)")
      ->check(CLI::Range(0.0, 1e15))->check(kFinite);
  compare_command->add_flag("--exact", compare.is_exact, "Numbers must be the same to the last bit")->excludes(tolerance);
  compare_command->add_flag("--all", compare.all, "List equal cells too");
  compare_command->add_option("--only", compare.only, "cells or attribution (default: both)")->check(CLI::IsMember({"cells", "attribution"}));
  compare_command->add_option("--class", compare.classes, "Classes or combinations to attribute (default: all of both)")->delimiter(',');
  compare_command->add_option("--price", compare.price, "Price per 100 to measure classes at (default: the price-DM pages' of A)")
      ->check(CLI::PositiveNumber)->check(kFinite);
  compare_command->add_option("--order", compare.order, "Order to take parts of B in: speed, curve, credit, collateral, oc, hedge, call, structure")->delimiter(',');
  compare_command->add_flag("--shapley", compare.average, "Also the mean over all orders");
  compare_command->add_option("--format", compare.format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();
  compare_command->add_option("--out", compare.out, "Folder to write to (default: standard output)");
  compare_command->add_flag("--strict", compare.strict, "Refuse a tape with any bad row");
  add_memory_option(compare_command, compare.memory);
  compare_command->add_option("--threads", compare.threads, "Threads to use; 0 = all. Results do not depend on it")->check(CLI::Range(0, 1024));
  cli::MoreOptions more;
  const std::vector<cli::AddedCommand> added = cli::add_more_commands(app, more);

  if (names_no_command(app, argc, argv)) return cli::kInputProblem;
  try {
    app.parse(argc, argv);
    if (*book_command) return cli::book(book);
    if (*run_command) return cli::run(run);
    if (*price_command) return cli::price(price);
    if (*solve_command) return cli::solve(solve);
    if (*strat_command) return cli::strat(strat);
    if (*explain_command) return cli::explain(explain);
    if (*contributions_command) return cli::contributions(contributions);
    if (*check_command) return cli::check(check);
    if (*compare_command) return cli::compare(compare);
    for (const cli::AddedCommand& command : added) {
      if (*command.command) return command.run();
    }
    return cli::tieout(tieout);
  } catch (const CLI::ParseError& error) {
    return app.exit(error) == 0 ? cli::kDone : cli::kInputProblem;
  } catch (const std::exception& error) {
    std::fprintf(stderr, "spillway: this is a bug of ours: %s\n", error.what());
    return cli::kOurBug;
  }
}
