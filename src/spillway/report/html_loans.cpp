// The loans that contribute most, for the page's script.

#include <map>
#include <tuple>

#include "spillway/report/html_data.h"

namespace spillway::report {

namespace {

using book::LargestLoan;
using book::LargestLoans;

// A loan stands once, and lists name it by position.
class Loans {
 public:
  // {"loans", "amounts", "others", "rest", "whole", "total"}; without amounts, they are the balances.
  Json list_json(const LargestLoans& list, bool of_balances) {
    Json positions = Json::array(), amounts = Json::array();
    for (const LargestLoan& loan : list.loans) {
      positions.push_back(position_of(loan));
      amounts.push_back(loan.amount);
    }
    Json json = {{"loans", std::move(positions)}};
    if (!of_balances) json["amounts"] = std::move(amounts);
    json["others"] = list.others;
    json["rest"] = list.others_amount;
    if (list.as_a_whole != 0.0) json["whole"] = list.as_a_whole;
    json["total"] = list.total;
    return json;
  }

  Json table_json(const book::LoansOfTable& table) {
    Json rows = Json::array();
    for (const LargestLoans& row : table.rows) rows.push_back(list_json(row, true));
    return {{"name", table.table}, {"labels", table.labels}, {"rows", std::move(rows)}, {"all", list_json(table.all, true)}};
  }

  Json period_json(const book::LoansOfPeriod& period) {
    return {{"scenario", period.scenario},
            {"speed", period.speed_pct},
            {"period", period.period},
            {"principal", list_json(period.principal, false)},
            {"interest", list_json(period.net_interest, false)}};
  }

  Json ids = Json::array(), balances = Json::array(), rates = Json::array();

 private:
  std::size_t position_of(const LargestLoan& loan) {
    const Json rate(loan.gross_rate_pct);  // an unknown rate is written null
    const auto [place, is_new] = positions_.try_emplace({loan.id, loan.balance, rate.dump()}, ids.size());
    if (is_new) {
      ids.push_back(loan.id);
      balances.push_back(loan.balance);
      rates.push_back(rate);
    }
    return place->second;
  }

  std::map<std::tuple<std::string, double, std::string>, std::size_t> positions_;
};

}  // namespace

Json loans_json(const book::LargestLoansOfBook& largest) {
  Loans loans;
  Json tables = Json::array(), periods = Json::array();
  for (const auto& table : largest.tables) tables.push_back(loans.table_json(table));
  for (const auto& period : largest.periods) periods.push_back(loans.period_json(period));
  return {{"ids", std::move(loans.ids)}, {"balances", std::move(loans.balances)}, {"rates", std::move(loans.rates)},
          {"tables", std::move(tables)}, {"periods", std::move(periods)}};
}

}  // namespace spillway::report
