#include "arguments.h"

#include <cmath>
#include <cstdlib>

#include "command_text.h"
#include "completion.h"
#include "man_page.h"

namespace spillway::cli {

void add_memory_option(CLI::App* command, std::string& limit) {
  command->add_option("--memory", limit, "Read a tape that needs more in blocks, such as 500MB (default: no limit)");
}

void add_credit_options(CLI::App* command, CreditOptions& options, bool with_rates) {
  if (with_rates) command->add_option("--cdr", options.cdr, "Default rate of every loan group, percent a year (default: the scenario's)");
  if (with_rates) command->add_option("--severity", options.severity, "Severity of every loan, percent (default: the scenario's)");
  command->add_option("--lag", options.lag, "Months from default to liquidation (default: the scenario's)")->check(CLI::Range(0, 600));
  command->add_option("--advances", options.advances, "What the servicer advances (default: the scenario's)")
      ->check(CLI::IsMember({"none", "interest", "principal_and_interest"}));
}

namespace {

void add_look_options(CLI::App* command, std::string& color, bool& wide) {
  command->add_flag("--wide", wide, "Do not cut wide tables to the terminal's width");
  command->add_option("--color", color, "Colour: auto (on a terminal, unless NO_COLOR is set), always or never")
      ->check(CLI::IsMember({"auto", "always", "never"}))->capture_default_str();
}

void add_deal_reading_options(CLI::App* command, DealOptions& options) {
  command->add_flag("--strict", options.strict, "Refuse a tape with any bad row");
  command->add_option("--threads", options.threads, "Threads to use; 0 = all. Results do not depend on it")
      ->check(CLI::Range(0, 1024));
  add_memory_option(command, options.memory);
}

CLI::App* add_show(CLI::App& app, ShowOptions& options) {
  CLI::App* command = add_command(app, "show", "Print a table of the book of a deal",
                                  "spillway show dm_tables examples/impac-2003-12/deal.yaml --where class=A-1");
  command->add_option("table", options.table, "Table of the book; --list names them");
  command->add_option("source", options.source, "Deal file (YAML), or a folder that spillway book wrote (default: deal.yaml here, or the book here)");
  add_deal_reading_options(command, options);
  command->add_flag("--list", options.list, "Name the tables with their titles and sizes; without a deal, all that a book may have");
  command->add_option("--columns", options.columns, "Columns to print, by their names in the CSV (default: all)")->delimiter(',');
  command->add_option("--where", options.conditions, "Rows to print: COLUMN=VALUE, or with != < <= > >=; several must all hold")
      ->expected(1)->take_all();
  command->add_option("--rows", options.rows, "Most rows to print (default: all)")->check(CLI::Range(0, 1000000000));
  command->add_option("--format", options.format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();
  add_look_options(command, options.color, options.wide);
  return command;
}

CLI::App* add_new(CLI::App& app, NewOptions& options) {
  CLI::App* command = add_command(app, "new", "Write a folder with a deal to start from", "spillway new my-deal --like floater");
  command->add_option("folder", options.folder, "Folder to make; its last part becomes the deal's name")->required();
  command->add_option("--like", options.like, "What the deal is like")
      ->check(CLI::IsMember({"simple", "sequential", "floater", "arm"}))->capture_default_str();
  return command;
}

CLI::App* add_tape(CLI::App& app, TapeOptions& options) {
  CLI::App* command = add_command(app, "tape", "Profile a loan tape: its columns, what is odd, and what that moves",
                                  "spillway tape examples/impac-2003-12/tape.csv --deal examples/impac-2003-12/deal.yaml");
  command->add_option("tape", options.tape, "Loan tape (CSV)")->required();
  command->add_option("--products", options.products, "Products file (default: the standard products)");
  command->add_option("--mapping", options.mapping, "Mapping file for a tape with other columns");
  command->add_option("--cut-off", options.cut_off, "Date that balances and terms are stated at, such as 2003-12-01 (default: the deal's, or not stated)");
  command->add_option("--deal", options.deal, "Deal file (YAML) to run with these loans, for what each problem moves in every class");
  command->add_option("--scenario", options.scenario, "Scenario of the deal (default: the price-DM pages', or the only one)");
  command->add_option("--speed", options.speed_percent, "Percent of the scenario's prepayment speed, with --deal")
      ->check(CLI::Range(0.0, 1000.0))->check(finite())->capture_default_str();
  command->add_option("--cpr", options.cpr_percent, "Prepayment speed without a deal, CPR in percent")
      ->check(CLI::Range(0.0, 100.0))->check(finite())->capture_default_str();
  command->add_option("--loans", options.loans, "Loans to list of each finding")->check(CLI::Range(0, 1000000000))->capture_default_str();
  command->add_flag("--all", options.all, "List every loan of each finding");
  command->add_option("--format", options.format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();
  command->add_option("--table", options.table, "The table to print as csv")
      ->check(CLI::IsMember({"columns", "values", "findings", "loans"}))->capture_default_str();
  add_memory_option(command, options.memory);
  command->add_option("--threads", options.threads, "Threads to use; 0 = all. Results do not depend on it")->check(CLI::Range(0, 1024));
  add_look_options(command, options.color, options.wide);
  return command;
}

CLI::App* add_names(CLI::App& app, NamesOptions& options) {
  CLI::App* command = add_command(app, "names", "List what a deal calls its classes, scenarios, speeds or explain paths",
                                  "spillway names paths examples/impac-2003-12/deal.yaml dm_tables/A-1/");
  command->add_option("kind", options.kind, "What to list: classes (and combinations), scenarios, speeds, or paths of explain")
      ->required()->check(CLI::IsMember({"classes", "scenarios", "speeds", "paths"}));
  command->add_option("deal", options.deal, "Deal file (YAML)")->required();
  command->add_option("start", options.start, "What the names start with; of paths, one more part is listed (default: nothing)");
  command->add_option("--scenario", options.scenario, "Scenario whose speeds to list (default: all)");
  return command;
}

CLI::App* add_paths(CLI::App& app, PathsOptions& options) {
  CLI::App* command = add_command(app, "paths", "Run a deal along many rate paths: spreads over all of them, lives, losses",
                                  "spillway paths examples/impac-2003-12/deal.yaml examples/impac-2003-12/paths.csv --price 99.5");
  add_deal_options(command, options);
  command->add_option("paths", options.paths, "File of rate paths (CSV): path, date, and a column for each index in percent")->required();
  command->add_option("--scenario", options.scenario, "Scenario whose assumptions hold along every path (default: the price-DM pages', or the only one)");
  command->add_option("--to", options.to, "call or maturity")->check(CLI::IsMember({"call", "maturity"}))->capture_default_str();
  command->add_option("--speed", options.speed_percent, "Percent of the scenario's prepayment speed")
      ->check(CLI::Range(0.0, 10000.0))->check(finite())->capture_default_str();
  command->add_option("--class", options.classes, "Classes or combinations to measure (default: all)")->delimiter(',');
  command->add_option("--price", options.prices, "Prices per 100 without accrued interest: 99.5 for all classes, A-1=99.5 for one (default: the price-DM pages', or 100)")
      ->delimiter(',');
  command->add_option("--spread", options.spread_bps, "Basis points over the index to give the mean price at")
      ->check(CLI::Range(-5000.0, 20000.0))->check(finite());
  command->add_option("--index", options.index, "Index that cash is discounted on, each path's own (default: the price-DM pages', or the only one)");
  add_credit_options(command, options);
  command->add_option("--csv", options.csv, "File to write the table to as CSV");
  command->add_option("--by-path", options.by_path, "File to write a row for each path and class to, as CSV");
  command->add_option("--format", options.format, "text, csv or json")->check(CLI::IsMember({"text", "csv", "json"}))->capture_default_str();
  return command;
}

CLI::App* add_completion(CLI::App& app, std::string& shell) {
  CLI::App* command = add_command(app, "completion", "Print what makes a shell complete spillway commands",
                                  "source <(spillway completion bash)");
  command->add_option("shell", shell, "bash or zsh")->required()->check(CLI::IsMember({"bash", "zsh"}));
  return command;
}

CLI::App* add_man(CLI::App& app, ManOptions& options) {
  CLI::App* command = add_command(app, "man", "Print a manual page in roff", "spillway man book | man -l -");
  command->add_option("command", options.command, "Command the page is about (default: the main page)");
  command->add_option("--out", options.out, "Folder to write every page to");
  return command;
}

}  // namespace

CLI::App* add_command(CLI::App& app, const char* name, const char* what, const char* example) {
  CLI::App* command = app.add_subcommand(name, what);
  command->footer(std::string("Example:\n  ") + example);
  return command;
}

void add_deal_options(CLI::App* command, DealOptions& options) {
  command->add_option("deal", options.deal, "Deal file (YAML)")->required();
  add_deal_reading_options(command, options);
}

CLI::Validator finite() {
  return CLI::Validator(
      [](std::string& text) {
        return std::isfinite(std::strtod(text.c_str(), nullptr)) ? std::string() : text + " is not a finite number";
      },
      "");
}

std::vector<AddedCommand> add_more_commands(CLI::App& app, MoreOptions& options) {
  return {{add_show(app, options.show), [&] { return show(options.show); }},
          {add_new(app, options.make), [&] { return make_new(options.make); }},
          {add_tape(app, options.tape), [&] { return tape(options.tape); }},
          {add_names(app, options.names), [&] { return names(options.names); }},
          {add_paths(app, options.paths), [&] { return paths(options.paths); }},
          {add_completion(app, options.shell), [&] { return completion(describe(app), options.shell); }},
          {add_man(app, options.man), [&] { return man(describe(app), options.man); }}};
}

}  // namespace spillway::cli
