#include "scalar_projection.h"

#include <algorithm>
#include <cmath>
#include <map>

namespace bench {

namespace {

using namespace spillway;

constexpr int never = 1 << 20;
constexpr int oldest = 1300;

std::vector<double> fixing_table(const pool::Pool& pool, std::size_t loan, const rates::IndexPaths& indices, int months) {
  const int index = *indices.find(pool.indices[static_cast<std::size_t>(pool.index[loan])]);
  std::vector<double> table;
  for (int month = 0; month <= months; ++month) {
    const auto adjustment = calendar::add_months(pool.cut_off, month);
    table.push_back(indices.rate(index, calendar::add_days(adjustment, -pool.lookback_days[loan])));
  }
  return table;
}

double payment_of(double balance, double monthly_rate, int payments) {
  if (monthly_rate == 0) return balance / payments;
  return balance * monthly_rate / (1 - std::pow(1 + monthly_rate, -payments));
}

// A rate and when it next changes.
struct Adjuster {
  double rate, cap;
  int adjustment, next;

  explicit Adjuster(const ScalarLoan& loan)
      : rate(loan.rate), cap(loan.first_cap), adjustment(loan.roll),
        next(loan.fixings < 0 ? never : loan.roll + 1 + loan.lag) {}

  void adjust(const ScalarLoan& loan, const std::vector<double>& fixings) {
    double reset = fixings[static_cast<std::size_t>(adjustment)] + loan.margin;
    if (loan.rounding > 0) reset = std::round(reset / loan.rounding) * loan.rounding;
    reset = std::clamp(reset, rate - cap, rate + cap);
    rate = std::min(std::max(reset, loan.min_rate), loan.max_rate);
    cap = loan.periodic_cap;
    adjustment += loan.reset;
    next = adjustment + 1 + loan.lag;
  }
};

ScalarFlows empty_flows(int months) {
  const std::vector<double> none(static_cast<std::size_t>(months));
  return {none, none, none, none, none};
}

}  // namespace

ScalarInputs scalar_inputs(const pool::Pool& pool, const assumptions::Scenario& scenario,
                           const rates::IndexPaths& indices) {
  ScalarInputs inputs;
  inputs.months = *std::max_element(pool.remaining_term.begin(), pool.remaining_term.end());
  std::map<std::pair<int, int>, int> table_of;
  for (std::size_t i = 0; i < pool.size(); ++i) {
    int fixings = -1;
    if (pool.index[i] >= 0) {
      const auto [at, fresh] =
          table_of.emplace(std::pair{pool.index[i], pool.lookback_days[i]}, static_cast<int>(inputs.fixings.size()));
      if (fresh) inputs.fixings.push_back(fixing_table(pool, i, indices, inputs.months));
      fixings = at->second;
    }
    const double fee = pool.servicing_fee[i] + pool.master_servicing_fee[i] + pool.trustee_fee[i] + pool.mi_premium[i];
    inputs.loans.push_back({pool.balance[i], pool.gross_rate[i], fee, pool.margin[i], pool.first_cap[i],
                            pool.periodic_cap[i], pool.max_rate[i], pool.min_rate[i], pool.rounding[i],
                            pool.remaining_term[i], pool.amortization_term[i], pool.age[i],
                            pool.interest_only_months[i], pool.first_period[i], pool.group[i], fixings,
                            pool.months_to_roll[i], pool.reset_months[i], pool.rate_change_lag[i]});
  }
  for (const std::string& group : pool.groups) {
    inputs.smm.emplace_back();
    inputs.cpr.emplace_back();
    for (int age = 0; age < oldest; ++age) {
      const double smm = assumptions::smm(scenario.prepayment.at(group), age, 1, scenario.speed);
      inputs.smm.back().push_back(smm);
      inputs.cpr.back().push_back(assumptions::cpr_from_smm(smm));
    }
  }
  return inputs;
}

ScalarFlows good_scalar(const ScalarInputs& inputs) {
  ScalarFlows flows = empty_flows(inputs.months);
  for (const ScalarLoan& loan : inputs.loans) {
    Adjuster adjuster(loan);
    const double* smm = inputs.smm[static_cast<std::size_t>(loan.group)].data() + loan.age;
    const double fee = loan.fee / 12;
    double balance = loan.balance, payment = 0, monthly_rate = loan.rate / 12;
    bool recast = true;
    for (int t = 1; t <= loan.term; ++t) {
      const auto m = static_cast<std::size_t>(t - 1);
      if (t == adjuster.next) {
        adjuster.adjust(loan, inputs.fixings[static_cast<std::size_t>(loan.fixings)]);
        monthly_rate = adjuster.rate / 12;
        recast = true;
      }
      flows.balance[m] += balance;
      if (t < loan.first) {
        if (t == 1) flows.fees[m] += balance * fee;
        continue;
      }
      const double interest = balance * monthly_rate;
      double principal = 0;
      if (loan.age + t > loan.interest_only) {
        if (recast) payment = payment_of(balance, monthly_rate, loan.amortization - t + 1);
        recast = false;
        principal = std::min(payment - interest, balance);
      }
      if (t == loan.term) principal = balance;
      const double prepaid = (balance - principal) * smm[t];
      flows.interest[m] += interest;
      flows.fees[m] += balance * fee;
      flows.scheduled[m] += principal;
      flows.prepaid[m] += prepaid;
      balance -= principal + prepaid;
      payment *= 1 - smm[t];
    }
  }
  return flows;
}

ScalarFlows first_loop(const ScalarInputs& inputs) {
  ScalarFlows flows = empty_flows(inputs.months);
  for (const ScalarLoan& loan : inputs.loans) {
    Adjuster adjuster(loan);
    const std::vector<double>& cpr = inputs.cpr[static_cast<std::size_t>(loan.group)];
    double balance = loan.balance;
    for (int t = 1; t <= loan.term; ++t) {
      const auto m = static_cast<std::size_t>(t - 1);
      if (t == adjuster.next) adjuster.adjust(loan, inputs.fixings[static_cast<std::size_t>(loan.fixings)]);
      flows.balance[m] += balance;
      if (t == 1 || t >= loan.first) flows.fees[m] += balance * loan.fee / 12;
      if (t < loan.first) continue;
      const double interest = balance * adjuster.rate / 12;
      double principal = 0;
      if (loan.age + t > loan.interest_only) {
        principal = std::min(payment_of(balance, adjuster.rate / 12, loan.amortization - t + 1) - interest, balance);
      }
      if (t == loan.term) principal = balance;
      const double smm = 1 - std::pow(1 - cpr[static_cast<std::size_t>(loan.age + t)], 1 / 12.0);
      const double prepaid = (balance - principal) * smm;
      flows.interest[m] += interest;
      flows.scheduled[m] += principal;
      flows.prepaid[m] += prepaid;
      balance -= principal + prepaid;
    }
  }
  return flows;
}

}  // namespace bench
