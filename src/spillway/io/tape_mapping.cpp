// Mapping files: `read_tape_mapping` of tape_reader.h.

#include "spillway/io/tape_reader.h"
#include "spillway/io/yaml_document.h"

namespace spillway::embedded {
extern const char tape_mapping_schema[];
extern const unsigned long tape_mapping_schema_size;
}  // namespace spillway::embedded

namespace spillway::io {

namespace {

std::vector<std::string> field_names() {
  std::vector<std::string> names{"loan_id"};
  for (const pool::TapeField& field : pool::tape_fields()) names.emplace_back(field.name);
  return names;
}

TapeMapping::Column make_column(const YAML::Node& node) {
  TapeMapping::Column column;
  if (node.IsScalar()) {
    column.from = node.Scalar();
    return column;
  }
  column.from = node["from"].Scalar();
  if (const YAML::Node scale = node["scale"]) column.scale = parse_number(scale.Scalar()).value_or(1.0);
  if (const YAML::Node format = node["date_format"]) column.date_format = format.Scalar();
  if (const YAML::Node values = node["values"]) {
    for (const auto& entry : values) {
      const bool blank = entry.second.IsNull();
      column.values.emplace_back(entry.first.Scalar(), blank ? "" : entry.second.Scalar());
    }
  }
  return column;
}

void check_kind(const YamlDocument& document, const YAML::Node& node, const std::string& name,
                std::vector<result::Issue>& issues) {
  const pool::TapeField* field = pool::find_tape_field(name);
  const auto kind = field != nullptr ? field->kind : pool::TapeField::Kind::text;
  if (!node.IsMap()) return;
  if (const YAML::Node scale = node["scale"]; scale && kind != pool::TapeField::Kind::number) {
    issues.push_back(result::error(document.at(scale), name + " is not a number and has no scale", "take scale out"));
  }
  if (const YAML::Node format = node["date_format"]; format && kind != pool::TapeField::Kind::date) {
    issues.push_back(result::error(document.at(format), name + " is not a date and has no date format",
                                   "take date_format out"));
  }
}

}  // namespace

result::Result<TapeMapping> read_tape_mapping(const std::string& text, const std::string& file) {
  auto document = read_yaml(text, file, {embedded::tape_mapping_schema, embedded::tape_mapping_schema_size});
  if (!document.ok()) return {std::nullopt, std::move(document.issues)};
  const YAML::Node& root = document->root;
  const YAML::Node columns = root["columns"];
  TapeMapping mapping;
  std::vector<result::Issue> issues = std::move(document.issues);
  const std::vector<std::string> names = field_names();
  for (const auto& entry : columns) {
    const std::string& name = entry.first.Scalar();
    if (name != "loan_id" && pool::find_tape_field(name) == nullptr) {
      issues.push_back(result::error(document->at(entry.first), "Spillway's tape has no column " + name,
                                     result::suggestion(name, names)));
    }
    check_kind(*document, entry.second, name, issues);
    TapeMapping::Column column = make_column(entry.second);
    column.field = name;
    column.where = document->at(entry.second);
    mapping.columns.push_back(std::move(column));
  }
  return result::make_result(std::move(mapping), std::move(issues));
}

}  // namespace spillway::io
