#include <algorithm>
#include <cstdio>

#include "compare_sides.h"
#include "messages.h"
#include "spillway/compare/compare_tables.h"
#include "spillway/io/files.h"
#include "spillway/report/report.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

using Tables = std::vector<table::Table>;

// What the command found.
struct Findings {
  std::optional<compare::Comparison> cells;
  std::optional<compare::Attribution> attribution;
  std::vector<std::string> notes;
};

constexpr std::size_t kListed = 10;  // cells of a table in the text, unless more are asked for

const char* const kReading =
    "in order: what a part changes when it is taken from B after the parts left of it; these add up to B - A.\n"
    "first, last: the same with all else of A, and with all else of B; shown where it is another number.\n"
    "The order matters: --order takes another.\n";

// Only the tables asked for; names that neither book has are problems.
void choose_tables(const std::vector<std::string>& wanted, BookSide& a, BookSide& b, std::vector<result::Issue>& issues) {
  if (wanted.empty()) return;
  std::vector<std::string> known;
  for (const Tables* tables : {&a.tables, &b.tables}) {
    for (const table::Table& table : *tables) {
      if (std::find(known.begin(), known.end(), table.name) == known.end()) known.push_back(table.name);
    }
  }
  for (const std::string& name : wanted) {
    if (std::find(known.begin(), known.end(), name) != known.end()) continue;
    issues.push_back(result::error({"--table", 0, 0}, "neither book has a table " + name, result::suggestion(name, known)));
  }
  for (Tables* tables : {&a.tables, &b.tables}) {
    std::erase_if(*tables, [&](const auto& t) { return std::find(wanted.begin(), wanted.end(), t.name) == wanted.end(); });
  }
}

std::vector<compare::Ingredient> order_of(const std::vector<std::string>& names, std::vector<result::Issue>& issues) {
  std::vector<compare::Ingredient> order;
  std::vector<std::string> known;
  for (const compare::Ingredient ingredient : compare::all_ingredients()) known.emplace_back(compare::name_of(ingredient));
  for (const std::string& name : names) {
    const auto found = compare::ingredient_called(name);
    if (!found) issues.push_back(result::error({"--order", 0, 0}, "nothing to attribute to is called " + name, result::suggestion(name, known)));
    else if (std::find(order.begin(), order.end(), *found) != order.end()) issues.push_back(result::error({"--order", 0, 0}, name + " stands there twice", "name each once"));
    else order.push_back(*found);
  }
  return order;
}

void compare_cells(const CompareOptions& options, const BookSide& a, const BookSide& b, Findings& found) {
  compare::Tolerance tolerance{options.is_exact, std::nullopt};
  if (options.tolerance >= 0.0) tolerance.within = options.tolerance;
  found.cells = compare::compare_tables(a.tables, b.tables, tolerance, options.all);
}

// Warnings, and why there is no attribution, are notes; what was asked for and cannot be done is a problem.
void attribute_change(const CompareOptions& options, BookSide& a, BookSide& b, const std::vector<compare::Ingredient>& order,
                      Findings& found, std::vector<result::Issue>& problems) {
  for (BookSide* side : {&a, &b}) {
    found.notes.insert(found.notes.end(), side->notes.begin(), side->notes.end());
    for (const result::Issue& issue : side->no_run) found.notes.push_back("the attribution is left out: " + result::to_text(issue));
  }
  if (!a.run || !b.run) {
    if (options.only == "attribution") problems.push_back(result::error({}, "there is no attribution", "see why above; deal files can always be compared"));
    return;
  }
  std::optional<double> price;
  if (options.price > 0.0) price = options.price;
  auto made = compare::attribute(std::move(*a.run), std::move(*b.run), {order, options.classes, price, options.average, options.threads});
  for (result::Issue& issue : made.issues) {
    if (issue.severity == result::Severity::warning) found.notes.push_back(issue.what);
    else if (options.classes.empty() && options.only != "attribution") found.notes.push_back("the attribution is left out: " + issue.what);
    else problems.push_back(std::move(issue));
  }
  found.attribution = std::move(made.value);
}

// A line of names; none without names.
std::string listed(const char* head, const std::vector<std::string>& names) {
  std::string line;
  for (const std::string& name : names) line += (line.empty() ? head : ", ") + name;
  return line.empty() ? line : line + ".\n";
}

std::string as_text(const CompareOptions& options, const Findings& found, const std::string& a, const std::string& b) {
  std::string text = "A: " + a + "\nB: " + b + "\n";
  const auto shown = [&](const table::Table& table) { return options.out.empty() ? on_terminal(table) : report::to_text(table); };
  if (found.cells) {
    const std::size_t most = options.all || !options.tables.empty() ? 0 : kListed;
    text += "\n" + shown(compare::summary(*found.cells));
    for (const auto& table : {compare::only_in_one(*found.cells, most), compare::differences(*found.cells, most)}) {
      if (!table.rows.empty()) text += "\n" + report::to_text(table);
    }
    if (found.cells->is_same()) text += "\nThe books are equal.\n";
    if (found.cells->is_same() && found.attribution && a != b) text += "What follows compares two runs of them.\n";
  }
  if (found.attribution) {
    for (const table::Table& page : compare::attribution_pages(*found.attribution)) text += "\n" + shown(page);
    text += "\n" + listed("Unchanged: ", compare::unchanged_measures(*found.attribution));
    text += listed("Without effect on any measure: ", compare::parts_without_effect(*found.attribution)) + kReading;
    if (options.average) text += "average: the mean over all orders, likewise.\n";
  }
  return text;
}

Tables all_tables(const Findings& found) {
  Tables tables;
  if (found.cells) tables = {compare::summary(*found.cells), compare::only_in_one(*found.cells), compare::differences(*found.cells)};
  if (found.attribution) tables.push_back(compare::attribution_table(*found.attribution));
  return tables;
}

using Files = std::vector<std::pair<std::string, std::string>>;

Files files_of(const CompareOptions& options, const Findings& found, const std::string& a, const std::string& b) {
  if (options.format == "text") return {{"compare.txt", as_text(options, found, a, b)}};
  const Tables tables = all_tables(found);
  if (options.format == "json") return {{"compare.json", report::to_json({{"a", a}, {"b", b}, {"notes", found.notes}}, tables)}};
  Files files;
  for (const table::Table& table : tables) files.emplace_back(table.name + ".csv", report::to_csv(table));
  return files;
}

int write(const CompareOptions& options, const Files& files) {
  if (options.out.empty()) {
    for (std::size_t f = 0; f < files.size(); ++f) {
      if (f > 0) std::fputs("\n", stdout);
      std::fwrite(files[f].second.data(), 1, files[f].second.size(), stdout);
    }
    return kDone;
  }
  const auto issues = io::write_files(options.out, files);
  print_issues(issues);
  return result::has_errors(issues) ? kInputProblem : kDone;
}

}  // namespace

int compare(const CompareOptions& options) {
  std::vector<result::Issue> problems;
  const auto order = order_of(options.order, problems);
  BookSide a = read_side(options.a, options), b = read_side(options.b, options);
  for (BookSide* side : {&a, &b}) result::append(problems, std::move(side->problems));
  const auto can_go_on = [&] { return !a.is_refused && !b.is_refused && !result::has_errors(problems); };
  if (can_go_on() && options.only != "attribution") choose_tables(options.tables, a, b, problems);
  Findings found;
  if (can_go_on() && options.only != "attribution") compare_cells(options, a, b, found);
  if (can_go_on() && options.only != "cells") attribute_change(options, a, b, order, found, problems);
  for (const std::string& note : found.notes) std::fprintf(stderr, "note: %s\n", note.c_str());
  print_issues(problems);
  if (!can_go_on()) return kInputProblem;
  return write(options, files_of(options, found, a.label, b.label));
}

}  // namespace spillway::cli
