#include "spillway/io/yaml_document.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <map>
#include <sstream>

#include <yaml-cpp/eventhandler.h>

namespace spillway::io {

namespace {

constexpr bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Walks the tree once: duplicate keys, keys that are not text, and aliases that would never end.
class TreeCheck {
 public:
  explicit TreeCheck(const YamlDocument& document) : document_(document) {}

  std::vector<result::Issue> run() {
    visit(document_.root, 0);
    return std::move(issues_);
  }

  // The tree has no end, or none that could be walked.
  bool endless() const { return stopped_; }

 private:
  // An alias is walked wherever it stands; a file may not multiply itself beyond this.
  static constexpr int deepest = 100;
  static constexpr int most_nodes = 2'000'000;

  void visit(const YAML::Node& node, int depth) {
    if (stopped_) return;
    if (depth > deepest || ++nodes_ > most_nodes) {
      stopped_ = true;
      const char* what = depth > deepest ? "nested too deep" : "too many values once aliases are written out";
      issues_.push_back(result::error(document_.at(node), what,
                                      "check the aliases (*name): one may stand inside its own anchor (&name)"));
      return;
    }
    if (node.IsSequence()) {
      for (const YAML::Node& item : node) visit(item, depth + 1);
    } else if (node.IsMap()) {
      visit_mapping(node, depth);
    }
  }

  void visit_mapping(const YAML::Node& node, int depth) {
    std::map<std::string, int> first_line;
    for (const auto& entry : node) {
      if (!entry.first.IsScalar()) {
        issues_.push_back(result::error(document_.at(entry.first), "a key must be plain text", "put it in quotes"));
        continue;
      }
      const result::Location where = document_.at(entry.first);
      const std::string& key = entry.first.Scalar();
      const auto [known, fresh] = first_line.emplace(key, where.line);
      if (!fresh) {
        issues_.push_back(result::error(
            where, "the key " + key + " stands here twice (first on line " + std::to_string(known->second) + ")",
            "keep one of them"));
      }
      visit(entry.second, depth + 1);
    }
  }

  const YamlDocument& document_;
  std::vector<result::Issue> issues_;
  int nodes_ = 0;
  bool stopped_ = false;
};

result::Location place(const YAML::Mark& mark, const std::string& file) {
  if (mark.is_null()) return {file, 0, 0};
  return {file, mark.line + 1, mark.column + 1};
}

// Notes where each document of a file starts.
class DocumentStarts : public YAML::EventHandler {
 public:
  std::vector<YAML::Mark> starts;

  void OnDocumentStart(const YAML::Mark& mark) override { starts.push_back(mark); }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override {}
  void OnAlias(const YAML::Mark&, YAML::anchor_t) override {}
  void OnScalar(const YAML::Mark&, const std::string&, YAML::anchor_t, const std::string&) override {}
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnSequenceEnd() override {}
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {}
  void OnMapEnd() override {}
};

// Where a second document starts. Not YAML::LoadAll: on a line indented less than the first it makes documents forever.
std::optional<YAML::Mark> second_document(const std::string& text) {
  std::istringstream in{text};
  YAML::Parser parser{in};
  DocumentStarts documents;
  if (!parser.HandleNextDocument(documents) || !parser.HandleNextDocument(documents)) return std::nullopt;
  return documents.starts.back();
}

}  // namespace

result::Location YamlDocument::at(const YAML::Node& node) const { return place(node.Mark(), file); }

result::Result<YamlDocument> parse_yaml(const std::string& text, const std::string& file) {
  YamlDocument document{file, {}};
  try {
    if (const auto second = second_document(text)) {
      return {std::nullopt, {result::error(place(*second, file), "the file holds more than one document",
                                           "take out the line ---, and start every key of the top at the margin")}};
    }
    document.root.reset(YAML::Load(text));
    TreeCheck check{document};
    std::vector<result::Issue> issues = check.run();
    if (check.endless()) return {std::nullopt, std::move(issues)};
    return {std::move(document), std::move(issues)};
  } catch (const YAML::Exception& fault) {
    return {std::nullopt, {result::error(place(fault.mark, file), "not valid YAML: " + fault.msg,
                                         "check the indentation, brackets and quotes here and on the line above")}};
  }
}

YamlDocument parse_own(std::string_view text, const std::string& file) { return {file, YAML::Load(std::string{text})}; }

std::optional<double> parse_number(std::string_view text) {
  if (!text.empty() && text.front() == '+') {
    text.remove_prefix(1);
    if (text.empty() || text.front() == '-') return std::nullopt;
  }
  std::string digits;
  digits.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] != '_') {
      digits += text[i];
    } else if (i == 0 || i + 1 == text.size() || !is_digit(text[i - 1]) || !is_digit(text[i + 1])) {
      return std::nullopt;  // an underscore stands between digits only
    }
  }
  double value = 0;
  const char* end = digits.data() + digits.size();
  const auto [stop, failed] = std::from_chars(digits.data(), end, value);
  if (failed != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

std::optional<double> parse_percent(std::string_view text) {
  if (text.empty() || text.back() != '%') return std::nullopt;
  text.remove_suffix(1);
  if (text.find_first_of("eE") != text.npos || text.empty() || !(is_digit(text.back()) || text.back() == '.')) {
    return std::nullopt;
  }
  // The exponent moves the decimal point: 0.35% is read as 0.35e-2, exactly what 0.0035 is read as.
  return parse_number(std::string{text} + "e-2");
}

}  // namespace spillway::io
