#pragma once
// A program run for several runs at once: every value is a cell of sixteen lanes, one lane a run, and every operation is done
// for all lanes of one group of them or more. One source, compiled for several instruction sets; nothing is fused, so that each lane has the bits that
// the same operations give one by one.

#include <cstddef>
#include <cstdint>
#include <vector>

namespace spillway::kernels {

inline constexpr std::size_t kLanes = 16;

/// One value in every lane.
struct alignas(64) LaneCell {
  double lanes[kLanes] = {};
};

/// What a batch does. The first ones are operations of formulas: conditions are 1 or 0, nothing over nothing is nothing,
/// `choose` is cell `b` where `a` is not 0, else `c`.
enum class LaneOp : std::uint8_t {
  constant, copy, add, subtract, multiply, divide, negate, minimum, maximum, absolute,
  less, less_equal, greater, greater_equal, equal, not_equal, both, either, negation, choose,
  sum,        ///< `to` = the cells listed, added from left to right
  hold,       ///< operations: fails the lanes in which |a - b| is not within c
  clear,      ///< the cells listed = 0 if `a` is above 0 in any lane
  carry,      ///< adds to what the classes listed carry, over the year fraction `a`; `to` = the shortfalls of all
  total,      ///< `to` and the five cells after it = what the classes listed come to; fails the lanes in which one does not
              ///< roll within `a`
  start_step, ///< `to` = the least of `a` and the sum of the cells listed (none: no bound) where `b` is not 0 and the lane runs,
              ///< at least 0; a or b < 0: left out. In no lane above 0: `c` = 0, and goes on `skip` batches later
  pay,        ///< `to` = what `a` pays to the payees, each in turn
  share,      ///< `to` = what `a` pays to the payees in proportion to what they are owed
  draw,       ///< takes `a` out of the cells listed, in their order; each is followed by the cell that counts it, or -1
  remember,   ///< keeps `a` among the last `count` values, in cells from `first` on; `to` = their sum, if `b` their mean
  input,      ///< the cells listed are read from the period's inputs, shared ones first
  record,     ///< the cells listed are recorded
  chain,      ///< links: operations of formulas, each of which may take what the one before it made
  again       ///< goes `skip` batches back if `a` is above 0 in any lane
};

/// In a program a cell is written as the place of its first lane: its number times kLanes.
constexpr int place_of(int cell) { return cell * static_cast<int>(kLanes); }

/// Cell `to` becomes what a formula's operation makes of cells `a`, `b`, `c`.
struct LaneOperation {
  int to = 0, a = 0, b = 0, c = 0;
};

/// An operation of a chain. `takes` is the operand that is what the link before made, and no cell; `of.to` < 0: no cell keeps it.
struct LaneLink {
  enum Takes : std::uint8_t { none, first, second, third };
  LaneOp op = LaneOp::copy;
  Takes takes = none;
  LaneOperation of;
};

/// How payees are paid: what they are owed, and what a payment moves.
enum class LanePay : std::uint8_t {
  due,      ///< owed less `less` less `lesser`; moves `add` up, `take` down
  claim,    ///< owed; moves it down, `add` up
  lower,    ///< owed, a balance of the total in cell `c`: moves both down, `add` up
  lower_into,  ///< likewise, and `also` up
  raise     ///< owed; moves it down, `add` up, a balance of the total, and `also` up
};

struct LanePayee {
  int owed = 0, less = 0, lesser = 0, take = 0, add = 0, also = 0;
};

/// What a class carries of interest it was denied: carried += carried x `carried_rate` x fraction + shortfall, where the
/// shortfall is what `stated_rate` exceeds `rate` by x `beginning` x fraction. Rates below 0 count as 0.
struct LaneCarry {
  int rate = 0, stated_rate = 0, beginning = 0, carried = 0;
  int carried_rate = -1;        ///< < 0: `rate`
};

/// What a class was paid, six amounts, and how its balance moved. A class without a balance has balance < 0.
struct LaneRoll {
  int interest = 0, unpaid_interest = 0, basis_risk = 0, principal = 0, allocated_loss = 0, premium = 0;
  int beginning = 0, accrued = 0, written_down = 0, written_up = 0, balance = -1;
};

/// Cells that `total` sets, from its `to` on.
enum LaneTotal : int { total_cash, total_change, total_balance, total_principal, total_accrued, total_written_down, lane_totals };

/// A list of operations, or one operation on a list, from `first` on: of operations, links, payees, carries, rolls or cells.
struct LaneBatch {
  LaneOp op = LaneOp::copy;
  LanePay pay = LanePay::due;
  int count = 0, first = 0;
  int to = 0, a = 0, b = 0, c = 0;
  int skip = 0;
};

/// The most payees that can share.
inline constexpr int kMostLanePayees = 64;

struct LaneProgram {
  std::vector<LaneBatch> batches;
  std::vector<LaneOperation> operations;
  std::vector<LaneLink> links;
  std::vector<LanePayee> payees;
  std::vector<LaneCarry> carries;
  std::vector<LaneRoll> rolls;
  std::vector<int> cells;       ///< of all batches that list cells
  int running = 0, failed = 0;  ///< cells: 1 where the lane runs; 1 where it failed
};

/// What the periods of a stretch read and write.
struct LanePeriods {
  std::size_t first = 0, count = 0;   ///< periods; the first of a run is 0
  const double* inputs = nullptr;     ///< period by period, cell by cell
  const double* shared = nullptr;     ///< inputs that are the same in all lanes, number by number; they come before the others
  std::size_t shared_count = 0;       ///< numbers of a period
  double* record = nullptr;           ///< period by period, cell by cell
  std::size_t record_stride = 0;      ///< numbers from one period of it to the next
  std::size_t groups = 1;             ///< of kLanes lanes; what follows are numbers from one group's to the next one's
  std::size_t cells_apart = 0, inputs_apart = 0, record_apart = 0;
};

/// Runs the program once a period on `cells`; cell c starts at c * kLanes.
void run_lanes(const LaneProgram& program, double* cells, const LanePeriods& periods);

}  // namespace spillway::kernels
