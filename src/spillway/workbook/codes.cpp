#include "spillway/workbook/codes.h"

#include <algorithm>
#include <charconv>
#include <chrono>

namespace spillway::workbook {

namespace {

constexpr std::size_t kLongestText = 32767, kLongestSheetName = 31, kLongestDefinedName = 200;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

std::string literal(const std::string& text) { return text.empty() ? "" : '"' + text + '"'; }

// Bytes of the UTF-8 character at the front of `text`; 0 if it is none.
std::size_t character_length(std::string_view text) {
  const auto lead = static_cast<unsigned char>(text.front());
  if (lead < 0x80) return 1;
  const std::size_t length = lead >= 0xC2 && lead < 0xE0 ? 2 : (lead & 0xF0) == 0xE0 ? 3 : lead >= 0xF0 && lead < 0xF5 ? 4 : 0;
  if (length == 0 || text.size() < length) return 0;
  for (std::size_t i = 1; i < length; ++i) {
    if ((static_cast<unsigned char>(text[i]) & 0xC0) != 0x80) return 0;
  }
  const auto second = static_cast<unsigned char>(text[1]);
  const bool is_bad = (lead == 0xE0 && second < 0xA0) || (lead == 0xED && second > 0x9F) || (lead == 0xF0 && second < 0x90) ||
                      (lead == 0xF4 && second > 0x8F) || (lead == 0xEF && second == 0xBF && static_cast<unsigned char>(text[2]) > 0xBD);
  return is_bad ? 0 : length;
}

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return text;
}

// The first `most` characters.
std::string cut(const std::string& text, std::size_t most) {
  std::string_view rest = text;
  std::size_t bytes = 0;
  for (std::size_t n = 0; n < most && !rest.empty(); ++n) {
    const std::size_t length = std::max<std::size_t>(1, character_length(rest));
    bytes += length;
    rest.remove_prefix(length);
  }
  return text.substr(0, bytes);
}

// The same, without a word cut off.
std::string cut_at_word(const std::string& text, std::size_t most) {
  const std::string start = cut(text, most);
  if (start.size() == text.size() || text[start.size()] == ' ') return start;
  const std::size_t space = start.rfind(' ');
  return space == std::string::npos || space < start.size() / 2 ? start : start.substr(0, space);
}

std::string trimmed(std::string text) {
  const auto is_edge = [](char c) { return c == ' ' || c == '\''; };
  while (!text.empty() && is_edge(text.back())) text.pop_back();
  while (!text.empty() && is_edge(text.front())) text.erase(0, 1);
  return text;
}

}  // namespace

std::string format_code(const table::Format& format) {
  if (format.kind == table::Kind::date) return format.month_slash_year ? "mm/yy" : format.month_only ? "mmmyy" : "yyyy-mm-dd";
  if (format.kind == table::Kind::text) return "General";
  std::string code = literal(format.prefix) + (format.thousands ? "#,##0" : "0");
  if (format.decimals > 0) code += '.' + std::string(static_cast<std::size_t>(format.decimals), '0');
  return code + literal(format.suffix);
}

double serial_date(calendar::Date date) {
  return static_cast<double>(calendar::days_between(calendar::make_date(1899, 12, 30), date));
}

std::string clean_text(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const std::size_t length = character_length(text);
    const std::string_view character = length > 0 ? text.substr(0, length) : std::string_view("\xEF\xBF\xBD");
    if (clean.size() + character.size() > kLongestText) break;
    const bool is_control = length == 1 && static_cast<unsigned char>(text.front()) < 0x20 && text.front() != '\n' && text.front() != '\t';
    clean += is_control ? std::string_view(" ") : character;
    text.remove_prefix(std::max<std::size_t>(1, length));
  }
  return clean;
}

std::string sheet_name(std::string_view wanted, std::set<std::string>& taken) {
  std::string base;
  for (char c : clean_text(wanted)) {
    if (c == '\n' || c == '\t') c = ' ';
    if (std::string_view("[]:*?/\\").find(c) == std::string_view::npos) base += c;
  }
  base = trimmed(cut_at_word(trimmed(base), kLongestSheetName));
  if (base.empty() || lower(base) == "history") base = "Sheet";  // Excel keeps History for itself
  std::string name = base;
  for (int n = 2; !taken.insert(lower(name)).second; ++n) {
    const std::string suffix = " " + std::to_string(n);
    name = trimmed(cut(base, kLongestSheetName - suffix.size())) + suffix;
  }
  return name;
}

std::string defined_name(std::string_view wanted) {
  std::string name;
  for (char c : wanted) name += is_letter(c) || is_digit(c) || c == '_' || c == '.' ? c : '_';
  name = name.substr(0, kLongestDefinedName);
  const auto first_other = std::find_if_not(name.begin(), name.end(), is_letter);
  // A cell (A1, dm2004), a cell of the other notation (R1C1), or one letter of it.
  const bool reads_as_cell = std::all_of(first_other, name.end(), is_digit) && first_other - name.begin() <= 3;
  const std::string small = lower(name.substr(0, 2));
  const bool reads_as_row = !small.empty() && (small[0] == 'r' || small[0] == 'c') && (small.size() < 2 || is_digit(small[1]));
  if (name.empty() || !(is_letter(name[0]) || name[0] == '_') || reads_as_cell || reads_as_row) name.insert(0, "_");
  return name;
}

std::string cell_name(unsigned row, unsigned column, bool absolute) {
  std::string letters;
  for (unsigned rest = column + 1; rest > 0; rest = (rest - 1) / 26) letters.insert(0, 1, static_cast<char>('A' + (rest - 1) % 26));
  const std::string mark = absolute ? "$" : "";
  return mark + letters + mark + std::to_string(row + 1);
}

std::string quoted_sheet(const std::string& name) {
  std::string quoted = "'";
  for (char c : name) quoted += c == '\'' ? std::string("''") : std::string(1, c);
  return quoted + "'";
}

bool read_plain_number(std::string_view text, PlainNumber& number) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || digits.size() > 15 || !is_digit(digits.front()) || !is_digit(digits.back())) return false;
  if (digits.size() > 1 && digits[0] == '0' && digits[1] != '.') return false;  // a code, not a count
  const std::size_t point = digits.find('.');
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (!is_digit(digits[i]) && i != point) return false;
  }
  number.decimals = point == std::string_view::npos ? 0 : static_cast<int>(digits.size() - point - 1);
  return std::from_chars(text.data(), text.data() + text.size(), number.value).ec == std::errc();
}

}  // namespace spillway::workbook
