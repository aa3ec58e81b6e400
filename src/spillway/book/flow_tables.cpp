#include <algorithm>
#include <cmath>
#include <limits>

#include "spillway/book/tables.h"
#include "spillway/result/issue.h"

namespace spillway::book {

namespace {

using table::Table;

constexpr double kHalfCent = 0.005;

const cashflow::NamedSeries& quantity_of(const cashflow::DealCashFlows& flows, const std::string& name) {
  for (const cashflow::NamedSeries& series : flows.quantities) {
    if (series.name == name) return series;
  }
  throw result::InvariantViolation("the deal has no quantity " + name);
}

// One printed column of a cash-flow table.
struct Series {
  table::Column column;
  const std::vector<double>* values;
  double scale = 1.0;
};

table::Column dollars(std::string name) { return {name, name, "dollars", table::number_format(2)}; }
table::Column percent(std::string name) { return {name, name, "percent", table::number_format(5)}; }

void add_pool_series(std::vector<Series>& all, const cashflow::PoolVectors& pool) {
  all.push_back({dollars("pool_beginning"), &pool.beginning_balance});
  all.push_back({dollars("pool_gross_interest"), &pool.gross_interest});
  all.push_back({dollars("pool_servicing_fee"), &pool.servicing_fee});
  all.push_back({dollars("pool_master_servicing_fee"), &pool.master_servicing_fee});
  all.push_back({dollars("pool_trustee_fee"), &pool.trustee_fee});
  all.push_back({dollars("pool_mi_premium"), &pool.mi_premium});
  all.push_back({dollars("pool_scheduled"), &pool.scheduled_principal});
  all.push_back({dollars("pool_prepaid"), &pool.prepaid_principal});
  all.push_back({dollars("pool_losses"), &pool.realized_losses});
}

void add_credit_series(std::vector<Series>& all, const cashflow::PoolVectors& pool) {
  all.push_back({dollars("pool_defaulted"), &pool.defaulted_balance});
  all.push_back({dollars("pool_recoveries"), &pool.recoveries});
  all.push_back({dollars("pool_subsequent_recoveries"), &pool.subsequent_recoveries});
  all.push_back({dollars("pool_mi_claims"), &pool.mi_claims});
  all.push_back({dollars("pool_advanced_principal"), &pool.advanced_principal});
  all.push_back({dollars("pool_advanced_interest"), &pool.advanced_interest});
  all.push_back({dollars("pool_uncollected_interest"), &pool.uncollected_interest});
  all.push_back({dollars("pool_uncollected_fees"), &pool.uncollected_fees});
  all.push_back({dollars("pool_prepayment_interest_shortfall"), &pool.prepayment_interest_shortfall});
  all.push_back({dollars("pool_compensating_interest"), &pool.compensating_interest});
  all.push_back({dollars("pool_foreclosure"), &pool.foreclosure_balance});
  all.push_back({dollars("pool_reo"), &pool.reo_balance});
  all.push_back({dollars("pool_arrears"), &pool.arrears});
  all.push_back({dollars("pool_delinquent_30"), &pool.delinquent_30});
  all.push_back({dollars("pool_delinquent_60"), &pool.delinquent_60});
  all.push_back({dollars("pool_delinquent_90"), &pool.delinquent_90});
}

void add_loss_series(std::vector<Series>& all, const cashflow::DealCashFlows& flows) {
  all.push_back({dollars("losses_by_excess"), &flows.losses_by_excess});
  all.push_back({dollars("losses_by_oc"), &flows.losses_by_oc});
  all.push_back({dollars("losses_written_down"), &flows.losses_written_down});
}

void add_account_series(std::vector<Series>& all, const cashflow::AccountCashFlows& account) {
  const std::string prefix = account.name + "_";
  all.push_back({dollars(prefix + "beginning"), &account.beginning_balance});
  all.push_back({dollars(prefix + "interest"), &account.interest});
  all.push_back({dollars(prefix + "deposits"), &account.deposits});
  all.push_back({dollars(prefix + "draws"), &account.draws});
  all.push_back({dollars(prefix + "target"), &account.target});
  all.push_back({dollars(prefix + "ending"), &account.ending_balance});
}

bool any(const std::vector<double>& values) {
  return std::any_of(values.begin(), values.end(), [](double value) { return value != 0.0; });
}

// The optional columns of a class: a run without them keeps the rest as it is.
struct ClassColumns {
  bool premium = false, written_up = false;
};

void add_class_series(std::vector<Series>& all, const cashflow::ClassCashFlows& bond, ClassColumns columns) {
  const std::string prefix = bond.name + "_";
  all.push_back({dollars(prefix + "beginning"), &bond.beginning_balance});
  all.push_back({percent(prefix + "rate_pct"), &bond.rate, 100.0});
  all.push_back({dollars(prefix + "interest_due"), &bond.interest_due});
  all.push_back({dollars(prefix + "interest"), &bond.interest_paid});
  all.push_back({dollars(prefix + "principal"), &bond.principal_paid});
  all.push_back({dollars(prefix + "unpaid_interest_paid"), &bond.unpaid_interest_paid});
  all.push_back({dollars(prefix + "basis_risk_paid"), &bond.basis_risk_paid});
  all.push_back({dollars(prefix + "allocated_loss_paid"), &bond.allocated_loss_paid});
  if (columns.premium) all.push_back({dollars(prefix + "premium_paid"), &bond.premium_paid});
  all.push_back({dollars(prefix + "written_down"), &bond.written_down});
  if (columns.written_up) all.push_back({dollars(prefix + "written_up"), &bond.written_up});
  all.push_back({dollars(prefix + "unpaid_interest"), &bond.unpaid_interest});
  all.push_back({dollars(prefix + "basis_risk"), &bond.basis_risk});
  all.push_back({dollars(prefix + "allocated_loss"), &bond.allocated_loss});
  all.push_back({dollars(prefix + "ending"), &bond.ending_balance});
}

// Periods up to the one in which the last class retires.
std::size_t periods_outstanding(const cashflow::DealCashFlows& flows) {
  std::size_t periods = 0;
  for (const cashflow::ClassCashFlows& bond : flows.classes) {
    for (std::size_t t = periods; t < flows.periods(); ++t) {
      if (bond.beginning_balance[t] >= kHalfCent) periods = t + 1;
    }
  }
  return periods;
}

}  // namespace

Table available_rate(std::span<const AvailableRateColumn> columns, const std::string& quantity) {
  Table made{"available_rate", "Available Rate Schedule", {}, {}, {}, {}};
  made.columns.push_back({"period", "Period", "", table::integer_format()});
  std::vector<const std::vector<double>*> values;
  for (const AvailableRateColumn& column : columns) {
    made.columns.push_back({"available_rate_" + column.name, "Available Rate, " + column.name, "percent",
                            table::number_format(2)});
    values.push_back(&quantity_of(*column.flows, quantity).values);
  }
  const std::size_t periods = columns.empty() ? 0 : columns.front().flows->periods();
  for (std::size_t t = 0; t < periods; ++t) {
    table::Row row{{static_cast<int>(t + 1)}, false};
    for (const std::vector<double>* series : values) {
      row.cells.push_back(t < series->size() ? table::Cell((*series)[t] * 100.0) : table::Cell());
    }
    made.rows.push_back(std::move(row));
  }
  return made;
}

Table class_cash_flows(const cashflow::DealCashFlows& flows, const cashflow::CollateralCashFlows& collateral) {
  std::vector<Series> all;
  cashflow::PoolVectors pool = collateral.total;
  if (flows.call_period > 0 && flows.call_part < 1.0) {
    pool.scale_from(static_cast<std::size_t>(flows.call_period), 1.0 - flows.call_part);
  }
  add_pool_series(all, pool);
  if (pool.has_credit) add_credit_series(all, pool);
  all.push_back({dollars("pool_ending"), &flows.pool_ending_balance});
  all.push_back({dollars("overcollateralization"), &flows.overcollateralization});
  all.push_back({dollars("hedge_notional"), &flows.hedge_notional});
  all.push_back({dollars("hedge_net_payment"), &flows.hedge_net_payment});
  if (any(flows.hedge_unpaid)) all.push_back({dollars("hedge_unpaid"), &flows.hedge_unpaid});
  if (pool.has_credit) add_loss_series(all, flows);
  const bool written_up = pool.has_credit || std::any_of(flows.classes.begin(), flows.classes.end(),
                                                         [](const auto& bond) { return any(bond.written_up); });
  for (const cashflow::ClassCashFlows& bond : flows.classes) {
    add_class_series(all, bond, {flows.has_make_whole, written_up});
  }
  for (const cashflow::AccountCashFlows& account : flows.accounts) add_account_series(all, account);
  for (const cashflow::NamedSeries& party : flows.parties) all.push_back({dollars(party.name), &party.values});
  for (const cashflow::NamedSeries& q : flows.quantities) {
    all.push_back({{q.name, q.name, "", table::number_format(6)}, &q.values});
  }
  for (const cashflow::NamedSeries& trigger : flows.triggers) {
    all.push_back({{trigger.name, trigger.name, "", table::number_format(0)}, &trigger.values});
  }
  Table made{"cash_flows", "Cash flows by period", {}, {}, {}, {}};
  made.columns = {{"period", "Period", "", table::integer_format()},
                  {"payment_date", "Payment date", "", table::date_format()},
                  {"days", "Days", "days", table::integer_format()}};
  for (const Series& series : all) made.columns.push_back(series.column);
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    table::Row row{{static_cast<int>(t + 1), flows.schedule[t].payment_adjusted, flows.schedule[t].days}, false};
    for (const Series& series : all) row.cells.push_back((*series.values)[t] * series.scale);
    made.rows.push_back(std::move(row));
  }
  return made;
}

Table step_payments(const cashflow::DealCashFlows& flows) {
  Table made{"step_payments", "Payments by step", {}, {}, {}, {}};
  made.columns = {{"period", "Period", "", table::integer_format()},
                  {"payment_date", "Payment date", "", table::date_format()},
                  {"section", "Section", "", table::text_format()},
                  {"pay", "Pays", "", table::text_format()},
                  {"receiver", "To", "", table::text_format()},
                  dollars("amount")};
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    for (const cashflow::StepPayment& payment : flows.trace) {
      if (payment.amounts[t] < kHalfCent) continue;
      made.rows.push_back({{static_cast<int>(t + 1), flows.schedule[t].payment_adjusted, payment.section, payment.pay,
                            payment.receiver, payment.amounts[t]},
                           false});
    }
  }
  return made;
}

Chart class_balance_chart(const cashflow::DealCashFlows& flows, const std::string& title) {
  Chart chart{"class-balances", title, Chart::Kind::stacked_area, "Payment date", "Balance", "dollars", {}, {}};
  const std::size_t shown = periods_outstanding(flows);
  for (std::size_t t = 0; t < shown; ++t) chart.x.push_back(calendar::to_iso_month(flows.schedule[t].payment));
  for (const cashflow::ClassCashFlows& bond : flows.classes) {
    if (bond.is_notional) continue;  // no part of what is outstanding
    chart.series.emplace_back(bond.name, std::vector<double>(bond.ending_balance.begin(),
                                                             bond.ending_balance.begin() + static_cast<std::ptrdiff_t>(shown)));
  }
  return chart;
}

Chart available_rate_chart(const Table& available_rate) {
  Chart chart{"available-rate", "Available rate by period", Chart::Kind::line, "Period", "Available rate", "percent", {}, {}};
  for (std::size_t c = 1; c < available_rate.columns.size(); ++c) {
    chart.series.emplace_back(available_rate.columns[c].title, std::vector<double>{});
  }
  for (const table::Row& row : available_rate.rows) {
    chart.x.push_back(table::format_cell(row.cells[0], available_rate.columns[0], table::Style::plain));
    for (std::size_t c = 1; c < row.cells.size(); ++c) {
      const double* value = std::get_if<double>(&row.cells[c].value);
      chart.series[c - 1].second.push_back(value ? *value : std::numeric_limits<double>::quiet_NaN());
    }
  }
  return chart;
}

}  // namespace spillway::book
