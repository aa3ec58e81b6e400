#include "spillway/profile/findings.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <map>

#include "spillway/profile/doubts.h"

namespace spillway::profile {

namespace {

using Kind = pool::TapeField::Kind;

bool is_number_text(const std::string& text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

// The values that are there but no number or date; of dates, those that are numbers apart.
void find_bad_values(const WrittenColumn& column, std::size_t position, std::vector<Finding>& findings, Doubts& doubts) {
  Finding bad{column.kind == Kind::date ? "not_a_date" : "not_a_number",
              column.kind == Kind::date ? "Not a date" : "Not a number", column.name, {}};
  Finding numbers{"date_as_number", "Date written as a number", column.name, {}};
  for (const WrittenColumn::Unreadable& cell : column.unreadable) {
    Finding& finding = column.kind == Kind::date && is_number_text(cell.text) ? numbers : bad;
    finding.loans.push_back({cell.row, column.name + " \"" + cell.text + '"'});
    doubts.add(position, cell.row);
  }
  for (Finding* finding : {&bad, &numbers}) {
    if (!finding->loans.empty()) findings.push_back(std::move(*finding));
  }
}

// Rows where a column that every loan needs is blank.
void find_missing(const WrittenColumn& column, std::size_t position, std::vector<Finding>& findings, const Doubts& doubts) {
  Finding missing{"required_value_missing", "Blank where every loan needs a value", column.name, {}};
  const std::size_t rows = column.kind == Kind::number ? column.numbers.size() : column.texts.codes.size();
  for (std::size_t row = 0; row < rows; ++row) {
    const bool blank = column.kind == Kind::number ? std::isnan(column.numbers[row]) : column.texts.at(row).empty();
    if (blank && !doubts.has(position, row)) missing.loans.push_back({row, column.name + " is blank"});
  }
  if (!missing.loans.empty()) findings.push_back(std::move(missing));
}

}  // namespace

std::vector<std::size_t> Finding::rows() const {
  std::vector<std::size_t> all;
  all.reserve(loans.size());
  for (const Loan& loan : loans) all.push_back(loan.row);
  return all;
}

std::string shown(double number) {
  std::array<char, 64> text{};
  const auto end = std::to_chars(text.data(), text.data() + text.size(), std::round(number * 1e6) / 1e6, std::chars_format::fixed).ptr;
  return {text.data(), end};
}

void find_unreadable(const WrittenTape& tape, std::vector<Finding>& findings, Doubts& doubts) {
  for (std::size_t c = 0; c < tape.columns.size(); ++c) {
    find_bad_values(tape.columns[c], c, findings, doubts);
    const pool::TapeField* field = tape.columns[c].field;
    if (field != nullptr && field->required) find_missing(tape.columns[c], c, findings, doubts);
  }
}

std::vector<Finding> find_problems(const WrittenTape& tape, const pool::ProductTable& products) {
  std::vector<Finding> findings;
  Doubts doubts(tape);
  find_unreadable(tape, findings, doubts);
  find_units(tape, findings, doubts);
  find_copies(tape, findings);
  find_contradictions(tape, products, doubts, findings);
  find_outliers(tape, doubts, findings);
  return findings;
}

void add_left_out(std::vector<Finding>& findings, const WrittenTape& tape, const std::vector<result::Issue>& issues) {
  std::map<int, const result::Issue*> first;  // of each line
  for (const result::Issue& issue : issues) {
    if (issue.severity == result::Severity::error && issue.where.line > 0) first.emplace(issue.where.line, &issue);
  }
  std::vector<bool> found(tape.size());
  for (const Finding& finding : findings) {
    for (const Finding::Loan& loan : finding.loans) found[loan.row] = true;
  }
  Finding left{"left_out", "Left out by the reader for another reason", "", {}};
  for (std::size_t row = 0; row < tape.size(); ++row) {
    const auto issue = first.find(tape.line[row]);
    if (issue != first.end() && !found[row]) left.loans.push_back({row, issue->second->what});
  }
  if (!left.loans.empty()) findings.push_back(std::move(left));
}

}  // namespace spillway::profile
