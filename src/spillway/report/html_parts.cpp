// Text of the book made safe for the places of the page where the template's own escaping does not reach.

#include "spillway/report/html_parts.h"

#include <nlohmann/json.hpp>

namespace spillway::report {
namespace {

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

const char* kind_name(book::Chart::Kind kind) {
  switch (kind) {
    case book::Chart::Kind::line: return "line";
    case book::Chart::Kind::stacked_area: return "stacked_area";
    case book::Chart::Kind::bar: return "bar";
  }
  return "line";
}

}  // namespace

// The template library takes an empty string for true.
void set_text(TemplateData& data, const std::string& name, const std::string& text) {
  data.set(name, text.empty() ? TemplateData(false) : TemplateData(text));
}

std::string chart_json(const book::Chart& chart) {
  using Json = nlohmann::ordered_json;
  Json series = Json::array();
  for (const auto& [name, values] : chart.series) series.push_back({{"name", name}, {"values", values}});
  const Json json = {{"kind", kind_name(chart.kind)}, {"x_title", chart.x_title}, {"y_title", chart.y_title},
                     {"unit", chart.unit},            {"x", chart.x},             {"series", series}};
  return script_safe(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::string script_safe(std::string_view json) {
  // These three only occur inside strings, where the escape means the same and "</script>" ends nothing.
  std::string safe;
  safe.reserve(json.size());
  for (const char c : json) {
    switch (c) {
      case '<': safe += "\\u003c"; break;
      case '>': safe += "\\u003e"; break;
      case '&': safe += "\\u0026"; break;
      default: safe += c;
    }
  }
  return safe;
}

std::string escaped(std::string_view text) {
  std::string safe;
  safe.reserve(text.size());
  for (const char c : text) {
    switch (c) {
      case '&': safe += "&amp;"; break;
      case '<': safe += "&lt;"; break;
      case '>': safe += "&gt;"; break;
      case '"': safe += "&quot;"; break;
      case '\'': safe += "&apos;"; break;
      default: safe += c;
    }
  }
  return safe;
}

std::string css_string(std::string_view text) {
  constexpr char digits[] = "0123456789abcdef";
  std::string css = "\"";
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || c == ' ' || is_letter_or_digit(c)) {
      css += c;
    } else {
      css.append({'\\', digits[byte >> 4], digits[byte & 15], ' '});
    }
  }
  return css += '"';
}

std::string unique_id(std::string_view wanted, std::string_view fallback, std::set<std::string>& taken) {
  std::string base;
  for (const char c : wanted.empty() ? fallback : wanted) base += is_letter_or_digit(c) ? c : '-';
  std::string id = base;
  for (int n = 2; !taken.insert(id).second; ++n) id = base + "-" + std::to_string(n);
  return id;
}

}  // namespace spillway::report
