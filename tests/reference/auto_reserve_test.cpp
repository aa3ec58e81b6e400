// The auto notes with a reserve account, paid month by month by a loop of this file's own from what the collateral brings.

#include <array>

#include "example_run.h"

using namespace spillway;
using example_run::Example;
using example_run::Made;
using example_run::named;
using example_run::PoolVectors;
using example_run::sum;

namespace {

constexpr std::size_t kNotes = 6;
using ByNote = std::array<double, kNotes>;

constexpr ByNote kRate{0.0535, 0.0520, 0.0505, 0.0510, 0.0560, 0.0610};
constexpr std::array<int, kNotes> kFinalPeriod{12, 34, 54, 63, 66, 66};
constexpr double kPool = 800e6;

double loss_limit(int period) {
  return period >= 37 ? 0.07 : period >= 25 ? 0.0625 : period >= 19 ? 0.0525 : period >= 13 ? 0.04 : period >= 7 ? 0.025 : 0.015;
}

// Notes, account and trigger as they stand, and the steps of a month.
struct Trust {
  ByNote notes{150e6, 250e6, 200e6, 72e6, 60e6, 40e6}, unpaid{}, due{};
  double reserve = 8e6, oc_target = 48e6, lost = 0, certificates = 0;
  double cash = 0, pool = 0, reserve_target = 0;
  bool over_limit = false, called = false;
  std::array<double, 3> drawn{};  // for interest and priority principal, at final maturity, to pay off the notes

  double outstanding(std::size_t first_notes = kNotes) const {
    double total = 0;
    for (std::size_t n = 0; n < first_notes; ++n) total += notes[n];
    return total;
  }

  // From collections first, then from the account.
  double take(double wanted, std::size_t why) {
    const double from_cash = std::min(cash, wanted), from_reserve = std::min(reserve, wanted - from_cash);
    cash -= from_cash;
    reserve -= from_reserve;
    drawn[why] += from_reserve;
    return from_cash + from_reserve;
  }

  void pay_down(double money) {
    for (double& note : notes) {
      const double paid = std::min(note, money);
      note -= paid;
      money -= paid;
    }
  }

  void open_month(const PoolVectors& vectors, std::size_t t, bool to_call) {
    const int period = static_cast<int>(t) + 1;
    const double years = period == 1 ? 33.0 / 360 : 1.0 / 12;  // from closing on June 12 to July 15
    pool = vectors.ending_balance[t];
    called = to_call && pool <= 0.05 * kPool;
    lost += vectors.realized_losses[t];
    over_limit = over_limit || lost > loss_limit(period) * kPool;
    if (!over_limit) oc_target = std::max(0.015 * kPool, 0.06 * pool);
    reserve += reserve * 0.04 * years;
    reserve_target = called || pool <= 0 || outstanding() <= 0 ? 0 : std::max(0.005 * kPool, (over_limit ? 0.03 : 0.015) * pool);
    cash = vectors.net_interest(t) + vectors.principal(t) + (called ? pool : 0);
    for (std::size_t n = 0; n < kNotes; ++n) {
      due[n] = notes[n] * kRate[n] * years;
      unpaid[n] += unpaid[n] * kRate[n] * years + due[n];
    }
  }

  // Interest on notes of one rank, which share what there is by what they are due.
  void pay_interest(std::size_t from, std::size_t to, ByNote& owed, bool carried) {
    double total = 0;
    for (std::size_t n = from; n < to; ++n) total += owed[n];
    const double part = total > 0 ? take(total, 0) / total : 0;
    for (std::size_t n = from; n < to; ++n) {
      if (!carried) unpaid[n] -= owed[n] * part;
      else owed[n] -= owed[n] * part;
    }
  }

  void pay_interest_and_priority_principal() {
    pay_interest(0, 4, due, false);
    pay_down(take(std::max(0.0, outstanding(4) - pool), 0));
    pay_interest(4, 5, due, false);
    pay_down(take(std::max(0.0, outstanding(5) - pool), 0));
    pay_interest(5, 6, due, false);
    pay_interest(0, 4, unpaid, true);
    pay_interest(4, 5, unpaid, true);
    pay_interest(5, 6, unpaid, true);
  }

  double to_target() const { return called ? outstanding() : std::max(0.0, outstanding() - std::max(0.0, pool - oc_target)); }

  void pay_to_target() {
    const double paid = std::min(cash, to_target());
    cash -= paid;
    pay_down(paid);
    const double excess = std::min(std::max(0.0, reserve - reserve_target), to_target());
    reserve -= excess;
    pay_down(excess);
  }

  void pay_matured(int period) {
    double matured = 0;
    for (std::size_t n = 0; n < kNotes; ++n) matured += pool <= 0 || period >= kFinalPeriod[n] ? notes[n] : 0;
    pay_down(take(matured, 1));
  }

  void pay_off() {
    if (reserve < outstanding()) return;
    drawn[2] += outstanding();
    reserve -= outstanding();
    pay_down(outstanding());
  }

  void close_month() {
    const double deposit = outstanding() > 0 ? std::min(cash, std::max(0.0, reserve_target - reserve)) : 0;
    const double released = outstanding() > 0 ? std::max(0.0, reserve + deposit - reserve_target) : reserve;
    reserve += deposit - released;
    certificates = cash - deposit + released;
  }
};

void expect_month(const Made& made, const Trust& trust, std::size_t t, const std::string& where) {
  for (std::size_t n = 0; n < kNotes; ++n) {
    ASSERT_NEAR(made.flows.classes[n].ending_balance[t], trust.notes[n], 1e-6) << where << ", note " << n;
    ASSERT_NEAR(made.flows.classes[n].unpaid_interest[t], trust.unpaid[n], 1e-6) << where << ", note " << n;
  }
  ASSERT_NEAR(made.flows.accounts[0].ending_balance[t], trust.reserve, 1e-6) << where;
  ASSERT_NEAR(made.flows.accounts[0].target[t], trust.reserve_target, 1e-6) << where;
  ASSERT_NEAR(named(made.flows.quantities, "oc_target")[t], trust.oc_target, 1e-6) << where;
  ASSERT_NEAR(made.flows.overcollateralization[t], (trust.called ? 0 : trust.pool) - trust.outstanding(), 1e-6) << where;
  ASSERT_NEAR(named(made.flows.parties, "Certificates")[t], trust.certificates, 1e-6) << where;
  ASSERT_EQ(named(made.flows.triggers, "net_losses")[t], trust.over_limit) << where;
}

// The trust after the run; every month must agree.
Trust walked(const Made& made, bool to_call, const std::string& what) {
  Trust trust;
  for (std::size_t t = 0; t < made.flows.periods(); ++t) {
    trust.open_month(made.pool, t, to_call);
    trust.pay_interest_and_priority_principal();
    trust.pay_matured(static_cast<int>(t) + 1);
    trust.pay_to_target();
    trust.pay_off();
    trust.close_month();
    expect_month(made, trust, t, what + ", period " + std::to_string(t + 1));
    if (testing::Test::HasFatalFailure()) break;
  }
  return trust;
}

const Example& example() {
  static const Example loaded("auto-reserve");
  return loaded;
}

}  // namespace

TEST(AutoReserve, pays_what_a_loop_of_its_own_pays_in_every_month_of_every_scenario) {
  for (const std::string scenario : {"base", "stress", "severe"}) {
    for (const bool to_call : {false, true}) {
      const Made made = example().run(scenario, to_call);
      walked(made, to_call, scenario + (to_call ? " to call" : " to maturity"));
      EXPECT_EQ(made.flows.call_period > 0, to_call) << scenario;
    }
  }
}

TEST(AutoReserve, draws_on_the_account_for_each_of_its_purposes) {
  const Trust base = walked(example().run("base"), false, "base");
  EXPECT_FALSE(base.over_limit);
  EXPECT_GT(base.drawn[2], 3e6);  // the account pays off the last note
  EXPECT_EQ(base.drawn[0] + base.drawn[1], 0);
  const Trust stress = walked(example().run("stress"), false, "stress");
  EXPECT_TRUE(stress.over_limit);
  EXPECT_NEAR(stress.drawn[1], 4'013'333.33, 0.01);  // all of it, on C's final date
  EXPECT_EQ(stress.drawn[0], 0);
  EXPECT_GT(stress.notes[5], 20e6);
  const Trust severe = walked(example().run("severe"), false, "severe");
  EXPECT_GT(severe.drawn[0], 2.5e6);  // C's interest, once B is no longer covered
  EXPECT_NEAR(severe.notes[4], 0, 1e-6);
}

TEST(AutoReserve, raises_the_target_of_the_account_and_stops_release_once_losses_are_over_the_limit) {
  const Made made = example().run("stress");
  const auto& on = named(made.flows.triggers, "net_losses");
  const auto first = static_cast<std::size_t>(std::find(on.begin(), on.end(), 1.0) - on.begin());
  ASSERT_LT(first, 24u);
  const auto& target = made.flows.accounts[0].target;
  EXPECT_NEAR(target[first - 1], 0.015 * made.pool.ending_balance[first - 1], 1e-6);
  EXPECT_NEAR(target[first], 0.03 * made.pool.ending_balance[first], 1e-6);
  EXPECT_NEAR(sum(named(made.flows.parties, "Certificates")), 0, 1e-6);
}

TEST(AutoReserve, has_the_amounts_of_a_calculation_apart) { example().expect_listed_amounts(); }

TEST(AutoReserve, makes_a_book_without_an_issue) {
  const auto made = engine::run_book(example().inputs(), {1, false});
  EXPECT_EQ(lines(made.issues), Lines{});
  ASSERT_TRUE(made.ok());
  for (const char* name : {"class_summary", "decrements", "loss_grid", "break_evens", "credit_schedule", "triggers"}) {
    EXPECT_FALSE(book::data_table(*made, name).rows.empty()) << name;
  }
}
