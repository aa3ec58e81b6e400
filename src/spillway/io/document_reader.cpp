#include "spillway/io/scenario_reader.h"
#include "spillway/io/yaml_values.h"

namespace spillway::embedded {
extern const char document_schema[];
}

namespace spillway::io {

result::Result<book::DocumentText> read_document(const std::string& text, const std::string& file) {
  auto document = read_yaml(text, file, embedded::document_schema);
  if (!document.ok()) return {std::nullopt, std::move(document.issues)};
  const YAML::Node& root = document->root;
  book::DocumentText made;
  made.headline = scalar(child(root, "headline"));
  made.subtitle = scalar(child(root, "subtitle"));
  made.date_prepared = scalar(child(root, "date_prepared"));
  for (const auto& party : entries(child(root, "parties"))) {
    made.parties.emplace_back(scalar(party.first), scalar(party.second));
  }
  made.notices = strings(child(root, "notices"));
  made.page_legend = scalar(child(root, "page_legend"));
  for (const auto& term : entries(child(root, "terms"))) {
    made.terms.push_back({scalar(term.first), strings(term.second)});
  }
  made.class_notes = strings(child(root, "class_notes"));
  made.available_rate_notes = strings(child(root, "available_rate_notes"));
  made.collateral_title = scalar(child(root, "collateral_title"));
  return {std::move(made), std::move(document.issues)};
}

}  // namespace spillway::io
