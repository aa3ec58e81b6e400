#include "spillway/profile/written_tape.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace spillway::profile {

const WrittenColumn* WrittenTape::find(std::string_view name) const {
  const auto found = std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.name == name; });
  return found == columns.end() ? nullptr : &*found;
}

calendar::Date likely_cut_off(const WrittenTape& tape) {
  const WrittenColumn* first = tape.find("first_payment_date");
  const WrittenColumn* age = tape.find("age");
  if (first == nullptr || age == nullptr) return {};
  std::map<int, std::size_t> votes;  // months since year 0
  std::size_t voters = 0;
  for (std::size_t i = 0; i < tape.size(); ++i) {
    if (!first->dates[i].ok() || std::isnan(age->numbers[i])) continue;
    // As make_pool has it: a loan is one month old when its first payment falls due.
    const int month = static_cast<int>(first->dates[i].year()) * 12 + static_cast<int>(static_cast<unsigned>(first->dates[i].month())) - 1;
    ++votes[month + static_cast<int>(age->numbers[i]) - 1];
    ++voters;
  }
  const auto most = std::max_element(votes.begin(), votes.end(), [](const auto& a, const auto& b) { return a.second < b.second; });
  if (most == votes.end() || 2 * most->second < voters) return {};
  return calendar::make_date(most->first / 12, static_cast<unsigned>(most->first % 12 + 1), 1);
}

double balance_of(const WrittenTape& tape, const std::vector<std::size_t>& rows) {
  const WrittenColumn* balance = tape.find("current_balance");
  double sum = 0.0;
  for (std::size_t row : rows) {
    if (balance != nullptr && !std::isnan(balance->numbers[row])) sum += balance->numbers[row];
  }
  return sum;
}

double total_balance(const WrittenTape& tape) {
  std::vector<std::size_t> rows(tape.size());
  for (std::size_t i = 0; i < rows.size(); ++i) rows[i] = i;
  return balance_of(tape, rows);
}

}  // namespace spillway::profile
