#include "written_book.h"

#include <algorithm>

#include "spillway/io/csv_table.h"
#include "spillway/io/files.h"
#include "spillway/report/read_json.h"

namespace spillway::cli {

namespace {

namespace fs = std::filesystem;
using Tables = std::vector<table::Table>;

std::vector<fs::path> csv_files(const fs::path& folder) {
  std::vector<fs::path> files;
  std::error_code none;
  for (const auto& entry : fs::directory_iterator(folder / "tables", none)) {
    if (entry.path().extension() == ".csv") files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// Titles, units and total rows of the same table in book.json; a table of another shape is left as it is.
void dress(table::Table& plain, const table::Table& full) {
  if (plain.columns.size() != full.columns.size() || plain.rows.size() != full.rows.size()) return;
  plain.title = full.title;
  for (std::size_t c = 0; c < plain.columns.size(); ++c) {
    plain.columns[c].title = full.columns[c].title;
    plain.columns[c].unit = full.columns[c].unit;
  }
  for (std::size_t r = 0; r < plain.rows.size(); ++r) {
    plain.rows[r].is_total = full.rows[r].is_total;
    for (std::size_t c = 0; c < plain.columns.size(); ++c) {
      if (plain.columns[c].unit == "dollars" && plain.rows[r].cells[c].format) plain.rows[r].cells[c].format->thousands = true;
    }
  }
}

result::Result<Tables> read_csv_tables(const std::vector<fs::path>& files) {
  Tables tables;
  std::vector<result::Issue> issues;
  for (const fs::path& file : files) {
    auto text = io::read_file(file);
    result::append(issues, std::move(text.issues));
    if (!text.ok()) continue;
    auto read = io::read_csv_table(*text, file.string(), file.stem().string());
    result::append(issues, std::move(read.issues));
    if (read.ok()) tables.push_back(std::move(*read));
  }
  return result::make_result(std::move(tables), std::move(issues));
}

result::Result<Tables> read_json_tables(const fs::path& file) {
  auto text = io::read_file(file);
  if (!text.ok()) return {std::nullopt, std::move(text.issues)};
  return report::tables_from_json(*text, file.string());
}

// As many of `tables` as `order` names, in its order, then the others.
Tables in_order_of(const Tables& order, Tables tables) {
  const auto place = [&](const table::Table& table) {
    return std::find_if(order.begin(), order.end(), [&](const auto& other) { return other.name == table.name; }) - order.begin();
  };
  std::stable_sort(tables.begin(), tables.end(), [&](const auto& a, const auto& b) { return place(a) < place(b); });
  return tables;
}

}  // namespace

bool is_written_book(const fs::path& folder) {
  return fs::is_directory(folder) && (fs::exists(folder / "book.json") || !csv_files(folder).empty());
}

result::Result<Tables> read_written_book(const fs::path& folder, bool full_precision) {
  const std::vector<fs::path> files = csv_files(folder);
  const bool has_json = fs::exists(folder / "book.json");
  if (has_json && (full_precision || files.empty())) return read_json_tables(folder / "book.json");
  auto tables = read_csv_tables(files);
  if (!tables.ok() || !has_json) return tables;
  auto full = read_json_tables(folder / "book.json");
  result::append(tables.issues, std::move(full.issues));
  if (!full.ok()) return {std::nullopt, std::move(tables.issues)};
  for (table::Table& table : *tables) {
    const auto same = std::find_if(full->begin(), full->end(), [&](const auto& other) { return other.name == table.name; });
    if (same != full->end()) dress(table, *same);
  }
  return {in_order_of(*full, std::move(*tables)), std::move(tables.issues)};
}

}  // namespace spillway::cli
