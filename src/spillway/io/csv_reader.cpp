#include "spillway/io/csv_reader.h"

#include <algorithm>
#include <array>
#include <bit>
#include <charconv>
#include <cmath>
#include <cstring>

#include "spillway/io/csv_marks.h"

namespace spillway::io {

namespace {

constexpr bool is_space(char c) { return c == ' ' || c == '\t' || c == '\r'; }

// Characters, not bytes: continuation bytes of UTF-8 do not count.
int characters(const char* from, const char* to) {
  const auto starts_character = [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; };
  return static_cast<int>(std::count_if(from, to, starts_character));
}

}  // namespace

CsvReader::CsvReader(std::string_view text, std::string file, bool is_last)
    : file_(std::move(file)), position_(text.data()), end_(text.data() + text.size()), row_start_(text.data()), is_last_(is_last) {
  if (text.substr(0, 2) == "\xFF\xFE" || text.substr(0, 2) == "\xFE\xFF") {
    issues_.push_back(result::error({file_, 1, 1}, "the file is UTF-16", "save it as CSV in UTF-8"));
    position_ = end_;
    return;
  }
  if (text.substr(0, 3) == "\xEF\xBB\xBF") position_ += 3;
  read_header();
}

void CsvReader::go_on(std::string_view text, bool is_last) {
  position_ = row_start_ = text.data();
  end_ = text.data() + text.size();
  is_last_ = is_last;
  is_cut_ = false;
  if (headers_.empty() && issues_.empty()) read_header();
}

void CsvReader::read_header() {
  while (headers_.empty() && position_ != end_) {
    if (!read_row()) {
      if (!is_cut_) position_ = end_;  // a row below must not pass for the header
      return;
    }
    if (is_blank()) continue;
    for (const Field& field : fields_) {
      headers_.emplace_back(field.text);
      header_locations_.push_back(locate(field.start));
    }
  }
  check_separator();
}

void CsvReader::check_separator() {
  if (headers_.size() != 1) return;
  for (const char separator : {';', '\t', '|'}) {
    if (headers_.front().find(separator) == std::string::npos) continue;
    const std::string name = separator == '\t' ? "tabs" : std::string{"\""} + separator + '"';
    issues_.push_back(result::error(header_locations_.front(),
                                    "the fields are separated by " + name + ", not by commas",
                                    "save the file with commas between the fields"));
    position_ = end_;
    return;
  }
}

std::optional<std::size_t> CsvReader::position(std::string_view header) const {
  const auto found = std::find(headers_.begin(), headers_.end(), header);
  if (found == headers_.end()) return std::nullopt;
  return static_cast<std::size_t>(found - headers_.begin());
}

result::Location CsvReader::header_location(std::size_t column) const { return header_locations_[column]; }

result::Location CsvReader::location(std::size_t column) const { return locate(fields_[column].start); }

result::Location CsvReader::locate(const char* at) const {
  int line = row_line_;
  const char* line_start = row_start_;
  for (const char* c = row_start_; c != at; ++c) {
    if (*c != '\n') continue;
    ++line;
    line_start = c + 1;
  }
  return {file_, line, 1 + characters(line_start, at)};
}

bool CsvReader::next() {
  while (position_ != end_ && !is_cut_) {
    if (read_row() && !is_blank() && has_right_width()) return true;
  }
  return false;
}

bool CsvReader::is_blank() const {
  return std::all_of(fields_.begin(), fields_.end(), [](const Field& f) { return f.text.empty(); });
}

bool CsvReader::has_right_width() {
  const std::size_t wanted = headers_.size();
  if (fields_.size() == wanted) return true;
  const bool long_row = fields_.size() > wanted;
  issues_.push_back(result::error(
      locate(long_row ? fields_[wanted].start : row_start_),
      "the row has " + std::to_string(fields_.size()) + " fields, the header has " + std::to_string(wanted),
      long_row ? "put text that holds a comma in double quotes" : "give every column a field, blank where unknown"));
  return false;
}

// Reads one row into fields_; false if its quotes are broken (then the row is reported and passed over).
bool CsvReader::read_row() {
  fields_.clear();
  unescaped_.clear();
  row_start_ = position_;
  row_line_ = next_line_;
  return read_plain_row() || read_row_with_quotes();
}

// Reads a row without quotes, the usual kind. Gives up, and changes nothing, at the first quote.
bool CsvReader::read_plain_row() {
  const char* start = position_;
  for (const char* block = position_;; block += csv_block) {
    const auto left = static_cast<std::size_t>(end_ - block);
    std::uint64_t marks = left >= csv_block ? csv_marks(block) : csv_marks_of_end(block, left);
    for (; marks != 0; marks &= marks - 1) {
      const char* mark = block + std::countr_zero(marks);
      if (*mark == '"') {
        fields_.clear();
        return false;
      }
      add_unquoted(start, mark);
      start = mark + 1;
      if (*mark != '\n') continue;
      position_ = start;
      ++next_line_;
      return true;
    }
    if (left <= csv_block) break;
  }
  add_unquoted(start, end_);
  position_ = end_;
  return true;
}

void CsvReader::add_unquoted(const char* first, const char* last) {
  while (first != last && (*first == ' ' || *first == '\t')) ++first;
  while (last != first && is_space(last[-1])) --last;
  fields_.push_back({{first, static_cast<std::size_t>(last - first)}, first});
}

bool CsvReader::read_row_with_quotes() {
  for (;;) {
    while (position_ != end_ && (*position_ == ' ' || *position_ == '\t')) ++position_;
    if (position_ != end_ && *position_ == '"') {
      const char* opening = position_;
      if (const char* fault = read_quoted()) {
        const bool open = fault == end_;
        if (open && !is_last_) {
          is_cut_ = true;
          position_ = row_start_;
          next_line_ = row_line_;
          return false;
        }
        issues_.push_back(result::error(locate(open ? opening : fault),
                                        open ? "a quoted field is never closed" : "text follows a closing quote",
                                        "write a quote inside a quoted field twice: \"\""));
        skip_line();
        return false;
      }
    } else {
      read_unquoted();
    }
    if (position_ == end_) return true;
    if (*position_++ == '\n') {
      ++next_line_;
      return true;
    }
  }
}

// Leaves position_ on the comma, line end or end of text after the field.
void CsvReader::read_unquoted() {
  const char* start = position_;
  while (position_ != end_ && *position_ != ',' && *position_ != '\n') ++position_;
  add_unquoted(start, position_);
}

// As read_unquoted. Returns the place of a fault, or null: end_ if the quote is never closed.
const char* CsvReader::read_quoted() {
  const char* opening = position_;
  const char* start = opening + 1;
  bool doubled = false;
  int breaks = 0;
  const char* p = start;
  for (; p != end_; ++p) {
    if (*p == '\n') ++breaks;
    if (*p != '"') continue;
    if (p + 1 == end_ || p[1] != '"') break;
    doubled = true;
    ++p;
  }
  if (p == end_) return end_;
  next_line_ += breaks;
  std::string_view text{start, static_cast<std::size_t>(p - start)};
  if (doubled) {
    std::string plain;
    for (std::size_t i = 0; i < text.size(); ++i) {
      plain += text[i];
      if (text[i] == '"') ++i;
    }
    text = unescaped_.emplace_back(std::move(plain));
  }
  fields_.push_back({text, opening});
  position_ = p + 1;
  while (position_ != end_ && is_space(*position_)) ++position_;
  return position_ == end_ || *position_ == ',' || *position_ == '\n' ? nullptr : position_;
}

void CsvReader::skip_line() {
  const void* found = std::memchr(position_, '\n', static_cast<std::size_t>(end_ - position_));
  if (found == nullptr) {
    position_ = end_;
    return;
  }
  position_ = static_cast<const char*>(found) + 1;
  ++next_line_;
}

namespace {

constexpr std::array<double, 16> powers_of_ten{1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                               1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15};

constexpr unsigned digit(char c) { return static_cast<unsigned>(static_cast<unsigned char>(c)) - '0'; }

// Reads "123" and "123.45" of up to 15 digits, the usual kind: both parts of digits / 10^decimals are then exact, so
// that the one division rounds as it should. Empty for anything else.
std::optional<double> read_short_decimal(std::string_view text) {
  if (text.empty() || text.size() > 16) return std::nullopt;
  const char* p = text.data();
  const char* end = p + text.size();
  std::uint64_t digits = 0;
  const char* start = p;
  while (p != end && digit(*p) < 10) digits = digits * 10 + digit(*p++);
  const auto before = p - start;
  if (p == end) return before < 16 ? std::optional{static_cast<double>(digits)} : std::nullopt;
  if (*p != '.' || before == 0) return std::nullopt;
  start = ++p;
  while (p != end && digit(*p) < 10) digits = digits * 10 + digit(*p++);
  if (p != end || p == start) return std::nullopt;
  return static_cast<double>(digits) / powers_of_ten[static_cast<std::size_t>(p - start)];
}

}  // namespace

std::optional<double> read_decimal(std::string_view text) {
  if (const auto number = read_short_decimal(text)) return number;
  double value = 0;
  const char* end = text.data() + text.size();
  const auto [stop, failed] = std::from_chars(text.data(), end, value);
  if (failed != std::errc{} || stop != end || !std::isfinite(value)) return std::nullopt;
  return value;
}

}  // namespace spillway::io
