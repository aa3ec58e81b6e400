#include "spillway/waterfall/lane_inputs.h"

#include <algorithm>
#include <array>
#include <utility>

#include "spillway/waterfall/pool_slots.h"

namespace spillway::waterfall {

namespace {

using Kind = LaneInput::Kind;

// Where the values of an input go, period by period.
struct Column {
  double* at;
  std::size_t stride;
  PeriodRange given;       // periods the run has
  std::size_t periods = 0; // all

  template <class Value>
  void fill(Value value) const {
    double* to = at;
    for (std::size_t i = 0; i < given.count; ++i, to += stride) *to = value(given.first + i);
    for (std::size_t i = given.count; i < periods; ++i, to += stride) *to = 0.0;
  }
};

template <deal::PoolSlot kSlot>
void fill_pool(const Column& column, const cashflow::PoolVectors& pool) {
  column.fill([&](std::size_t t) { return pool_value<kSlot>(pool, t, 1.0); });
}

using FillPool = void (*)(const Column&, const cashflow::PoolVectors&);

template <int... kSlots>
constexpr std::array<FillPool, sizeof...(kSlots)> pool_fillers(std::integer_sequence<int, kSlots...>) {
  return {&fill_pool<static_cast<deal::PoolSlot>(kSlots)>...};
}

constexpr auto kFillPool = pool_fillers(std::make_integer_sequence<int, deal::pool_slot_count>{});

double of_series(const std::vector<double>& series, std::size_t t) {
  return series.empty() ? 0.0 : series[std::min(t, series.size() - 1)];
}

void fill(const LaneInput& input, const RunInputs& run, const Fixings& fixings, const Column& column) {
  const auto position = static_cast<std::size_t>(input.position);
  const auto& schedule = run.schedule;
  const auto& swaps = run.swaps;
  const auto of_swaps = [&](auto value) {
    column.fill([&](std::size_t t) { return t < swaps.notional.size() ? value(t) : 0.0; });
  };
  switch (input.kind) {
    case Kind::exists: return column.fill([](std::size_t) { return 1.0; });
    case Kind::date: return column.fill([&](std::size_t t) { return fixings.dates[t]; });
    case Kind::days: return column.fill([&](std::size_t t) { return schedule[t].days; });
    case Kind::actual_days: return column.fill([&](std::size_t t) { return fixings.actual_days[t]; });
    case Kind::year_fraction: return column.fill([&](std::size_t t) { return schedule[t].year_fraction; });
    case Kind::period: return column.fill([](std::size_t t) { return static_cast<double>(t + 1); });
    case Kind::pool:
      return kFillPool[input.which](column, input.position < 0 ? run.collateral.total : run.collateral.groups[position]);
    case Kind::index: return column.fill([&](std::size_t t) { return fixings.indices[position][t]; });
    case Kind::schedule: return column.fill([&](std::size_t t) { return of_series(run.series[position], t); });
    case Kind::swap_exists: return of_swaps([](std::size_t) { return 1.0; });
    case Kind::swap_notional: return of_swaps([&](std::size_t t) { return swaps.notional[t]; });
    case Kind::swap_fixed: return of_swaps([&](std::size_t t) { return swaps.fixed_amount[t]; });
  }
}

}  // namespace

void fill_lane(std::span<const LaneInput> inputs, const RunInputs& run, const Fixings& fixings, PeriodRange periods, double* lane) {
  const std::size_t has = run.collateral.total.periods();
  const PeriodRange given{periods.first, std::min(periods.count, has - std::min(has, periods.first))};
  for (const LaneInput& input : inputs) {
    fill(input, run, fixings, {lane, inputs.size() * kernels::kLanes, given, periods.count});
    lane += kernels::kLanes;
  }
}

}  // namespace spillway::waterfall
