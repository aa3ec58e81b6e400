#include "spillway/io/tape_rows.h"

#include <cmath>

#include "spillway/io/tape_cells.h"

namespace spillway::io {

using pool::LoanTape;
using pool::TapeField;

namespace {

constexpr double blank = std::numeric_limits<double>::quiet_NaN();

std::size_t slot_of(std::string_view name) {
  return static_cast<std::size_t>(pool::find_tape_field(name) - pool::tape_fields().data());
}

}  // namespace

TapeRows::TapeRows(std::string_view text, const std::string& file, const pool::ProductTable& products,
                   calendar::Date cut_off, bool is_last)
    : file_(file), csv_(text, file, is_last), is_last_(is_last), products_(products), cut_off_(cut_off) {
  position_.assign(pool::tape_fields().size(), nowhere);
  for (const pool::Product& product : products.products) product_of_.emplace(product.name, &product);
  start_piece();
}

void TapeRows::go_on(std::string_view text, bool is_last) {
  csv_.go_on(text, is_last);
  is_last_ = is_last;
  start_piece();
}

// Nothing of the row before outlives its text.
void TapeRows::start_piece() {
  read_ = {};
  read_.value.file = file_;
  read_.value.cut_off = cut_off_;
  row_ = {};
  row_.slots.resize(pool::tape_fields().size());
  coders_.assign(pool::tape_fields().size(), {});
}

result::WithIssues<LoanTape> TapeRows::read(const std::optional<TapeMapping>& mapping, std::size_t most_loans) {
  if (!planned_ && has_header()) planned_ = plan(mapping);
  if (planned_.value_or(false)) {
    reserve(most_loans);
    while (csv_.next()) {
      take_form_issues();
      read_row();
    }
  }
  take_form_issues();
  any_error_ = any_error_ || result::has_errors(read_.issues);
  if (is_last_ && !any_row_ && !any_error_) {
    read_.issues.push_back(result::error({file_, 0, 0}, "the tape has no loans", "give it a row for every loan"));
  }
  fill_absent_columns();
  return std::move(read_);
}

bool TapeRows::plan(const std::optional<TapeMapping>& mapping) {
  take_form_issues();
  if (csv_.headers().empty() || !read_.issues.empty()) return false;
  auto matched = match_columns(csv_, file_, mapping);
  result::append(read_.issues, std::move(matched.issues));
  if (result::has_errors(read_.issues)) return false;
  columns_ = std::move(matched.value);
  for (const SourceColumn& column : columns_) {
    if (column.field != nullptr) position_[column.slot] = column.position;
  }
  return true;
}

// Moves what the CSV reader found wrong with the file's form in among our own issues, in the order of the file.
void TapeRows::take_form_issues() {
  for (; form_issues_taken_ < csv_.issues().size(); ++form_issues_taken_) {
    read_.issues.push_back(csv_.issues()[form_issues_taken_]);
    any_row_ = true;
  }
}

void TapeRows::reserve(std::size_t loans) {
  LoanTape& tape = read_.value;
  tape.loan_id.reserve(loans, usual_id * loans);
  tape.line.reserve(loans);
  for (const SourceColumn& column : columns_) {
    if (column.field == nullptr) continue;
    const TapeField& f = *column.field;
    if (f.kind == TapeField::Kind::number) (tape.*f.number).reserve(loans);
    if (f.kind == TapeField::Kind::text) (tape.*f.text).codes.reserve(loans);
    if (f.kind == TapeField::Kind::date) (tape.*f.date).reserve(loans);
  }
}

void TapeRows::refuse(std::size_t position, std::string what, std::string remedy) {
  row_is_good_ = false;
  read_.issues.push_back(result::error(csv_.location(position), std::move(what), std::move(remedy)));
}

void TapeRows::read_row() {
  any_row_ = row_is_good_ = true;
  for (const SourceColumn& column : columns_) read_cell(column);
  check_names();
  check_rates_and_terms();
  if (row_is_good_) keep_row();
}

void TapeRows::read_cell(const SourceColumn& column) {
  const std::string_view text = mapped_text(column, csv_[column.position]);
  if (text.empty() && (column.field == nullptr || column.field->required)) {
    refuse(column.position, column.name() + " is blank", "every loan needs one");
  }
  if (column.field == nullptr) {
    row_.loan_id = text;
    check_loan_id(column.position);
    return;
  }
  Row::Slot& slot = row_.slots[column.slot];
  const bool is_number = column.field->kind == TapeField::Kind::number;
  if (slot.is_good_number && slot.text == text) return;  // the row before had the same
  slot = {};
  if (text.empty()) return;
  slot.text = text;
  if (column.field->kind == TapeField::Kind::text) return;
  if (is_number) slot.is_good_number = read_number(column, text, slot.number);
  if (is_number ? slot.is_good_number : read_date(column, text, slot.date)) return;
  Refusal refusal = is_number ? refusal_of_number(column, text) : refusal_of_date(column, text);
  refuse(column.position, std::move(refusal.what), std::move(refusal.remedy));
}

void TapeRows::check_loan_id(std::size_t position) {
  if (row_.loan_id.empty()) return;
  const auto first = seen_ids_.note(row_.loan_id, csv_.line());
  if (!first) return;
  refuse(position, "loan_id " + std::string{row_.loan_id} + " is there twice (first on line " +
                       std::to_string(*first) + ")",
         "keep one of them");
}

void TapeRows::check_names() {
  static const std::size_t product_slot = slot_of("product"), index_slot = slot_of("index");
  const std::string_view product = row_.slots[product_slot].text, index = row_.slots[index_slot].text;
  if (product.empty()) return;
  const auto known = product_of_.find(product);
  if (known == product_of_.end()) {
    refuse(position_[product_slot], "unknown product \"" + std::string{product} + '"',
           result::suggestion(product, products_.names()));
  } else if (known->second->adjustable && !index.empty() && !products_.index_name(index)) {
    refuse(position_[index_slot], "unknown index \"" + std::string{index} + '"',
           result::suggestion(index, products_.index_words()));
  }
}

void TapeRows::check_rates_and_terms() {
  static const std::size_t max_rate = slot_of("max_rate"), min_rate = slot_of("min_rate"),
                           original = slot_of("original_term"), remaining = slot_of("remaining_term"),
                           net_rate = slot_of("net_rate"), gross_rate = slot_of("gross_rate"),
                           servicing = slot_of("servicing_fee"), master = slot_of("master_servicing_fee"),
                           trustee = slot_of("trustee_fee"), insurance = slot_of("mi_premium");
  constexpr double net_rate_tolerance = 0.0005 + 1e-9;
  if (number(max_rate) < number(min_rate)) {
    refuse(position_[max_rate], "max_rate " + plain_number(number(max_rate)) + " is below min_rate " +
                                    plain_number(number(min_rate)),
           "check both");
  }
  if (!row_is_good_) return;
  if (number(remaining) > number(original)) {
    warn(position_[remaining], "remaining_term " + plain_number(number(remaining)) + " is over original_term " +
                                   plain_number(number(original)));
  }
  // With a fee or the net rate blank, the difference is not a number and nothing is compared.
  const double net = number(gross_rate) - number(servicing) - number(master) - number(trustee) - number(insurance);
  if (std::abs(number(net_rate) - net) > net_rate_tolerance) {
    warn(position_[net_rate], "net_rate " + plain_number(number(net_rate)) + " is not gross_rate less the fees, " +
                                  plain_number(std::round(net * 1e6) / 1e6));
  }
}

void TapeRows::warn(std::size_t position, std::string what) {
  read_.issues.push_back(result::warning(csv_.location(position), std::move(what)));
}

void TapeRows::keep_row() {
  LoanTape& tape = read_.value;
  tape.loan_id.push_back(row_.loan_id);
  tape.line.push_back(csv_.line());
  for (const SourceColumn& column : columns_) {
    if (column.field == nullptr) continue;
    const TapeField& f = *column.field;
    const Row::Slot& slot = row_.slots[column.slot];
    switch (f.kind) {
      case TapeField::Kind::number: (tape.*f.number).push_back(slot.number); break;
      case TapeField::Kind::date: (tape.*f.date).push_back(slot.date); break;
      case TapeField::Kind::text: coders_[column.slot].append(tape.*f.text, slot.text); break;
    }
  }
}

// Columns the file lacks are blank for every loan.
void TapeRows::fill_absent_columns() {
  LoanTape& tape = read_.value;
  const std::size_t loans = tape.loan_id.size();
  for (const TapeField& f : pool::tape_fields()) {
    if (f.kind == TapeField::Kind::number) (tape.*f.number).resize(loans, blank);
    if (f.kind == TapeField::Kind::date) (tape.*f.date).resize(loans);
    if (f.kind == TapeField::Kind::text && (tape.*f.text).codes.size() != loans) {
      (tape.*f.text).labels = {""};
      (tape.*f.text).codes.resize(loans, 0);
    }
  }
}

}  // namespace spillway::io
