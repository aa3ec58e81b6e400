#include <algorithm>

#include "spillway/report/explanation_report.h"
#include "spillway/report/report.h"

namespace spillway::report {

namespace {

using explain::Explanation;
using explain::Rule;

constexpr std::size_t kNameWidth = 46, kValueWidth = 22;

std::string shown(const table::Cell& cell) { return table::format_cell(cell, {"", "", "", table::number_format(6)}, table::Style::print); }

std::string spaces(std::size_t count) { return std::string(count, ' '); }

// How the value follows from what stands below it.
std::string rule_words(const Explanation& e) {
  std::string factor;
  if (e.factor != 1.0) factor = shown({e.factor, table::number_format(e.factor == static_cast<double>(static_cast<long>(e.factor)) ? 0 : 8)}) + " x ";
  if (e.parts.size() == 1 && (e.rule == Rule::sum || e.rule == Rule::product)) return factor.empty() ? "the same as" : factor.substr(0, factor.size() - 1);
  switch (e.rule) {
    case Rule::given: return {};
    case Rule::sum: return factor + "the sum of";
    case Rule::quotient: return factor + "the first over the second of";
    case Rule::product: return factor + "the product of";
    case Rule::power: return factor + "the first to the power of the second of";
    case Rule::smallest: return factor + "the smallest of";
    case Rule::largest: return factor + "the largest of";
    case Rule::column: return {};
    case Rule::formula: return e.parts.empty() ? std::string() : "with";
    case Rule::solved: return "what makes equal";
    case Rule::highest: return "the highest at which the first is at most the second; just above it is the third";
    case Rule::printed: return "in whole percents, * for more than 0 and less than a half, of";
  }
  return {};
}

std::string indented(const std::string& text, std::size_t indent) {
  std::string made = spaces(indent);
  for (char c : text) {
    made += c;
    if (c == '\n') made += spaces(indent);
  }
  made.erase(made.find_last_not_of(' ') + 1);
  return made;
}

class Writer {
 public:
  std::string run(const Explanation& e) {
    add(e, 0, true);
    return std::move(text_);
  }

 private:
  void line(std::size_t indent, const std::string& text) { text_ += spaces(indent) + text + "\n"; }

  // "name ....  value unit", the source at the end of short lines.
  void headline(const Explanation& e, std::size_t indent, const std::string& name) {
    std::string text = spaces(indent) + name;
    const bool says_unit = e.unit.empty() || e.value.empty() || shown(e.value).find('$') != std::string::npos;
    const std::string value = shown(e.value) + (says_unit ? "" : " " + e.unit);
    if (!value.empty()) {
      const std::string number = shown(e.value);
      const std::size_t used = text.size() + number.size();
      text += spaces(used + 2 <= kNameWidth + kValueWidth ? kNameWidth + kValueWidth - used : 2) + value;
    }
    text_ += text + "\n";
  }

  void add(const Explanation& e, std::size_t indent, bool with_title) {
    if (with_title) {
      if (indent == 0) line(0, e.name);
      headline(e, indent, e.title.empty() ? e.name : e.title);
    } else {
      headline(e, indent, e.name);
      if (!e.title.empty()) line(indent + 2, e.title);
    }
    if (!e.words.empty()) line(indent + 2, e.words);
    if (!e.formula.empty()) line(indent + 2, e.formula);
    if (!e.filled.empty()) line(indent + 2, "= " + e.filled);
    if (!e.source.empty()) line(indent + 2, "[" + e.source + "]");
    const std::string rule = rule_words(e);
    if (!rule.empty() && !e.parts.empty()) line(indent + 2, rule);
    for (const Explanation& part : e.parts) add(part, indent + 4, false);
    if (e.lines) text_ += "\n" + indented(to_text(*e.lines), indent + 2) + "\n";
    for (const Explanation& next : e.behind) {
      text_ += "\n";
      add(next, indent + 2, true);
    }
  }

  std::string text_;
};

}  // namespace

std::string to_text(const Explanation& explanation) { return Writer().run(explanation); }

}  // namespace spillway::report
