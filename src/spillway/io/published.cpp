#include "spillway/io/published.h"

#include "spillway/io/csv_reader.h"
#include "spillway/io/files.h"

namespace spillway::io {

namespace {

namespace fs = std::filesystem;

tieout::PublishedTable read_table(const std::string& text, const std::string& file, std::vector<result::Issue>& issues) {
  CsvReader csv(text, file);
  tieout::PublishedTable made{file, csv.headers(), {}, {}};
  while (csv.next()) {
    std::vector<std::string> row;
    for (std::size_t c = 0; c < csv.headers().size(); ++c) row.emplace_back(csv[c]);
    made.rows.push_back(std::move(row));
    made.lines.push_back(csv.line());
  }
  result::append(issues, csv.issues());
  return made;
}

void read_corrections(const std::string& text, const std::string& file, PublishedRecord& record,
                      std::vector<result::Issue>& issues) {
  CsvReader csv(text, file);
  const char* names[] = {"table", "label", "column", "printed", "proposed", "evidence"};
  std::size_t at[6] = {};
  for (std::size_t i = 0; i < 6; ++i) {
    const auto found = csv.position(names[i]);
    if (!found) {
      issues.push_back(result::error({file, 1, 0}, std::string("the column ") + names[i] + " is missing",
                                     result::suggestion(names[i], csv.headers())));
      return;
    }
    at[i] = *found;
  }
  while (csv.next()) {
    const auto field = [&](std::size_t i) { return std::string(csv[at[i]]); };
    record.corrections.push_back({field(0), field(1), field(2), field(3), field(4), field(5)});
  }
}

}  // namespace

result::Result<PublishedRecord> read_published(const fs::path& folder) {
  PublishedRecord record;
  std::vector<result::Issue> issues;
  for (const tieout::Record& known : tieout::records()) {
    const fs::path path = folder / (known.published + ".csv");
    if (!fs::exists(path)) continue;
    auto text = read_file(path);
    result::append(issues, std::move(text.issues));
    if (text.ok()) record.tables.emplace_back(known, read_table(*text, path.filename().string(), issues));
  }
  if (const fs::path path = folder / "corrections.csv"; fs::exists(path)) {
    auto text = read_file(path);
    result::append(issues, std::move(text.issues));
    if (text.ok()) read_corrections(*text, path.filename().string(), record, issues);
  }
  if (record.tables.empty() && !result::has_errors(issues)) {
    issues.push_back(result::error({folder.string(), 0, 0}, "the folder holds no published table",
                                   "name the folder under 'published' in the deal file, or with --published"));
  }
  return result::make_result(std::move(record), std::move(issues));
}

}  // namespace spillway::io
