#include <algorithm>
#include <cstdio>

#include "messages.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/book_reader.h"
#include "spillway/io/files.h"
#include "spillway/report/report.h"

namespace spillway::cli {

int book(const BookOptions& options) {
  const io::Loaded loaded = load(options, true);
  if (!loaded.inputs) return kInputProblem;
  const auto made = engine::run_book(*loaded.inputs, {options.threads, false});
  print_issues(made.issues);
  if (!made.ok()) return kInputProblem;

  const auto wants = [&](const char* format) {
    return std::find(options.formats.begin(), options.formats.end(), format) != options.formats.end();
  };
  std::vector<std::pair<std::string, std::string>> files;
  if (wants("html")) files.emplace_back("index.html", report::to_html(*made));
  if (wants("json")) {
    const auto made_from = io::made_from(options.deal, loaded.files, options.out, kVersion);
    print_issues(made_from.issues);
    if (!made_from.ok()) return kInputProblem;
    files.emplace_back("book.json", report::to_json(*made));
    files.emplace_back("run.json", report::to_json(*made_from));
  }
  if (wants("csv")) {
    for (const table::Table& table : made->data_tables) {
      files.emplace_back("tables/" + table.name + ".csv", report::to_csv(table));
    }
  }
  const auto issues = io::write_files(options.out, files);
  print_issues(issues);
  if (result::has_errors(issues)) return kInputProblem;
  for (const auto& [name, bytes] : files) {
    std::printf("%s/%s  %zu bytes\n", options.out.c_str(), name.c_str(), bytes.size());
  }
  return kDone;
}

}  // namespace spillway::cli
