// The subprime certificates, paid month by month by a loop of this file's own from what the collateral brings.

#include <array>

#include "spillway/engine/break_evens.h"

#include "example_run.h"

using namespace spillway;
using example_run::Example;
using example_run::Made;
using example_run::named;
using example_run::PoolVectors;
using example_run::sum;

namespace {

constexpr std::size_t kClasses = 8, kSeniors = 4, kA4 = 3;
using ByClass = std::array<double, kClasses>;

constexpr double kPool = 500e6;
constexpr ByClass kMargin{0.0006, 0.0012, 0.0022, 0.0017, 0.0030, 0.0045, 0.0130, 0.0250};
constexpr ByClass kThrough{0, 0, 0, 0, 0.67, 0.79, 0.87, 0.93};  // balance through the class after step-down, over the pool

double loss_limit(int period) {
  return period >= 73 ? 0.065 : period >= 61 ? 0.06 : period >= 49 ? 0.05 : period >= 37 ? 0.035 : period >= 25 ? 0.0175 : 1;
}

double lockout(int period) { return period >= 85 ? 3 : period >= 73 ? 1 : period >= 61 ? 0.8 : period >= 37 ? 0.45 : 0; }

// A test that is failed at once and cured by so many periods in a row in which it is passed.
struct Test {
  int cure;
  bool on = false;
  int passed = 0;
  void see(bool failed) {
    passed = failed ? 0 : passed + 1;
    on = failed || (on && passed < cure);
  }
};

// Classes and tests as they stand, and the steps of a month.
struct Trust {
  ByClass classes{165e6, 110e6, 67e6, 38e6, 45e6, 30e6, 20e6, 15e6}, unpaid{}, basis_risk{}, allocated{}, due{};
  double lost = 0, oc_target = 0.035 * kPool, pool = 0, interest = 0, principal = 0, excess = 0, reimbursed = 0;
  bool stepped = false, called = false, passed_call = false;
  Test delinquency{3}, losses{6};
  std::vector<double> late;

  double through(std::size_t classes_above) const {
    double total = 0;
    for (std::size_t c = 0; c < classes_above; ++c) total += classes[c];
    return total;
  }
  double outstanding() const { return through(kClasses); }
  bool failing() const { return delinquency.on || losses.on; }

  void test(const PoolVectors& vectors, std::size_t t, bool to_call) {
    const int period = static_cast<int>(t) + 1;
    pool = vectors.ending_balance[t];
    called = to_call && pool <= 0.10 * kPool;
    lost += vectors.realized_losses[t];
    const double seniors = through(kSeniors), enhancement = 1 - seniors / vectors.beginning_balance[t];
    stepped = stepped || (period >= 37 && enhancement >= 0.51) || seniors <= 0;
    const double over_60 = vectors.delinquent_60[t] + vectors.delinquent_90[t] + vectors.foreclosure_balance[t];
    late.push_back(pool > 0 ? over_60 / pool : 0);
    double rolling = 0;
    const std::size_t months = std::min<std::size_t>(3, late.size());
    for (std::size_t m = 1; m <= months; ++m) rolling += late[late.size() - m] / static_cast<double>(months);
    delinquency.see(rolling > 0.4 * enhancement);
    losses.see(lost > loss_limit(period) * kPool);
    if (stepped && !failing()) oc_target = std::max(0.005 * kPool, std::min(0.035 * kPool, 0.07 * pool));
  }

  void accrue(const PoolVectors& vectors, std::size_t t, double libor, double days) {
    const double cap = 12 * vectors.net_interest_due(t) / vectors.beginning_balance[t] * 30 / days, years = days / 360;
    for (std::size_t c = 0; c < kClasses; ++c) {
      const double stated = libor + kMargin[c] * (!passed_call ? 1 : c < kSeniors ? 2 : 1.5), rate = std::min(stated, cap);
      due[c] = classes[c] * rate * years;
      unpaid[c] += unpaid[c] * rate * years;
      basis_risk[c] += basis_risk[c] * stated * years + classes[c] * (stated - rate) * years;
    }
    passed_call = passed_call || (pool <= 0.10 * kPool && !called);
  }

  // The seniors share by what they are owed, the others follow in order; what is paid comes off `owed`.
  static void pay_ranks(ByClass& owed, double& money) {
    double seniors = 0;
    for (std::size_t c = 0; c < kSeniors; ++c) seniors += owed[c];
    const double part = seniors > 0 ? std::min(money, seniors) / seniors : 0;
    for (std::size_t c = 0; c < kSeniors; ++c) owed[c] -= owed[c] * part;
    money -= std::min(money, seniors);
    for (std::size_t c = kSeniors; c < kClasses; ++c) {
      const double paid = std::min(money, owed[c]);
      owed[c] -= paid;
      money -= paid;
    }
  }

  void pay_interest(const PoolVectors& vectors, std::size_t t) {
    interest = vectors.net_interest(t);
    pay_ranks(due, interest);
    for (std::size_t c = 0; c < kClasses; ++c) unpaid[c] += due[c];
  }

  double pay_down(std::size_t c, double money) {
    const double paid = std::min(money, classes[c]);
    classes[c] -= paid;
    return money - paid;
  }

  // What the seniors are to get: A-4 its share of it first, the others in order; then what is left goes on down.
  double pay_seniors(int period, double money) {
    const double seniors = through(kSeniors), share = seniors > 0 ? lockout(period) * classes[kA4] / seniors * money : 0;
    const double to_a4 = std::min(money, share);
    double left = money - to_a4 + pay_down(kA4, to_a4);
    for (std::size_t c = 0; c < kSeniors; ++c) left = pay_down(c, left);
    return left;
  }

  void pay_principal(const PoolVectors& vectors, std::size_t t) {
    const double collected = vectors.principal(t), before = outstanding();
    principal = collected + (called ? std::max(pool, before - collected) : 0);
    const double oc = pool - (before - collected);
    const double released = std::min(collected, std::max(0.0, oc - oc_target)), built = std::min(interest, std::max(0.0, oc_target - oc));
    const double wanted = std::min(principal + interest, called ? before : collected - released + built);
    double left = wanted;
    const int period = static_cast<int>(t) + 1;
    if (stepped && !failing() && !called) {
      const double room = std::max(0.0, pool - 0.005 * kPool);
      const double seniors = std::min(left, std::max(0.0, through(kSeniors) - std::min(0.49 * pool, room)));
      left = left - seniors + pay_seniors(period, seniors);
      for (std::size_t c = kSeniors; c < kClasses; ++c) {
        const double target = std::max(0.0, std::min(kThrough[c] * pool, room) - through(c));
        const double paid = std::min(left, std::max(0.0, classes[c] - target));
        left = left - paid + pay_down(c, paid);
      }
    } else {
      const double seniors = std::min(left, through(kSeniors));
      left = left - seniors + pay_seniors(period, seniors);
      for (std::size_t c = kSeniors; c < kClasses; ++c) left = pay_down(c, left);
    }
    excess = principal + interest - (wanted - left);
  }

  void bear_losses_and_pay_excess() {
    double unabsorbed = std::max(0.0, outstanding() - (called ? 0 : pool));
    for (std::size_t c = kClasses; c-- > kSeniors;) {
      const double borne = std::min(unabsorbed, classes[c]);
      classes[c] -= borne;
      allocated[c] += borne;
      unabsorbed -= borne;
    }
    pay_ranks(unpaid, excess);
    const double before = excess;
    pay_ranks(allocated, excess);
    reimbursed += before - excess;
    pay_ranks(basis_risk, excess);
  }
};

void expect_month(const Made& made, const Trust& trust, std::size_t t, const std::string& where) {
  for (std::size_t c = 0; c < kClasses; ++c) {
    const auto& bond = made.flows.classes[c];
    ASSERT_NEAR(bond.ending_balance[t], trust.classes[c], 1e-6) << where << ", " << bond.name;
    ASSERT_NEAR(bond.unpaid_interest[t], trust.unpaid[c], 1e-6) << where << ", " << bond.name;
    ASSERT_NEAR(bond.basis_risk[t], trust.basis_risk[c], 1e-6) << where << ", " << bond.name;
    ASSERT_NEAR(bond.allocated_loss[t], trust.allocated[c], 1e-6) << where << ", " << bond.name;
  }
  ASSERT_NEAR(made.flows.overcollateralization[t], (trust.called ? 0 : trust.pool) - trust.outstanding(), 1e-6) << where;
  ASSERT_NEAR(named(made.flows.quantities, "oc_target")[t], trust.oc_target, 1e-6) << where;
  ASSERT_NEAR(named(made.flows.parties, "CE")[t], trust.excess, 1e-6) << where;
  ASSERT_EQ(named(made.flows.triggers, "step_down")[t], trust.stepped) << where;
  ASSERT_EQ(named(made.flows.triggers, "delinquency")[t], trust.delinquency.on) << where;
  ASSERT_EQ(named(made.flows.triggers, "cumulative_loss")[t], trust.losses.on) << where;
}

// The trust after the run; every month must agree. LIBOR is 5.32%, and 3% more from period 7 on if rates are up.
Trust walked(const Made& made, bool to_call, const std::string& scenario) {
  Trust trust;
  for (std::size_t t = 0; t < made.flows.periods(); ++t) {
    const int days = calendar::days_between(made.flows.schedule[t].accrual_start, made.flows.schedule[t].accrual_end);
    trust.test(made.pool, t, to_call);
    trust.accrue(made.pool, t, scenario == "stress_rates_up" && t >= 6 ? 0.0832 : 0.0532, days);
    trust.pay_interest(made.pool, t);
    trust.pay_principal(made.pool, t);
    trust.bear_losses_and_pay_excess();
    expect_month(made, trust, t, scenario + (to_call ? " to call" : " to maturity") + ", period " + std::to_string(t + 1));
    if (testing::Test::HasFatalFailure()) break;
  }
  return trust;
}

// First and last period in which a trigger is on, up to a period.
std::pair<int, int> on_from_to(const Made& made, const std::string& trigger, std::size_t periods) {
  std::pair<int, int> span{0, 0};
  for (std::size_t t = 0; t < periods; ++t) {
    if (named(made.flows.triggers, trigger)[t] == 0) continue;
    if (span.first == 0) span.first = static_cast<int>(t) + 1;
    span.second = static_cast<int>(t) + 1;
  }
  return span;
}

const Example& example() {
  static const Example loaded("subprime");
  return loaded;
}

}  // namespace

TEST(Subprime, pays_what_a_loop_of_its_own_pays_in_every_month_of_every_scenario) {
  for (const std::string scenario : {"base", "early_defaults", "stress", "stress_rates_up"}) {
    for (const bool to_call : {false, true}) {
      const Made made = example().run(scenario, to_call);
      walked(made, to_call, scenario);
      EXPECT_EQ(made.flows.call_period > 0, to_call) << scenario;
    }
  }
}

TEST(Subprime, steps_down_and_trips_and_cures_its_triggers_when_its_readme_says) {
  const Made base = example().run("base"), early = example().run("early_defaults"), stress = example().run("stress");
  EXPECT_EQ(on_from_to(base, "step_down", 300), (std::pair{37, 300}));
  EXPECT_EQ(on_from_to(base, "delinquency", 300), (std::pair{0, 0}));
  EXPECT_EQ(on_from_to(base, "cumulative_loss", 300), (std::pair{0, 0}));
  EXPECT_EQ(on_from_to(early, "delinquency", 300), (std::pair{11, 15}));
  EXPECT_EQ(on_from_to(early, "cumulative_loss", 300), (std::pair{25, 53}));
  EXPECT_EQ(on_from_to(stress, "step_down", 300), (std::pair{45, 300}));
  EXPECT_EQ(on_from_to(stress, "delinquency", 300), (std::pair{23, 44}));
  EXPECT_EQ(on_from_to(stress, "cumulative_loss", 300), (std::pair{26, 300}));
}

TEST(Subprime, locks_its_non_accelerated_class_out_and_writes_losses_down_from_below) {
  const Made base = example().run("base"), stress = example().run("stress");
  for (std::size_t t = 0; t < 36; ++t) EXPECT_EQ(base.flows.classes[kA4].principal_paid[t], 0) << t + 1;
  EXPECT_GT(walked(stress, false, "stress").reimbursed, 1e6);
  for (std::size_t c = 0; c < kSeniors; ++c) EXPECT_EQ(sum(stress.flows.classes[c].written_down), 0);
  for (std::size_t t = 0; t < stress.flows.periods(); ++t) {
    for (std::size_t c = kSeniors; c + 1 < kClasses; ++c) {
      if (stress.flows.classes[c].written_down[t] > 0) EXPECT_NEAR(stress.flows.classes[c + 1].ending_balance[t], 0, 1e-6);
    }
  }
}

TEST(Subprime, caps_every_class_when_rates_are_up) {
  const Made made = example().run("stress_rates_up");
  for (const auto& bond : made.flows.classes) EXPECT_GT(sum(bond.basis_risk), 1e6) << bond.name;
}

TEST(Subprime, has_the_amounts_of_a_calculation_apart) { example().expect_listed_amounts(); }

TEST(Subprime, makes_a_book_whose_break_evens_fall_down_the_ladder) {
  const auto made = engine::run_book(example().inputs(), {1, false});
  EXPECT_EQ(lines(made.issues), Lines{});
  ASSERT_TRUE(made.ok());
  for (const char* name : {"dm_tables", "decrements", "loss_grid", "break_evens", "credit_schedule", "triggers", "residual"}) {
    EXPECT_FALSE(book::data_table(*made, name).rows.empty()) << name;
  }
  std::vector<engine::BreakEvenRequest> asked;  // loans are late even where none defaults: the search starts at 0% CDR
  for (const char* name : {"M-1", "M-2", "M-3", "B"}) asked.push_back({.class_name = name, .run = {.scenario = "stress"}});
  const auto rows = engine::find_break_evens(example().inputs(), asked);
  ASSERT_TRUE(rows.ok());
  for (std::size_t r = 1; r < rows->size(); ++r) EXPECT_LT((*rows)[r].found.rate, (*rows)[r - 1].found.rate - 0.01);
}
