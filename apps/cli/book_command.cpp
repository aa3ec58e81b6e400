#include <algorithm>
#include <cstdio>
#include <future>

#include "messages.h"
#include "progress.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/book_reader.h"
#include "spillway/io/files.h"
#include "spillway/pdf/pdf.h"
#include "spillway/report/report.h"
#include "spillway/table/selection.h"
#include "spillway/workbook/workbook.h"
#include "terminal.h"

namespace spillway::cli {

namespace {

using Files = std::vector<std::pair<std::string, std::string>>;

// Issues instead of files if one of them cannot be made.
result::Result<Files> files_of(const book::Book& made, const BookOptions& options, const io::Loaded& loaded, ProgressLine& progress) {
  const auto wants = [&](const char* format) {
    if (std::find(options.formats.begin(), options.formats.end(), format) == options.formats.end()) return false;
    progress.start("make " + std::string(format));
    return true;
  };
  Files files;
  std::vector<result::Issue> issues;
  const auto add = [&](const char* name, result::Result<std::string> bytes) {
    if (bytes.ok()) files.emplace_back(name, std::move(*bytes));
    result::append(issues, std::move(bytes.issues));
  };
  std::future<std::string> page;  // takes as long as the tables do: beside them, if there are threads
  if (wants("html")) {
    files.emplace_back("index.html", std::string());
    page = std::async(options.threads == 1 ? std::launch::deferred : std::launch::async, [&made] { return report::to_html(made); });
    if (options.threads == 1) page.wait();
  }
  if (wants("json")) {
    files.emplace_back("book.json", report::to_json(made));
    const auto made_from = io::made_from(options.deal, loaded.files, options.out, kVersion);
    if (made_from.ok()) files.emplace_back("run.json", report::to_json(*made_from));
    result::append(issues, made_from.issues);
  }
  if (wants("csv")) {
    for (const table::Table& table : made.data_tables) files.emplace_back("tables/" + table.name + ".csv", report::to_csv(table));
  }
  if (wants("pdf")) add("book.pdf", pdf::to_pdf(made));
  if (wants("xlsx")) add("book.xlsx", workbook::to_xlsx(made));
  if (page.valid()) files.front().second = page.get();
  return result::make_result(std::move(files), std::move(issues));
}

// The main columns of the front page, on standard error: standard output lists the files.
void print_front_page(const book::Book& made) {
  const auto front = std::find_if(made.data_tables.begin(), made.data_tables.end(),
                                  [](const table::Table& table) { return table.name == "class_summary"; });
  if (front == made.data_tables.end()) return;
  table::Selection main;
  const auto has_value = [&](std::size_t c) {
    return std::any_of(front->rows.begin(), front->rows.end(), [c](const table::Row& row) {
      return !row.cells[c].empty() && row.cells[c].value != table::Value(std::string());
    });
  };
  for (const char* name : {"class", "balance", "wal_call", "wal_mat", "mdur_call", "window_call", "moodys", "sp"}) {
    if (has_value(table::column_index(*front, name))) main.columns.emplace_back(name);
  }
  auto shown = table::select(*front, main);
  result::require(shown.ok(), "the front page has other columns");
  shown->title = made.deal;
  shown->notes.clear();
  std::fprintf(stderr, "\n%s", report::to_text(*shown).c_str());
}

}  // namespace

int book(const BookOptions& options) {
  ProgressLine progress(options.quiet);
  progress.start("read inputs");
  const io::Loaded loaded = load(options, io::TapeUse::book, [&] { progress.erase(); });
  if (!loaded.inputs) return kInputProblem;
  const auto made = engine::run_book(*loaded.inputs, {options.threads, false, progress.listener()});
  if (!made.issues.empty()) progress.erase();
  print_issues(made.issues);
  if (!made.ok()) return kInputProblem;

  const auto files = files_of(*made, options, loaded, progress);
  if (!files.issues.empty()) progress.erase();
  print_issues(files.issues);
  if (!files.ok()) return kInputProblem;
  progress.start("write files");
  const auto issues = io::write_files(options.out, *files);
  if (result::has_errors(issues)) progress.erase();
  else progress.end();
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  for (const auto& [name, bytes] : *files) {
    std::printf("%s/%s  %zu bytes\n", options.out.c_str(), name.c_str(), bytes.size());
  }
  std::fflush(stdout);
  if (!options.quiet) print_front_page(*made);
  return kDone;
}

}  // namespace spillway::cli
