#include "spillway/io/written_tape_reader.h"

#include <algorithm>
#include <cmath>

#include "spillway/io/tape_cells.h"
#include "spillway/io/tape_texts.h"

namespace spillway::io {

namespace {

using Kind = pool::TapeField::Kind;
using profile::WrittenColumn;
using profile::WrittenTape;

// A column being filled, and where in the file it is.
struct Filled {
  SourceColumn source;
  WrittenColumn column;
  TextCoder coder;
};

void add_value(Filled& filled, std::string_view text, std::size_t row) {
  WrittenColumn& column = filled.column;
  if (column.kind == Kind::text) {
    filled.coder.append(column.texts, text);
  } else if (column.kind == Kind::number) {
    const auto number = text.empty() ? std::nullopt : number_of(filled.source, text);
    column.numbers.push_back(number.value_or(std::nan("")));
    if (!text.empty() && !number) column.unreadable.push_back({row, std::string(text)});
  } else {
    calendar::Date date{};
    const bool good = !text.empty() && read_date(filled.source, text, date);
    column.dates.push_back(good ? date : calendar::Date{});
    if (!text.empty() && !good) column.unreadable.push_back({row, std::string(text)});
  }
}

// A column of texts that are all numbers, or all dates, becomes one of them.
void settle_kind(WrittenColumn& column) {
  std::vector<double> numbers;
  std::vector<calendar::Date> dates;
  bool any = false, all_numbers = true, all_dates = true;
  for (const std::string& label : column.texts.labels) {
    const auto number = read_decimal(label);
    const auto date = calendar::parse_date(label);
    numbers.push_back(number.value_or(std::nan("")));
    dates.push_back(date.value_or(calendar::Date{}));
    if (label.empty()) continue;
    any = true;
    all_numbers = all_numbers && number.has_value();
    all_dates = all_dates && date.has_value();
  }
  if (!any || (!all_numbers && !all_dates)) return;
  column.kind = all_numbers ? Kind::number : Kind::date;
  for (std::uint32_t code : column.texts.codes) {
    if (all_numbers) column.numbers.push_back(numbers[code]);
    else column.dates.push_back(dates[code]);
  }
  column.texts = {};
}

// The columns that the reader takes, in the order of the file, then those it does not read.
std::vector<Filled> plan(const CsvReader& csv, const std::vector<SourceColumn>& matched) {
  std::vector<Filled> columns;
  for (std::size_t position = 0; position < csv.headers().size(); ++position) {
    const auto source = std::find_if(matched.begin(), matched.end(), [&](const auto& m) { return m.position == position; });
    Filled filled;
    filled.source.position = position;
    filled.column.name = csv.headers()[position];
    if (source != matched.end()) {
      if (source->field == nullptr) continue;  // loan_id
      filled.source = *source;
      filled.column.name = std::string(source->field->name);
      filled.column.field = source->field;
      filled.column.kind = source->field->kind;
    }
    columns.push_back(std::move(filled));
  }
  return columns;
}

}  // namespace

result::Result<WrittenTape> read_written_tape(const std::string& text, const std::string& file, calendar::Date cut_off,
                                              const std::optional<TapeMapping>& mapping) {
  CsvReader csv(text, file);
  auto matched = match_columns(csv, file, mapping);
  if (csv.headers().empty() || result::has_errors(matched.issues)) {
    std::vector<result::Issue> issues = csv.issues();
    result::append(issues, std::move(matched.issues));
    return {std::nullopt, std::move(issues)};
  }
  WrittenTape tape{file, cut_off, {}, {}, {}};
  std::vector<Filled> columns = plan(csv, matched.value);
  const auto id = std::find_if(matched.value.begin(), matched.value.end(), [](const auto& m) { return m.field == nullptr; });
  while (csv.next()) {
    const std::size_t row = tape.line.size();
    tape.loan_id.push_back(id == matched.value.end() ? std::string_view{} : mapped_text(*id, csv[id->position]));
    tape.line.push_back(csv.line());
    for (Filled& filled : columns) add_value(filled, mapped_text(filled.source, csv[filled.source.position]), row);
  }
  for (Filled& filled : columns) {
    if (filled.column.field == nullptr) settle_kind(filled.column);
    tape.columns.push_back(std::move(filled.column));
  }
  std::vector<result::Issue> issues = csv.issues();  // rows of another width
  for (result::Issue& issue : issues) issue.severity = result::Severity::warning;
  if (tape.size() == 0) issues.push_back(result::error({file, 0, 0}, "the tape has no loans", "give it a row for every loan"));
  return result::make_result(std::move(tape), std::move(issues));
}

}  // namespace spillway::io
