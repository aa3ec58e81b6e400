#pragma once
// One run of a waterfall: the state that moves from period to period. Private to waterfall.

#include <array>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spillway/waterfall/distribution.h"
#include "spillway/waterfall/kept_series.h"
#include "spillway/waterfall/run_waterfall.h"

namespace spillway::waterfall {

inline constexpr double kTolerance = 1e-6;  ///< dollars by which an identity may fail

/// An amount with six decimals, for messages.
std::string dollars(double amount);

/// Broken invariants of ours: inputs that do not fit the deal or each other.
void check_inputs(const deal::Deal& deal, const RunInputs& inputs, const RunOptions& options);

class Runner {
 public:
  Runner(const deal::Deal& deal, const RunInputs& inputs, const RunOptions& options)
      : deal_(deal),
        in_(inputs),
        options_(options),
        classes_(static_cast<int>(deal.classes.size())),
        parties_(static_cast<int>(deal.parties.size())),
        accounts_(static_cast<int>(deal.accounts.size())),
        state_(deal) {}

  result::Result<cashflow::DealCashFlows> run();

 private:
  // What the classes of a period come to, dollars; all but the cash without notionals.
  struct ClassTotals {
    double cash = 0, change = 0, balance = 0, principal = 0, accrued = 0, written_down = 0;
  };

  // Where a slot is recorded at the end of every period.
  struct Recorded {
    double* series;
    int slot;
  };

  // What one trigger remembers.
  struct TriggerState {
    bool on = false;
    int held = 0, failed = 0;  // periods in a row
  };

  void prepare();
  void lay_out_series();
  void lay_out_record();
  void lay_out_trace();
  void end_series(std::size_t periods);
  void start_slots();
  void begin_period(std::size_t t);
  void fill_pool(std::size_t t, const cashflow::PoolVectors& pool, int first_slot);
  void fill_date(std::size_t t);
  void fill_balances();
  void compute(const deal::Stage& stage, std::size_t t);
  static bool test_trigger(const deal::Trigger& trigger, TriggerState& state, bool holds);
  void look_back(const deal::Assignment& assignment, double value, std::size_t t);
  void keep_previous_values();
  void settle_hedges(std::size_t t);
  void begin_classes();
  void note_rate_terms(std::size_t t);
  void fill_funds(std::size_t t);
  void pay_steps(std::size_t t);
  bool pay_step(const deal::Step& step);
  void note_step(std::size_t position, std::size_t t);
  void note_totals(const deal::Step& step, double available, double limit, double paid);
  void draw(const deal::Step& step, double paid);
  void end_period(std::size_t t);
  double end_pool(std::size_t t);
  void record(std::size_t t);
  template <std::size_t... kSeries>
  void record_class(std::size_t c, std::size_t t, std::index_sequence<kSeries...>);
  void check_paid_out(std::size_t t);
  void check_accounts_released(std::size_t t);
  ClassTotals add_classes(std::size_t t) const;
  void check_cash(std::size_t t, const ClassTotals& classes) const;
  void check_accounts(std::size_t t) const;
  void check_balances(std::size_t t, const ClassTotals& classes);
  void attribute_losses(std::size_t t, const ClassTotals& classes, double redeemed);
  void hold(std::size_t t, std::string_view of, const char* identity, double left, double right, double tolerance) const {
    if (!(std::abs(left - right) <= tolerance)) broken(t, of, identity, left, right);
  }
  [[noreturn]] void broken(std::size_t t, std::string_view of, const char* identity, double left, double right) const;
  void fail(std::size_t t, const std::string& what, const std::string& remedy);

  double& slot(int position) { return state_.slots[static_cast<std::size_t>(position)]; }
  double slot(int position) const { return state_.slots[static_cast<std::size_t>(position)]; }
  const Fixings& fixings() const { return in_.fixings ? *in_.fixings : own_fixings_; }
  double& pool(deal::PoolSlot which) { return slot(deal_.pool_slot + which); }
  double pool(deal::PoolSlot which) const { return slot(deal_.pool_slot + which); }

  const deal::Deal& deal_;
  const RunInputs& in_;
  const RunOptions& options_;
  const int classes_, parties_, accounts_;
  PeriodState state_;
  cashflow::DealCashFlows out_;
  std::vector<SeriesAt> kept_;
  std::vector<double> unkept_;            // where the series of classes go that nobody wants
  std::vector<std::array<double*, deal::class_recorded_count>> class_series_;
  std::vector<Recorded> recorded_;        // all but the classes
  std::vector<const deal::Fund*> emptied_;  // funds that hold nothing from one period to the next
  std::vector<int> taken_later_;          // slots of quantities that steps fix
  Fixings own_fixings_;                   // if none are given
  std::vector<bool> is_group_read_;
  std::vector<std::size_t> trace_start_;  // first trace row of each step
  std::size_t traced_period_ = 0;         // the one at work (0 = period 1)
  bool called_ = false;         // pool and classes are redeemed whole: the run ends
  bool exercised_ = false;      // in this period
  double pool_part_ = 1.0;      // of the collateral that earlier calls left
  double first_pool_less_classes_ = 0.0, prior_pool_less_classes_ = 0.0;
  double tolerance_ = kTolerance;  // of all identities; a ten-digit balance has no cents to spare
  double losses_borne_ = 0.0;      // to date, by excess cash flow and by the classes
  std::vector<TriggerState> trigger_states_;
  std::vector<double> remembered_;      // rings of values that averages and sums look back on
  std::vector<result::Issue> issues_;
};

}  // namespace spillway::waterfall
