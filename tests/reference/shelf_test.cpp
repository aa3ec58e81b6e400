// The examples of deal structures against loops of this file's own, which share nothing with the engine, and against the
// average lives in their expected.csv, which come from a third calculation.

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "../unit/issue_lines.h"
#include "spillway/engine/run_book.h"
#include "spillway/io/load.h"

using namespace spillway;

namespace {

using Balances = std::map<std::string, double>;
using Curve = std::function<double(int)>;  // SMM by month of age

// One month of a pool: interest passed through, scheduled and prepaid principal, balance left.
struct PoolMonth {
  double interest = 0, scheduled = 0, prepaid = 0, left = 0;
  double principal() const { return scheduled + prepaid; }
};

struct Loan {
  double balance, rate, net_rate;
  int remaining, age;
};

Curve psa(double speed) {
  return [=](int month) { return 1.0 - std::pow(1.0 - std::min(1.0, speed * 0.002 * std::min(month, 30)), 1.0 / 12.0); };
}

Curve absolute(double speed) {
  return [=](int month) {
    const double left = 1.0 - speed * (month - 1);
    return left <= speed ? 1.0 : speed / left;
  };
}

std::vector<PoolMonth> months_of(const std::vector<Loan>& loans, const Curve& smm) {
  std::vector<PoolMonth> pool;
  for (Loan loan : loans) {
    for (int t = 0; t < loan.remaining; ++t) {
      if (pool.size() <= static_cast<std::size_t>(t)) pool.emplace_back();
      const int payments = loan.remaining - t;
      const double i = loan.rate / 12.0;
      const double payment = i > 0 ? loan.balance * i / (1.0 - std::pow(1.0 + i, -payments)) : loan.balance / payments;
      const double scheduled = payments == 1 ? loan.balance : payment - loan.balance * i;
      const double prepaid = (loan.balance - scheduled) * smm(loan.age + t + 1);
      PoolMonth& month = pool[static_cast<std::size_t>(t)];
      month.interest += loan.balance * loan.net_rate / 12.0;
      month.scheduled += scheduled;
      month.prepaid += prepaid;
      loan.balance -= scheduled + prepaid;
      month.left += loan.balance;
    }
  }
  return pool;
}

// Pays classes in order and returns what is left of the money.
double in_order(Balances& balances, const std::vector<std::string>& order, double money) {
  for (const std::string& name : order) {
    const double paid = std::min(money, balances[name]);
    balances[name] -= paid;
    money -= paid;
  }
  return money;
}

const cashflow::ClassCashFlows& bond(const cashflow::DealCashFlows& flows, const std::string& name) {
  const auto found = std::find_if(flows.classes.begin(), flows.classes.end(), [&](const auto& c) { return c.name == name; });
  if (found == flows.classes.end()) throw std::out_of_range("no class " + name);
  return *found;
}

// An example, loaded once, and its runs.
class Example {
 public:
  Example(const std::string& name, const std::string& scenario) : folder_(std::string(SPILLWAY_SOURCE_DIR) + "/examples/" + name + "/"), scenario_(scenario) {
    auto loaded = io::load_inputs(folder_ + "deal.yaml");
    EXPECT_EQ(lines(loaded.issues), Lines{});
    inputs_ = std::move(loaded.inputs.value());
  }

  cashflow::DealCashFlows run(double speed, bool to_call = false) const {
    auto set = engine::run_scenarios(inputs_, {{scenario_, speed, to_call, {}}}, {1, false});
    EXPECT_EQ(lines(set.issues), Lines{});
    return std::move(set.value.value().runs[0].flows);
  }

  double average_life(const cashflow::DealCashFlows& flows, const std::string& name) const {
    const auto& c = bond(flows, name);
    double declined = 0, weighted = 0, before = c.original_balance;
    for (std::size_t t = 0; t < flows.periods(); ++t) {
      const double decline = std::max(0.0, before - c.ending_balance[t]);
      const auto& paid = flows.schedule[t].payment;
      const auto& from = inputs_.deal.settlement;
      const int days = 360 * (int(paid.year()) - int(from.year())) + 30 * (int(unsigned(paid.month())) - int(unsigned(from.month()))) +
                       int(unsigned(paid.day())) - int(unsigned(from.day()));
      declined += decline;
      weighted += decline * days / 360.0;
      before = c.ending_balance[t];
    }
    return weighted / declined;
  }

  // Every row of expected.csv, to half its last digit.
  void expect_average_lives() const {
    std::ifstream file(folder_ + "expected.csv");
    std::string line, name, speed, to, life;
    int rows = 0;
    for (std::getline(file, line); std::getline(file, line); ++rows) {
      std::istringstream row(line);
      std::getline(std::getline(std::getline(std::getline(row, name, ','), speed, ','), to, ','), life);
      EXPECT_NEAR(average_life(run(std::stod(speed) / 100.0, to == "call"), name), std::stod(life), 0.005 + 1e-9) << line;
    }
    EXPECT_GE(rows, 12);
  }

  // The book has a decrement page for each plan, and no issue.
  void expect_book() const {
    const auto made = engine::run_book(inputs_, {1, false});
    EXPECT_EQ(lines(made.issues), Lines{});
    ASSERT_TRUE(made.ok());
    const auto& tables = made->data_tables;
    EXPECT_TRUE(std::any_of(tables.begin(), tables.end(), [](const auto& t) { return t.name == "decrements" && !t.rows.empty(); }));
  }

 private:
  std::string folder_, scenario_;
  engine::Inputs inputs_;
};

// `month` makes the balances after each payment from the pool's month.
void expect_balances(const cashflow::DealCashFlows& flows, const std::vector<PoolMonth>& pool, Balances balances,
                     const std::function<void(Balances&, const PoolMonth&, int)>& month, const std::string& what) {
  ASSERT_GE(flows.periods(), 1u) << what;
  for (std::size_t t = 0; t < flows.periods(); ++t) {
    month(balances, pool[t], static_cast<int>(t) + 1);
    for (const auto& [name, balance] : balances) {
      ASSERT_NEAR(bond(flows, name).ending_balance[t], balance, 1e-4) << what << ", " << name << ", period " << t + 1;
    }
  }
}

double sum(const std::vector<double>& amounts) {
  double total = 0;
  for (double amount : amounts) total += amount;
  return total;
}

}  // namespace

TEST(SequentialZ, pays_each_class_in_turn_and_the_accretion_with_the_principal) {
  const Example example("sequential-z", "psa");
  for (double speed : {0.0, 1.0, 1.65, 2.5, 4.0}) {
    const auto flows = example.run(speed);
    const auto pool = months_of({{100e6, 0.065, 0.06, 357, 3}}, psa(speed));
    expect_balances(flows, pool, {{"A", 45e6}, {"B", 25e6}, {"C", 18e6}, {"Z", 12e6}},
                    [](Balances& b, const PoolMonth& month, int) {
                      const double accrued = b["Z"] * 0.06 / 12;
                      b["Z"] += accrued;
                      EXPECT_NEAR(in_order(b, {"A", "B", "C", "Z"}, month.principal() + accrued), 0, 1e-4);
                    },
                    "speed " + std::to_string(speed));
    // The classes bear what the pool passes through: nothing is left.
    EXPECT_NEAR(sum(flows.parties[0].values), 0, 0.01);
  }
  example.expect_average_lives();
  example.expect_book();
}

TEST(PacSupport, keeps_the_plan_within_its_band_and_no_further) {
  const Example example("pac-support", "psa");
  const Loan loan{100e6, 0.065, 0.06, 358, 2};
  const auto slow = months_of({loan}, psa(1.0)), fast = months_of({loan}, psa(2.5));
  std::map<double, double> lives, support_lives;
  for (double speed : {0.0, 0.5, 1.0, 1.65, 2.5, 4.0}) {
    const auto flows = example.run(speed);
    double planned = 70.9e6;
    expect_balances(flows, months_of({loan}, psa(speed)), {{"PAC", 70.9e6}, {"SUP", 29.1e6}},
                    [&](Balances& b, const PoolMonth& month, int t) {
                      const auto at = static_cast<std::size_t>(t - 1);
                      planned = std::max(0.0, planned - std::min(slow[at].principal(), fast[at].principal()));
                      const double to_plan = std::min(month.principal(), std::max(0.0, b["PAC"] - planned));
                      b["PAC"] -= to_plan;
                      in_order(b, {"SUP", "PAC"}, month.principal() - to_plan);
                      if (speed >= 1.0 && speed <= 2.5) EXPECT_NEAR(b["PAC"], planned, 1e-4) << speed << ", period " << t;
                    },
                    "speed " + std::to_string(speed));
    lives[speed] = example.average_life(flows, "PAC");
    support_lives[speed] = example.average_life(flows, "SUP");
  }
  EXPECT_NEAR(lives[1.0], lives[1.65], 1e-6);
  EXPECT_NEAR(lives[1.0], lives[2.5], 1e-6);
  EXPECT_GT(lives[0.5], lives[1.0] + 2);  // extends below the band
  EXPECT_LT(lives[4.0], lives[2.5] - 2);  // and shortens above it
  EXPECT_GT(support_lives[1.0] - support_lives[2.5], 15);  // the support moves in its place
  example.expect_average_lives();
  example.expect_book();
}

TEST(ShiftingInterest, gives_prepayments_to_the_senior_class_first_and_shifts_them_by_year) {
  const Example example("shifting-interest", "psa");
  const std::vector<std::string> junior{"B-1", "B-2", "B-3"};
  for (double speed : {0.0, 1.5, 3.0, 5.0}) {
    const auto flows = example.run(speed);
    expect_balances(flows, months_of({{100e6, 0.0675, 0.065, 358, 2}}, psa(speed)),
                    {{"A", 95e6}, {"B-1", 2.5e6}, {"B-2", 1.5e6}, {"B-3", 1e6}},
                    [&](Balances& b, const PoolMonth& month, int t) {
                      const double subordinate = b["B-1"] + b["B-2"] + b["B-3"];
                      const double total = b["A"] + subordinate;
                      const double share = total > 0 ? b["A"] / total : 0;
                      const double shift = t <= 60 ? 1 : t <= 72 ? 0.7 : t <= 84 ? 0.6 : t <= 96 ? 0.4 : t <= 108 ? 0.2 : 0;
                      const double senior = std::min(b["A"], share * month.scheduled + (share + (1 - share) * shift) * month.prepaid);
                      b["A"] -= senior;
                      const double rest = month.principal() - senior;
                      const double paid = std::min(rest, subordinate);
                      for (const std::string& name : junior) b[name] -= subordinate > 0 ? paid * b[name] / subordinate : 0;
                      in_order(b, {"A"}, rest - paid);
                    },
                    "speed " + std::to_string(speed));
    // Through month 60 the subordinate classes get their part of scheduled principal alone: their share grows.
    const double before = 1 - bond(flows, "A").original_balance / 100e6;
    const double after = 1 - bond(flows, "A").ending_balance[59] / flows.pool_ending_balance[59];
    if (speed > 0) EXPECT_GT(after, before + 0.005) << speed;
    else EXPECT_NEAR(after, before, 1e-9);
    EXPECT_NEAR(sum(flows.parties[0].values), 0, 0.01);
  }
  example.expect_average_lives();
  example.expect_book();
}

TEST(AutoAbs, pays_notes_down_to_the_target_and_is_cleaned_up_at_a_tenth_of_the_pool) {
  const Example example("auto-abs", "abs");
  const std::vector<Loan> loans{{180e6, 0, -0.01, 30, 6}, {240e6, 0.069, 0.059, 55, 5}, {330e6, 0.089, 0.079, 66, 6}, {250e6, 0.099, 0.089, 48, 12}};
  const std::map<std::string, double> rates{{"A-1", 0.0455}, {"A-2", 0.048}, {"A-3", 0.0495}, {"A-4", 0.051}, {"B", 0.0575}};
  const std::vector<std::string> order{"A-1", "A-2", "A-3", "A-4", "B"};
  for (double speed : {0.0, 0.8, 1.0, 1.2}) {
    for (const bool to_call : {true, false}) {
      const auto flows = example.run(speed, to_call);
      const auto pool = months_of(loans, absolute(0.015 * speed));
      bool called = false;
      std::vector<double> certificates;
      expect_balances(flows, pool, {{"A-1", 200e6}, {"A-2", 350e6}, {"A-3", 280e6}, {"A-4", 105e6}, {"B", 40e6}},
                      [&](Balances& b, const PoolMonth& month, int t) {
                        double cash = month.interest + month.principal(), notes = 0;
                        called = to_call && month.left <= 100e6;
                        if (called) cash += month.left;
                        for (const std::string& name : order) {
                          notes += b[name];
                          cash -= b[name] * rates.at(name) * (t == 1 ? 28.0 / 360 : 1.0 / 12);  // 28 days from closing
                        }
                        const double due = called ? notes : std::max(0.0, notes - std::max(0.0, month.left - 25e6));
                        const double paid = std::min(due, cash) - in_order(b, order, std::min(due, cash));
                        certificates.push_back(cash - paid);
                      },
                      "speed " + std::to_string(speed) + (to_call ? " to call" : " to maturity"));
      ASSERT_EQ(flows.parties[0].values.size(), certificates.size());
      for (std::size_t t = 0; t < certificates.size(); ++t) EXPECT_NEAR(flows.parties[0].values[t], certificates[t], 1e-4) << t;
      EXPECT_EQ(called, to_call);
      if (to_call) {
        EXPECT_EQ(flows.call_period, static_cast<int>(flows.periods()));
        EXPECT_GT(pool[flows.periods() - 2].left, 100e6);
      } else {
        EXPECT_EQ(flows.call_period, 0);
        EXPECT_EQ(flows.periods(), 66u);
      }
      EXPECT_NEAR(bond(flows, "B").ending_balance.back(), 0, 1e-6);
    }
  }
  example.expect_average_lives();
  example.expect_book();
}
