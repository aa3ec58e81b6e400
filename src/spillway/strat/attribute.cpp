#include "spillway/strat/attribute.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "spillway/strat/strat.h"

namespace spillway::strat {

namespace {

using Numbers = std::vector<double> pool::LoanTape::*;

constexpr std::string_view net_of_mi_rate = "net_of_mi_rate";
constexpr double unknown = std::numeric_limits<double>::quiet_NaN();

// The column's numbers, in place if it has one for every loan of the block.
const double* stored_values(std::span<const double> column, LoanBlock block, NumberBlock& buffer) {
  if (block.first + block.count <= column.size()) return column.data() + block.first;
  const std::size_t there = column.size() > block.first ? column.size() - block.first : 0;
  std::copy_n(column.data() + std::min(block.first, column.size()), there, buffer.begin());
  std::fill_n(buffer.begin() + static_cast<std::ptrdiff_t>(there), block.count - there, unknown);
  return buffer.data();
}

// The gross rate less the fees; a fee the tape does not state is none.
void gross_less(const pool::LoanTape& tape, std::initializer_list<Numbers> fees, LoanBlock block, NumberBlock& rates) {
  NumberBlock buffer;
  std::copy_n(stored_values(tape.gross_rate, block, buffer), block.count, rates.begin());
  for (Numbers fee : fees) {
    const double* column = stored_values(tape.*fee, block, buffer);
    for (std::size_t i = 0; i < block.count; ++i) rates[i] -= std::isnan(column[i]) ? 0.0 : column[i];
  }
}

const double* net_rates(const pool::LoanTape& tape, LoanBlock block, NumberBlock& rates) {
  using pool::LoanTape;
  NumberBlock buffer;
  const double* stated = stored_values(tape.net_rate, block, buffer);
  if (stated != buffer.data() && std::none_of(stated, stated + block.count, [](double r) { return std::isnan(r); })) {
    return stated;
  }
  gross_less(tape,
             {&LoanTape::servicing_fee, &LoanTape::master_servicing_fee, &LoanTape::trustee_fee, &LoanTape::mi_premium},
             block, rates);
  for (std::size_t i = 0; i < block.count; ++i) rates[i] = std::isnan(stated[i]) ? rates[i] : stated[i];
  return rates.data();
}

double day_number(const calendar::Date& date) {
  return date.ok() ? static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count()) : unknown;
}

}  // namespace

std::vector<std::string> attribute_names() {
  std::vector<std::string> names;
  for (const pool::TapeField& field : pool::tape_fields()) names.emplace_back(field.name);
  names.emplace_back(net_of_mi_rate);
  return names;
}

std::optional<AttributeKind> attribute_kind(std::string_view name) {
  if (name == net_of_mi_rate) return AttributeKind::number;
  const pool::TapeField* field = pool::find_tape_field(name);
  if (field == nullptr) return std::nullopt;
  return field->kind;
}

NumberColumn::NumberColumn(const pool::LoanTape& tape, std::string_view attribute) : tape_(&tape) {
  const pool::TapeField* field = pool::find_tape_field(attribute);
  if (attribute == net_of_mi_rate) {
    source_ = Source::net_of_mi_rate;
  } else if (attribute == "net_rate") {
    source_ = Source::net_rate;
  } else if (field != nullptr && field->number != nullptr) {
    source_ = Source::stored;
    stored_ = tape.*(field->number);
  } else if (field != nullptr && field->date != nullptr) {
    source_ = Source::dates;
    dates_ = tape.*(field->date);
  }
}

const double* NumberColumn::values(LoanBlock block, NumberBlock& buffer) const {
  switch (source_) {
    case Source::none:
    case Source::stored: return stored_values(stored_, block, buffer);
    case Source::net_rate: return net_rates(*tape_, block, buffer);
    case Source::net_of_mi_rate: gross_less(*tape_, {&pool::LoanTape::mi_premium}, block, buffer); break;
    case Source::dates:
      for (std::size_t i = 0; i < block.count; ++i) {
        buffer[i] = block.first + i < dates_.size() ? day_number(dates_[block.first + i]) : unknown;
      }
  }
  return buffer.data();
}

const pool::TextColumn* text_column(const pool::LoanTape& tape, std::string_view attribute) {
  const pool::TapeField* field = pool::find_tape_field(attribute);
  const bool here = field != nullptr && field->text != nullptr && (tape.*(field->text)).codes.size() == tape.size();
  return here ? &(tape.*(field->text)) : nullptr;
}

std::span<const calendar::Date> date_column(const pool::LoanTape& tape, std::string_view attribute) {
  const pool::TapeField* field = pool::find_tape_field(attribute);
  if (field == nullptr || field->date == nullptr) return {};
  return tape.*(field->date);
}

}  // namespace spillway::strat
