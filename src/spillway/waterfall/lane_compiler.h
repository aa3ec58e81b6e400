#pragma once
// The work of compile_lanes(), in parts. Private to waterfall.

#include <vector>

#include "spillway/waterfall/lane_code.h"
#include "spillway/waterfall/lane_program.h"

namespace spillway::waterfall {

/// Writes a deal's program for lanes. Each part writes what its namesake of the scalar run (`Runner`) does, with what cannot
/// be other than 0 left out.
class LaneCompiler {
 public:
  LaneCompiler(const deal::Deal& deal, const Record& record);

  LaneWaterfall run();

 private:
  using Op = LaneCode::Op;

  void note_what_is_set();
  void note_paid_by(const deal::Node& node, deal::Pay pay, std::vector<int>& cells) const;
  bool is_zero(int slot) const { return !is_set_[static_cast<std::size_t>(slot)]; }
  bool is_read(int slot) const { return deal_.is_read[static_cast<std::size_t>(slot)]; }
  int slot_of(std::size_t position, deal::ClassSlot which) const {
    return deal_.classes[position].first_slot + which;
  }
  int total(kernels::LaneTotal which) const { return totals_ + which; }
  int slot_of(const deal::Account& account, deal::AccountSlot which) const { return account.first_slot + which; }
  int pool(deal::PoolSlot which) const { return deal_.pool_slot + which; }

  // What a period reads.
  void read_inputs();
  void input(LaneInput::Kind kind, int cell, int position = -1, deal::PoolSlot which = deal::pool_beginning);
  void read_dates();
  void read_pool(int first_slot, int group);

  // The period, part by part.
  void begin_run();
  void fill_balances();
  void compute(const deal::Stage& stage);
  void test_trigger(const deal::Trigger& trigger, int holds);
  void look_back(const deal::Assignment& assignment, int value);
  void settle_hedges();
  void test_call();
  void begin_classes();
  void fill_funds();
  void pay_step(const deal::Step& step);
  void end_period();
  void check_paid_out();
  void add_classes();
  void check_cash();
  void check_accounts();
  void check_balances();
  void attribute_losses();
  void keep_series();
  void end_run();

  void place_everything();

  const deal::Deal& deal_;
  const Record& record_;
  LaneCode code_;
  LaneWaterfall made_;
  std::vector<bool> is_set_;       // by slot: something sets it in the course of a run, or it starts at another value than 0
  std::vector<const deal::Fund*> emptied_;
  std::vector<int> clears_;        // by step: the batch that clears what it paid in the period before; -1: none
  int running_ = 0, called_ = -1, exercised_ = -1;  // -1: never
  int brought_ = 0;
  int pool_ending_ = 0, overcollateralization_ = 0, losses_by_excess_ = 0, losses_by_oc_ = 0;
  int losses_borne_ = 0;
  int totals_ = 0;                 // the first of what the classes come to
};

}  // namespace spillway::waterfall
