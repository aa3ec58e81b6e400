#pragma once
// Deal: a deal resolved. Names are positions, formulas are programs over slots; nothing is left to look up.

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "spillway/calendar/calendar.h"
#include "spillway/deal/block.h"
#include "spillway/deal/definition.h"
#include "spillway/deal/program.h"
#include "spillway/result/issue.h"

namespace spillway::deal {

/// Slots every deal has, in this order, filled at the start of each period.
enum PeriodSlot : int {
  slot_date, slot_period, slot_days, slot_actual_days, slot_year_fraction,
  slot_to_call, slot_call_test, slot_call_exercised, slot_call_passed, slot_call_proceeds, slot_call_part,
  slot_hedge_notional, slot_hedge_net, slot_hedge_receipts, slot_hedge_payments, slot_hedge_unpaid, slot_hedge_limit,
  slot_cap_receipts,
  slot_classes_balance, slot_classes_beginning, slot_classes_original, slot_classes_basis_risk_shortfall,
  slot_classes_make_whole,
  period_slot_count
};

/// Slots of the pool, and again of each loan group.
enum PoolSlot : int {
  pool_cut_off, pool_beginning, pool_ending, pool_gross_interest, pool_net_interest, pool_fees, pool_principal,
  pool_scheduled, pool_prepaid, pool_recoveries, pool_losses, pool_defaults, pool_gross_rate, pool_net_rate,
  pool_net_rate_collected, pool_performing, pool_losses_to_date, pool_defaults_to_date, pool_subsequent_recoveries,
  pool_advanced, pool_foreclosure, pool_reo, pool_delinquent_30, pool_delinquent_60, pool_delinquent_90,
  pool_delinquent_60_plus, pool_prepayment_interest_shortfall,
  pool_slot_count
};

/// Slots of each class. The class's state lives here while a period runs. Those up to `class_recorded_count` stand in the
/// order of the series of cashflow::ClassCashFlows, which they are recorded as.
enum ClassSlot : int {
  class_beginning, class_rate, class_stated_rate, class_interest_due, class_accrued,
  class_interest_paid, class_unpaid_interest_paid, class_basis_risk_paid, class_principal_paid,
  class_allocated_loss_paid, class_premium_paid, class_written_down, class_written_up,  ///< from interest paid on: of the period
  class_unpaid_interest, class_basis_risk, class_allocated_loss, class_balance,
  class_recorded_count,
  class_original = class_recorded_count,
  class_whole_premium, class_make_whole,  ///< premium of a whole call; what this one owes
  class_unpaid_interest_rate, class_basis_risk_rate,
  class_slot_count
};

/// Slots of each account. The stated target and the floor are as written, the target is what they come to.
enum AccountSlot : int {
  account_beginning, account_interest, account_deposits, account_draws, account_target, account_balance,
  account_recorded_count,                 ///< as the series of cashflow::AccountCashFlows
  account_stated_target = account_recorded_count, account_floor, account_rate,
  account_slot_count
};

/// A value computed once a period, in this order.
struct Assignment {
  enum class Kind {
    formula,
    hedges,   ///< notional limited, then net payment, receipts and payments
    trigger,  ///< whether trigger `position` is on, given that its condition (the program) holds or not
    average,  ///< mean of the program over `window` periods
    sum,      ///< sum of it over `window` periods
    total     ///< sum of it over all periods
  };
  Kind kind = Kind::formula;
  int slot = -1;
  Program program;
  int position = 0;  ///< trigger: in `Deal::triggers`; average, sum: of its first value among the remembered ones
  int window = 0;    ///< average, sum: periods
};

/// Part of what is computed at the start of a period: formulas, then at most one assignment of another kind.
struct Stage {
  Block block;
  int assignment = -1;  ///< position in `Deal::assignments`; -1: none
  int value_slot = -1;  ///< of its program's value
};

/// One of the rates of which a class is paid the least: "libor_1m + margin", "11.50%".
struct RateTerm {
  std::string text;
  Program program;              ///< what it comes to once a period's rates are fixed, annual decimal
};

struct BondClass {
  std::string name;
  std::string title;
  std::vector<std::pair<std::string, std::string>> ratings;
  double original_balance = 0;  ///< dollars
  int first_slot = 0;           ///< of its ClassSlot block
  bool has_basis_risk = false;
  bool is_notional = false;     ///< `original_balance` is its notional at the start; it is no part of the class total
  bool accrues = false;
  bool has_unpaid_interest_rate = false;  ///< else carried unpaid interest bears none
  bool has_basis_risk_rate = false;       ///< else carried basis risk bears the class rate
  std::vector<ClassConstant> constants;
  std::vector<RateTerm> rate_terms;       ///< its rate is the least of these; a stated rate stands as its own terms

  /// The constant called `name`; empty if the class has none.
  std::optional<double> constant(std::string_view name) const;
};

/// Classes that may be exchanged for one made of them.
struct Combination {
  std::string name;
  std::string title;
  std::vector<std::size_t> parts;  ///< positions in `Deal::classes`
};

/// A pot of cash. Compound funds hold nothing themselves. Every account is a fund too: its balance is what remains.
struct Fund {
  std::string name;
  int beginning_slot = -1;
  int remaining_slot = -1;
  std::vector<int> draws_on;    ///< positions of simple funds, in drawing order (itself if simple)
  bool compound = false;
  int account = -1;             ///< position in `Deal::accounts`; -1: emptied every period
};

/// A condition with a memory: see TriggerDefinition.
struct Trigger {
  std::string name;
  int slot = -1;                ///< 1 while it is on
  int after = 1;                ///< periods in a row in which it has held when it trips
  int cure = 1;                 ///< periods in a row in which it has failed when it is cured; kNeverCured: stays on
};

/// Cash kept from period to period. Its target is 0 once the classes or the collateral are gone, and when a whole call is exercised.
struct Account {
  std::string name;
  int first_slot = 0;           ///< of its AccountSlot block
  double opening = 0;           ///< dollars
};

/// The most children a pro rata node may have: their shares live on the stack.
inline constexpr std::size_t kMostProRata = 64;

/// A node of a payment tree.
struct Node {
  Distribution::Kind kind = Distribution::Kind::leaf;
  int receiver = 0;             ///< leaf: class, or -1 - party
  int account = -1;             ///< leaf of a deposit: position in `Deal::accounts`
  Program formula;
  std::vector<double> parts;
  std::vector<Node> children;
  std::vector<int> classes;     ///< positions of the classes below (not of a leaf), each once
  bool repeats = false;         ///< a class stands below more than once
  bool is_list = false;         ///< its children are leaves for `classes`, in that order, and have no formulas
};

/// A simple fund that a step draws on.
struct Source {
  int remaining_slot = -1;
  int draws_slot = -1;          ///< of an account: what was drawn in the period; -1: no account
};

struct Step {
  std::string section;
  std::string note;
  Pay pay = Pay::interest;
  std::vector<int> funds;       ///< simple funds in drawing order
  Program when;                 ///< empty: always
  Program amount;               ///< empty: all there is
  Node to;
  std::vector<Assignment> before;  ///< quantities fixed just before this step

  // The above, as the period loop takes it.
  std::vector<Source> sources;  ///< of `funds`
  Block block;                  ///< of `before`, `when` and `amount`
  int when_slot = -1, amount_slot = -1;  ///< -1: none
};

/// A quantity that is the value its formula had at the end of the period before.
struct PreviousValue {
  int slot = -1;
  Program program;              ///< evaluated when the period's payments are done
  int next_slot = -1;           ///< of its value, in `Deal::end`
};

/// A quantity to report by period.
struct Quantity {
  std::string name;
  Type type = Type::number;
  int slot = -1;                ///< -1: moving; evaluated by `live` when the period's payments are done
  Program live;
  int end_slot = -1;            ///< of its value when the period's payments are done
  std::string formula = {};     ///< as the deal file has it; empty: one of the memories
};

/// The rate at which a redemption discounts what classes forgo: index `index` plus the spread.
struct MakeWhole {
  int index = -1;               ///< position in `Deal::indices`
  double spread = 0;            ///< annual decimal
};

/// A deal ready to run. Valid by construction.
struct Deal {
  std::string name;
  calendar::Date cut_off, settlement;
  calendar::ScheduleTerms schedule;
  std::vector<std::string> indices;     ///< index i is in slot `index_slot + i`
  std::vector<std::string> groups;      ///< loan group g has its PoolSlot block at `group_slot + g * pool_slot_count`
  int pool_slot = 0, group_slot = 0, index_slot = 0, class_slot = 0, schedule_slot = 0, account_slot = 0, party_slot = 0;
  int hedge_index = -1;                 ///< position in `indices`; -1: no hedges
  std::vector<double> initial_slots;    ///< named ones, then those that blocks need
  std::vector<BondClass> classes;
  std::vector<Combination> combinations;
  std::vector<ScheduleDefinition> schedules;  ///< schedule i is in slot `schedule_slot + i`
  std::vector<std::string> parties;
  std::vector<Fund> funds;
  std::vector<Assignment> assignments;
  std::vector<Quantity> quantities;
  std::vector<Trigger> triggers;
  std::vector<Account> accounts;
  std::vector<PreviousValue> previous_values;
  int remembered = 0;                   ///< values of earlier periods that averages and sums look back on
  std::vector<Step> waterfall;
  std::vector<bool> is_read;            ///< by slot: a formula or the hedges read it
  Block once;                           ///< what is the same in all periods; needs the pool's cut-off balances
  std::vector<Stage> start;             ///< `assignments`, in their order
  Block end;                            ///< moving quantities and previous values, when the period's payments are done
  bool has_call = false;
  std::string call_when;                ///< the test of the call as the deal file writes it; empty: no call
  double call_part = 1.0;               ///< of pool and classes that a call redeems
  std::optional<MakeWhole> make_whole;
  Program enhancement_target;           ///< overcollateralization taken as reached; reads the pool's cut-off balance only
  std::string file;                     ///< of the deal file, for messages

  double class_total() const;

  /// The value of `enhancement_target` for a pool, dollars; 0 if the deal states none.
  double enhancement_target_of(double pool_cut_off_balance) const;
};

/// Resolves a definition: names found, formulas typed and compiled, definitions put in the order they depend on each
/// other. `groups` are the pool's loan groups. Every problem found: unknown names (with the near one), wrong types,
/// circular definitions, steps that pay unknown classes or draw on unknown funds, dates out of order, balances that are
/// not positive, classes of one name.
result::Result<Deal> resolve(const DealDefinition& definition, const std::vector<std::string>& groups);

}  // namespace spillway::deal
