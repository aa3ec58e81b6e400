#include "spillway/io/book_reader.h"

#include <algorithm>
#include <set>

#include "spillway/io/print_pattern.h"
#include "spillway/io/yaml_values.h"

namespace spillway::embedded {
extern const char book_schema[];
}

namespace spillway::io {

namespace {

constexpr const char* kRemedy = "write the book anew with spillway book";

// JSON is read as YAML: a quoted scalar has the tag "!".
bool is_quoted(const YAML::Node& node) { return node.Tag() == "!"; }

class BookReader {
 public:
  explicit BookReader(const YamlDocument& document) : doc_(document) {}

  BookTables read() {
    made_.deal = scalar(child(doc_.root, "deal"));
    for (const auto& [name, node] : entries(child(doc_.root, "tables"))) read_table(scalar(name), node);
    return std::move(made_);
  }

  std::vector<result::Issue> issues;

 private:
  void fail(const YAML::Node& node, std::string what, std::string remedy = kRemedy) {
    issues.push_back(result::error(doc_.at(node), std::move(what), std::move(remedy)));
  }

  std::optional<table::Format> format_of(const YAML::Node& node) {
    if (!node.IsDefined() || !node.IsScalar()) return std::nullopt;
    const std::string pattern = scalar(node);
    auto format = parse_date_pattern(pattern);
    if (!format) format = parse_number_pattern(pattern);
    if (!format) fail(node, "'" + pattern + "' is no way to print a number or a date", "write it as $#,##0.00, 0.000%, YYYY-MM-DD or MMMYY");
    return format;
  }

  void read_table(const std::string& name, const YAML::Node& node) {
    table::Table& made = made_.tables.emplace_back();
    made.name = name;
    made.title = scalar(child(node, "title"));
    std::vector<std::string> names;
    for (const YAML::Node& column : items(child(node, "columns"))) {
      names.push_back(scalar(child(column, "name")));
      if (std::count(names.begin(), names.end(), names.back()) > 1) fail(column, "two columns are called " + names.back());
      made.columns.push_back({names.back(), scalar(child(column, "title")), scalar(child(column, "unit")),
                              format_of(child(column, "format")).value_or(table::text_format())});
    }
    for (const YAML::Node& row : items(child(node, "rows"))) read_row(made, names, row);
    for (const YAML::Node& total : items(child(node, "total_rows"))) {
      const auto position = whole_number(total);
      if (position && *position >= 0 && static_cast<std::size_t>(*position) < made.rows.size()) {
        made.rows[static_cast<std::size_t>(*position)].is_total = true;
      } else if (position) {
        fail(total, "the table has no row " + scalar(total), "rows count from 0");
      }
    }
    for (const auto& [column, patterns] : entries(child(node, "formats"))) read_formats(made, names, column, patterns);
  }

  void read_row(table::Table& made, const std::vector<std::string>& names, const YAML::Node& node) {
    table::Row& row = made.rows.emplace_back();
    row.cells.resize(names.size());
    std::set<std::string> given;
    for (const auto& [key, value] : entries(node)) {
      const std::string name = scalar(key);
      given.insert(name);
      const auto found = std::find(names.begin(), names.end(), name);
      if (found == names.end()) {
        fail(key, "the table has no column " + name, result::suggestion(name, names));
        continue;
      }
      const auto c = static_cast<std::size_t>(found - names.begin());
      row.cells[c] = cell(value, made.columns[c].format);
    }
    for (const std::string& name : names) {
      if (!given.contains(name)) fail(node, "the row has no " + name, "give it, or null where nothing is known");
    }
  }

  static table::Cell cell(const YAML::Node& value, const table::Format& format) {
    if (!value.IsScalar()) return {};
    const std::string text = scalar(value);
    if (!is_quoted(value)) {
      const auto number = parse_number(text);
      return number ? table::Cell(*number) : table::Cell(text);
    }
    const auto date = format.kind == table::Kind::date ? calendar::parse_date(text) : std::nullopt;
    return date ? table::Cell(*date) : table::Cell(text);
  }

  void read_formats(table::Table& made, const std::vector<std::string>& names, const YAML::Node& key, const YAML::Node& patterns) {
    const std::string name = scalar(key);
    const auto found = std::find(names.begin(), names.end(), name);
    if (found == names.end()) return fail(key, "the table has no column " + name, result::suggestion(name, names));
    const auto list = items(patterns);
    if (list.size() != made.rows.size()) return fail(key, "there are not as many formats as rows", "give one for each row, or null");
    const auto c = static_cast<std::size_t>(found - names.begin());
    for (std::size_t r = 0; r < list.size(); ++r) {
      table::Cell& cell = made.rows[r].cells[c];
      cell.format = format_of(list[r]);
      const auto* text = std::get_if<std::string>(&cell.value);
      const auto date = text && cell.format && cell.format->kind == table::Kind::date ? calendar::parse_date(*text) : std::nullopt;
      if (date) cell.value = *date;
    }
  }

  const YamlDocument& doc_;
  BookTables made_;
};

}  // namespace

result::Result<BookTables> read_book(const std::string& text, const std::string& file) {
  auto document = parse_yaml(text, file);
  for (result::Issue& issue : document.issues) {
    if (const std::size_t at = issue.what.find("not valid YAML"); at == 0) issue.what.replace(10, 4, "JSON");
  }
  if (!document.ok()) return {std::nullopt, std::move(document.issues)};
  result::append(document.issues, validate(*document, embedded::book_schema));
  BookReader reader(*document);  // departures from the schema hide none of its own findings
  BookTables made = reader.read();
  result::append(document.issues, std::move(reader.issues));
  return result::make_result(std::move(made), std::move(document.issues));
}

}  // namespace spillway::io
