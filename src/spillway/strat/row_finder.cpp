#include "spillway/strat/row_finder.h"

#include <algorithm>

#include "spillway/strat/wide_registers.h"

namespace spillway::strat {

namespace {

std::string printed(const table::Cell& cell, const table::Format& format) {
  return table::format_cell(cell, table::Column{.name = {}, .title = {}, .unit = {}, .format = format},
                            table::Style::print);
}

calendar::Date first_of_month(RowKey months) {
  const int key = static_cast<int>(months);
  return calendar::make_date(key / 12, static_cast<unsigned>(key % 12 + 1), 1);
}

// Keys so near to the first one met are looked up in a plain list. Its first places are for the reserved keys, its last
// one, always empty, is for all that are far.
constexpr std::int32_t near_keys = 4096;
constexpr std::int32_t reserved_places = 3;
constexpr std::int32_t far_place = reserved_places + near_keys;

// Keys and places are found for so many loans at a time: few enough for the nearest cache, with what they are found from.
constexpr std::size_t piece_size = 256;

// Places are left as floating-point numbers, so that the loop has registers of one kind.
SPILLWAY_ALSO_AVX2
void find_places(std::span<const RowKey> keys, RowKey near_from, double* __restrict places) {
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const double distance = keys[i] - near_from;
    double place = distance >= 0.0 ? distance + reserved_places : far_place;
    place = place < far_place ? place : far_place;
    place = keys[i] == unknown_key ? 0.0 : place;
    place = keys[i] == below_first_key ? 1.0 : place;
    places[i] = keys[i] == overflow_key ? 2.0 : place;
  }
}

}  // namespace

RowFinder::RowFinder(const Buckets& buckets, const std::string& attribute)
    : buckets_(&buckets), attribute_(attribute), row_keys_(buckets), keys_{unknown_key} {}

void RowFinder::turn_to(const pool::LoanTape& tape) {
  numbers_ = NumberColumn(tape, attribute_);
  if (buckets_->kind == Buckets::Kind::category) name_categories(tape);
  if (buckets_->kind == Buckets::Kind::month) dates_ = date_column(tape, attribute_);
}

void RowFinder::name_categories(const pool::LoanTape& tape) {
  words_ = text_column(tape, attribute_);
  row_of_code_.clear();
  const std::vector<std::string> blank{""};
  for (std::string label : words_ != nullptr ? words_->labels : blank) {
    for (const auto& [word, relabelled] : buckets_->relabel) {
      if (word == label) {
        label = relabelled;
        break;
      }
    }
    if (label.empty() || label == buckets_->unknown_label) {
      row_of_code_.push_back(row_of(unknown_key));
      continue;
    }
    const auto [at, fresh] = key_of_label_.emplace(label, static_cast<RowKey>(category_labels_.size()));
    if (fresh) category_labels_.push_back(label);
    row_of_code_.push_back(row_of(at->second));
  }
}

void RowFinder::find(LoanBlock block, RowBlock& rows) {
  if (buckets_->kind == Buckets::Kind::category) return find_categories(block, rows);
  NumberBlock buffer;
  const bool by_month = buckets_->kind == Buckets::Kind::month;
  const double* values = by_month ? nullptr : numbers_.values(block, buffer);
  std::array<RowKey, piece_size> keys;
  for (std::size_t at = 0; at < block.count; at += piece_size) {
    const std::size_t count = std::min(piece_size, block.count - at);
    if (by_month) {
      find_months({block.first + at, count}, keys.data());
    } else {
      row_keys_.find({values + at, count}, keys.data());
    }
    find_numbers({keys.data(), count}, rows.data() + at);
  }
}

void RowFinder::find_months(LoanBlock block, RowKey* keys) const {
  for (std::size_t i = 0; i < block.count; ++i) {
    keys[i] = block.first + i < dates_.size() ? key_of_month(dates_[block.first + i]) : unknown_key;
  }
}

void RowFinder::find_categories(LoanBlock block, RowBlock& rows) const {
  if (words_ == nullptr) {
    std::fill_n(rows.begin(), block.count, row_of_code_.front());
    return;
  }
  const std::uint32_t* codes = words_->codes.data() + block.first;
  const std::uint32_t* row_of_code = row_of_code_.data();
  for (std::size_t i = 0; i < block.count; ++i) rows[i] = row_of_code[codes[i]];
}

void RowFinder::find_numbers(std::span<const RowKey> keys, std::uint32_t* rows) {
  near_rows_.resize(far_place + 1);
  std::array<double, piece_size> places;
  find_places(keys, near_from_, places.data());
  for (std::size_t i = 0; i < keys.size(); ++i) {
    const auto place = static_cast<std::size_t>(static_cast<std::int64_t>(places[i]));
    rows[i] = near_rows_[place];
    if (rows[i] == 0) rows[i] = new_row(keys[i], place);
  }
}

// A row that its place does not show: its first loan, or a key far from the others.
std::uint32_t RowFinder::new_row(RowKey key, std::size_t place) {
  const std::uint32_t row = row_of(key);
  if (place != far_place) {
    near_rows_[place] = row;
  } else if (near_from_ == nowhere) {
    near_from_ = key - near_keys / 2;
  }
  return row;
}

std::uint32_t RowFinder::row_of(RowKey key) {
  const auto [at, fresh] = rows_.emplace(key, static_cast<std::uint32_t>(keys_.size()));
  if (fresh) keys_.push_back(key);
  return at->second;
}

std::string RowFinder::interval_label(RowKey key) const {
  const Buckets& b = *buckets_;
  if (key == below_first_key) return (b.upper_inclusive ? "<= " : "< ") + printed(b.edges.front(), b.label_format);
  if (key == overflow_key) {
    if (!b.overflow_label.empty()) return b.overflow_label;
    const double bound = b.overflow_above ? *b.overflow_above : b.edges.back();
    return (b.upper_inclusive ? "> " : ">= ") + printed(bound, b.label_format);
  }
  double lower, upper;
  if (b.kind == Buckets::Kind::width) {
    lower = b.from + b.width * key;
    upper = b.from + b.width * (key + 1);
  } else {
    lower = b.edges[static_cast<std::size_t>(key)];
    upper = b.edges[static_cast<std::size_t>(key) + 1];
  }
  (b.upper_inclusive ? lower : upper) += b.upper_inclusive ? b.step : -b.step;
  const std::string first = printed(lower, b.label_format), last = printed(upper, b.label_format);
  return first == last ? first : first + " - " + last;
}

std::string RowFinder::label(std::size_t row) const {
  const RowKey key = keys_[row];
  if (key == unknown_key) return buckets_->unknown_label;
  switch (buckets_->kind) {
    case Buckets::Kind::category: return category_labels_[static_cast<std::size_t>(key)];
    case Buckets::Kind::month: return printed(first_of_month(key), buckets_->label_format);
    case Buckets::Kind::each_value:
      return printed(key / label_scale(*buckets_),
                     buckets_->label_format);
    default: return interval_label(key);
  }
}

std::size_t RowFinder::listed_position(std::size_t row) const {
  const std::string own = label(row);
  const std::vector<std::string>& listed = buckets_->listed;
  for (std::size_t i = 0; i < listed.size(); ++i) {
    if (listed[i] == own) return i;
    for (const auto& [word, relabelled] : buckets_->relabel) {
      if (word == listed[i] && relabelled == own) return i;
    }
  }
  return listed.size();
}

bool RowFinder::comes_before(std::size_t a, std::size_t b, std::span<const double> balances) const {
  using Order = Buckets::Order;
  if (keys_[a] == unknown_key || keys_[b] == unknown_key) {
    return keys_[a] != keys_[b] && (keys_[a] == unknown_key) == buckets_->unknown_first;
  }
  const bool category = buckets_->kind == Buckets::Kind::category;
  if (buckets_->order == Order::balance && balances[a] != balances[b]) return balances[a] > balances[b];
  if (buckets_->order == Order::listed && category) {
    const std::size_t first = listed_position(a), second = listed_position(b);
    if (first != second) return first < second;
  }
  const bool descending = buckets_->order == Order::descending;
  if (category) return descending ? label(b) < label(a) : label(a) < label(b);
  return descending ? keys_[b] < keys_[a] : keys_[a] < keys_[b];
}

std::vector<std::size_t> RowFinder::printed_order(std::vector<std::size_t> rows,
                                                  std::span<const double> balances) const {
  std::sort(rows.begin(), rows.end(), [&](std::size_t a, std::size_t b) { return comes_before(a, b, balances); });
  return rows;
}

}  // namespace spillway::strat
