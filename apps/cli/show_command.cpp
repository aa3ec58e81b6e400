#include <algorithm>
#include <cstdio>
#include <filesystem>

#include "messages.h"
#include "spillway/book/known_tables.h"
#include "spillway/engine/run_book.h"
#include "spillway/report/report.h"
#include "spillway/table/selection.h"
#include "terminal.h"
#include "written_book.h"

namespace spillway::cli {

namespace {

using Tables = std::vector<table::Table>;

// The deal or book that the command means: the one named, or what lies in the current folder.
std::string source_of(const std::string& named) {
  if (!named.empty()) return named;
  if (std::filesystem::exists("deal.yaml")) return "deal.yaml";
  return is_written_book(".") ? "." : is_written_book("book") ? "book" : "";
}

std::optional<Tables> tables_of(const ShowOptions& options, const std::string& source) {
  if (std::filesystem::is_directory(source)) {
    if (!is_written_book(source)) {
      const std::filesystem::path deal = std::filesystem::path(source) / "deal.yaml";
      print_issues({result::error({source, 0, 0}, "the folder holds no book",
                                  std::filesystem::exists(deal) ? "name the deal in it, " + deal.string()
                                                                : "name a folder that spillway book wrote, or a deal file")});
      return std::nullopt;
    }
    auto read = read_written_book(source);
    print_issues(read.issues);
    return std::move(read.value);
  }
  DealOptions deal = options;
  deal.deal = source;
  const io::Loaded loaded = load(deal, io::TapeUse::book);
  if (!loaded.inputs) return std::nullopt;
  auto made = engine::run_book(*loaded.inputs, {options.threads, false});
  print_issues(made.issues);
  if (!made.ok()) return std::nullopt;
  return std::move(made->data_tables);
}

int print(const ShowOptions& options, const table::Table& table) {
  const std::string text = options.format == "csv"    ? report::to_csv(table)
                           : options.format == "json" ? report::to_json(table)
                                                      : report::to_text(table, layout_of(options.color, options.wide));
  std::fwrite(text.data(), 1, text.size(), stdout);
  return kDone;
}

int print_list(const ShowOptions& options, const Tables& tables) {
  table::Table list{"tables", {}, {}, {}, {}, {}};
  list.columns = {{"table", "Table", "", table::text_format()},
                  {"title", "Title", "", table::text_format()},
                  {"rows", "Rows", "", table::integer_format()},
                  {"columns", "Columns", "", table::integer_format()}};
  for (const table::Table& table : tables) {
    list.rows.push_back({{table.name, table.title, static_cast<std::int64_t>(table.rows.size()),
                          static_cast<std::int64_t>(table.columns.size())}, false});
  }
  return print(options, list);
}

int print_known(const ShowOptions& options) {
  table::Table list{"tables", {}, {}, {{"table", "Table", "", table::text_format()}, {"what", "What", "", table::text_format()}}, {}, {}};
  for (const book::KnownTable& known : book::known_tables()) {
    list.rows.push_back({{std::string(known.name), std::string(known.what)}, false});
  }
  return print(options, list);
}

// The options that pick rows and columns; a condition that is none is an issue.
std::optional<table::Selection> selection_of(const ShowOptions& options) {
  table::Selection selection;
  selection.columns = options.columns;
  if (options.rows >= 0) selection.most_rows = static_cast<std::size_t>(options.rows);
  std::vector<result::Issue> issues;
  for (const std::string& text : options.conditions) {
    if (auto condition = table::read_condition(text)) {
      selection.conditions.push_back(std::move(*condition));
    } else {
      issues.push_back(result::error({"--where", 0, 0}, "'" + text + "' is no condition", "write COLUMN=VALUE, as in class=A-1, or != < <= > >="));
    }
  }
  print_issues(issues);
  if (!issues.empty()) return std::nullopt;
  return selection;
}

int show_table(const ShowOptions& options, const Tables& tables) {
  const auto found = std::find_if(tables.begin(), tables.end(), [&](const auto& table) { return table.name == options.table; });
  if (found == tables.end()) {
    std::vector<std::string> names;
    for (const table::Table& table : tables) names.push_back(table.name);
    const auto known = book::known_tables();
    const bool planned = std::any_of(known.begin(), known.end(), [&](const auto& table) { return table.name == options.table; });
    print_issues({result::error({}, planned ? "this book has no table " + options.table : "no table is called " + options.table,
                                planned ? result::suggestion("", names) : result::suggestion(options.table, names))});
    return kInputProblem;
  }
  const auto selection = selection_of(options);
  if (!selection) return kInputProblem;
  const auto shown = table::select(*found, *selection);
  print_issues(shown.issues);
  return shown.ok() ? print(options, *shown) : kInputProblem;
}

}  // namespace

int show(const ShowOptions& options) {
  // With --list there is no table to name: the one word is the source.
  const std::string named = options.list && options.source.empty() ? options.table : options.source;
  if (options.list && named.empty()) return print_known(options);
  if (options.table.empty()) {
    print_issues({result::error({}, "no table is named", "spillway show TABLE DEAL shows one, spillway show --list DEAL names them")});
    return kInputProblem;
  }
  const std::string source = source_of(named);
  if (source.empty()) {
    print_issues({result::error({}, "neither a deal nor a book is named, and there is no deal.yaml here",
                                "spillway show TABLE DEAL or spillway show TABLE FOLDER")});
    return kInputProblem;
  }
  const auto tables = tables_of(options, source);
  if (!tables) return kInputProblem;
  return options.list ? print_list(options, *tables) : show_table(options, *tables);
}

}  // namespace spillway::cli
