#include "written_book.h"

#include <algorithm>

#include "spillway/io/book_reader.h"
#include "spillway/io/csv_table.h"
#include "spillway/io/files.h"

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

}  // namespace

bool is_written_book(const fs::path& folder) {
  return fs::is_directory(folder) && (fs::exists(folder / "book.json") || !csv_files(folder).empty());
}

result::Result<Tables> read_written_book(const fs::path& folder) {
  if (!fs::exists(folder / "book.json")) return read_csv_tables(csv_files(folder));
  const fs::path file = folder / "book.json";
  auto text = io::read_file(file);
  if (!text.ok()) return {std::nullopt, std::move(text.issues)};
  auto made = io::read_book(*text, file.string());
  if (!made.ok()) return {std::nullopt, std::move(made.issues)};
  return {std::move(made->tables), std::move(made.issues)};
}

}  // namespace spillway::cli
