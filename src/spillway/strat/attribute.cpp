#include "spillway/strat/attribute.h"

#include <cmath>

#include "spillway/strat/strat.h"

namespace spillway::strat {

namespace {

using Numbers = std::vector<double> pool::LoanTape::*;

constexpr std::string_view net_of_mi_rate = "net_of_mi_rate";

// The gross rate less the fees; a fee the tape does not state is none.
std::vector<double> gross_less(const pool::LoanTape& tape, std::initializer_list<Numbers> fees) {
  std::vector<double> rates(tape.gross_rate);
  for (Numbers fee : fees) {
    const std::vector<double>& column = tape.*fee;
    for (std::size_t i = 0; i < rates.size() && i < column.size(); ++i) {
      if (!std::isnan(column[i])) rates[i] -= column[i];
    }
  }
  return rates;
}

std::vector<double> net_rates(const pool::LoanTape& tape) {
  using pool::LoanTape;
  std::vector<double> rates = gross_less(
      tape, {&LoanTape::servicing_fee, &LoanTape::master_servicing_fee, &LoanTape::trustee_fee, &LoanTape::mi_premium});
  for (std::size_t i = 0; i < rates.size() && i < tape.net_rate.size(); ++i) {
    if (!std::isnan(tape.net_rate[i])) rates[i] = tape.net_rate[i];
  }
  return rates;
}

std::vector<double> day_numbers(const std::vector<calendar::Date>& dates) {
  std::vector<double> days;
  days.reserve(dates.size());
  for (const calendar::Date& date : dates) {
    days.push_back(date.ok() ? static_cast<double>(std::chrono::sys_days{date}.time_since_epoch().count())
                             : std::numeric_limits<double>::quiet_NaN());
  }
  return days;
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

NumberColumn number_column(const pool::LoanTape& tape, std::string_view attribute) {
  if (attribute == net_of_mi_rate) return NumberColumn(gross_less(tape, {&pool::LoanTape::mi_premium}));
  if (attribute == "net_rate") return NumberColumn(net_rates(tape));
  const pool::TapeField* field = pool::find_tape_field(attribute);
  if (field != nullptr && field->number != nullptr) return NumberColumn(std::span<const double>(tape.*(field->number)));
  if (field != nullptr && field->date != nullptr) return NumberColumn(day_numbers(tape.*(field->date)));
  return NumberColumn(std::vector<double>{});
}

pool::TextColumn text_column(const pool::LoanTape& tape, std::string_view attribute) {
  const pool::TapeField* field = pool::find_tape_field(attribute);
  if (field != nullptr && field->text != nullptr && (tape.*(field->text)).codes.size() == tape.size()) {
    return tape.*(field->text);
  }
  return {.labels = {""}, .codes = std::vector<std::uint32_t>(tape.size(), 0)};
}

}  // namespace spillway::strat
