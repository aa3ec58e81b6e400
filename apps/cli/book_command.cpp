#include <algorithm>
#include <cstdio>

#include "messages.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/files.h"
#include "spillway/pdf/pdf.h"
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
  if (wants("json")) files.emplace_back("book.json", report::to_json(*made));
  if (wants("csv")) {
    for (const table::Table& table : made->data_tables) {
      files.emplace_back("tables/" + table.name + ".csv", report::to_csv(table));
    }
  }
  if (wants("pdf")) {
    auto pdf = pdf::to_pdf(*made);
    print_issues(pdf.issues);
    if (!pdf.ok()) return kInputProblem;
    files.emplace_back("book.pdf", std::move(*pdf));
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
