#include "spillway/waterfall/lane_inputs.h"

#include <algorithm>
#include <array>
#include <utility>

#include "spillway/waterfall/pool_slots.h"

namespace spillway::waterfall {

namespace {

using Kind = LaneInput::Kind;

// A row of periods: the run has `count` of them from `first` on.
struct Row {
  double* at;
  std::size_t first, count;

  template <class Value>
  void fill(Value value) const {
    if (count == kernels::kLanes) {  // nearly always; apart from what is read, so that it goes in vectors
      std::array<double, kernels::kLanes> made;
      for (std::size_t i = 0; i < kernels::kLanes; ++i) made[i] = value(first + i);
      std::copy(made.begin(), made.end(), at);
      return;
    }
    for (std::size_t i = 0; i < kernels::kLanes; ++i) at[i] = i < count ? value(first + i) : 0.0;
  }
};

template <deal::PoolSlot kSlot>
void fill_pool(const Row& row, const cashflow::PoolVectors& pool) {
  if (pool.has_credit) row.fill([&](std::size_t t) { return pool_value<kSlot>(pool, t, 1.0); });
  else row.fill([&](std::size_t t) { return pool_value<kSlot, false>(pool, t, 1.0); });
}

// The cells of a slot, period by period: `apart` lie between those of two periods, `stride` numbers between two rows of the pools.
struct Cells {
  kernels::LaneCell* at;
  std::size_t apart, count;
};

template <deal::PoolSlot kSlot>
void fill_cells(const PoolLanes& pools, std::size_t stride, const Cells& cells) {
  for (std::size_t t = 0; t < cells.count; ++t) {
    std::array<double, kernels::kLanes> made;
    for (std::size_t l = 0; l < kernels::kLanes; ++l) made[l] = pool_value<kSlot, false>(pools, t * stride + l, 1.0);
    std::copy(made.begin(), made.end(), cells.at[t * cells.apart].lanes);
  }
}

// By slot.
struct FillPool {
  void (*row)(const Row&, const cashflow::PoolVectors&);
  void (*cells)(const PoolLanes&, std::size_t, const Cells&);
};

template <int... kSlots>
constexpr std::array<FillPool, sizeof...(kSlots)> pool_fillers(std::integer_sequence<int, kSlots...>) {
  return {FillPool{&fill_pool<static_cast<deal::PoolSlot>(kSlots)>, &fill_cells<static_cast<deal::PoolSlot>(kSlots)>}...};
}

constexpr auto kFillPool = pool_fillers(std::make_integer_sequence<int, deal::pool_slot_count>{});

double of_series(const std::vector<double>& series, std::size_t t) {
  return series.empty() ? 0.0 : series[std::min(t, series.size() - 1)];
}

void fill(const LaneInput& input, const RunInputs& run, const Fixings& fixings, const Row& row) {
  const auto position = static_cast<std::size_t>(input.position);
  const auto& schedule = run.schedule;
  const auto& swaps = run.swaps;
  const auto of_swaps = [&](auto value) {
    row.fill([&](std::size_t t) { return t < swaps.notional.size() ? value(t) : 0.0; });
  };
  switch (input.kind) {
    case Kind::exists: return row.fill([](std::size_t) { return 1.0; });
    case Kind::date: return row.fill([&](std::size_t t) { return fixings.dates[t]; });
    case Kind::days: return row.fill([&](std::size_t t) { return schedule[t].days; });
    case Kind::actual_days: return row.fill([&](std::size_t t) { return fixings.actual_days[t]; });
    case Kind::year_fraction: return row.fill([&](std::size_t t) { return schedule[t].year_fraction; });
    case Kind::period: return row.fill([](std::size_t t) { return static_cast<double>(t + 1); });
    case Kind::pool:
      return kFillPool[input.which].row(row, input.position < 0 ? run.collateral.total : run.collateral.groups[position]);
    case Kind::index: return row.fill([&](std::size_t t) { return fixings.indices[position][t]; });
    case Kind::schedule: return row.fill([&](std::size_t t) { return of_series(run.series[position], t); });
    case Kind::swap_exists: return of_swaps([](std::size_t) { return 1.0; });
    case Kind::swap_notional: return of_swaps([&](std::size_t t) { return swaps.notional[t]; });
    case Kind::swap_fixed: return of_swaps([&](std::size_t t) { return swaps.fixed_amount[t]; });
  }
}

int rank(Kind kind) {
  switch (kind) {
    case Kind::date:
    case Kind::days:
    case Kind::actual_days:
    case Kind::year_fraction:
    case Kind::period: return 0;
    case Kind::schedule: return 1;
    case Kind::swap_exists:
    case Kind::swap_notional:
    case Kind::swap_fixed: return 2;
    case Kind::index: return 3;
    case Kind::exists:
    case Kind::pool: break;
  }
  return 4;
}

bool share(Kind kind, const RunInputs& a, const RunInputs& b) {
  if (&a.schedule != &b.schedule) return false;
  switch (rank(kind)) {
    case 0: return true;
    case 1: return a.series.data() == b.series.data();
    case 2: return &a.swaps == &b.swaps;
    case 3: return a.fixings != nullptr ? a.fixings == b.fixings : b.fixings == nullptr && &a.indices == &b.indices;
    default: return false;
  }
}

}  // namespace

void put_shared_first(std::vector<LaneInput>& inputs) {
  std::stable_sort(inputs.begin(), inputs.end(), [](const auto& a, const auto& b) { return rank(a.kind) < rank(b.kind); });
}

std::size_t count_shared(std::span<const LaneInput> inputs, std::span<const RunInputs> runs) {
  const auto end = std::find_if_not(inputs.begin(), inputs.end(), [&](const LaneInput& input) {
    return std::all_of(runs.begin(), runs.end(), [&](const RunInputs& run) { return share(input.kind, run, runs.front()); });
  });
  return static_cast<std::size_t>(end - inputs.begin());
}

void fill_shared(std::span<const LaneInput> inputs, const RunInputs& run, const Fixings& fixings, std::size_t first,
                 double* numbers) {
  const std::size_t has = run.collateral.total.periods();
  const std::size_t count = std::min(kernels::kLanes, has - std::min(has, first));
  std::array<double, kernels::kLanes> row;
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    fill(inputs[i], run, fixings, {row.data(), first, count});
    for (std::size_t t = 0; t < count; ++t) numbers[t * inputs.size() + i] = row[t];
  }
}

void fill_lane(std::span<const LaneInput> inputs, const RunInputs& run, const Fixings& fixings, std::size_t first, double* rows) {
  const std::size_t has = run.collateral.total.periods();
  const std::size_t count = std::min(kernels::kLanes, has - std::min(has, first));
  for (const LaneInput& input : inputs) {
    fill(input, run, fixings, {rows, first, count});
    rows += kernels::kLanes * kernels::kLanes;
  }
}

namespace {

PoolLanes lanes_of(const cashflow::PoolsSideBySide& pools, std::size_t stride, std::size_t at) {
  const auto row = [at](const std::vector<double>& vector) { return vector.data() + at; };
  return {row(pools.beginning_balance), row(pools.beginning_balance) + stride, row(pools.gross_interest), row(pools.servicing_fee),
          row(pools.master_servicing_fee), row(pools.trustee_fee), row(pools.mi_premium), row(pools.scheduled_principal),
          row(pools.prepaid_principal)};
}

}  // namespace

std::size_t count_side_by_side(std::span<const LaneInput> inputs) {
  return static_cast<std::size_t>(std::count_if(inputs.begin(), inputs.end(), [](const auto& input) { return rank(input.kind) >= 3; }));
}

void fill_side_by_side(std::span<const LaneInput> inputs, const SideBySide& runs, std::size_t lane, std::size_t first,
                       std::size_t apart, kernels::LaneCell* cells) {
  const cashflow::CollateralSideBySide& all = *runs.collateral;
  const std::size_t count = std::min(kernels::kLanes, all.periods - std::min(all.periods, first));
  const std::size_t from = runs.first + lane, at = first * all.stride + from;
  for (const LaneInput& input : inputs) {
    const Cells of_input{cells++, apart, count};
    const auto position = static_cast<std::size_t>(input.position);
    if (input.kind == Kind::pool) {
      const auto& of = input.position < 0 ? all.total : all.groups[position];
      kFillPool[input.which].cells(lanes_of(of, all.stride, at), all.stride, of_input);
      continue;
    }
    const std::size_t stride = runs.fixings->stride;
    for (std::size_t t = 0; t < count; ++t) {
      double* const to = of_input.at[t * apart].lanes;
      if (input.kind == Kind::exists) std::fill_n(to, kernels::kLanes, 1.0);
      else std::copy_n(runs.fixings->indices[position].data() + (first + t) * stride + from, kernels::kLanes, to);
    }
  }
}

}  // namespace spillway::waterfall
